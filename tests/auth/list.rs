//! `list`: its request and its filters.

use crate::scripted_server::Server;
use crate::support::api_tokens::asks;
use crate::support::api_tokens::{SENT, auth, object, older, table, token};

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
    narrowed(&["--id", "00000000000E0002"], "", &[OTHER]);
    narrowed(&["-i", "0123456789abcdef"], "", &[]);
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
    let server = Server::start([asks("", &both())]);
    let one = object(ONE, "a test", "active").replace('\n', "\n\t");
    auth(&server, &["list", "--id", ONE, "--json"])
        .stdout(format!("[\n\t{one}\n]\n"))
        .code(0);
    let server = Server::start([asks("", &[])]);
    auth(&server, &["list", "--json"]).stdout("[]\n").code(0);
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
