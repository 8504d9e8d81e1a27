//! Answers of success whose content is none: not JSON, no authorization, not the status asked for.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Reply, Server, answer, exchange, json};
use crate::support::expected_failures::INFLUXDB;
use crate::support::expected_failures::{fails, not_updated};

/// Answers the PATCH with 200 and this body, of which the program says `what` and shows `shown`.
#[track_caller]
fn unusable(body: impl AsRef<[u8]>, what: &str, shown: &str, hint: &str) {
    let reply = Reply::Send(answer("200 OK", "application/json", body.as_ref()));
    fails(
        reply,
        7,
        &format!("{what} in the response 200 OK: {shown}"),
        hint,
    );
}

#[test]
fn what_is_no_authorization() {
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
fn what_is_no_json() {
    for body in [
        "inactive",
        r#"{"id":"00000000000d0007","status":"inactive"}}"#,
        r#"{'id':'00000000000d0007','status':'inactive'}"#,
    ] {
        unusable(body, "no JSON", body, INFLUXDB);
    }
    let body = r#"{"id":"00000000000d0007","status":"inactive""#;
    unusable(body, "incomplete JSON", body, "");
}

/// The fields by their place and not by their name: no server means that.
#[test]
fn an_array_is_no_authorization() {
    let body = r#"["00000000000d0007","inactive"]"#;
    unusable(body, "no authorization", body, "");
}

#[test]
fn nothing_in_the_answer() {
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
fn a_page_in_place_of_json() {
    let page = "<!doctype html>\n<html>\n  <title>Log in</title>\u{1b}[2J</html>\n";
    let shown = "<!doctype html> <html> <title>Log in</title>[2J</html>";
    unusable(page, "no JSON", shown, INFLUXDB);
    let cut = format!("{}...", "z".repeat(200));
    unusable("z".repeat(5000), "no JSON", &cut, INFLUXDB);
}

#[test]
fn text_that_is_not_utf_8() {
    unusable(b"\xff\xfe\x00", "no JSON", "\u{fffd}\u{fffd}", INFLUXDB);
    let body = authorization(ID, "telegraf", "inactive");
    let (before, after) = body.split_once("a test").unwrap();
    let body = [before.as_bytes(), b"\xc3\x28", after.as_bytes()].concat();
    let shown: String = String::from_utf8_lossy(&body).chars().take(200).collect();
    unusable(&body, "no JSON", &format!("{shown}..."), INFLUXDB);
}

#[test]
fn deep_json() {
    for (deep, what) in [
        ("[".repeat(100_000), "no authorization"),
        ("{\"a\":".repeat(100_000), "incomplete JSON"),
    ] {
        let shown: String = deep.chars().take(200).collect();
        unusable(&deep, what, &format!("{shown}..."), "");
        // Where a field is skipped, and where an error is looked for.
        let skipped = format!(r#"{{"links":{deep}"#);
        let shown: String = skipped.chars().take(200).collect();
        let refusal = Reply::Send(answer(
            "400 Bad Request",
            "application/json",
            skipped.as_bytes(),
        ));
        fails(refusal, 7, &format!("400 Bad Request: {shown}..."), "");
    }
}

#[test]
fn the_status_is_not_the_one_asked_for() {
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
        let cause = format!("the server says that the status is {shown}, not \"inactive\"");
        fails(json("200 OK", &body), 7, &cause, "");
    }
}

#[test]
fn a_failed_run_prints_no_row_in_json_either() {
    let body = authorization(ID, "telegraf", "active");
    let server = Server::start([exchange(patch(ID, "inactive"), json("200 OK", &body))]);
    let cause = "the server says that the status is \"active\", not \"inactive\"";
    set_inactive(&server.url())
        .args(["--id", ID, "--json"])
        .stderr(not_updated(cause))
        .code(7);
}
