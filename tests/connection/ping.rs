//! `ping`: what counts as up, and what is sent.

use crate::fixtures::request_as;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Reply, Server, answer, exchange, json};
use crate::support::ping_requests::{PASS, health, ping, ready, up};

#[test]
fn json_is_an_object_of_what_it_says() {
    let server = Server::start(up(PASS));
    ping(&server)
        .args(["--json"])
        .stdout("{\n\t\"name\": \"influxdb\",\n\t\"status\": \"pass\",\n\t\"version\": \"v2.9.1\",\n\t\"commit\": \"none\",\n\t\"message\": \"ready for queries and writes\"\n}\n")
        .code(0);
    // What it leaves out is empty.
    let server = Server::start(up("{\"status\":\"pass\",\"name\":null}"));
    ping(&server)
        .env("INFLUX_OUTPUT_JSON", "true")
        .stdout("{\n\t\"name\": \"\",\n\t\"status\": \"pass\",\n\t\"version\": \"\",\n\t\"commit\": \"\",\n\t\"message\": \"\"\n}\n")
        .code(0);
}

#[test]
fn another_status_is_code_7_with_its_message() {
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
fn what_is_not_influxdb_is_code_7_with_the_hint() {
    const HINT: &str =
        "Hint: is --host the address of InfluxDB, with its path prefix if it has one?\n";
    for (status, body, said) in [
        ("200 OK", "<html>", "no JSON in the response 200 OK: <html>"),
        ("200 OK", "OK", "no JSON in the response 200 OK: OK"),
        (
            "200 OK",
            "",
            "no state of InfluxDB in the response 200 OK: it is empty",
        ),
        (
            "200 OK",
            "[\"pass\"]",
            "no state of InfluxDB in the response 200 OK: [\"pass\"]",
        ),
        (
            "200 OK",
            "\"pass\"",
            "no state of InfluxDB in the response 200 OK: \"pass\"",
        ),
        (
            "200 OK",
            "{\"status\":",
            "incomplete JSON in the response 200 OK: {\"status\":",
        ),
        (
            "200 OK",
            "{\"status\":true",
            "no state of InfluxDB in the response 200 OK: {\"status\":true",
        ),
        (
            "200 OK",
            "{\"status\":1}",
            "no state of InfluxDB in the response 200 OK: {\"status\":1}",
        ),
        (
            "404 Not Found",
            r#"{"code":"not found","message":"path not found"}"#,
            "no state of InfluxDB in the response 404 Not Found: path not found",
        ),
        (
            "401 Unauthorized",
            r#"{"code":"unauthorized","message":"unauthorized access"}"#,
            "no state of InfluxDB in the response 401 Unauthorized: unauthorized access",
        ),
    ] {
        let server = Server::start([health(json(status, body))]);
        ping(&server)
            .stderr(format!("Error: failed to ping InfluxDB: {said}\n{HINT}"))
            .code(7);
    }
}

/// The next release answers `/health` as soon as it listens.
#[test]
fn a_server_that_is_not_ready_is_not_up() {
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
fn without_ready_the_health_decides() {
    for body in [
        "404 page not found",
        r#"{"code":"not found","message":"path not found"}"#,
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
        .stderr("Error: failed to ping InfluxDB: 302 Found: the server redirects to \"https://login.example/\"\nHint: redirects are not followed, because the token is meant for one host only; set --host to the right address\n")
        .code(7);
}

#[test]
fn the_prefix_is_kept_and_headers_of_the_users_own_are_sent() {
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
fn the_active_config_gives_the_address_and_nothing_else() {
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
    // With an address no file is read, unless an entry of it is named.
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
fn there_is_no_token_to_give() {
    for flag in ["--token", "--token-file", "--hide-headers"] {
        let server = Server::start([]);
        let run = ping(&server).args([flag, "x"]).run();
        run.assert(run.code == 2, "an unknown flag");
        run.assert(run.stderr.contains("unknown flag"), "an unknown flag");
    }
    // A variable that makes no sense for it does not count.
    let server = Server::start(up(PASS));
    ping(&server)
        .env("INFLUX_TOKEN_FILE", "/missing")
        .stdout("OK\n")
        .code(0);
}

#[test]
fn debug_output_shows_the_exchange() {
    let server = Server::start(up("{\"status\":\"pass\"}"));
    let run = ping(&server).args(["--http-debug"]).run();
    run.assert(run.code == 0 && run.stdout == "OK\n", "success");
    run.assert(run.stderr.contains("GET /health HTTP/1.1"), "the request");
    run.assert(run.stderr.contains("{\"status\":\"pass\"}"), "the answer");
    run.assert(!run.stderr.contains(TOKEN), "no token");
}

#[test]
fn an_answer_that_breaks_off_or_is_too_large() {
    let mut short = answer("200 OK", "application/json", PASS.as_bytes());
    short.truncate(short.len() - 20);
    let server = Server::start([health(Reply::SendAndClose(short))]);
    let base = server.url();
    ping(&server)
        .stderr(format!("Error: failed to ping InfluxDB: the response from {base} is incomplete: the connection was closed in the middle\nHint: is --host the address of InfluxDB, with its path prefix if it has one?\n"))
        .code(7);
    let large = format!("{{\"status\":\"{}\"}}", "x".repeat(1024 * 1024));
    let server = Server::start([health(Reply::SendAndClose(answer(
        "200 OK",
        "application/json",
        large.as_bytes(),
    )))]);
    let base = server.url();
    ping(&server)
        .stderr(format!("Error: failed to ping InfluxDB: the response from {base} cannot be used: it is larger than 1 MiB\nHint: is --host the address of InfluxDB, with its path prefix if it has one?\n"))
        .code(7);
}
