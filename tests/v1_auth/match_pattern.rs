//! `--match`: one list request, and then a change to every authorization that matches.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::v1_auth_requests::{PATH, auth, lists, no_content, removes};
use crate::support::v1_auth_several_targets::{entries, id};

fn sets_status(number: usize, username: &str, status: &str) -> Exchange {
    let answer = authorization(&id(number), username, status);
    exchange(patch(&id(number), status), json("200 OK", &answer))
}

#[test]
fn the_list_and_all_changes_share_one_connection() {
    let server = Server::start([
        lists("", &entries()),
        sets_status(1, "old-1", "inactive"),
        sets_status(4, "collector", "inactive"),
    ]);
    let (one, four) = (id(1), id(4));
    let rows = [
        (&*one, "old-1", "inactive"),
        (&*four, "collector", "inactive"),
    ];
    set_inactive(&server.url())
        .args(["--match", "old-*"])
        .stdout(table(&rows))
        .code(0);
    assert_eq!(server.connections(), 1);
}

/// `INFLUX_USERNAME` is ignored if `--match` is given.
#[test]
fn json_is_an_array_even_for_one_match() {
    let server = Server::start([lists("", &entries()), sets_status(2, "old-2", "active")]);
    auth(&server, &["set-active", "--match=old-?", "--json"])
        .env("INFLUX_USERNAME", "telegraf")
        .stdout(array(&[object(&id(2), "old-2", "active")]))
        .code(0);
}

#[test]
fn a_list_with_a_next_page_changes_nothing() {
    for (from, to) in [
        (
            "\"self\":",
            "\"next\":\"/private/legacy/authorizations?offset=20\",\"self\":",
        ),
        ("\"links\":{", "\"links\":{\"next\":\"x\"},\"others\":{"),
    ] {
        let body = listed(&entries()).replace(from, to);
        for after in [body.clone(), {
            // The links may also come after the list.
            let (_, rest) = body.split_once(",\"authorizations\"").unwrap();
            let rest = rest.strip_suffix('}').unwrap();
            format!("{{\"authorizations\"{rest},\"links\":{{\"next\":\"x\"}}}}")
        }] {
            let server = Server::start([exchange(
                request("GET", "/private/legacy/authorizations", ""),
                json("200 OK", &after),
            )]);
            set_inactive(&server.url())
                .args(["--match", "old-*"])
                .stderr("Error: could not list authorizations: the list is incomplete: the server has a next page, which this program cannot read; nothing was changed\n")
                .code(7);
            assert_eq!(server.connections(), 1);
        }
    }
}

#[test]
fn a_pattern_must_match_the_whole_name_including_case() {
    for pattern in ["old", "ld-1", "OLD-*", "telegraf"] {
        let server = Server::start([lists("", &entries())]);
        set_inactive(&server.url())
            .args(["--match", pattern])
            .stderr(format!("Error: no authorization matches \"{pattern}\"\nHint: the pattern must match the whole username or description, for example --match '*old*'; only an operator token sees the credentials of other v2 users, and an inactive token sees nothing\n"))
            .code(6);
    }
}

#[test]
fn exits_with_0_and_a_hint_if_every_match_is_already_inactive() {
    for (flags, stdout) in [
        (&[][..], ""),
        (&["--json"], "[]\n"),
        (&["--json", "--dry-run"], "[]\n"),
    ] {
        let server = Server::start([lists("", &entries())]);
        set_inactive(&server.url())
            .args(["--match", "old-2"])
            .args(flags)
            .stdout(stdout)
            .stderr("Hint: everything that \"old-2\" matches is already inactive\n")
            .code(0);
    }
}

