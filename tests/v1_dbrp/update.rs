//! `update`: the response must confirm it.

use crate::fixtures::request;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::dbrp_requests::{BUCKET, ORG, content, dbrp, mapping, object};

const ID: &str = "00000000000e0001";
const PATH: &str = "/api/v2/dbrps/00000000000e0001?org=acme";

fn get(rp: &str, default: bool) -> Exchange {
    let body = content(&mapping(ID, "mydb", rp, default, false));
    exchange(request("GET", PATH, ""), json("200 OK", &body))
}

fn patch(body: &str, reply: Reply) -> Exchange {
    exchange(request("PATCH", PATH, body), reply)
}

fn updated(rp: &str, default: bool) -> Reply {
    json("200 OK", &content(&mapping(ID, "mydb", rp, default, false)))
}

const UPDATE: [&str; 6] = ["update", "--id", ID, "--org", "acme", "--json"];

#[test]
fn only_the_given_fields_are_sent() {
    for (flags, body, rp, default) in [
        (
            &["--rp", "b \"c\""][..],
            r#"{"retention_policy":"b \"c\""}"#,
            "b \\\"c\\\"",
            false,
        ),
        (&["--default"], r#"{"default":true}"#, "a", true),
        (
            &["--default", "--rp", "b"],
            r#"{"default":true,"retention_policy":"b"}"#,
            "b",
            true,
        ),
    ] {
        let server = Server::start([get("a", false), patch(body, updated(rp, default))]);
        dbrp(&server, &UPDATE)
            .args(flags.to_vec())
            .stdout(object(ID, "mydb", rp, default) + "\n")
            .code(0);
    }
}

#[test]
fn the_organization_can_be_given_by_id() {
    let path = format!("/api/v2/dbrps/00000000000E0001?orgID={ORG}");
    let body = content(&mapping(ID, "mydb", "b", false, false));
    let server = Server::start([
        exchange(request("GET", &path, ""), json("200 OK", &body)),
        exchange(
            request("PATCH", &path, r#"{"retention_policy":"b"}"#),
            json("200 OK", &body),
        ),
    ]);
    dbrp(
        &server,
        &["update", "--id", "00000000000E0001", "--org-id", ORG],
    )
    .args(["--rp", "b", "--hide-headers"])
    .stdout(format!("{ID}\tmydb\t{BUCKET}\tb\tfalse\t{ORG}\tfalse\n"))
    .code(0);
}

#[test]
fn removing_the_default_is_confirmed_by_another_request() {
    let body = r#"{"default":false}"#;
    let script = || [get("a", true), patch(body, updated("a", false))];
    let server = Server::start(script().into_iter().chain([get("a", false)]));
    dbrp(&server, &UPDATE)
        .args(["--default=false"])
        .stdout(object(ID, "mydb", "a", false) + "\n")
        .code(0);
    // The only mapping of a database stays its default, whatever the response to the PATCH says.
    let server = Server::start(script().into_iter().chain([get("a", true)]));
    dbrp(&server, &UPDATE)
        .args(["--default=false"])
        .stderr(format!("Error: failed to update mapping with ID \"{ID}\": the server reports default \"true\", not \"false\"; the server had confirmed the change\nHint: a database always has a default mapping; `v1 dbrp update --default` chooses another one\n"))
        .code(7);
    let lost = exchange(
        request("GET", PATH, ""),
        Reply::SendAndClose(b"HTTP".to_vec()),
    );
    let server = Server::start(script().into_iter().chain([lost]));
    let run = dbrp(&server, &UPDATE).args(["--default=false"]).run();
    run.assert(run.code != 0, "an exit code other than 0");
    run.assert(
        run.stderr
            .contains("; the server had confirmed the change\n"),
        "an error that mentions the first response",
    );
}

#[test]
fn responses_that_do_not_confirm_the_change_are_errors() {
    let changed = |from: &str, to: &str| {
        let changed = mapping(ID, "mydb", "b", true, false).replace(from, to);
        json("200 OK", &content(&changed))
    };
    let other = mapping("00000000000e0002", "mydb", "b", true, false);
    for (reply, cause) in [
        (
            updated("a", true),
            "the server reports retention_policy \"a\", not \"b\"",
        ),
        (
            updated("b", false),
            "the server reports default \"false\", not \"true\"",
        ),
        (
            json("200 OK", &content(&other)),
            "the server reports id \"00000000000e0002\", not \"00000000000e0001\"",
        ),
        (
            changed("mydb", "yourdb"),
            "the server reports database \"yourdb\", not \"mydb\"",
        ),
        (
            changed(BUCKET, "0000000000000c02"),
            "the server reports bucketID \"0000000000000c02\", not \"0000000000000c01\"",
        ),
        (
            changed(ORG, "0000000000000a02"),
            "the server reports orgID \"0000000000000a02\", not \"0000000000000a01\"",
        ),
        (
            changed("\"default\":true", "\"default\":\"true\""),
            "no mapping in the response 200 OK: {\"content\":{\"id\":\"00000000000e0001\",\"database\":\"mydb\",\"retention_policy\":\"b\",\"default\":\"true\",\"virtual\":false,\"orgID\":\"0000000000000a01\",\"bucketID\":\"0000000000000c01\"}}",
        ),
        (
            json("200 OK", "{}"),
            "no mapping in the response 200 OK: {}",
        ),
        (
            json(
                "200 OK",
                r#"{"content":["00000000000e0001","mydb","b",true,false,"a","b"]}"#,
            ),
            r#"no mapping in the response 200 OK: {"content":["00000000000e0001","mydb","b",true,false,"a","b"]}"#,
        ),
        (
            json("200 OK", &mapping(ID, "mydb", "b", true, false)),
            "no mapping in the response 200 OK: {\"id\":\"00000000000e0001\",\"database\":\"mydb\",\"retention_policy\":\"b\",\"default\":true,\"virtual\":false,\"orgID\":\"0000000000000a01\",\"bucketID\":\"0000000000000c01\"}",
        ),
        (
            json(
                "422 Unprocessable Entity",
                r#"{"code":"conflict","message":"another DBRP mapping with same orgID, db, and rp exists"}"#,
            ),
            "422 Unprocessable Entity: another DBRP mapping with same orgID, db, and rp exists",
        ),
    ] {
        let body = r#"{"default":true,"retention_policy":"b"}"#;
        let server = Server::start([get("a", false), patch(body, reply)]);
        dbrp(&server, &UPDATE)
            .args(["--rp", "b", "--default"])
            .stderr(format!(
                "Error: failed to update mapping with ID \"{ID}\": {cause}\n"
            ))
            .code(7);
    }
}

#[test]
fn a_malformed_id_is_percent_encoded_and_rejected() {
    let server = Server::start([exchange(
        request("GET", "/api/v2/dbrps/..%2Forgs?org=acme", ""),
        json(
            "400 Bad Request",
            r#"{"code":"invalid","message":"id must have a length of 16 bytes"}"#,
        ),
    )]);
    dbrp(&server, &["update", "--id", "../orgs", "--org", "acme", "--rp", "b"])
        .stderr("Error: could not find mapping with ID \"../orgs\": 400 Bad Request: id must have a length of 16 bytes\nHint: an ID has 16 hex digits; `v1 dbrp list` shows it\n")
        .code(7);
}

#[test]
fn unknown_organization_exits_with_6() {
    let server = Server::start([exchange(
        request("GET", PATH, ""),
        json(
            "404 Not Found",
            r#"{"code":"not found","message":"invalid org \"acme\": organization not found"}"#,
        ),
    )]);
    dbrp(&server, &UPDATE)
        .args(["--rp", "b"])
        .stderr(format!("Error: could not find mapping with ID \"{ID}\": 404 Not Found: invalid org \"acme\": organization not found\n"))
        .code(6);
}

#[test]
fn a_change_to_a_field_that_was_not_given_is_an_error() {
    for (flag, body, reply, cause) in [
        (
            ["--rp", "b"],
            r#"{"retention_policy":"b"}"#,
            updated("b", true),
            "default \"true\", not \"false\"",
        ),
        (
            ["--default", "--hide-headers"],
            r#"{"default":true}"#,
            updated("b", true),
            "retention_policy \"b\", not \"a\"",
        ),
    ] {
        let server = Server::start([get("a", false), patch(body, reply)]);
        dbrp(&server, &UPDATE)
            .args(flag)
            .stderr(format!(
                "Error: failed to update mapping with ID \"{ID}\": the server reports {cause}\n"
            ))
            .code(7);
    }
}

#[test]
fn a_mapping_in_another_organization_is_not_changed_or_deleted() {
    let path = format!("/api/v2/dbrps/{ID}?orgID=0000000000000a02");
    let body = content(&mapping(ID, "mydb", "b", false, false));
    for flags in [&["update", "--rp", "c"][..], &["delete"]] {
        let server = Server::start([exchange(request("GET", &path, ""), json("200 OK", &body))]);
        dbrp(&server, flags)
            .args(["--id", ID, "--org-id", "0000000000000a02"])
            .stderr(format!("Error: could not find mapping with ID \"{ID}\": the server reports orgID \"{ORG}\", not \"0000000000000a02\"\n"))
            .code(7);
    }
}

#[test]
fn a_mapping_that_became_virtual_is_an_error() {
    let reply = json("200 OK", &content(&mapping(ID, "mydb", "b", false, true)));
    let server = Server::start([get("a", false), patch(r#"{"retention_policy":"b"}"#, reply)]);
    dbrp(&server, &UPDATE)
        .args(["--rp", "b"])
        .stderr(format!("Error: failed to update mapping with ID \"{ID}\": the server reports virtual \"true\", not \"false\"\n"))
        .code(7);
}
