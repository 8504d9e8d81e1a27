//! `check`: whether the server accepts the token, and which user it belongs to.

use crate::fixtures::{request, request_as};
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::auth_requests::auth;
use crate::support::expected_failures::{UNREACHABLE_HINT, WRONG_ADDRESS_HINT};

const USER: &str = "00000000000b0002";

/// InfluxDB's response to `GET /api/v2/me`.
fn user_response() -> Reply {
    let body = format!(
        "{{\"links\":{{\"self\":\"/api/v2/users/{USER}\"}},\"id\":\"{USER}\",\"name\":\"kim\",\"status\":\"active\"}}"
    );
    json("200 OK", &body)
}

fn error_response(status: &str, message: &str) -> Reply {
    json(
        status,
        &format!("{{\"code\":\"unauthorized\",\"message\":\"{message}\"}}"),
    )
}

/// A server that expects `GET /api/v2/me` and sends `reply`.
fn server_with_reply(reply: Reply) -> Server {
    Server::start([exchange(request("GET", "/api/v2/me", ""), reply)])
}

#[test]
fn an_accepted_token_prints_its_user() {
    let table = format!("Status\tUser ID\t\t\tUser Name\nactive\t{USER}\tkim\n");
    for words in [&["auth", "check"], &["authorization", "whoami"]] {
        let server = server_with_reply(user_response());
        Test::new(*words)
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", TOKEN)
            .stdout(&table)
            .code(0);
    }
    let server = server_with_reply(user_response());
    auth(&server, &["check", "--json"])
        .stdout(format!(
            "{{\n\t\"status\": \"active\",\n\t\"userID\": \"{USER}\",\n\t\"userName\": \"kim\"\n}}\n"
        ))
        .code(0);
    let server = server_with_reply(user_response());
    auth(
        &server,
        &["check", "--columns", "user-id", "--hide-headers"],
    )
    .stdout(format!("{USER}\n"))
    .code(0);
}

/// The response contains the user's ID, but not the name.
#[test]
fn a_token_that_may_not_read_its_user_is_accepted() {
    let accepted = || {
        error_response(
            "401 Unauthorized",
            &format!("read:users/{USER} is unauthorized"),
        )
    };
    let server = server_with_reply(accepted());
    auth(&server, &["check"])
        .stdout(format!(
            "Status\tUser ID\t\t\tUser Name\nactive\t{USER}\t\n"
        ))
        .code(0);
    let server = server_with_reply(accepted());
    auth(&server, &["check", "--json"])
        .stdout(format!(
            "{{\n\t\"status\": \"active\",\n\t\"userID\": \"{USER}\",\n\t\"userName\": \"\"\n}}\n"
        ))
        .code(0);
}

#[test]
fn a_rejected_token_exits_with_5_and_prints_the_reason() {
    for (status, said, reason) in [
        (
            "401 Unauthorized",
            "token is inactive",
            "the token is inactive",
        ),
        (
            "401 Unauthorized",
            "unauthorized access",
            "the server does not know this token",
        ),
        (
            "403 Forbidden",
            "User is inactive",
            "the user who owns the token is deactivated",
        ),
        // Similar to InfluxDB's response for an accepted token, but not the same.
        (
            "401 Unauthorized",
            "read:users/kim is unauthorized",
            "401 Unauthorized: \"read:users/kim is unauthorized\"",
        ),
        (
            "403 Forbidden",
            "read:users/00000000000b0002 is unauthorized",
            "403 Forbidden: \"read:users/00000000000b0002 is unauthorized\"",
        ),
        ("401 Unauthorized", "", "401 Unauthorized"),
    ] {
        for flags in [&[][..], &["--json"]] {
            let server = server_with_reply(error_response(status, said));
            auth(&server, &[&["check"], flags].concat())
                .stderr(format!("Error: the token is not accepted: {reason}\n"))
                .code(5);
        }
    }
}

