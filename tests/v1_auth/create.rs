//! `create`: its lookups, its requests, and what it removes again after a failure.

use crate::fixtures::*;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::v1_auth_requests::{
    BUCKET, BY_ID, ORG, PASSWORD, body, create, create_request, creates, creates_with, no_content,
    removes, sets_password,
};

fn looks_up_org(name: &str, found: &str) -> Exchange {
    let request = request("GET", &format!("/api/v2/orgs?org={name}"), "");
    exchange(request, json("200 OK", &format!("{{\"orgs\":[{found}]}}")))
}

fn looks_up_bucket(name: &str, found: &str) -> Exchange {
    let request = request(
        "GET",
        &format!("/api/v2/buckets?orgID={ORG}&name={name}"),
        "",
    );
    let found = format!("{{\"links\":{{}},\"buckets\":[{found}]}}");
    exchange(request, json("200 OK", &found))
}

fn named(id: &str, name: &str) -> String {
    format!("{{\"id\":\"{id}\",\"orgID\":\"{ORG}\",\"name\":\"{name}\",\"links\":{{\"x\":\"y\"}}}}")
}

/// The table with a row that has these permissions.
fn row_with(permissions: &str) -> String {
    let row = row();
    let (start, _) = row.rsplit_once('[').unwrap();
    format!("{start}[{permissions}]\n")
}

fn row() -> String {
    table(&[(ID, "telegraf", "active")])
}

