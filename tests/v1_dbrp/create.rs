//! `create`: its requests, and which responses confirm it.

use crate::fixtures::request;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::dbrp_requests::{BUCKET, ORG, dbrp, mapping, object};

const ID: &str = "00000000000e0001";

/// The request that creates a mapping to [`BUCKET`].
fn post(default: &str, reply: Reply) -> Exchange {
    let body = format!(
        "{{\"bucketID\":\"{BUCKET}\",\"database\":\"my \\\"db\\\"\",{default}\"orgID\":\"{ORG}\",\"retention_policy\":\"weekly\"}}"
    );
    exchange(request("POST", "/api/v2/dbrps", &body), reply)
}

/// The mapping in the server's response.
fn created_mapping(default: bool) -> String {
    mapping(ID, "my \\\"db\\\"", "weekly", default, false)
}

/// The mapping as the program prints it.
fn printed_mapping(default: bool) -> String {
    object(ID, "my \\\"db\\\"", "weekly", default) + "\n"
}

const FLAGS: [&str; 7] = [
    "create",
    "--db",
    "my \"db\"",
    "--rp",
    "weekly",
    "--json",
    "--org-id",
];

#[test]
fn create_with_ids_sends_one_request() {
    for (flags, sent, default) in [
        (&[][..], "", true),
        (&["--default"][..], "\"default\":true,", true),
        (&["--default=false"][..], "", false),
    ] {
        let server = Server::start([post(sent, json("201 Created", &created_mapping(default)))]);
        dbrp(&server, &FLAGS)
            .args([ORG, "--bucket-id", BUCKET])
            .args(flags.to_vec())
            .stdout(printed_mapping(default))
            .code(0);
    }
}

#[test]
fn names_are_looked_up() {
    let named = |path: &str, key: &str, id: &str, name: &str| {
        let body =
            format!("{{\"{key}\":[{{\"id\":\"{id}\",\"orgID\":\"{ORG}\",\"name\":\"{name}\"}}]}}");
        exchange(request("GET", path, ""), json("200 OK", &body))
    };
    let server = Server::start([
        named("/api/v2/orgs?org=acme", "orgs", ORG, "acme"),
        named(
            &format!("/api/v2/buckets?orgID={ORG}&name=0123456789abcdef"),
            "buckets",
            BUCKET,
            "0123456789abcdef",
        ),
        post("", json("201 Created", &created_mapping(false))),
    ]);
    // A bucket name may look like an ID.
    dbrp(&server, &FLAGS[..6])
        .args(["--org", "acme", "--bucket", "0123456789abcdef"])
        .stdout(printed_mapping(false))
        .code(0);

    let missing = r#"{"code":"not found","message":"bucket \"nope\" not found"}"#;
    let server = Server::start([exchange(
        request("GET", &format!("/api/v2/buckets?orgID={ORG}&name=nope"), ""),
        json("404 Not Found", missing),
    )]);
    dbrp(&server, &FLAGS)
        .args([ORG, "--bucket", "nope"])
        .stderr(
            "Error: could not find the bucket \"nope\": 404 Not Found: bucket \"nope\" not found\n",
        )
        .code(6);
}

#[test]
fn usage_errors_exit_with_2_and_send_nothing() {
    for (flags, error) in [
        (&["create"][..], "--db is required"),
        (&["create", "--db", "a"], "--rp is required"),
        (
            &["create", "--db", "a", "--rp", "b"],
            "a bucket is required\nHint: use --bucket or --bucket-id",
        ),
        (
            &[
                "create",
                "--db",
                "a",
                "--rp",
                "b",
                "--bucket",
                "c",
                "--bucket-id",
                "d",
            ],
            "specify --bucket or --bucket-id, not both",
        ),
        (
            &["create", "--db", "a", "--rp", "b", "--bucket", "c"],
            "an organization is required\nHint: set it with --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config",
        ),
        (&["create", "--db", ""], "--db must not be empty"),
    ] {
        let server = Server::start([]);
        dbrp(&server, flags)
            .stderr(format!("Error: {error}\n"))
            .code(2);
    }
}

/// Runs `create --default`, which must fail with `cause` after the server sent `reply`.
#[track_caller]
fn fails(reply: Reply, cause: &str, code: i32) {
    let server = Server::start([post("\"default\":true,", reply)]);
    let cause = cause.replace("HOST", &server.url());
    dbrp(&server, &FLAGS)
        .args([ORG, "--bucket-id", BUCKET, "--default"])
        .stderr(format!(
            "Error: failed to map database \"my \\\"db\\\"\" and retention policy \"weekly\" to bucket \"{BUCKET}\": {cause}\n"
        ))
        .code(code);
}

