//! Responses with an error status or a redirect, what is shown of them, and the exit codes.
//! Redirects are never followed.

use crate::fixtures::ID;
use crate::scripted_server::{Exchange, Reply, Server, http_response, json};
use crate::support::expected_failures::{fails, lookup_fails};

const AUTHORIZE: &str = "Hint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n";
const NOT_INFLUXDB: &str =
    "Hint: is --host the address of InfluxDB, with its path prefix if it has one?\n";
const REDIRECT: &str = "Hint: redirects are not followed, so that the token does not reach another host; set --host to the right address\n";

#[test]
fn errors_that_are_not_from_influxdb_are_quoted() {
    let html = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n\t<hr>\u{1b}[31mnginx\u{0}</html>\r\n";
    for (status, kind, body, code, cause, hint) in [
        (
            "502 Bad Gateway",
            "text/html",
            html,
            7,
            "502 Bad Gateway: <html> <head><title>502 Bad Gateway</title></head> <hr>[31mnginx</html>",
            "",
        ),
        (
            "404 Not Found",
            "text/plain",
            "404 page not found\n",
            7,
            "404 Not Found: 404 page not found",
            NOT_INFLUXDB,
        ),
        (
            "404 Not Found",
            "text/plain",
            "",
            7,
            "404 Not Found",
            NOT_INFLUXDB,
        ),
        (
            "404 Not Found",
            "application/json",
            r#"{"message":"no Route matched"}"#,
            7,
            "404 Not Found: no Route matched",
            NOT_INFLUXDB,
        ),
        (
            "404 Not Found",
            "application/json",
            r#"{"code":"not found"}"#,
            7,
            "404 Not Found: {\"code\":\"not found\"}",
            "",
        ),
        (
            "404 Not Found",
            "application/json",
            r#"["not found","x"]"#,
            7,
            "404 Not Found: [\"not found\",\"x\"]",
            NOT_INFLUXDB,
        ),
        (
            "403 Forbidden",
            "text/plain",
            "forbidden by gateway",
            5,
            "403 Forbidden: forbidden by gateway",
            AUTHORIZE,
        ),
        (
            "403 Forbidden",
            "text/plain",
            "",
            5,
            "403 Forbidden",
            AUTHORIZE,
        ),
        (
            "429 Too Many Requests",
            "text/plain",
            " \r\n ",
            7,
            "429 Too Many Requests",
            "",
        ),
        (
            "500 Internal Server Error",
            "text/plain",
            "",
            7,
            "500 Internal Server Error",
            "",
        ),
        (
            "503 Service Unavailable",
            "text/plain",
            "busy",
            7,
            "503 Service Unavailable: busy",
            "",
        ),
        // The message has the standard reason phrase, whatever the server sends.
        (
            "503 Go away",
            "text/plain",
            "busy",
            7,
            "503 Service Unavailable: busy",
            "",
        ),
        ("599 Odd", "text/plain", "odd", 7, "599: odd", ""),
    ] {
        fails(
            Reply::Send(http_response(status, kind, body.as_bytes())),
            code,
            cause,
            hint,
        );
    }
}

#[test]
fn the_message_in_influxdbs_json_is_shown() {
    for (status, code) in [
        ("400 Bad Request", 7),
        ("403 Forbidden", 5),
        ("409 Conflict", 7),
        ("422 Unprocessable Entity", 7),
        ("429 Too Many Requests", 7),
        ("500 Internal Server Error", 7),
        ("503 Service Unavailable", 7),
    ] {
        let hint = if code == 5 { AUTHORIZE } else { "" };
        let body = r#"{"code":"some code","message":"a \"reason\""}"#;
        fails(
            json(status, body),
            code,
            &format!("{status}: a \"reason\""),
            hint,
        );
    }
}

#[test]
fn a_deactivated_token_owner_exits_with_5_and_a_hint() {
    for status in ["401 Unauthorized", "403 Forbidden"] {
        let body = r#"{"code":"forbidden","message":"User is inactive"}"#;
        fails(
            json(status, body),
            5,
            &format!("{status}: User is inactive; the user who owns the token is deactivated"),
            "Hint: use a token of another user, or activate this user again\n",
        );
    }
}

#[test]
fn a_starting_server_gets_a_hint_about_ping_wait() {
    let body = r#"{"status":"starting"}"#;
    fails(
        json("503 Service Unavailable", body),
        7,
        "503 Service Unavailable: {\"status\":\"starting\"}",
        "Hint: InfluxDB is starting; `influx ping --wait 60s` waits until it is up\n",
    );
    for body in [r#"{"status":"stopping"}"#, r#"{"status":1}"#] {
        let cause = format!("503 Service Unavailable: {body}");
        fails(json("503 Service Unavailable", body), 7, &cause, "");
    }
}

#[test]
fn error_messages_are_escaped_and_truncated_to_200_characters() {
    let shown = "ü".repeat(200);
    let message = format!(r#"{{"code":"x","message":"{shown}"}}"#);
    fails(
        json("400 Bad Request", &message),
        7,
        &format!("400 Bad Request: {shown}"),
        "",
    );
    let message = format!(r#"{{"code":"x","message":"{shown}ü"}}"#);
    let cut = format!("400 Bad Request: {shown}...");
    fails(json("400 Bad Request", &message), 7, &cut, "");
    let huge = "<b>".to_string() + &"y".repeat(256 * 1024);
    let page = Reply::Send(http_response(
        "502 Bad Gateway",
        "text/html",
        huge.as_bytes(),
    ));
    fails(
        page,
        7,
        &format!("502 Bad Gateway: <b>{}...", "y".repeat(197)),
        "",
    );
    fails(
        json(
            "400 Bad Request",
            r#"{"message":"a\nb\tc\r\u001b[2J\u0000\u007f\u009bd"}"#,
        ),
        7,
        "400 Bad Request: a\\nb\\tc\\r\\u{1b}[2J\\u{0}\\u{7f}\\u{9b}d",
        "",
    );
    let latin1 = Reply::Send(http_response(
        "400 Bad Request",
        "text/plain",
        b"\xe4h \x9b[2J",
    ));
    fails(latin1, 7, "400 Bad Request: \u{fffd}h \u{fffd}[2J", "");
}

#[test]
fn an_incomplete_error_response_is_shown() {
    let bytes = "HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\nforbidden by";
    fails(
        Reply::SendAndClose(bytes.into()),
        5,
        "403 Forbidden: forbidden by",
        AUTHORIZE,
    );
}

/// A redirect with this header line.
fn redirect(status: &str, header: &str) -> Reply {
    let head = format!("HTTP/1.1 {status}\r\n{header}Content-Length: 0\r\n\r\n");
    Reply::Send(head.into_bytes())
}

#[test]
fn redirects_are_shown_and_not_followed() {
    let other = Server::start(Vec::<Exchange>::new());
    let target = format!("{}/private/legacy/authorizations/{ID}", other.url());
    let location = format!("Location: {target}\r\n");
    for status in [
        "300 Multiple Choices",
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let cause = format!("{status}: the server redirects to \"{target}\"");
        fails(redirect(status, &location), 7, &cause, REDIRECT);
        lookup_fails(&[], redirect(status, &location), 7, &cause, REDIRECT);
    }
    assert_eq!(other.connections(), 0);
}

#[test]
fn unusual_redirect_targets_are_escaped_and_truncated() {
    for (header, target) in [
        (
            "",
            "an unknown address (the response has no Location header)",
        ),
        ("Location: /login?next=%2F\r\n", "\"/login?next=%2F\""),
        ("Location: \r\n", "\"\""),
        ("Location: http://h/\"\tx\r\n", "\"http://h/\\\"\\tx\""),
    ] {
        let cause = format!("302 Found: the server redirects to {target}");
        fails(redirect("302 Found", header), 7, &cause, REDIRECT);
    }
    let long = format!("Location: http://h/{}\r\n", "x".repeat(300));
    let cause = format!(
        "302 Found: the server redirects to \"http://h/{}...\"",
        "x".repeat(191)
    );
    fails(redirect("302 Found", &long), 7, &cause, REDIRECT);
}
