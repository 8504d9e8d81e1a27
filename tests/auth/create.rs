//! `create`: what it asks and sends.

use crate::fixtures::request;
use crate::harness::Test;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::api_token_create::{BUCKET, BY_ID, ID, MADE, ORG, body, bucket, created, made};
use crate::support::api_tokens::{PATH, auth, token};

pub fn posts(body: &str, reply: Reply) -> Exchange {
    exchange(request("POST", PATH, body), reply)
}

/// One permission for all of a kind in the organization.
fn all(action: &str, kind: &str) -> String {
    format!("{{\"action\":\"{action}\",\"resource\":{{\"orgID\":\"{ORG}\",\"type\":\"{kind}\"}}}}")
}

fn looks_up(target: &str, key: &str, entries: &str) -> Exchange {
    let body = format!("{{\"links\":{{}},\"{key}\":[{entries}]}}");
    exchange(request("GET", target, ""), json("200 OK", &body))
}

#[track_caller]
fn succeeds(test: Test) {
    let run = test.args(["-q"]).run();
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    run.assert(run.stdout == format!("{MADE}\n"), "the token");
}

#[test]
fn ids_need_no_look_up_and_without_a_user_none_is_sent() {
    let server = Server::start([made()]);
    succeeds(auth(&server, &BY_ID));
    assert_eq!(server.connections(), 1);
}

#[test]
fn names_are_looked_up_each_once() {
    let server = Server::start([
        looks_up(
            "/api/v2/orgs?org=acme",
            "orgs",
            &format!("{{\"id\":\"{ORG}\",\"name\":\"acme\"}}"),
        ),
        looks_up(
            "/api/v2/users?name=op+1",
            "users",
            r#"{"id":"0000000000000b01","name":"op"},{"id":"0000000000000b02","name":"op 1"}"#,
        ),
        looks_up(
            "/api/v2/buckets?orgID=0000000000000a01&name=metrics",
            "buckets",
            r#"{"id":"0000000000000c07","name":"metrics"}"#,
        ),
        posts(
            &format!(
                "{{\"description\":\"of \\\"x\\\"\",\"orgID\":\"{ORG}\",\"permissions\":[{},{},{}],\"userID\":\"0000000000000b02\"}}",
                bucket("read", "0000000000000c07"),
                bucket("read", BUCKET),
                bucket("write", "0000000000000c07"),
            ),
            created(),
        ),
    ]);
    succeeds(auth(
        &server,
        &[
            "create",
            "-o",
            "acme",
            "-u",
            "op 1",
            "-d",
            "of \"x\"",
            "--write-bucket",
            "metrics",
            "--read-bucket",
            "metrics",
            "--read-bucket",
            BUCKET,
        ],
    ));
    // The creation has a connection of its own.
    assert_eq!(server.connections(), 2);
}

#[test]
fn the_organization_of_the_active_config_counts() {
    let server = Server::start([
        looks_up(
            "/api/v2/orgs?org=acme",
            "orgs",
            &format!("{{\"id\":\"{ORG}\",\"name\":\"acme\"}}"),
        ),
        posts(&body(&[all("read", "tasks")]), created()),
    ]);
    succeeds(
        auth(&server, &["create", "--read-tasks"])
            .configs("[a]\nurl = \"http://127.0.0.1:9\"\norg = \"acme\"\nactive = true\n"),
    );
}

/// In the order of the Go client, whatever the order of the flags.
#[test]
fn permissions_for_all_of_a_kind() {
    let kinds = [
        "authorizations",
        "buckets",
        "dashboards",
        "orgs",
        "tasks",
        "telegrafs",
        "users",
        "variables",
        "secrets",
        "labels",
        "views",
        "documents",
        "notificationRules",
        "notificationEndpoints",
        "checks",
        "dbrp",
        "annotations",
        "sources",
        "scrapers",
        "notebooks",
        "remotes",
        "replications",
        "flows",
        "functions",
        "subscriptions",
    ];
    let each = |kind: &&str| [all("read", kind), all("write", kind)];
    let permissions: Vec<_> = kinds.iter().flat_map(each).collect();
    let server = Server::start([posts(&body(&permissions), created())]);
    let flags = kinds.iter().rev();
    let flags = flags.flat_map(|kind| [format!("--write-{kind}"), format!("-read-{kind}")]);
    succeeds(auth(&server, &["create", "--org-id", ORG]).args(flags));
    // Beside single buckets, and turned off again.
    let permissions = [
        bucket("write", BUCKET),
        all("read", "buckets"),
        all("write", "notificationRules"),
    ];
    let server = Server::start([posts(&body(&permissions), created())]);
    succeeds(auth(
        &server,
        &[
            "create",
            "--org-id",
            ORG,
            "--write-notificationRules",
            "--write-bucket",
            BUCKET,
            "--read-buckets=true",
            "--read-checks",
            "--read-checks=false",
            "-write-labels=f",
        ],
    ));
}