/// An incomplete list is not used at all, because it may lack authorizations that match.
#[test]
fn an_unusable_list_changes_nothing() {
    let whole = listed(&entries());
    let half = &whole[..whole.len() - 20];
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{half}",
        whole.len()
    );
    let request = request("GET", PATH, "");
    let server = Server::start([exchange(request.clone(), Reply::SendAndClose(head.into()))]);
    let url = server.url();
    set_inactive(&url)
        .args(["--match", "old-*"])
        .stderr(format!("Error: could not list authorizations: the response from {url} is incomplete: the connection was closed before the end of the response; nothing was changed\n"))
        .code(7);
    // The list has a malformed ID.
    for wrong in ["", "a\\nb"] {
        let mut entries = entries();
        entries[3] = entries[3].replace(&id(4), wrong);
        let server = Server::start([lists("", &entries)]);
        set_inactive(&server.url())
            .args(["--match", "old-*"])
            .stderr("Error: could not list authorizations: the server returned a malformed ID; nothing was changed\n")
            .code(7);
    }
    let refused = r#"{"code":"unauthorized","message":"unauthorized access"}"#;
    let server = Server::start([exchange(request, json("401 Unauthorized", refused))]);
    set_inactive(&server.url())
        .args(["--match", "old-*"])
        .stderr("Error: could not list authorizations: 401 Unauthorized: unauthorized access; nothing was changed\nHint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n")
        .code(5);
}

#[test]
fn a_failed_change_does_not_stop_the_rest_but_a_timeout_does() {
    let gone = r#"{"code":"not found","message":"authorization not found"}"#;
    let server = Server::start([
        lists("", &entries()),
        exchange(patch(&id(1), "inactive"), json("404 Not Found", gone)),
        sets_status(4, "collector", "inactive"),
    ]);
    set_inactive(&server.url())
        .args(["--match", "old-*"])
        .stdout(table(&[(&id(4), "collector", "inactive")]))
        .stderr(format!("Error: failed to update status of authorization with ID \"{}\": 404 Not Found: authorization not found\n", id(1)))
        .code(6);
    let entries: Vec<_> = (1..=4)
        .map(|number| authorization(&id(number), "old", "active"))
        .collect();
    let server = Server::start([
        lists("", &entries),
        exchange(patch(&id(1), "inactive"), Reply::Hang),
    ]);
    let url = server.url();
    set_inactive(&url)
        .args(["--match", "old", "--timeout", "500ms"])
        .stderr(format!("Error: failed to update status of authorization with ID \"{}\": {url} did not send a complete response within 500ms; the request may have been carried out, and repeating it is safe; the 3 targets after it were not tried\nHint: --timeout or INFLUX_TIMEOUT sets the limit, and 0 means no limit\n", id(1)))
        .code(4);
}

#[test]
fn delete_by_pattern_requires_yes_or_dry_run() {
    let server = Server::start([]);
    for flags in [&[][..], &["--yes=false"], &["--dry-run=false"]] {
        auth(&server, &[&["delete", "--match", "old-2"], flags].concat())
            .stderr("Error: --match may find more than you expect\nHint: use --dry-run to see what it finds, or --yes to apply the change\n")
            .code(2);
    }
    assert_eq!(server.connections(), 0);
    let held = authorization(&id(2), "old-2", "inactive");
    let server = Server::start([
        lists("", &entries()),
        exchange(
            request("GET", &format!("{PATH}/{}", id(2)), ""),
            json("200 OK", &held),
        ),
        removes(&id(2), no_content()),
    ]);
    auth(&server, &["delete", "--match", "old-2", "--yes", "--json"])
        .stdout(array(&[object(&id(2), "old-2", "inactive")]))
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn missing_or_conflicting_targets_are_a_usage_error() {
    let server = Server::start([]);
    for (flags, error) in [
        (
            &["--match", "*", "--id", "1"][..],
            "specify --match or --id, not both",
        ),
        (
            &["--match", "*", "--id", "-"],
            "specify --match or --id, not both",
        ),
        (
            &["--username", "x", "--match", "*"],
            "specify --match or --username, not both",
        ),
        (
            &["--username", "x", "-i", "1", "--match", "*"],
            "specify id or username, not both",
        ),
        (
            &["--match", "[z-a]"],
            "--match \"[z-a]\": the range z-a runs backwards",
        ),
        (&["--match", ""], "--match must not be empty"),
        (
            &["--dry-run"],
            "id or username required\nHint: use --id or --username for one authorization, or --match for several",
        ),
    ] {
        auth(&server, &[&["set-inactive"], flags].concat())
            .stderr(format!("Error: {error}\n"))
            .code(2);
    }
    assert_eq!(server.connections(), 0);
}
