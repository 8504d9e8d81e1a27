//! `--dry-run`: it prints the current rows and changes nothing.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::v1_auth_requests::{PATH, lists};
use crate::support::v1_auth_several_targets::{entries, id};

fn delete(server: &Server, flags: &[&str]) -> Test {
    Test::new(["v1", "auth", "delete", "--dry-run"])
        .args(flags.to_vec())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

fn reads(id: &str, reply: Reply) -> Exchange {
    exchange(request("GET", &format!("{PATH}/{id}"), ""), reply)
}

#[test]
fn a_pattern_sends_only_the_list_request() {
    let (one, two, four) = (id(1), id(2), id(4));
    // A description of 13 characters needs one tab less than one of six.
    let rows = |rows: &[(&str, &str, &str)]| {
        table(rows).replace("a test\t\tcollector", "old-collector\tcollector")
    };
    let server = Server::start([lists("", &entries())]);
    set_inactive(&server.url())
        .args(["--match", "old-*", "--dry-run"])
        .stdout(rows(&[
            (&one, "old-1", "active"),
            (&four, "collector", "active"),
        ]))
        .code(0);
    let server = Server::start([lists("", &entries())]);
    delete(&server, &["--match", "old-?", "--json"])
        .stdout(array(&[
            object(&one, "old-1", "active"),
            object(&two, "old-2", "inactive"),
        ]))
        .code(0);
}

#[test]
fn by_id_sends_only_the_lookup() {
    for status in ["active", "inactive"] {
        let held = || json("200 OK", &authorization(ID, "telegraf", status));
        let server = Server::start([reads(ID, held())]);
        set_inactive(&server.url())
            .args(["--id", ID, "--dry-run"])
            .stdout(table(&[(ID, "telegraf", status)]))
            .code(0);
        let server = Server::start([reads(ID, held())]);
        delete(&server, &["--id", ID])
            .stdout(table(&[(ID, "telegraf", status)]))
            .code(0);
    }
}

#[test]
fn by_username_sends_only_the_lookup() {
    let found = || {
        json(
            "200 OK",
            &listed(&[authorization(ID, "telegraf", "active")]),
        )
    };
    let server = Server::start([exchange(get("telegraf"), found())]);
    set_inactive(&server.url())
        .args(["--dry-run", "--json"])
        .env("INFLUX_USERNAME", "telegraf")
        .stdout(object(ID, "telegraf", "active") + "\n")
        .stderr(FROM_VARIABLE)
        .code(0);
    let server = Server::start([exchange(get("telegraf"), found())]);
    delete(&server, &["--username", "-"])
        .stdin("telegraf\n")
        .stdout(table(&[(ID, "telegraf", "active")]))
        .code(0);
}

#[test]
fn a_missing_authorization_or_owner_is_a_lookup_error() {
    let gone = r#"{"code":"not found","message":"authorization not found"}"#;
    let server = Server::start([reads(ID, json("404 Not Found", gone))]);
    set_inactive(&server.url())
        .args(["--id", ID, "--dry-run"])
        .stderr(format!("Error: could not find authorization with ID \"{ID}\": 404 Not Found: authorization not found\n"))
        .code(6);
    // The owner is gone. The message must not say that a change was made.
    let gone = r#"{"code":"not found","message":"user not found"}"#;
    let server = Server::start([reads(ID, json("404 Not Found", gone))]);
    set_inactive(&server.url())
        .args(["--id", ID, "--dry-run"])
        .stderr(format!("Error: could not find authorization with ID \"{ID}\": 404 Not Found: user not found; the v2 user of the authorization no longer exists\nHint: `delete --id` removes an authorization whose organization or v2 user was deleted\n"))
        .code(7);
}

#[test]
fn dry_run_set_to_false_changes_the_status() {
    let server = Server::start([deactivated()]);
    set_inactive(&server.url())
        .args(["--id", ID, "--dry-run", "--dry-run=false"])
        .stdout(deactivated_row())
        .code(0);
}
