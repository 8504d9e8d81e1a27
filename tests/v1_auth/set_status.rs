//! `set-active` and `set-inactive`: their requests and their output.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Server, exchange, json};

#[test]
fn by_id_sends_one_request() {
    let server = Server::start([deactivated()]);
    set_inactive(&server.url())
        .args(["--id", ID])
        .stdout(deactivated_row())
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn by_username_sends_a_lookup_and_then_the_change() {
    let entry = authorization(ID, "telegraf", "active");
    let server = Server::start([
        exchange(get("telegraf"), json("200 OK", &listed(&[entry]))),
        deactivated(),
    ]);
    set_inactive(&server.url())
        .args(["--username", "telegraf"])
        .stdout(deactivated_row())
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_note_says_that_the_username_comes_from_the_variable() {
    for (word, status) in [("set-inactive", "inactive"), ("set-active", "active")] {
        let found = listed(&[authorization(ID, "telegraf", "active")]);
        let changed = authorization(ID, "telegraf", status);
        let server = Server::start([
            exchange(get("telegraf"), json("200 OK", &found)),
            exchange(patch(ID, status), json("200 OK", &changed)),
        ]);
        Test::new(["v1", "auth", word, "--json"])
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", TOKEN)
            .env("INFLUX_USERNAME", "telegraf")
            .stdout(object(ID, "telegraf", status) + "\n")
            .stderr(FROM_VARIABLE)
            .code(0);
    }
}

#[test]
fn only_the_exact_username_is_changed() {
    let entries = [
        authorization("0000000000000001", "telegraf2", "active"),
        authorization("0000000000000002", "Telegraf", "active"),
        authorization(ID, "telegraf", "active"),
    ];
    let server = Server::start([
        exchange(get("telegraf"), json("200 OK", &listed(&entries))),
        deactivated(),
    ]);
    set_inactive(&server.url())
        .args(["--username", "telegraf"])
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn json_for_one_target_is_an_object() {
    let server = Server::start([deactivated()]);
    let printed = object(ID, "telegraf", "inactive") + "\n";
    set_inactive(&server.url())
        .args(["--id", ID, "--json"])
        .stdout(printed)
        .code(0);
}

#[test]
fn set_active_by_id_sends_one_request() {
    let answer = json("200 OK", &authorization(ID, "telegraf", "active"));
    let server = Server::start([exchange(patch(ID, "active"), answer)]);
    Test::new(["v1", "auth", "set-active", "-i", ID])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
        .stdout(table(&[(ID, "telegraf", "active")]))
        .code(0);
}