#[test]
fn responses_that_do_not_confirm_the_mapping_are_errors() {
    let good = created_mapping(true);
    for (from, to, cause) in [
        (
            "\"default\":true",
            "\"default\":false",
            "default \"false\", not \"true\"",
        ),
        (
            "weekly",
            "autogen",
            "retention_policy \"autogen\", not \"weekly\"",
        ),
        (
            BUCKET,
            "0000000000000c02",
            "bucketID \"0000000000000c02\", not \"0000000000000c01\"",
        ),
        (
            ORG,
            "0000000000000a02",
            "orgID \"0000000000000a02\", not \"0000000000000a01\"",
        ),
        (
            "my ",
            "your ",
            "database \"your \\\"db\\\"\", not \"my \\\"db\\\"\"",
        ),
    ] {
        let response = good.replace(from, to);
        fails(
            json("201 Created", &response),
            &format!("the server reports {cause}; it exists, with ID \"{ID}\""),
            7,
        );
    }
    let nameless = good.replace(ID, "");
    fails(
        json("201 Created", &nameless),
        "the server returned a malformed ID; the creation may have succeeded",
        7,
    );
    for key in ["default", "virtual"] {
        for value in ["\"true\"", "null", "1"] {
            let response = [("true", value), ("false", value)].iter().fold(
                good.clone(),
                |response, (from, to)| {
                    response.replace(&format!("\"{key}\":{from}"), &format!("\"{key}\":{to}"))
                },
            );
            let start: String = response.chars().take(200).collect();
            fails(
                json("201 Created", &response),
                &format!(
                    "no mapping in the response 201 Created: {start}; the request may have been carried out"
                ),
                7,
            );
        }
    }
    // The request is not repeated, because that could create a second mapping.
    fails(
        Reply::SendAndClose(Vec::new()),
        "no response from HOST: the connection was closed; the request may have been carried out",
        4,
    );
}

/// The first mapping of a database is always its default.
#[test]
fn an_unwanted_default_is_reported() {
    let server = Server::start([post("", json("201 Created", &created_mapping(true)))]);
    dbrp(&server, &FLAGS)
        .args([ORG, "--bucket-id", BUCKET, "--default=false"])
        .stderr(format!("Error: failed to map database \"my \\\"db\\\"\" and retention policy \"weekly\" to bucket \"{BUCKET}\": the server reports default \"true\", not \"false\"; it exists, with ID \"{ID}\"\nHint: a database always has a default mapping; `v1 dbrp update --default` chooses another one\n"))
        .code(7);
}

#[test]
fn a_bucket_name_given_as_an_id_gets_a_hint() {
    let body = format!(
        "{{\"bucketID\":\"metrics\",\"database\":\"d\",\"orgID\":\"{ORG}\",\"retention_policy\":\"r\"}}"
    );
    let message = r#"{"code":"invalid","message":"invalid bucket ID \"metrics\": id must have a length of 16 bytes"}"#;
    let server = Server::start([exchange(
        request("POST", "/api/v2/dbrps", &body),
        json("400 Bad Request", message),
    )]);
    dbrp(&server, &["create", "--db", "d", "--rp", "r", "--org-id", ORG])
        .args(["--bucket-id", "metrics"])
        .stderr("Error: failed to map database \"d\" and retention policy \"r\" to bucket \"metrics\": 400 Bad Request: invalid bucket ID \"metrics\": id must have a length of 16 bytes\nHint: an ID has 16 hex digits; use --bucket for a name\n")
        .code(7);
}

#[test]
fn a_bucket_in_another_organization_is_not_used() {
    let path = format!("/api/v2/buckets?orgID={ORG}&name=metrics");
    let found = format!(
        "{{\"buckets\":[{{\"id\":\"{BUCKET}\",\"orgID\":\"0000000000000a02\",\"name\":\"metrics\"}}]}}"
    );
    let server = Server::start([exchange(request("GET", &path, ""), json("200 OK", &found))]);
    dbrp(&server, &FLAGS)
        .args([ORG, "--bucket", "metrics"])
        .stderr(
            "Error: could not find the bucket \"metrics\": the server lists no entry with this name\n",
        )
        .code(6);
}
