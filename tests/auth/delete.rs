//! `delete`: a look and the request.

use crate::fixtures::{removed, request};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::api_tokens::{ID, PATH, asks, auth, object, older, table, token};
use crate::support::v1_auth_requests::no_content;

fn reads(id: &str, reply: Reply) -> Exchange {
    exchange(request("GET", &format!("{PATH}/{id}"), ""), reply)
}

fn removes(id: &str) -> Exchange {
    let request = request("DELETE", &format!("{PATH}/{id}"), "");
    exchange(request, no_content())
}

#[test]
fn what_is_removed_is_shown() {
    let answer = json("200 OK", &older(ID, "a test", "active"));
    let server = Server::start([reads(ID, answer), removes(ID)]);
    auth(&server, &["delete", "--id", ID])
        .stdout(removed(&table(&[(ID, "a test", "active")])))
        .code(0);
    let answer = json("200 OK", &token(ID, "a test", "active"));
    let server = Server::start([reads(ID, answer), removes(ID)]);
    auth(&server, &["delete", "--id", ID, "--json"])
        .stdout(object(ID, "a test", "active") + "\n")
        .code(0);
}

/// Nothing else removes it.
#[test]
fn what_the_server_cannot_show_is_removed_all_the_same() {
    let user = r#"{"code":"not found","message":"user not found"}"#;
    let gone = r#"{"code":"not found","message":"organization not found"}"#;
    for gone in [user, gone] {
        let server = Server::start([reads(ID, json("404 Not Found", gone)), removes(ID)]);
        auth(&server, &["delete", "--id", ID, "--hide-headers"])
            .stdout(format!("{ID}\t\t\t\t\t\t[]\ttrue\n"))
            .code(0);
    }
    let server = Server::start([reads(ID, json("404 Not Found", gone))]);
    let run = auth(&server, &["delete", "--id", ID, "--dry-run", "--json"]).run();
    run.assert(run.code == 0 && run.stdout.contains(ID), "the ID");
}

#[test]
fn by_pattern_it_takes_consent() {
    let server = Server::start([]);
    auth(&server, &["delete", "--match", "*"])
        .stderr("Error: --match may find more than you mean\nHint: --dry-run prints what it finds, --yes applies the change to it\n")
        .code(2);
    assert_eq!(server.connections(), 0);
    let server = Server::start([asks("", &[token(ID, "a test", "inactive")])]);
    auth(
        &server,
        &["delete", "--match", "a t*", "--dry-run", "--yes"],
    )
    .stdout(table(&[(ID, "a test", "inactive")]))
    .code(0);
    // Whatever status it has.
    let server = Server::start([
        asks("", &[token(ID, "a test", "inactive")]),
        reads(ID, json("200 OK", &token(ID, "a test", "inactive"))),
        removes(ID),
    ]);
    auth(&server, &["delete", "--match", "a t*", "--yes"])
        .stdout(removed(&table(&[(ID, "a test", "inactive")])))
        .code(0);
    assert_eq!(server.connections(), 1);
}
