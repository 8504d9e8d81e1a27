//! `ping`: which requests it sends, and when a server counts as up.

use crate::fixtures::request_as;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::ping_requests::{PASS, health, ping, ready, up};

#[test]
fn json_output_has_the_fields_of_the_health_response() {
    let server = Server::start(up(PASS));
    ping(&server)
        .args(["--json"])
        .stdout("{\n\t\"name\": \"influxdb\",\n\t\"status\": \"pass\",\n\t\"version\": \"v2.9.1\",\n\t\"commit\": \"none\",\n\t\"message\": \"ready for queries and writes\"\n}\n")
        .code(0);
    // Missing fields are empty strings.
    let server = Server::start(up("{\"status\":\"pass\",\"name\":null}"));
    ping(&server)
        .env("INFLUX_OUTPUT_JSON", "true")
        .stdout("{\n\t\"name\": \"\",\n\t\"status\": \"pass\",\n\t\"version\": \"\",\n\t\"commit\": \"\",\n\t\"message\": \"\"\n}\n")
        .code(0);
}

#[test]
fn an_unhealthy_server_exits_with_7_and_its_message_is_shown() {
    for (status, body, said) in [
        (
            "503 Service Unavailable",
            r#"{"name":"influxdb","message":"starting","status":"fail"}"#,
            "503 Service Unavailable with the status \"fail\": starting",
        ),
        (
            "200 OK",
            r#"{"message":"a\nb\u001b[31m","status":"fail"}"#,
            "200 OK with the status \"fail\": a\\nb\\u{1b}[31m",
        ),
        (
            "200 OK",
            r#"{"status":"PASS"}"#,
            "200 OK with the status \"PASS\"",
        ),
        (
            "503 Service Unavailable",
            PASS,
            "503 Service Unavailable with the status \"pass\": ready for queries and writes",
        ),
        (
            "500 Internal Server Error",
            r#"{"status":"pass"}"#,
            "500 Internal Server Error with the status \"pass\"",
        ),
    ] {
        let server = Server::start([health(json(status, body))]);
        ping(&server)
            .stderr(format!("Error: failed to ping InfluxDB: {said}\n"))
            .code(7);
    }
}

#[test]
fn a_response_that_is_not_from_influxdb_exits_with_7_and_a_hint() {
    const HINT: &str =
        "Hint: is --host the address of InfluxDB, with its path prefix if it has one?\n";
    for (status, body, said) in [
        ("200 OK", "<html>", "no JSON in the response 200 OK: <html>"),
        ("200 OK", "OK", "no JSON in the response 200 OK: OK"),
        (
            "200 OK",
            "",
            "no health report in the response 200 OK: it is empty",
        ),
        (
            "200 OK",
            "[\"pass\"]",
            "no health report in the response 200 OK: [\"pass\"]",
        ),
        (
            "200 OK",
            "\"pass\"",
            "no health report in the response 200 OK: \"pass\"",
        ),
        (
            "200 OK",
            "{\"status\":",
            "incomplete JSON in the response 200 OK: {\"status\":",
        ),
        (
            "200 OK",
            "{\"status\":true",
            "no health report in the response 200 OK: {\"status\":true",
        ),
        (
            "200 OK",
            "{\"status\":1}",
            "no health report in the response 200 OK: {\"status\":1}",
        ),
        (
            "404 Not Found",
            r#"{"code":"not found","message":"path not found"}"#,
            "no health report in the response 404 Not Found: path not found",
        ),
        (
            "401 Unauthorized",
            r#"{"code":"unauthorized","message":"unauthorized access"}"#,
            "no health report in the response 401 Unauthorized: unauthorized access",
        ),
    ] {
        let server = Server::start([health(json(status, body))]);
        ping(&server)
            .stderr(format!("Error: failed to ping InfluxDB: {said}\n{HINT}"))
            .code(7);
    }
}

/// The next InfluxDB release responds to `/health` as soon as it listens, so `/ready` counts too.
#[test]
fn a_server_that_is_not_ready_exits_with_7() {
    for (status, body, said) in [
        (
            "503 Service Unavailable",
            r#"{"status":"starting"}"#,
            "503 Service Unavailable with the status \"starting\"\n",
        ),
        (
            "200 OK",
            r#"{"status":"starting"}"#,
            "200 OK with the status \"starting\"\n",
        ),
        (
            "500 Internal Server Error",
            r#"{"status":"ready"}"#,
            "500 Internal Server Error with the status \"ready\"\n",
        ),
        (
            "200 OK",
            "OK",
            "no JSON in the response 200 OK: OK\nHint: is --host the address of InfluxDB, with its path prefix if it has one?\n",
        ),
    ] {
        let server = Server::start([health(json("200 OK", PASS)), ready(json(status, body))]);
        ping(&server)
            .stderr(format!("Error: failed to ping InfluxDB: {said}"))
            .code(7);
        assert_eq!(server.connections(), 1);
    }
}

