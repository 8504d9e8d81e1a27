//! Answers of success whose content is none: not JSON, not an authorization, not the status asked
//! for, not a list; and the steps of a run by username that fail.

use crate::failures::{fails, look_up_fails, not_updated};
use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::server::{Reply, Server, answer, exchange, json};

const INFLUXDB: &str =
    "Hint: is --host the address of InfluxDB, with its path prefix if it has one?\n";
const UNSEEN: &str =
    "Hint: a token that may not read an authorization does not see it in the list\n";

/// Answers the PATCH with 200 and this body: it is no authorization.
#[track_caller]
fn no_authorization(body: impl AsRef<[u8]>, shown: &str) {
    let reply = Reply::Send(answer("200 OK", "application/json", body.as_ref()));
    fails(
        reply,
        7,
        &format!("no authorization in the answer 200 OK{shown}"),
        INFLUXDB,
    );
}

/// Answers the look-up with 200 and this body: it is no list.
#[track_caller]
fn no_list(body: &str) {
    let cause = "no list of authorizations in the answer 200 OK";
    look_up_fails(&[], json("200 OK", body), 7, cause, INFLUXDB);
}

#[test]
fn what_is_no_authorization() {
    for body in [
        "null",
        "[]",
        "{}",
        "7",
        "\"inactive\"",
        "inactive",
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
        r#"{"id":"00000000000d0007","status":"inactive""#,
        r#"{"id":"00000000000d0007","status":"inactive"}}"#,
        r#"{'id':'00000000000d0007','status':'inactive'}"#,
    ] {
        no_authorization(body, &format!(": {body}"));
    }
}

#[test]
fn nothing_in_the_answer() {
    no_authorization("", "");
    no_authorization(" \r\n\t", "");
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
        fails(
            reply,
            7,
            &format!("no authorization in the answer {status}"),
            INFLUXDB,
        );
    }
}

#[test]
fn a_page_in_place_of_json() {
    let page = "<!doctype html>\n<html>\n  <title>Log in</title>\u{1b}[2J</html>\n";
    no_authorization(
        page,
        ": <!doctype html> <html> <title>Log in</title>[2J</html>",
    );
    no_authorization("z".repeat(5000), &format!(": {}...", "z".repeat(200)));
}

#[test]
fn text_that_is_not_utf_8() {
    no_authorization(b"\xff\xfe\x00", ": \u{fffd}\u{fffd}");
    let body = authorization(ID, "telegraf", "inactive");
    let (before, after) = body.split_once("a test").unwrap();
    let body = [before.as_bytes(), b"\xc3\x28", after.as_bytes()].concat();
    let shown: String = String::from_utf8_lossy(&body).chars().take(200).collect();
    no_authorization(&body, &format!(": {shown}..."));
}

#[test]
fn deep_json() {
    for deep in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        let shown: String = deep.chars().take(200).collect();
        no_authorization(&deep, &format!(": {shown}..."));
        no_list(&deep);
        // Where a field is skipped, and where an error is looked for.
        let skipped = format!(r#"{{"links":{deep}"#);
        no_list(&skipped);
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

#[test]
fn a_list_without_the_name() {
    let cause = "the server lists no such authorization";
    let entries = ["telegraf2", "Telegraf", "telegra", " telegraf", ""];
    let others = entries.map(|name| authorization("0000000000000001", name, "active"));
    // The name stands elsewhere in the entry.
    let decoy = r#"{"id":"telegraf","status":"active","user":"telegraf","description":"telegraf"}"#;
    for list in [listed(&[]), listed(&others), listed(&[decoy.to_string()])] {
        look_up_fails(&[], json("200 OK", &list), 6, cause, UNSEEN);
    }
}

#[test]
fn what_is_no_list() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "7",
        "<html>",
        r#"{"authorizations":null}"#,
        r#"{"authorizations":{}}"#,
        r#"{"authorizations":"telegraf"}"#,
        r#"{"authorizations":[null]}"#,
        r#"{"authorizations":["telegraf"]}"#,
        r#"{"authorizations":[{"token":"telegraf"}]}"#,
        r#"{"authorizations":[{"id":7,"status":"active","token":"telegraf"}]}"#,
        r#"{"authorizations":[{"id":"1","status":"active","token":["telegraf"]}]}"#,
        r#"{"authorizations":[]"#,
        r#"{"authorizations":[]} x"#,
    ] {
        no_list(body);
    }
    // One broken entry makes a broken list, even behind the one that is looked for.
    let entry = authorization(ID, "telegraf", "active");
    no_list(&listed(&[entry, "{}".to_string()]));
    no_list(&authorization(ID, "telegraf", "active"));
}