#[test]
fn create_with_ids_and_a_password_sends_two_requests() {
    let server = Server::start([creates(), sets_password(PASSWORD, no_content())]);
    create(&server, &BY_ID)
        .args(["--password", PASSWORD])
        .stdout(row())
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn create_without_a_password_sends_one_request_and_prints_an_object() {
    let server = Server::start([creates()]);
    create(&server, &BY_ID)
        .args(["--no-password", "--json"])
        .stdout(object(ID, "telegraf", "active") + "\n")
        .code(0);
}

#[test]
fn each_name_is_looked_up_once() {
    let org = [named("0000000000000a02", "acme2"), named(ORG, "acme")].join(",");
    let all = body(
        "",
        &[
            ("read", BUCKET),
            ("read", "0000000000000c02"),
            ("write", BUCKET),
        ],
    );
    let server = Server::start([
        looks_up_org("acme", &org),
        looks_up_bucket("metrics", &named(BUCKET, "metrics")),
        creates_with(&all),
    ]);
    let buckets = [
        "--read-bucket",
        "metrics",
        "--read-bucket",
        "0000000000000c02",
    ];
    create(&server, &["--org", "acme", "--no-password"])
        .args(buckets)
        .args(["--write-bucket", "metrics"])
        .stdout(row_with(&format!(
            "read:orgs/{ORG}/buckets/{BUCKET} read:orgs/{ORG}/buckets/0000000000000c02 write:orgs/{ORG}/buckets/{BUCKET}"
        )))
        .code(0);
    // The creation uses a new connection.
    assert_eq!(server.connections(), 2);
}

#[test]
fn unknown_organization_or_bucket_name_exits_with_6() {
    let no_org_said = r#"{"code":"not found","message":"organization name \"nope\" not found"}"#;
    let unlisted = "the server lists no entry with this name";
    let said = "404 Not Found: organization name \"nope\" not found";
    let no_org = |reply| exchange(request("GET", "/api/v2/orgs?org=nope", ""), reply);
    let flags = ["--org", "nope", "--no-password", "--read-bucket", "b"];
    let hint = "\nHint: a token that may not read an organization does not see it in the list; --org-id needs no lookup";
    for (script, said, hint) in [
        (no_org(json("404 Not Found", no_org_said)), said, ""),
        (looks_up_org("nope", ""), unlisted, hint),
        (looks_up_org("nope", &named(ORG, "other")), unlisted, hint),
    ] {
        let server = Server::start([script]);
        create(&server, &flags)
            .stderr(format!(
                "Error: could not find the organization \"nope\": {said}{hint}\n"
            ))
            .code(6);
    }
    let target = format!("/api/v2/buckets?orgID={ORG}&name=b");
    let no_bucket = exchange(
        request("GET", &target, ""),
        json(
            "404 Not Found",
            r#"{"code":"not found","message":"bucket \"b\" not found"}"#,
        ),
    );
    let said = "404 Not Found: bucket \"b\" not found";
    let other = looks_up_bucket("b", &named(BUCKET, "B"));
    let flags = ["--org-id", ORG, "--no-password", "--write-bucket", "b"];
    for (script, said) in [(no_bucket, said), (other, unlisted)] {
        let server = Server::start([script]);
        create(&server, &flags)
            .stderr(format!("Error: could not find the bucket \"b\": {said}\n"))
            .code(6);
    }
}

#[test]
fn a_malformed_organization_id_from_the_server_is_rejected() {
    let server = Server::start([looks_up_org("acme", &named("", "acme"))]);
    let said = "the server returned a malformed ID";
    create(
        &server,
        &["--org", "acme", "--no-password", "--read-bucket", "b"],
    )
    .stderr(format!(
        "Error: could not find the organization \"acme\": {said}\n"
    ))
    .code(7);
}

#[test]
fn organization_comes_from_the_environment_or_the_active_config() {
    let org = || looks_up_org("acme", &named(ORG, "acme"));
    let server = Server::start([org(), creates(), org(), creates(), creates()]);
    let flags = ["--no-password", "--read-bucket", BUCKET];
    create(&server, &flags)
        .env("INFLUX_ORG", "acme")
        .stdout(row())
        .code(0);
    // The host and the token are given, so only the organization comes from the file.
    let config = "[a]\nurl = \"http://127.0.0.1:9\"\ntoken = \"wrong\"\norg = \"acme\"\n";
    create(&server, &flags)
        .configs(config)
        .stdout(row())
        .code(0);
    // If the flag is given, the variable is ignored and the file is not read.
    create(&server, &flags)
        .args(["--org-id", ORG])
        .env("INFLUX_ORG", "other")
        .configs("[broken")
        .stdout(row())
        .code(0);
}

#[test]
fn special_characters_are_escaped_in_the_request() {
    let all = body(r#"a \"b\" \\ ü\n\u001b"#, &[("write", BUCKET)]);
    let server = Server::start([
        creates_with(&all),
        sets_password(r#"p\"a\\ss<&>wordü "#, no_content()),
    ]);
    let flags = ["--org-id", ORG, "--write-bucket", BUCKET, "--password"];
    create(&server, &flags)
        .args(["p\"a\\ss<&>wordü ", "-d", "a \"b\" \\ ü\n\u{1b}"])
        .stdout(row_with(&format!("write:orgs/{ORG}/buckets/{BUCKET}")))
        .code(0);
    let server = Server::start([creates()]);
    create(&server, &BY_ID)
        .args(["--no-password", "--description", ""])
        .stdout(row())
        .code(0);
}

#[test]
fn a_username_that_is_already_taken_exits_with_7() {
    let taken = r#"{"code":"unprocessable entity","message":"token already exists"}"#;
    let server = Server::start([exchange(
        create_request(),
        json("422 Unprocessable Entity", taken),
    )]);
    create(&server, &BY_ID)
        .args(["--no-password"])
        .stderr("Error: failed to create authorization with username \"telegraf\": 422 Unprocessable Entity: token already exists\n")
        .code(7);
}

const TOO_SHORT: &str =
    r#"{"code":"invalid","message":"passwords must be between 8 and 72 characters long"}"#;
const NOT_SET: &str = "Error: failed to set the password of authorization with username \"telegraf\": 400 Bad Request: passwords must be between 8 and 72 characters long; ";

#[test]
fn the_authorization_is_removed_if_its_password_cannot_be_set() {
    for format in ["--json", "--hide-headers"] {
        let server = Server::start([
            creates(),
            sets_password("short", json("400 Bad Request", TOO_SHORT)),
            removes(ID, no_content()),
        ]);
        create(&server, &BY_ID)
            .args(["--password", "short", format])
            .stderr(format!(
                "{NOT_SET}the new authorization was removed again\n"
            ))
            .code(7);
    }
}

#[test]
fn a_failed_removal_is_reported_with_the_id_of_the_authorization() {
    let server = Server::start([
        creates(),
        sets_password("short", json("400 Bad Request", TOO_SHORT)),
        removes(ID, json("500 Internal Server Error", r#"{"message":"no"}"#)),
    ]);
    create(&server, &BY_ID)
        .args(["--password", "short"])
        .stderr(format!(
            "{NOT_SET}the new authorization with ID \"{ID}\" still exists, because it could not be removed: 500 Internal Server Error: no\n"
        ))
        .code(7);
}

/// The server may have created the authorization before the connection was closed.
#[test]
fn creation_is_not_repeated_after_a_lookup_and_a_lost_response() {
    let org = looks_up_org("acme", &named(ORG, "acme"));
    let server = Server::start([
        org,
        exchange(create_request(), Reply::SendAndClose(Vec::new())),
    ]);
    let said = "the connection was closed; the request may have been carried out";
    create(&server, &["--org", "acme", "--read-bucket", BUCKET, "--no-password"])
        .stderr(format!(
            "Error: failed to create authorization with username \"telegraf\": no response from {}: {said}\n",
            server.url()
        ))
        .code(4);
}

/// InfluxDB 2.3 and later send this response if a bucket ID is unknown.
#[test]
fn unknown_bucket_id_exits_with_6() {
    for message in ["bucket not found when creating auth", "bucket not found"] {
        let missing = format!("{{\"code\":\"not found\",\"message\":\"{message}\"}}");
        let server = Server::start([exchange(create_request(), json("404 Not Found", &missing))]);
        create(&server, &BY_ID)
            .args(["--no-password"])
            .stderr(format!("Error: failed to create authorization with username \"telegraf\": 404 Not Found: {message}\n"))
            .code(6);
    }
}

#[test]
fn a_bucket_in_another_organization_is_not_used() {
    let entry = named(BUCKET, "metrics").replace(ORG, "0000000000000a02");
    for entry in [
        entry,
        format!("{{\"id\":\"{BUCKET}\",\"name\":\"metrics\"}}"),
    ] {
        let server = Server::start([looks_up_bucket("metrics", &entry)]);
        let flags = ["--org-id", ORG, "--no-password", "--read-bucket", "metrics"];
        create(&server, &flags)
            .stderr("Error: could not find the bucket \"metrics\": the server lists no entry with this name\n")
            .code(6);
    }
}
