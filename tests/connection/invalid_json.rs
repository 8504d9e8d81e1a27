//! Successful responses with unusable content: not JSON, no authorization, or another status.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::WRONG_ADDRESS_HINT;
use crate::support::expected_failures::{fails, not_updated};

/// Responds to the PATCH with 200 and this body. The error says `what` and quotes `shown`.
#[track_caller]
fn unusable(body: impl AsRef<[u8]>, what: &str, shown: &str, hint: &str) {
    let reply = Reply::Send(http_response("200 OK", "application/json", body.as_ref()));
    fails(
        reply,
        7,
        &format!("{what} in the response 200 OK: {shown}"),
        hint,
    );
}

#[test]
fn a_response_without_an_authorization_is_rejected() {
    for body in [
        "null",
        "[]",
        "{}",
        "7",
        "\"inactive\"",
        "true",
        r#"{"status":"inactive"}"#,
        r#"{"id":"00000000000d0007"}"#,
        r#"{"id":7,"status":"inactive"}"#,
        r#"{"id":"00000000000d0007","status":["inactive"]}"#,
        r#"{"id":"00000000000d0007","status":null}"#,
        r#"{"id":"00000000000d0007","status":true}"#,
        r#"{"id":"00000000000d0007","Status":"inactive"}"#,
        r#"{"id":"00000000000d0007","status":"inactive","permissions":{}}"#,
        r#"{"id":"00000000000d0007","status":"inactive","permissions":[1]}"#,
        r#"{"id":"00000000000d0007","status":"active","status":"inactive"}"#,
        r#"[{"id":"00000000000d0007","status":"inactive"}]"#,
    ] {
        unusable(body, "no authorization", body, "");
    }
}

#[test]
fn invalid_json_is_rejected() {
    for body in [
        "inactive",
        r#"{"id":"00000000000d0007","status":"inactive"}}"#,
        r#"{'id':'00000000000d0007','status':'inactive'}"#,
    ] {
        unusable(body, "no JSON", body, WRONG_ADDRESS_HINT);
    }
    let body = r#"{"id":"00000000000d0007","status":"inactive""#;
    unusable(body, "incomplete JSON", body, "");
}

/// The array has the values of the fields in order, but no names. No server sends that.
#[test]
fn an_array_of_field_values_is_rejected() {
    let body = r#"["00000000000d0007","inactive"]"#;
    unusable(body, "no authorization", body, "");
}

#[test]
fn an_empty_response_is_rejected() {
    unusable("", "no authorization", "it is empty", "");
    unusable(" \r\n\t", "no authorization", "it is empty", "");
    for (head, status) in [
        ("200 OK\r\nContent-Length: 0", "200 OK"),
        ("204 No Content", "204 No Content"),
        ("204 No Content\r\nContent-Encoding: gzip", "204 No Content"),
        (
            "202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n0",
            "202 Accepted",
        ),
    ] {
        let reply = Reply::Send(format!("HTTP/1.1 {head}\r\n\r\n").into_bytes());
        let cause = format!("no authorization in the response {status}: it is empty");
        fails(reply, 7, &cause, "");
    }
}

#[test]
fn a_page_instead_of_json_is_quoted_in_the_error() {
    let page = "<!doctype html>\n<html>\n  <title>Log in</title>\u{1b}[2J</html>\n";
    let shown = "<!doctype html> <html> <title>Log in</title>[2J</html>";
    unusable(page, "no JSON", shown, WRONG_ADDRESS_HINT);
    let cut = format!("{}...", "z".repeat(200));
    unusable("z".repeat(5000), "no JSON", &cut, WRONG_ADDRESS_HINT);
}

#[test]
fn invalid_utf_8_is_rejected() {
    unusable(
        b"\xff\xfe\x00",
        "no JSON",
        "\u{fffd}\u{fffd}",
        WRONG_ADDRESS_HINT,
    );
    let body = authorization(ID, "telegraf", "inactive");
    let (before, after) = body.split_once("a test").unwrap();
    let body = [before.as_bytes(), b"\xc3\x28", after.as_bytes()].concat();
    let shown: String = String::from_utf8_lossy(&body).chars().take(200).collect();
    unusable(&body, "no JSON", &format!("{shown}..."), WRONG_ADDRESS_HINT);
}

#[test]
fn deeply_nested_json_is_rejected() {
    for (deep, what) in [
        ("[".repeat(100_000), "no authorization"),
        ("{\"a\":".repeat(100_000), "incomplete JSON"),
    ] {
        let shown: String = deep.chars().take(200).collect();
        unusable(&deep, what, &format!("{shown}..."), "");
        // The same in a field that is ignored, in a response with an error status.
        let skipped = format!(r#"{{"links":{deep}"#);
        let shown: String = skipped.chars().take(200).collect();
        let refusal = Reply::Send(http_response(
            "400 Bad Request",
            "application/json",
            skipped.as_bytes(),
        ));
        fails(refusal, 7, &format!("400 Bad Request: {shown}..."), "");
    }
}

#[test]
fn a_status_other_than_the_requested_one_is_rejected() {
    for (status, shown) in [
        ("active", r#""active""#),
        ("", r#""""#),
        ("Inactive", r#""Inactive""#),
        ("inactive ", r#""inactive ""#),
        (
            r"in\u0000active\n\u001b[2J",
            r#""in\u{0}active\n\u{1b}[2J""#,
        ),
        (r#"\"inactive\""#, r#""\"inactive\"""#),
    ] {
        let body = authorization(ID, "telegraf", status);
        let cause = format!("the server reports the status {shown}, not \"inactive\"");
        fails(json("200 OK", &body), 7, &cause, "");
    }
}

#[test]
fn a_failed_run_with_json_prints_no_row() {
    let body = authorization(ID, "telegraf", "active");
    let server = Server::start([exchange(patch(ID, "inactive"), json("200 OK", &body))]);
    let cause = "the server reports the status \"active\", not \"inactive\"";
    set_inactive(&server.url())
        .args(["--id", ID, "--json"])
        .stderr(not_updated(cause))
        .code(7);
}
