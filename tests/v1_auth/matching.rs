//! Authorizations that a pattern fits: one list, then the work.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::v1_auth_many::{entries, id};
use crate::support::v1_auth_requests::{PATH, asks, auth, no_content, removes};

fn sets(number: usize, username: &str, status: &str) -> Exchange {
    let answer = authorization(&id(number), username, status);
    exchange(patch(&id(number), status), json("200 OK", &answer))
}

#[test]
fn one_list_then_the_work_on_one_connection() {
    let server = Server::start([
        asks("", &entries()),
        sets(1, "old-1", "inactive"),
        sets(4, "collector", "inactive"),
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

/// The variable names nothing where a flag does.
#[test]
fn json_is_an_array_also_of_one() {
    let server = Server::start([asks("", &entries()), sets(2, "old-2", "active")]);
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
            // After the list, too.
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
                .stderr("Error: could not list authorizations: the list is incomplete: the server names a next page, which this program does not read; nothing was changed\n")
                .code(7);
            assert_eq!(server.connections(), 1);
        }
    }
}

#[test]
fn the_whole_of_a_name_has_to_fit() {
    for pattern in ["old", "ld-1", "OLD-*", "telegraf"] {
        let server = Server::start([asks("", &entries())]);
        set_inactive(&server.url())
            .args(["--match", pattern])
            .stderr(format!("Error: no authorization matches \"{pattern}\"\nHint: the whole username or description has to match, as in --match '*old*'; only an operator token sees what belongs to other v2 users, and an inactive one sees nothing\n"))
            .code(6);
    }
}

#[test]
fn nothing_left_to_do_is_done_and_said() {
    for (flags, stdout) in [
        (&[][..], ""),
        (&["--json"], "[]\n"),
        (&["--json", "--dry-run"], "[]\n"),
    ] {
        let server = Server::start([asks("", &entries())]);
        set_inactive(&server.url())
            .args(["--match", "old-2"])
            .args(flags)
            .stdout(stdout)
            .stderr("Hint: everything that \"old-2\" matches is already inactive\n")
            .code(0);
    }
}

/// Part of a list is none: nobody knows what else was meant.
#[test]
fn a_list_that_breaks_off_changes_nothing() {
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
        .stderr(format!("Error: could not list authorizations: the response from {url} is incomplete: the connection was closed in the middle; nothing was changed\n"))
        .code(7);
    // A list with an ID that cannot be one.
    for wrong in ["", "a\\nb"] {
        let mut entries = entries();
        entries[3] = entries[3].replace(&id(4), wrong);
        let server = Server::start([asks("", &entries)]);
        set_inactive(&server.url())
            .args(["--match", "old-*"])
            .stderr("Error: could not list authorizations: the server returned a malformed ID; nothing was changed\n")
            .code(7);
    }
    let refused = r#"{"code":"unauthorized","message":"unauthorized access"}"#;
    let server = Server::start([exchange(request, json("401 Unauthorized", refused))]);
    set_inactive(&server.url())
        .args(["--match", "old-*"])
        .stderr("Error: could not list authorizations: 401 Unauthorized: unauthorized access; nothing was changed\nHint: is the token the right one for this server, and may it read and write authorizations and users?\n")
        .code(5);
}

#[test]
fn one_that_fails_does_not_stop_the_rest() {
    let gone = r#"{"code":"not found","message":"authorization not found"}"#;
    let server = Server::start([
        asks("", &entries()),
        exchange(patch(&id(1), "inactive"), json("404 Not Found", gone)),
        sets(4, "collector", "inactive"),
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
        asks("", &entries),
        exchange(patch(&id(1), "inactive"), Reply::Hang),
    ]);
    let url = server.url();
    set_inactive(&url)
        .args(["--match", "old", "--timeout", "500ms"])
        .stderr(format!("Error: failed to update status of authorization with ID \"{}\": {url} did not respond completely within 500ms; the request may have been carried out, and repeating it is safe; the 3 targets after it were not tried\nHint: --timeout or INFLUX_TIMEOUT sets the limit, and 0 means no limit\n", id(1)))
        .code(4);
}

#[test]
fn delete_takes_consent() {
    let server = Server::start([]);
    for flags in [&[][..], &["--yes=false"], &["--dry-run=false"]] {
        auth(&server, &[&["delete", "--match", "old-2"], flags].concat())
            .stderr("Error: --match may find more than you mean\nHint: --dry-run prints what it finds, --yes applies the change to it\n")
            .code(2);
    }
    assert_eq!(server.connections(), 0);
    let held = authorization(&id(2), "old-2", "inactive");
    let server = Server::start([
        asks("", &entries()),
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
fn one_way_to_name_them() {
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
            "id or username required\nHint: --id or --username names an authorization, --match finds several",
        ),
    ] {
        auth(&server, &[&["set-inactive"], flags].concat())
            .stderr(format!("Error: {error}\n"))
            .code(2);
    }
    assert_eq!(server.connections(), 0);
}
