//! `list`: its request and its filters.

use crate::fixtures::request;
use crate::scripted_server::{Server, exchange, json};
use crate::support::auth_requests::{
    LISTED_TOKEN, PATH, auth, lists, object, table, token, token_from_older_server,
};

const ONE: &str = "00000000000e0001";
const OTHER: &str = "00000000000e0002";

fn two_authorizations() -> [String; 2] {
    let other = token(OTHER, "old one", "inactive")
        .replace("0000000000000b01", "0000000000000b02")
        .replace("\"admin\"", "\"operator\"")
        .replace("0000000000000a01", "0000000000000a02")
        .replace("\"acme\"", "\"other\"");
    [token(ONE, "a test", "active"), other]
}

#[track_caller]
fn assert_listed(flags: &[&str], query: &str, ids: &[&str]) {
    let server = Server::start([lists(query, &two_authorizations())]);
    let lines: String = ids.iter().map(|id| format!("{id}\n")).collect();
    auth(&server, &[&["list", "-q"], flags].concat())
        .stdout(lines)
        .code(0);
}

#[test]
fn filters_are_sent_to_the_server_and_applied_locally() {
    assert_listed(&[], "", &[ONE, OTHER]);
    // The server ignores the filters and lists both authorizations.
    assert_listed(&["-u", "operator"], "?user=operator", &[OTHER]);
    assert_listed(
        &["--user-id", "0000000000000B02"],
        "?userID=0000000000000B02",
        &[OTHER],
    );
    assert_listed(&["-o", "acme"], "?org=acme", &[ONE]);
    assert_listed(
        &["--org-id", "0000000000000a02"],
        "?orgID=0000000000000a02",
        &[OTHER],
    );
    assert_listed(
        &["-u", "admin", "-o", "other"],
        "?user=admin&org=other",
        &[],
    );
    assert_listed(
        &["--id", "00000000000E0002"],
        "?id=00000000000E0002",
        &[OTHER],
    );
    assert_listed(
        &["-i", OTHER, "--status", "active"],
        "?id=00000000000e0002",
        &[],
    );
    assert_listed(&["--status", "active"], "", &[ONE]);
    assert_listed(&["--match", "old*"], "", &[OTHER]);
    assert_listed(&["--match", "old"], "", &[]);
}

#[test]
fn ls_and_find_are_aliases_of_list() {
    for word in ["list", "ls", "find"] {
        let server = Server::start([lists("", &[token(ONE, "a test", "active")])]);
        auth(&server, &[word])
            .stdout(table(&[(ONE, "a test", "active")]))
            .code(0);
    }
}

#[test]
fn json_is_always_an_array() {
    let server = Server::start([lists("?id=00000000000e0001", &two_authorizations())]);
    let one = object(ONE, "a test", "active").replace('\n', "\n\t");
    auth(&server, &["list", "--id", ONE, "--json"])
        .stdout(format!("[\n\t{one}\n]\n"))
        .code(0);
    let server = Server::start([lists("", &[])]);
    auth(&server, &["list", "--json"]).stdout("[]\n").code(0);
}

/// Scripts that were written for InfluxData's client use `cut` on the output.
#[test]
fn fields_are_separated_by_tabs_as_in_influxdatas_client() {
    let server = Server::start([lists(
        "",
        &[token_from_older_server(ONE, "a test", "active")],
    )]);
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
    run.assert(
        fields == expected,
        "one field per column, and an empty token",
    );
    let server = Server::start([lists(
        "",
        &[token_from_older_server(ONE, "a test", "active")],
    )]);
    let columns = ["list", "--columns", "token,id", "--hide-headers"];
    auth(&server, &columns).stdout(format!("\t{ONE}\n")).code(0);
}

#[test]
fn unknown_ids_exit_with_6_malformed_with_7_and_hidden_with_5() {
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
            "Hint: an ID has 16 hex digits; use --match for a description, and repeat --id for several IDs\n",
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
    // The server sends an empty list to a token that may not see the authorization.
    let server = Server::start([lists("?id=0123456789abcdef", &[])]);
    auth(&server, &["list", "--id", "0123456789abcdef"])
        .stderr("Error: could not list authorizations with ID \"0123456789abcdef\": the server knows this ID, but does not show its authorization to this token\nHint: only an operator token sees the authorizations of other v2 users, and an inactive token sees none\n")
        .code(5);
}

#[test]
fn tokens_in_responses_are_neither_printed_nor_matched() {
    let entries = [token_from_older_server(ONE, "a test", "active")];
    let server = Server::start([lists("", &entries)]);
    auth(&server, &["list"])
        .stdout(table(&[(ONE, "a test", "active")]))
        .code(0);
    let server = Server::start([lists("", &entries)]);
    let run = auth(&server, &["list", "--json", "--http-debug"]).run();
    run.assert(
        run.code == 0 && run.stdout.contains("\"token\": \"\""),
        "success and an empty token",
    );
    run.assert(!run.stderr.contains("s3nt"), "no token");
    // Otherwise patterns could be used to guess tokens.
    let server = Server::start([lists("", &entries)]);
    auth(
        &server,
        &["list", "-q", "--match", &format!("{}*", &LISTED_TOKEN[..4])],
    )
    .code(0);
}
