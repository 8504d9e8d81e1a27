//! `set-password`: it needs exactly one target.

use crate::fixtures::*;
use crate::scripted_server::{Reply, Server, exchange, json};
use crate::support::v1_auth_requests::set_password;
use crate::support::v1_auth_requests::{PASSWORD, PATH, no_content, sets_password};

#[test]
fn by_id_sends_one_request_and_prints_nothing() {
    for more in [&[][..], &["--json"], &["--hide-headers"]] {
        let server = Server::start([sets_password(PASSWORD, no_content())]);
        let flags = ["--id", ID, "--password", PASSWORD];
        set_password(&server, &flags).args(more.to_vec()).code(0);
    }
}

#[test]
fn by_username_sends_a_lookup_and_then_the_change() {
    let entries = [
        authorization("0000000000000001", "telegraf2", "active"),
        authorization(ID, "telegraf", "active"),
    ];
    let server = Server::start([
        exchange(get("telegraf"), json("200 OK", &listed(&entries))),
        sets_password(PASSWORD, no_content()),
    ]);
    set_password(&server, &["--username", "telegraf", "--password", PASSWORD]).code(0);
    assert_eq!(server.connections(), 1);
}

/// Without a target, InfluxData's client changes the password of the first authorization listed.
#[test]
fn a_missing_or_invalid_target_is_a_usage_error() {
    let server = Server::start([]);
    let said = "Error: id or username required\nHint: use --id or --username\n";
    let flags = ["--password", PASSWORD];
    set_password(&server, &flags).stderr(said).code(2);
    set_password(&server, &[])
        .stdin(format!("{PASSWORD}\n"))
        .stderr(said)
        .code(2);
    set_password(&server, &flags)
        .env("INFLUX_USERNAME", "telegraf")
        .stderr(said)
        .code(2);
    for (more, said) in [
        (&["--id="][..], "--id must not be empty"),
        (&["--username", ""], "--username must not be empty"),
        (
            &["--id", "-"],
            "--id \"-\": only commands with several targets read standard input",
        ),
        (
            &["--id", ID, "--username", "telegraf"],
            "specify id or username, not both",
        ),
    ] {
        set_password(&server, &flags)
            .args(more.to_vec())
            .stderr(format!("Error: {said}\n"))
            .code(2);
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn the_last_of_two_ids_is_used() {
    let server = Server::start([sets_password(PASSWORD, no_content())]);
    let flags = ["--id", "1", "-i", ID, "--password", PASSWORD];
    set_password(&server, &flags).code(0);
}

#[test]
fn an_entry_with_another_username_changes_nothing() {
    let entries = [authorization(ID, "other", "active")];
    let listed = json("200 OK", &listed(&entries));
    let server = Server::start([exchange(get("telegraf"), listed)]);
    set_password(&server, &["--username", "telegraf", "--password", PASSWORD])
        .stderr(format!(
            "Error: could not find authorization with username \"telegraf\": {NOT_SHOWN}"
        ))
        .code(5);
}

#[test]
fn an_id_is_encoded_as_one_path_segment() {
    let target = format!("{PATH}/..%2F..%3Fx/password");
    let body = format!("{{\"password\":\"{PASSWORD}\"}}");
    let refused = json("400 Bad Request", r#"{"code":"invalid","message":"no ID"}"#);
    let server = Server::start([exchange(request("POST", &target, &body), refused)]);
    set_password(&server, &["--id", "../..?x", "--password", PASSWORD])
        .stderr(
            "Error: failed to set the password of authorization with ID \"../..?x\": 400 Bad Request: no ID\n\
             Hint: an ID has 16 hex digits; use --username for a name, and repeat --id for several IDs\n",
        )
        .code(7);
}

#[test]
fn the_error_for_a_lost_response_says_that_repeating_is_safe() {
    let server = Server::start([sets_password(PASSWORD, Reply::SendAndClose(Vec::new()))]);
    set_password(&server, &["--id", ID, "--password", PASSWORD])
        .stderr(format!(
            "Error: failed to set the password of authorization with ID \"{ID}\": no response from {}: the connection was closed; \
             the request may have been carried out, and repeating it is safe\n",
            server.url()
        ))
        .code(4);
}
