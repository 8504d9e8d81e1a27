//! `delete`: what is removed is what is shown.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::v1_auth_requests::{PATH, no_content, removes};

fn delete(server: &Server, flags: &[&str]) -> Test {
    Test::new(["v1", "auth", "delete"])
        .args(flags.to_vec())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

fn id(number: usize) -> String {
    format!("{number:016x}")
}

fn reads(id: &str, reply: Reply) -> Exchange {
    exchange(request("GET", &format!("{PATH}/{id}"), ""), reply)
}

fn held(id: &str) -> Reply {
    json("200 OK", &authorization(id, "telegraf", "active"))
}

const NOT_FOUND: &str = r#"{"code":"not found","message":"authorization not found"}"#;

/// The table of those with these IDs, removed.
fn removed_ids(ids: &[&str]) -> String {
    let rows: Vec<_> = ids.iter().map(|id| (*id, "telegraf", "active")).collect();
    removed(&table(&rows))
}

#[test]
fn by_id_is_a_look_and_the_request() {
    let server = Server::start([reads(ID, held(ID)), removes(ID, no_content())]);
    delete(&server, &["--id", ID])
        .stdout(removed_ids(&[ID]))
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn by_username_is_a_list_and_the_request() {
    let entries = [
        authorization("0000000000000001", "telegraf2", "active"),
        authorization(ID, "telegraf", "active"),
    ];
    let server = Server::start([
        exchange(get("telegraf"), json("200 OK", &listed(&entries))),
        removes(ID, no_content()),
    ]);
    delete(&server, &["--username", "telegraf", "--json"])
        .stdout(object(ID, "telegraf", "active") + "\n")
        .code(0);
}

#[test]
fn several_and_standard_input() {
    let (one, two, three) = (&id(1), &id(2), &id(3));
    let server = Server::start([
        reads(one, held(one)),
        removes(one, no_content()),
        reads(two, json("404 Not Found", NOT_FOUND)),
        reads(three, held(three)),
        removes(three, no_content()),
    ]);
    delete(&server, &["--id", one, "--id", "-"])
        .stdin(format!("# gone already\n{two}\n{three}\n"))
        .stdout(removed_ids(&[one, three]))
        .stderr(format!(
            "Error: could not find authorization with ID \"{two}\": 404 Not Found: authorization not found\n"
        ))
        .code(6);
    assert_eq!(server.connections(), 1);
}

#[test]
fn what_is_not_removed_is_not_shown() {
    let refused = json("403 Forbidden", r#"{"message":"no"}"#);
    let server = Server::start([reads(ID, held(ID)), removes(ID, refused)]);
    let hint = "Hint: is the token the right one for this server, and may it read and write authorizations and users?\n";
    delete(&server, &["--id", ID])
        .stderr(format!(
            "Error: could not remove authorization with ID \"{ID}\": 403 Forbidden: no\n{hint}"
        ))
        .code(5);
}

#[test]
fn a_server_that_falls_silent_ends_the_run() {
    let closed = || removes(ID, Reply::SendAndClose(Vec::new()));
    let server = Server::start([reads(ID, held(ID)), closed(), closed()]);
    delete(&server, &["-i", ID, "-i", "1"])
        .stderr(format!(
            "Error: could not remove authorization with ID \"{ID}\": no response from {}: the connection was closed; \
             the request may have been carried out, and repeating it is safe; the target after it was not tried\n",
            server.url()
        ))
        .code(4);
}

#[test]
fn only_what_the_server_lists_under_the_name_is_removed() {
    let entries = [authorization(ID, "telegraf2", "active")];
    let listed = json("200 OK", &listed(&entries));
    let server = Server::start([exchange(get("telegraf"), listed)]);
    delete(&server, &["--username", "telegraf"])
        .stderr(format!(
            "Error: could not find authorization with username \"telegraf\": {NOT_SHOWN}"
        ))
        .code(5);
}

#[test]
fn the_one_that_was_read_is_the_one_that_is_removed() {
    // An ID that the server writes in another way.
    let server = Server::start([
        reads("00000000000D0007", held(ID)),
        removes(ID, no_content()),
    ]);
    delete(&server, &["--id", "00000000000D0007"])
        .stdout(removed_ids(&[ID]))
        .code(0);
}

#[test]
fn an_answer_about_another_removes_nothing() {
    let server = Server::start([reads(ID, held("00000000000d0008"))]);
    delete(&server, &["--id", ID])
        .stderr(format!(
            "Error: could not find authorization with ID \"{ID}\": the server answers with another authorization, \"00000000000d0008\"\n"
        ))
        .code(7);
}

#[test]
fn without_a_target_nothing_is_sent() {
    let server = Server::start([]);
    let said = "Error: id or username required\nHint: --id or --username names an authorization, --match finds several\n";
    delete(&server, &[]).stderr(said).code(2);
    // What cannot be undone is named where it is done.
    delete(&server, &[])
        .env("INFLUX_USERNAME", "telegraf")
        .stderr(said)
        .code(2);
    delete(&server, &["--id", ID, "--username", "a"])
        .stderr("Error: specify id or username, not both\n")
        .code(2);
    assert_eq!(server.connections(), 0);
}