const RESOURCES: &str = "[\"orgs\",\"buckets\",\"users\",\"instance\",\"new ones\"]\n";

fn resources() -> Exchange {
    exchange(
        request("GET", "/api/v2/resources", ""),
        json("200 OK", RESOURCES),
    )
}

#[test]
fn operator_is_everything_that_the_server_has() {
    let permissions = ["orgs", "buckets", "users", "new ones"].map(|kind| {
        let of =
            |action| format!("{{\"action\":\"{action}\",\"resource\":{{\"type\":\"{kind}\"}}}}");
        of("read") + "," + &of("write")
    });
    let server = Server::start([resources(), posts(&body(&permissions), created())]);
    succeeds(auth(
        &server,
        &[
            "create",
            "--org-id",
            ORG,
            "--operator",
            "--all-access=false",
        ],
    ));
}

#[test]
fn all_access_is_everything_in_one_organization_of_one_user() {
    let one = |action: &str, kind: &str, id: &str| {
        format!("{{\"action\":\"{action}\",\"resource\":{{\"id\":\"{id}\",\"type\":\"{kind}\"}}}}")
    };
    let user = "0000000000000b02";
    let permissions = [
        one("read", "orgs", ORG),
        all("read", "buckets"),
        all("write", "buckets"),
        one("read", "users", user),
        one("write", "users", user),
        all("read", "new ones"),
        all("write", "new ones"),
    ];
    // Of the user who asks.
    let me = format!("{{\"id\":\"{user}\",\"name\":\"operator\",\"status\":\"active\"}}");
    let server = Server::start([
        exchange(request("GET", "/api/v2/me", ""), json("200 OK", &me)),
        resources(),
        posts(&body(&permissions), created()),
    ]);
    succeeds(auth(&server, &["create", "--org-id", ORG, "--all-access"]));
    // Of a user who is named.
    let named = body(&permissions).replace("]}", &format!("],\"userID\":\"{user}\"}}"));
    let server = Server::start([
        looks_up("/api/v2/users?name=operator", "users", &me),
        resources(),
        posts(&named, created()),
    ]);
    succeeds(auth(
        &server,
        &[
            "create",
            "--org-id",
            ORG,
            "--all-access",
            "--user",
            "operator",
        ],
    ));
}

#[test]
fn what_fails_on_the_way_says_what_it_was() {
    let get = |target: &str, reply: Reply| exchange(request("GET", target, ""), reply);
    let server = Server::start([get("/api/v2/resources", json("200 OK", "{}"))]);
    auth(&server, &["create", "--org-id", ORG, "--operator"])
        .stderr("Error: could not list the resources that a token can be for: no list of resources in the answer 200 OK: {}\n")
        .code(7);
    let gone = r#"{"code":"not found","message":"user not found"}"#;
    let server = Server::start([get("/api/v2/users?name=x", json("404 Not Found", gone))]);
    auth(&server, &[&BY_ID[..], &["--user", "x"]].concat())
        .stderr("Error: could not find the user \"x\": 404 Not Found: user not found\n")
        .code(6);
    let wrong = r#"{"code":"invalid","message":"unable to create token"}"#;
    let request = body(&[bucket("read", BUCKET)]);
    let server = Server::start([posts(&request, json("400 Bad Request", wrong))]);
    auth(&server, &BY_ID)
        .stderr(
            "Error: failed to create the authorization: 400 Bad Request: unable to create token\n",
        )
        .code(7);
    // It is made, but lost.
    let server = Server::start([posts(
        &request,
        json("201 Created", &token(ID, "a test", "active")),
    )]);
    auth(&server, &BY_ID)
        .stderr(format!("Error: failed to create the authorization: the server has created one with ID \"{ID}\", but answers without its token\n"))
        .code(7);
}