#[test]
fn a_look_up_that_is_refused_sends_no_patch() {
    for (status, body, code, cause, hint) in [
        (
            "401 Unauthorized",
            r#"{"code":"unauthorized","message":"unauthorized access"}"#,
            5,
            "401 Unauthorized: unauthorized access",
            "Hint: is the token the right one for this server, and may it read and write authorizations and users?\n",
        ),
        (
            "404 Not Found",
            r#"{"code":"not found","message":"authorization not found"}"#,
            6,
            "404 Not Found: authorization not found",
            "",
        ),
        (
            "404 Not Found",
            "404 page not found\n",
            7,
            "404 Not Found: 404 page not found",
            "Hint: this is not InfluxDB's answer: is --host its address, with its path prefix if it has one?\n",
        ),
        (
            "500 Internal Server Error",
            "",
            7,
            "500 Internal Server Error",
            "",
        ),
        (
            "204 No Content",
            "",
            7,
            "no list of authorizations in the answer 204 No Content",
            INFLUXDB,
        ),
    ] {
        look_up_fails(&[], json(status, body), code, cause, hint);
    }
}

#[test]
fn a_list_that_breaks_off_sends_no_patch() {
    let list = listed(&[authorization(ID, "telegraf", "active")]);
    let whole = answer("200 OK", "application/json", list.as_bytes());
    let cause = "the answer of BASE is incomplete: the connection was closed in the middle";
    for missing in [1, 2, 100] {
        let part = whole[..whole.len() - missing].to_vec();
        look_up_fails(&[], Reply::SendAndClose(part), 7, cause, "");
    }
}

#[test]
fn the_patch_fails_after_the_look_up() {
    let forbidden = r#"{"code":"forbidden","message":"write:authorizations is forbidden"}"#;
    let error = "Error: failed to update status of authorization with username \"telegraf\": ";
    for (reply, code, cause) in [
        (
            json("403 Forbidden", forbidden),
            5,
            "403 Forbidden: write:authorizations is forbidden\nHint: is the token the right one for this server, and may it read and write authorizations and users?\n",
        ),
        (
            json("500 Internal Server Error", ""),
            7,
            "500 Internal Server Error\n",
        ),
        (
            json("200 OK", &authorization(ID, "telegraf", "active")),
            7,
            "the server says that the status is \"active\", not \"inactive\"\n",
        ),
        (
            Reply::SendAndClose(b"HTTP/1.1 200".to_vec()),
            7,
            "the answer of BASE is incomplete: the connection was closed in the middle\n",
        ),
    ] {
        let list = listed(&[authorization(ID, "telegraf", "active")]);
        let server = Server::start([
            exchange(get("telegraf"), json("200 OK", &list)),
            exchange(patch(ID, "inactive"), reply),
        ]);
        set_inactive(&server.url())
            .args(["--username", "telegraf"])
            .stderr(format!("{error}{cause}").replace("BASE", &server.url()))
            .code(code);
        assert_eq!(server.connections(), 1);
    }
}

#[test]
fn a_kept_connection_that_closes_is_opened_again_once() {
    let list = listed(&[authorization(ID, "telegraf", "active")]);
    let close = || exchange(patch(ID, "inactive"), Reply::SendAndClose(Vec::new()));
    let server = Server::start([
        exchange(get("telegraf"), json("200 OK", &list)),
        close(),
        close(),
    ]);
    let error = format!(
        "Error: failed to update status of authorization with username \"telegraf\": no answer from {}: the connection was closed; the request may have been carried out, and repeating it is safe\n",
        server.url()
    );
    set_inactive(&server.url())
        .args(["--username", "telegraf"])
        .stderr(error)
        .code(4);
    assert_eq!(server.connections(), 2);
}
