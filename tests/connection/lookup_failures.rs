//! Runs by username that fail in the lookup or after it. If the lookup fails, no change is sent.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::{WRONG_ADDRESS_HINT, lookup_fails};

/// Responds to the lookup with 200 and this body. The error says `what`.
#[track_caller]
fn unusable_list(body: &str, what: &str, hint: &str) {
    let shown = match body.char_indices().nth(200) {
        Some((at, _)) => format!("{}...", &body[..at]),
        None => body.to_string(),
    };
    let cause = format!("{what} in the response 200 OK: {shown}");
    lookup_fails(&[], json("200 OK", body), 7, &cause, hint);
}

#[test]
fn a_username_that_is_not_listed_exits_with_5() {
    let (cause, hint) = NOT_SHOWN.split_once('\n').unwrap();
    let entries = ["telegraf2", "Telegraf", "telegra", " telegraf", ""];
    let others = entries.map(|name| authorization("0000000000000001", name, "active"));
    // The name is only in other fields of the entry.
    let decoy = r#"{"id":"telegraf","token":"x","status":"active","user":"telegraf","description":"telegraf"}"#;
    for list in [listed(&[]), listed(&others), listed(&[decoy.to_string()])] {
        lookup_fails(&[], json("200 OK", &list), 5, cause, hint);
    }
}

#[test]
fn a_response_without_a_valid_list_is_rejected() {
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
    lookup_fails(&[], json("200 OK", nameless), 7, cause, "");
    // One invalid entry makes the whole list invalid, even if it comes after the matching entry.
    let entry = authorization(ID, "telegraf", "active");
    for body in [&listed(&[entry.clone(), "null".to_string()]), &entry] {
        unusable_list(body, "no list of authorizations", "");
    }
    for body in ["<html>", r#"{"authorizations":[]} x"#] {
        unusable_list(body, "no JSON", WRONG_ADDRESS_HINT);
    }
    unusable_list(r#"{"authorizations":[]"#, "incomplete JSON", "");
    let cause = "no list of authorizations in the response 200 OK: it is empty";
    lookup_fails(&[], json("200 OK", ""), 7, cause, "");
}

#[test]
fn list_entries_that_are_arrays_are_rejected() {
    let body = r#"{"authorizations":[["00000000000d0007","telegraf"]]}"#;
    unusable_list(body, "no list of authorizations", "");
}

#[test]
fn deeply_nested_json_is_rejected() {
    for (deep, what) in [
        ("[".repeat(100_000), "no list of authorizations"),
        ("{\"a\":".repeat(100_000), "incomplete JSON"),
    ] {
        unusable_list(&deep, what, "");
        // Fields that are ignored may be nested to any depth.
        let skipped = format!(r#"{{"other":{deep}"#);
        unusable_list(&skipped, "incomplete JSON", "");
    }
}

#[test]
fn a_refused_lookup_sends_no_patch() {
    for (status, body, code, cause, hint) in [
        (
            "401 Unauthorized",
            r#"{"code":"unauthorized","message":"unauthorized access"}"#,
            5,
            "401 Unauthorized: unauthorized access",
            "Hint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n",
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
            WRONG_ADDRESS_HINT,
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
        lookup_fails(&[], json(status, body), code, cause, hint);
    }
}

#[test]
fn an_incomplete_list_sends_no_patch() {
    let list = listed(&[authorization(ID, "telegraf", "active")]);
    let whole = http_response("200 OK", "application/json", list.as_bytes());
    let cause = "the response from BASE is incomplete: the connection was closed before the end of the response";
    for missing in [1, 2, 100] {
        let part = whole[..whole.len() - missing].to_vec();
        lookup_fails(&[], Reply::SendAndClose(part), 7, cause, "");
    }
}

#[test]
fn a_failed_patch_after_the_lookup_is_reported() {
    let forbidden = r#"{"code":"forbidden","message":"write:authorizations is forbidden"}"#;
    let error = "Error: failed to update status of authorization with username \"telegraf\": ";
    for (reply, code, cause) in [
        (
            json("403 Forbidden", forbidden),
            5,
            "403 Forbidden: write:authorizations is forbidden\nHint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n",
        ),
        (
            json("500 Internal Server Error", ""),
            7,
            "500 Internal Server Error\n",
        ),
        (
            json("200 OK", &authorization(ID, "telegraf", "active")),
            7,
            "the server reports the status \"active\", not \"inactive\"\n",
        ),
        (
            Reply::SendAndClose(b"HTTP/1.1 200".to_vec()),
            7,
            "the response from BASE is incomplete: the connection was closed before the end of the response; \
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
fn a_request_is_repeated_only_once_after_a_closed_connection() {
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
