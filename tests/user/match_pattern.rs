//! Users that a pattern matches, and `--dry-run`.

use crate::fixtures::{array, request};
use crate::scripted_server::{Server, exchange, json};
use crate::support::user_requests::{
    ADMIN, KIM, LEE, PATH, lists, object, sets_status, table, user, user_command,
};

fn entries() -> [String; 3] {
    [
        user(ADMIN, "admin", "active"),
        user(KIM, "t-kim", "active"),
        user(LEE, "t-lee", "inactive"),
    ]
}

#[test]
fn changes_by_pattern_require_yes_or_dry_run() {
    let server = Server::start([]);
    for word in ["inactive", "active"] {
        user_command(&server, &[word, "--match", "t-*"])
            .stderr("Error: --match may find more than you expect\nHint: use --dry-run to see what it finds, or --yes to apply the change\n")
            .code(2);
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn matches_are_listed_once_and_changed_on_one_connection() {
    let server = Server::start([
        lists("?limit=100", &entries()),
        sets_status(KIM, "t-kim", "inactive"),
    ]);
    user_command(&server, &["inactive", "--match", "t-*", "--yes"])
        .stdout(table(&[(KIM, "t-kim", "inactive")]))
        .code(0);
    assert_eq!(server.connections(), 1);
    let server = Server::start([
        lists("?limit=100", &entries()),
        sets_status(LEE, "t-lee", "active"),
    ]);
    user_command(&server, &["active", "--match", "t-*", "--yes", "--json"])
        .stdout(array(&[object(LEE, "t-lee", "active")]))
        .code(0);
}

#[test]
fn a_dry_run_changes_nothing() {
    let server = Server::start([lists("?limit=100", &entries())]);
    user_command(&server, &["inactive", "--match", "*", "--dry-run"])
        .stdout(table(&[
            (ADMIN, "admin", "active"),
            (KIM, "t-kim", "active"),
        ]))
        .code(0);
    // The current user is not looked up, because nothing is changed.
    let server = Server::start([lists("?name=admin", &entries()[..1])]);
    user_command(&server, &["inactive", "--name", "admin", "--dry-run"])
        .stdout(table(&[(ADMIN, "admin", "active")]))
        .code(0);
    let get = request("GET", &format!("{PATH}/{KIM}"), "");
    let server = Server::start([exchange(get, json("200 OK", &entries()[1]))]);
    user_command(&server, &["inactive", "--id", KIM, "--dry-run", "--json"])
        .stdout(object(KIM, "t-kim", "active") + "\n")
        .code(0);
    // --dry-run takes precedence over --yes.
    let server = Server::start([lists("?limit=100", &entries())]);
    user_command(
        &server,
        &["inactive", "--match", "t*", "--dry-run", "--yes"],
    )
    .stdout(table(&[(KIM, "t-kim", "active")]))
    .code(0);
}

#[test]
fn every_page_is_listed_before_anything_is_changed() {
    let id = |number: usize| format!("{number:016x}");
    let page = |numbers: std::ops::Range<usize>| -> Vec<_> {
        let one = |number| user(&id(number), &format!("user{number}"), "active");
        numbers.map(one).collect()
    };
    let server = Server::start([
        lists("?limit=100", &page(0..100)),
        lists(&format!("?limit=100&after={}", id(99)), &page(100..160)),
        sets_status(&id(50), "user50", "inactive"),
        sets_status(&id(150), "user150", "inactive"),
    ]);
    user_command(&server, &["inactive", "--match", "user*50", "--yes"])
        .stdout(table(&[
            (&id(50), "user50", "inactive"),
            (&id(150), "user150", "inactive"),
        ]))
        .code(0);
}

/// InfluxDB 2.0.x lists only its first 20 users, and others may match too.
#[test]
fn an_incomplete_list_changes_nothing() {
    let page: Vec<_> = (0..20)
        .map(|number| user(&format!("{number:016x}"), "temp", "active"))
        .collect();
    for word in ["inactive", "active"] {
        let server = Server::start([
            lists("?limit=100", &page),
            lists(&format!("?limit=100&after={:016x}", 19), &page),
        ]);
        user_command(&server, &[word, "--match", "temp", "--yes"])
            .stderr("Error: could not list users: the server lists the first 20 users only; nothing was changed\nHint: InfluxDB 2.0 cannot list more; name the others with --id or --name\n")
            .code(7);
    }
}

#[test]
fn no_match_exits_with_6_and_nothing_left_to_change_with_0() {
    let server = Server::start([lists("?limit=100", &entries())]);
    user_command(&server, &["inactive", "--match", "tmp-*", "--yes"])
        .stderr("Error: no user matches \"tmp-*\"\nHint: the pattern must match the whole name, for example --match '*old*'; only an operator token sees the credentials of other v2 users, and an inactive token sees nothing\n")
        .code(6);
    let server = Server::start([lists("?limit=100", &entries())]);
    user_command(
        &server,
        &["inactive", "--match", "t-lee", "--yes", "--json"],
    )
    .stdout("[]\n")
    .stderr("Hint: everything that \"t-lee\" matches is already inactive\n")
    .code(0);
}