#[test]
fn a_response_that_is_not_from_influxdb_never_exits_with_0() {
    let text = |status: &str, kind: &str, body: &str| {
        Reply::Send(http_response(status, kind, body.as_bytes()))
    };
    let redirect =
        "HTTP/1.1 302 Found\r\nLocation: https://login.example/\r\nContent-Length: 0\r\n\r\n";
    for (reply, cause) in [
        (
            text("200 OK", "text/html", "<html>Sign in</html>"),
            format!("no JSON in the response 200 OK: <html>Sign in</html>\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("200 OK", "{\"user\":\"kim\"}"),
            format!("the response does not contain a user\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("200 OK", "{\"id\":\"kim\",\"name\":\"kim\"}"),
            format!("the response does not contain a user\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("200 OK", "{\"authorizations\":\"/api/v2/authorizations\"}"),
            format!("the response does not contain a user\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("200 OK", "[]"),
            format!("no user in the response 200 OK: []\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            text("200 OK", "application/json", ""),
            format!("no user in the response 200 OK: it is empty\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            text("401 Unauthorized", "text/plain", "Unauthorized\n"),
            format!("no JSON in the response 401 Unauthorized: Unauthorized\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            Reply::Send(redirect.into()),
            "302 Found: the server redirects to \"https://login.example/\"\nHint: redirects are not followed, so that the token does not reach another host; set --host to the right address\n".into(),
        ),
        (
            json("404 Not Found", "{\"code\":\"not found\",\"message\":\"path not found\"}"),
            format!("404 Not Found: path not found\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            text("404 Not Found", "text/html", "nothing"),
            format!("404 Not Found: nothing\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("503 Service Unavailable", "{\"status\":\"starting\"}"),
            "503 Service Unavailable: {\"status\":\"starting\"}\nHint: InfluxDB is starting; `influx ping --wait 60s` waits until it is up\n".into(),
        ),
        (
            text("502 Bad Gateway", "text/plain", "bad gateway"),
            "502 Bad Gateway: bad gateway\n".into(),
        ),
    ] {
        let server = server_with_reply(reply);
        auth(&server, &["check"])
            .stderr(format!("Error: could not check the token: {cause}"))
            .code(7);
    }
}

#[test]
fn a_refused_connection_exits_with_4() {
    Test::new(["auth", "check", "--host", "http://127.0.0.1:1"])
        .env("INFLUX_TOKEN", TOKEN)
        .stderr(format!(
            "Error: could not check the token: cannot reach http://127.0.0.1:1: Connection refused\n{UNREACHABLE_HINT}"
        ))
        .code(4);
}

/// A gateway may add a token to the request.
#[test]
fn without_a_token_the_request_is_still_sent() {
    let expected = request_as("", "GET", "/api/v2/me", "");
    let server = Server::start([exchange(
        expected,
        error_response("401 Unauthorized", "unauthorized access"),
    )]);
    Test::new(["auth", "check", "--host", &server.url()])
        .stderr("Error: the token is not accepted: the server does not know this token\n")
        .code(5);
}

#[test]
fn a_token_from_a_file_is_never_printed() {
    let leaked = "l3aked-token-000000000000000000000000000000000000==";
    let credentials = format!("authorization: Token {leaked}\r\n");
    for (reply, code) in [
        (user_response(), 0),
        (
            error_response("401 Unauthorized", &format!("no {leaked}")),
            5,
        ),
        (json("200 OK", &format!("{{\"token\":\"{leaked}\"}}")), 7),
        (
            json(
                "500 Internal Server Error",
                &format!("{{\"message\":\"{leaked}\"}}"),
            ),
            7,
        ),
    ] {
        let expected = request_as(&credentials, "GET", "/api/v2/me", "");
        let server = Server::start([exchange(expected, reply)]);
        let test = Test::new(["auth", "check", "--host", &server.url()]).args([
            "--token-file",
            "leaked",
            "--http-debug",
        ]);
        test.keep().file("leaked", format!("{leaked}\n"));
        let run = test.run();
        run.assert(run.code == code, &format!("exit code {code}"));
        let shown = run.stdout.contains("l3aked") || run.stderr.contains("l3aked");
        run.assert(!shown, "no token in the output");
    }
}
