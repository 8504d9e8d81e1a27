//! `delete`: it removes exactly the authorizations that it prints.

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

fn existing(id: &str) -> Reply {
    json("200 OK", &authorization(id, "telegraf", "active"))
}

const NOT_FOUND: &str = r#"{"code":"not found","message":"authorization not found"}"#;

/// The table that `delete` prints after it removed these IDs.
fn removed_rows(ids: &[&str]) -> String {
    let rows: Vec<_> = ids.iter().map(|id| (*id, "telegraf", "active")).collect();
    with_deleted_column(&table(&rows))
}

#[test]
fn by_id_sends_a_lookup_and_then_the_removal() {
    let server = Server::start([reads(ID, existing(ID)), removes(ID, no_content())]);
    delete(&server, &["--id", ID])
        .stdout(removed_rows(&[ID]))
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn by_username_sends_a_lookup_and_then_the_removal() {
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
fn ids_from_flags_and_standard_input_are_all_tried() {
    let (one, two, three) = (&id(1), &id(2), &id(3));
    let server = Server::start([
        reads(one, existing(one)),
        removes(one, no_content()),
        reads(two, json("404 Not Found", NOT_FOUND)),
        reads(three, existing(three)),
        removes(three, no_content()),
    ]);
    delete(&server, &["--id", one, "--id", "-"])
        .stdin(format!("# gone already\n{two}\n{three}\n"))
        .stdout(removed_rows(&[one, three]))
        .stderr(format!(
            "Error: could not find authorization with ID \"{two}\": 404 Not Found: authorization not found\n"
        ))
        .code(6);
    assert_eq!(server.connections(), 1);
}

#[test]
fn an_authorization_that_was_not_removed_is_not_printed() {
    let refused = json("403 Forbidden", r#"{"message":"no"}"#);
    let server = Server::start([reads(ID, existing(ID)), removes(ID, refused)]);
    let hint = "Hint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n";
    delete(&server, &["--id", ID])
        .stderr(format!(
            "Error: could not remove authorization with ID \"{ID}\": 403 Forbidden: no\n{hint}"
        ))
        .code(5);
}

#[test]
fn a_closed_connection_stops_the_run() {
    let closed = || removes(ID, Reply::SendAndClose(Vec::new()));
    let server = Server::start([reads(ID, existing(ID)), closed(), closed()]);
    delete(&server, &["-i", ID, "-i", "1"])
        .stderr(format!(
            "Error: could not remove authorization with ID \"{ID}\": no response from {}: the connection was closed; \
             the request may have been carried out, and repeating it is safe; the target after it was not tried\n",
            server.url()
        ))
        .code(4);
}

#[test]
fn an_entry_with_another_username_is_not_removed() {
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
fn the_removal_uses_the_id_from_the_lookup() {
    // The server returns the ID in lowercase.
    let server = Server::start([
        reads("00000000000D0007", existing(ID)),
        removes(ID, no_content()),
    ]);
    delete(&server, &["--id", "00000000000D0007"])
        .stdout(removed_rows(&[ID]))
        .code(0);
}

#[test]
fn a_lookup_response_with_another_id_removes_nothing() {
    let server = Server::start([reads(ID, existing("00000000000d0008"))]);
    delete(&server, &["--id", ID])
        .stderr(format!(
            "Error: could not find authorization with ID \"{ID}\": the server returned a different authorization, \"00000000000d0008\"\n"
        ))
        .code(7);
}

#[test]
fn missing_or_conflicting_targets_are_a_usage_error() {
    let server = Server::start([]);
    let said = "Error: id or username required\nHint: use --id or --username for one authorization, or --match for several\n";
    delete(&server, &[]).stderr(said).code(2);
    // A removal cannot be undone, so the variable is ignored.
    delete(&server, &[])
        .env("INFLUX_USERNAME", "telegraf")
        .stderr(said)
        .code(2);
    delete(&server, &["--id", ID, "--username", "a"])
        .stderr("Error: specify id or username, not both\n")
        .code(2);
    assert_eq!(server.connections(), 0);
}
