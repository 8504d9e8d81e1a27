//! Tokens that a pattern fits.

use crate::scripted_server::Server;
use crate::support::api_tokens::{asks, auth, done, object, older, table, token};

const IDS: [&str; 4] = [
    "00000000000f0001",
    "00000000000f0002",
    "00000000000f0003",
    "00000000000f0004",
];

/// Two that are to be cut off, one that is already, and one that is not meant.
fn entries() -> [String; 4] {
    [
        token(IDS[0], "old 1", "active"),
        token(IDS[1], "other", "active"),
        token(IDS[2], "old 2", "inactive"),
        token(IDS[3], "old 3", "active"),
    ]
}

#[test]
fn inactive_takes_consent_for_the_token_in_use_may_be_one() {
    for word in ["inactive", "set-inactive"] {
        let server = Server::start([]);
        auth(&server, &[word, "--match", "old*"])
            .stderr("Error: --match may find more than you mean\nHint: --dry-run prints what it finds, --yes applies the change to it\n")
            .code(2);
        assert_eq!(server.connections(), 0);
    }
}

#[test]
fn one_list_then_the_work_on_one_connection() {
    let server = Server::start([
        asks("", &entries()),
        done(IDS[0], "inactive"),
        done(IDS[3], "inactive"),
    ]);
    let rows = [IDS[0], IDS[3]].map(|id| (id, "a test", "inactive"));
    auth(&server, &["inactive", "--match", "old*", "--yes"])
        .stdout(table(&rows))
        .code(0);
    assert_eq!(server.connections(), 1);
    // The undo needs no consent.
    let server = Server::start([asks("", &entries()), done(IDS[2], "active")]);
    let one = object(IDS[2], "a test", "active").replace('\n', "\n\t");
    auth(&server, &["active", "--match", "old*", "--json"])
        .stdout(format!("[\n\t{one}\n]\n"))
        .code(0);
}

#[test]
fn a_look_changes_nothing() {
    let server = Server::start([asks("", &entries())]);
    auth(&server, &["inactive", "--match", "old*", "--dry-run"])
        .stdout(table(&[
            (IDS[0], "old 1", "active"),
            (IDS[3], "old 3", "active"),
        ]))
        .code(0);
}

/// A pattern fits descriptions alone: no token can be found out by it.
#[test]
fn nothing_that_fits_is_code_6() {
    let server = Server::start([asks("", &[older(IDS[0], "old 1", "active")])]);
    auth(&server, &["inactive", "--match", "s3nt*", "--yes"])
        .stderr("Error: no authorization matches \"s3nt*\"\nHint: the whole description has to match, as in --match '*old*'; only an operator token sees what belongs to other v2 users, and an inactive one sees nothing\n")
        .code(6);
}

#[test]
fn nothing_left_to_do_is_done() {
    let server = Server::start([asks("", &entries())]);
    auth(
        &server,
        &["inactive", "--match", "old 2", "--yes", "--json"],
    )
    .stdout("[]\n")
    .stderr("Hint: everything that \"old 2\" matches is already inactive\n")
    .code(0);
}

#[test]
fn an_id_or_a_pattern() {
    let server = Server::start([]);
    auth(
        &server,
        &["inactive", "--match", "*", "--id", IDS[0], "--yes"],
    )
    .stderr("Error: specify --match or --id, not both\n")
    .code(2);
    auth(&server, &["delete"])
        .stderr("Error: id required\nHint: --id names an authorization, --match finds several\n")
        .code(2);
    auth(&server, &["active", "--username", "x"])
        .stderr("Error: unknown flag \"--username\"\nHint: did you mean --match, a pattern of descriptions?\n")
        .code(2);
    assert_eq!(server.connections(), 0);
}

#[test]
fn words_of_other_habits() {
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