#[test]
fn without_a_ready_endpoint_the_health_status_decides() {
    for body in [
        "404 page not found",
        r#"{"code":"not found","message":"path not found"}"#,
        r#"{"status":"no such path"}"#,
    ] {
        let server = Server::start([
            health(json("200 OK", PASS)),
            ready(json("404 Not Found", body)),
        ]);
        ping(&server).stdout("OK\n").code(0);
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let reply =
        b"HTTP/1.1 302 Found\r\nLocation: https://login.example/\r\nContent-Length: 0\r\n\r\n";
    let server = Server::start([health(Reply::Send(reply.to_vec()))]);
    ping(&server)
        .stderr("Error: failed to ping InfluxDB: 302 Found: the server redirects to \"https://login.example/\"\nHint: redirects are not followed, so that the token does not reach another host; set --host to the right address\n")
        .code(7);
}

#[test]
fn the_path_prefix_and_extra_headers_are_sent() {
    let line = "x-tenant: a\r\n";
    let server = Server::start([
        exchange(
            request_as(line, "GET", "/influx/health", ""),
            json("200 OK", PASS),
        ),
        exchange(
            request_as(line, "GET", "/influx/ready", ""),
            json("200 OK", "{\"status\":\"ready\"}"),
        ),
    ]);
    Test::new(["ping", "--host", &format!("{}/influx/", server.url())])
        .args(["--extra-http-header", "x-tenant:a"])
        .stdout("OK\n")
        .code(0);
}

#[test]
fn only_the_address_is_taken_from_the_active_config() {
    for login in [
        "token = \"of-the-file\"",
        "cookie = \"YTpi\"",
        "cookie = \"?\"",
    ] {
        let server = Server::start(up(PASS));
        Test::new(["ping"])
            .configs(format!("[a]\nurl = \"{}\"\n{login}\n", server.url()))
            .stdout("OK\n")
            .code(0);
    }
    // If the address is set, the configs file is only read for `-c`.
    let server = Server::start(up(PASS));
    ping(&server).configs("[").stdout("OK\n").code(0);
    let server = Server::start([]);
    let test = ping(&server).args(["-c", "b"]).configs("[a]\n");
    let error = format!(
        "Error: the configs file {}/.influxdbv2/configs has no entry \"b\"\nHint: its entries are \"a\"\n",
        test.home().display()
    );
    test.stderr(error).code(3);
}

#[test]
fn token_flags_are_rejected_and_token_variables_ignored() {
    for flag in ["--token", "--token-file", "--hide-headers"] {
        let server = Server::start([]);
        let run = ping(&server).args([flag, "x"]).run();
        run.assert(run.code == 2, "exit code 2");
        run.assert(run.stderr.contains("unknown flag"), "an unknown flag");
    }
    // Variables for the token are ignored.
    let server = Server::start(up(PASS));
    ping(&server)
        .env("INFLUX_TOKEN_FILE", "/missing")
        .stdout("OK\n")
        .code(0);
}

#[test]
fn http_debug_shows_the_request_and_the_response() {
    let server = Server::start(up("{\"status\":\"pass\"}"));
    let run = ping(&server).args(["--http-debug"]).run();
    run.assert(run.code == 0 && run.stdout == "OK\n", "success");
    run.assert(run.stderr.contains("GET /health HTTP/1.1"), "the request");
    run.assert(run.stderr.contains("{\"status\":\"pass\"}"), "the response");
    run.assert(!run.stderr.contains(TOKEN), "no token");
}

#[test]
fn incomplete_and_too_large_responses_exit_with_7() {
    let mut short = http_response("200 OK", "application/json", PASS.as_bytes());
    short.truncate(short.len() - 20);
    let server = Server::start([health(Reply::SendAndClose(short))]);
    let base = server.url();
    ping(&server)
        .stderr(format!("Error: failed to ping InfluxDB: the response from {base} is incomplete: the connection was closed before the end of the response\nHint: is --host the address of InfluxDB, with its path prefix if it has one?\n"))
        .code(7);
    let large = format!("{{\"status\":\"{}\"}}", "x".repeat(1024 * 1024));
    let server = Server::start([health(Reply::SendAndClose(http_response(
        "200 OK",
        "application/json",
        large.as_bytes(),
    )))]);
    let base = server.url();
    ping(&server)
        .stderr(format!("Error: failed to ping InfluxDB: the response from {base} cannot be used: it is larger than 1 MiB\nHint: is --host the address of InfluxDB, with its path prefix if it has one?\n"))
        .code(7);
}
