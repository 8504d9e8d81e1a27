//! `list`: its request and its filters.

use crate::fixtures::request;
use crate::scripted_server::{Server, exchange, json};
use crate::support::api_tokens::{PATH, SENT, asks, auth, object, older, table, token};

const ONE: &str = "00000000000e0001";
const OTHER: &str = "00000000000e0002";

fn both() -> [String; 2] {
    let other = token(OTHER, "old one", "inactive")
        .replace("0000000000000b01", "0000000000000b02")
        .replace("\"admin\"", "\"operator\"")
        .replace("0000000000000a01", "0000000000000a02")
        .replace("\"acme\"", "\"other\"");
    [token(ONE, "a test", "active"), other]
}

#[track_caller]
fn narrowed(flags: &[&str], query: &str, ids: &[&str]) {
    let server = Server::start([asks(query, &both())]);
    let lines: String = ids.iter().map(|id| format!("{id}\n")).collect();
    auth(&server, &[&["list", "-q"], flags].concat())
        .stdout(lines)
        .code(0);
}

#[test]
fn filters_are_asked_for_where_the_server_knows_them_and_applied() {
    narrowed(&[], "", &[ONE, OTHER]);
    // A server that looked at none of them.
    narrowed(&["-u", "operator"], "?user=operator", &[OTHER]);
    narrowed(
        &["--user-id", "0000000000000B02"],
        "?userID=0000000000000B02",
        &[OTHER],
    );
    narrowed(&["-o", "acme"], "?org=acme", &[ONE]);
    narrowed(
        &["--org-id", "0000000000000a02"],
        "?orgID=0000000000000a02",
        &[OTHER],
    );
    narrowed(
        &["-u", "admin", "-o", "other"],
        "?user=admin&org=other",
        &[],
    );
    narrowed(
        &["--id", "00000000000E0002"],
        "?id=00000000000E0002",
        &[OTHER],
    );
    narrowed(
        &["-i", OTHER, "--status", "active"],
        "?id=00000000000e0002",
        &[],
    );
    narrowed(&["--status", "active"], "", &[ONE]);
    narrowed(&["--match", "old*"], "", &[OTHER]);
    narrowed(&["--match", "old"], "", &[]);
}

#[test]
fn other_words_for_it() {
    for word in ["list", "ls", "find"] {
        let server = Server::start([asks("", &[token(ONE, "a test", "active")])]);
        auth(&server, &[word])
            .stdout(table(&[(ONE, "a test", "active")]))
            .code(0);
    }
}

#[test]
fn json_is_an_array_also_of_one_and_of_none() {
    let server = Server::start([asks("?id=00000000000e0001", &both())]);
    let one = object(ONE, "a test", "active").replace('\n', "\n\t");
    auth(&server, &["list", "--id", ONE, "--json"])
        .stdout(format!("[\n\t{one}\n]\n"))
        .code(0);
    let server = Server::start([asks("", &[])]);
    auth(&server, &["list", "--json"]).stdout("[]\n").code(0);
}

/// As scripts do that were written for the Go client.
#[test]
fn cut_finds_the_fields_of_the_go_client() {
    let server = Server::start([asks("", &[older(ONE, "a test", "active")])]);
    let run = auth(&server, &["list", "--hide-headers"]).run();
    let fields: Vec<_> = run.stdout.trim_end().split('\t').collect();
    let permissions = "[read:orgs/0000000000000a01/buckets/0000000000000c01]";
    let expected = [
        ONE,
        "a test",
        "",
        "admin",
        "0000000000000b01",
        "active",
        permissions,
    ];
    run.assert(fields == expected, "a field per column, the token empty");
    let server = Server::start([asks("", &[older(ONE, "a test", "active")])]);
    let columns = ["list", "--columns", "token,id", "--hide-headers"];
    auth(&server, &columns).stdout(format!("\t{ONE}\n")).code(0);
}

#[test]
fn an_unknown_id_is_code_6_and_a_malformed_one_7() {
    for (id, status, message, code, hint) in [
        (
            "0123456789abcdef",
            "404 Not Found",
            "authorization not found",
            6,
            "",
        ),
        (
            "agent",
            "400 Bad Request",
            "id must have a length of 16 bytes",
            7,
            "Hint: an ID has 16 hex digits; a description goes with --match, several IDs with several --id\n",
        ),
    ] {
        let kind = if code == 6 { "not found" } else { "invalid" };
        let body = format!("{{\"code\":\"{kind}\",\"message\":\"{message}\"}}");
        let request = request("GET", &format!("{PATH}?id={id}"), "");
        let server = Server::start([exchange(request, json(status, &body))]);
        auth(&server, &["list", "--id", id, "--json"])
            .stderr(format!(
                "Error: could not list authorizations with ID \"{id}\": {status}: {message}\n{hint}"
            ))
            .code(code);
    }
    // A token that may not see it gets an empty list.
    let server = Server::start([asks("?id=0123456789abcdef", &[])]);
    auth(&server, &["list", "--id", "0123456789abcdef"])
        .stderr("Error: could not list authorizations with ID \"0123456789abcdef\": the server knows this ID, but does not show its authorization to this token\nHint: only an operator token sees the authorizations of other v2 users, and an inactive token sees none\n")
        .code(5);
}

#[test]
fn no_token_that_a_server_sends_is_shown_or_matched() {
    let entries = [older(ONE, "a test", "active")];
    let server = Server::start([asks("", &entries)]);
    auth(&server, &["list"])
        .stdout(table(&[(ONE, "a test", "active")]))
        .code(0);
    let server = Server::start([asks("", &entries)]);
    let run = auth(&server, &["list", "--json", "--http-debug"]).run();
    run.assert(
        run.code == 0 && run.stdout.contains("\"token\": \"\""),
        "success",
    );
    run.assert(!run.stderr.contains("s3nt"), "no token");
    // Who may try patterns finds out no token by them.
    let server = Server::start([asks("", &entries)]);
    auth(
        &server,
        &["list", "-q", "--match", &format!("{}*", &SENT[..4])],
    )
    .code(0);
}
