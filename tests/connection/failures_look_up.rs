//! Runs by username that fail: in the look-up, after which nothing is changed, or behind it.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Reply, Server, answer, exchange, json};
use crate::support::expected_failures::{INFLUXDB, look_up_fails};

/// Answers the look-up with 200 and this body, of which the program says `what`.
#[track_caller]
fn unusable_list(body: &str, what: &str, hint: &str) {
    let shown = match body.char_indices().nth(200) {
        Some((at, _)) => format!("{}...", &body[..at]),
        None => body.to_string(),
    };
    let cause = format!("{what} in the response 200 OK: {shown}");
    look_up_fails(&[], json("200 OK", body), 7, &cause, hint);
}

#[test]
fn a_list_without_the_name() {
    let (cause, hint) = NOT_SHOWN.split_once('\n').unwrap();
    let entries = ["telegraf2", "Telegraf", "telegra", " telegraf", ""];
    let others = entries.map(|name| authorization("0000000000000001", name, "active"));
    // The name stands elsewhere in the entry.
    let decoy = r#"{"id":"telegraf","token":"x","status":"active","user":"telegraf","description":"telegraf"}"#;
    for list in [listed(&[]), listed(&others), listed(&[decoy.to_string()])] {
        look_up_fails(&[], json("200 OK", &list), 5, cause, hint);
    }
}

#[test]
fn what_is_no_list() {
    for body in [
        "null",
        "[]",
        "{}",
        "7",
        r#"{"authorizations":null}"#,
        r#"{"authorizations":{}}"#,
        r#"{"authorizations":"telegraf"}"#,
        r#"{"authorizations":[null]}"#,
        r#"{"authorizations":["telegraf"]}"#,
        r#"{"authorizations":[{"id":7,"status":"active","token":"telegraf"}]}"#,
        r#"{"authorizations":[{"id":"1","status":"active","token":["telegraf"]}]}"#,
        r#"{"authorizations":[{"token":"telegraf"}]}"#,
        r#"{"authorizations":[{"id":"1","token":"telegraf"}]}"#,
        r#"{"authorizations":[],"authorizations":[]}"#,
    ] {
        unusable_list(body, "no list of authorizations", "");
    }
    let nameless = r#"{"authorizations":[{"id":"","status":"active","token":"telegraf"}]}"#;
    let cause = "the server returned a malformed ID";
    look_up_fails(&[], json("200 OK", nameless), 7, cause, "");
    // One broken entry makes a broken list, even behind the one that is looked for.
    let entry = authorization(ID, "telegraf", "active");
    for body in [&listed(&[entry.clone(), "null".to_string()]), &entry] {
        unusable_list(body, "no list of authorizations", "");
    }
    for body in ["<html>", r#"{"authorizations":[]} x"#] {
        unusable_list(body, "no JSON", INFLUXDB);
    }
    unusable_list(r#"{"authorizations":[]"#, "incomplete JSON", "");
    let cause = "no list of authorizations in the response 200 OK: it is empty";
    look_up_fails(&[], json("200 OK", ""), 7, cause, "");
}

#[test]
fn entries_that_are_arrays() {
    let body = r#"{"authorizations":[["00000000000d0007","telegraf"]]}"#;
    unusable_list(body, "no list of authorizations", "");
}

#[test]
fn deep_json() {
    for (deep, what) in [
        ("[".repeat(100_000), "no list of authorizations"),
        ("{\"a\":".repeat(100_000), "incomplete JSON"),
    ] {
        unusable_list(&deep, what, "");
        // What is skipped costs no depth.
        let skipped = format!(r#"{{"other":{deep}"#);
        unusable_list(&skipped, "incomplete JSON", "");
    }
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
            INFLUXDB,
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
            "no list of authorizations in the response 204 No Content: it is empty",
            "",
        ),
    ] {
        look_up_fails(&[], json(status, body), code, cause, hint);
    }
}

#[test]
fn a_list_that_breaks_off_sends_no_patch() {
    let list = listed(&[authorization(ID, "telegraf", "active")]);
    let whole = answer("200 OK", "application/json", list.as_bytes());
    let cause = "the response from BASE is incomplete: the connection was closed in the middle";
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
            "the response from BASE is incomplete: the connection was closed in the middle; \
             the request may have been carried out, and repeating it is safe\n",
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
        "Error: failed to update status of authorization with username \"telegraf\": no response from {}: the connection was closed; the request may have been carried out, and repeating it is safe\n",
        server.url()
    );
    set_inactive(&server.url())
        .args(["--username", "telegraf"])
        .stderr(error)
        .code(4);
    assert_eq!(server.connections(), 2);
}
