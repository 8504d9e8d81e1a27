//! `--match`: changes to all API tokens whose description matches a pattern.

use crate::scripted_server::Server;
use crate::support::auth_requests::{
    auth, lists, object, sets_status, table, token, token_from_older_server,
};

const IDS: [&str; 4] = [
    "00000000000f0001",
    "00000000000f0002",
    "00000000000f0003",
    "00000000000f0004",
];

/// Three of these match `old*`, and one of the three is inactive already.
fn entries() -> [String; 4] {
    [
        token(IDS[0], "old 1", "active"),
        token(IDS[1], "other", "active"),
        token(IDS[2], "old 2", "inactive"),
        token(IDS[3], "old 3", "active"),
    ]
}

/// The pattern may match the token in use.
#[test]
fn inactive_by_pattern_requires_yes_or_dry_run() {
    for word in ["inactive", "set-inactive"] {
        let server = Server::start([]);
        auth(&server, &[word, "--match", "old*"])
            .stderr("Error: --match may find more than you expect\nHint: use --dry-run to see what it finds, or --yes to apply the change\n")
            .code(2);
        assert_eq!(server.connections(), 0);
    }
}

#[test]
fn matches_are_listed_once_and_changed_on_one_connection() {
    let server = Server::start([
        lists("", &entries()),
        sets_status(IDS[0], "inactive"),
        sets_status(IDS[3], "inactive"),
    ]);
    let rows = [IDS[0], IDS[3]].map(|id| (id, "a test", "inactive"));
    auth(&server, &["inactive", "--match", "old*", "--yes"])
        .stdout(table(&rows))
        .code(0);
    assert_eq!(server.connections(), 1);
    // Activating tokens needs no --yes.
    let server = Server::start([lists("", &entries()), sets_status(IDS[2], "active")]);
    let one = object(IDS[2], "a test", "active").replace('\n', "\n\t");
    auth(&server, &["active", "--match", "old*", "--json"])
        .stdout(format!("[\n\t{one}\n]\n"))
        .code(0);
}

#[test]
fn a_dry_run_changes_nothing() {
    let server = Server::start([lists("", &entries())]);
    auth(&server, &["inactive", "--match", "old*", "--dry-run"])
        .stdout(table(&[
            (IDS[0], "old 1", "active"),
            (IDS[3], "old 3", "active"),
        ]))
        .code(0);
}

/// Patterns match only descriptions. Otherwise they could be used to guess tokens.
#[test]
fn no_match_exits_with_6() {
    let server = Server::start([lists(
        "",
        &[token_from_older_server(IDS[0], "old 1", "active")],
    )]);
    auth(&server, &["inactive", "--match", "s3nt*", "--yes"])
        .stderr("Error: no authorization matches \"s3nt*\"\nHint: the pattern must match the whole description, for example --match '*old*'; only an operator token sees the credentials of other v2 users, and an inactive token sees nothing\n")
        .code(6);
}

#[test]
fn nothing_left_to_change_exits_with_0() {
    let server = Server::start([lists("", &entries())]);
    auth(
        &server,
        &["inactive", "--match", "old 2", "--yes", "--json"],
    )
    .stdout("[]\n")
    .stderr("Hint: everything that \"old 2\" matches is already inactive\n")
    .code(0);
}

#[test]
fn requires_either_an_id_or_a_pattern() {
    let server = Server::start([]);
    auth(
        &server,
        &["inactive", "--match", "*", "--id", IDS[0], "--yes"],
    )
    .stderr("Error: specify --match or --id, not both\n")
    .code(2);
    auth(&server, &["delete"])
        .stderr(
            "Error: id required\nHint: use --id for one authorization, or --match for several\n",
        )
        .code(2);
    auth(&server, &["active", "--username", "x"])
        .stderr("Error: unknown flag \"--username\"\nHint: did you mean --match, a pattern for descriptions?\n")
        .code(2);
    assert_eq!(server.connections(), 0);
}

#[test]
fn common_synonyms_get_a_suggestion() {
    let server = Server::start([]);
    for (typed, meant) in [
        ("deactivate", "inactive"),
        ("disable", "inactive"),
        ("enable", "active"),
        ("rm", "delete"),
    ] {
        auth(&server, &[typed])
            .stderr(format!("Error: unknown command \"{typed}\" for \"influx auth\"\nHint: did you mean `influx auth {meant}`?\n"))
            .code(2);
    }
}
