//! `delete`: it reads the authorization, deletes it and prints it.

use crate::fixtures::{request, with_deleted_column};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::auth_requests::{
    ID, PATH, auth, lists, object, table, token, token_from_older_server,
};
use crate::support::v1_auth_requests::no_content;

fn get(id: &str, reply: Reply) -> Exchange {
    exchange(request("GET", &format!("{PATH}/{id}"), ""), reply)
}

fn delete(id: &str) -> Exchange {
    let request = request("DELETE", &format!("{PATH}/{id}"), "");
    exchange(request, no_content())
}

#[test]
fn prints_the_deleted_authorization() {
    let reply = json("200 OK", &token_from_older_server(ID, "a test", "active"));
    let server = Server::start([get(ID, reply), delete(ID)]);
    auth(&server, &["delete", "--id", ID])
        .stdout(with_deleted_column(&table(&[(ID, "a test", "active")])))
        .code(0);
    let reply = json("200 OK", &token(ID, "a test", "active"));
    let server = Server::start([get(ID, reply), delete(ID)]);
    auth(&server, &["delete", "--id", ID, "--json"])
        .stdout(object(ID, "a test", "active") + "\n")
        .code(0);
}

/// An authorization remains after its user or organization is deleted. Only `delete` removes it.
#[test]
fn delete_by_id_removes_an_authorization_whose_owner_is_gone() {
    let user = r#"{"code":"not found","message":"user not found"}"#;
    let gone = r#"{"code":"not found","message":"organization not found"}"#;
    for gone in [user, gone] {
        let server = Server::start([get(ID, json("404 Not Found", gone)), delete(ID)]);
        auth(&server, &["delete", "--id", ID, "--hide-headers"])
            .stdout(format!("{ID}\t\t\t\t\t\t[]\ttrue\n"))
            .code(0);
    }
    let server = Server::start([get(ID, json("404 Not Found", gone))]);
    let run = auth(&server, &["delete", "--id", ID, "--dry-run", "--json"]).run();
    run.assert(
        run.code == 0 && run.stdout.contains(ID),
        "success and the ID",
    );
}

#[test]
fn delete_by_pattern_requires_yes_or_dry_run() {
    let server = Server::start([]);
    auth(&server, &["delete", "--match", "*"])
        .stderr("Error: --match may find more than you expect\nHint: use --dry-run to see what it finds, or --yes to apply the change\n")
        .code(2);
    assert_eq!(server.connections(), 0);
    let server = Server::start([lists("", &[token(ID, "a test", "inactive")])]);
    auth(
        &server,
        &["delete", "--match", "a t*", "--dry-run", "--yes"],
    )
    .stdout(table(&[(ID, "a test", "inactive")]))
    .code(0);
    // The status does not matter.
    let server = Server::start([
        lists("", &[token(ID, "a test", "inactive")]),
        get(ID, json("200 OK", &token(ID, "a test", "inactive"))),
        delete(ID),
    ]);
    auth(&server, &["delete", "--match", "a t*", "--yes"])
        .stdout(with_deleted_column(&table(&[(ID, "a test", "inactive")])))
        .code(0);
    assert_eq!(server.connections(), 1);
}
