//! `create`: what it asks and sends.

use crate::fixtures::request;
use crate::harness::Test;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::api_token_create::{
    BUCKET, BY_ID, ID, MADE, ORG, answer_to, body, bucket, looks_up, made,
};
use crate::support::api_tokens::{PATH, auth, token};

fn creates(body: &str) -> Exchange {
    posts(body, answer_to(body))
}

fn posts(body: &str, reply: Reply) -> Exchange {
    exchange(request("POST", PATH, body), reply)
}

/// One permission for all of a kind in the organization.
fn all(action: &str, kind: &str) -> String {
    format!("{{\"action\":\"{action}\",\"resource\":{{\"orgID\":\"{ORG}\",\"type\":\"{kind}\"}}}}")
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
            r#"{"id":"0000000000000c07","orgID":"0000000000000a01","name":"metrics"}"#,
        ),
        creates(&format!(
            "{{\"description\":\"of \\\"x\\\"\",\"orgID\":\"{ORG}\",\"permissions\":[{},{},{}],\"userID\":\"0000000000000b02\"}}",
            bucket("read", "0000000000000c07"),
            bucket("read", BUCKET),
            bucket("write", "0000000000000c07"),
        )),
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
        creates(&body(&[all("read", "tasks")])),
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
    let server = Server::start([creates(&body(&permissions))]);
    let flags = kinds.iter().rev();
    let flags = flags.flat_map(|kind| [format!("--write-{kind}"), format!("-read-{kind}")]);
    succeeds(auth(&server, &["create", "--org-id", ORG]).args(flags));
    // Beside single buckets, and turned off again.
    let permissions = [
        bucket("write", BUCKET),
        all("read", "buckets"),
        all("write", "notificationRules"),
    ];
    let server = Server::start([creates(&body(&permissions))]);
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
    let server = Server::start([resources(), creates(&body(&permissions))]);
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
        creates(&body(&permissions)),
    ]);
    succeeds(auth(&server, &["create", "--org-id", ORG, "--all-access"]));
    // Of a user who is named.
    let named = body(&permissions).replace("]}", &format!("],\"userID\":\"{user}\"}}"));
    let server = Server::start([
        looks_up("/api/v2/users?name=operator", "users", &me),
        resources(),
        creates(&named),
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
    // It is created, but lost.
    let server = Server::start([posts(
        &request,
        json("201 Created", &token(ID, "a test", "active")),
    )]);
    auth(&server, &BY_ID)
        .stderr(format!("Error: failed to create the authorization: the server answered without the token; it exists, with ID \"{ID}\"\nHint: `delete --id` removes it\n"))
        .code(7);
}

/// Servers before 2.0.9 answer with the index of the API.
#[test]
fn without_a_list_of_resources_nothing_is_created() {
    let failed = "Error: could not list the resources that a token can be for: ";
    let hint =
        "Hint: --read-X and --write-X name the permissions one by one, as in --read-buckets\n";
    let index = r#"{"authorizations":"/api/v2/authorizations","buckets":"/api/v2/buckets"}"#;
    for (answer, cause) in [
        (
            index,
            format!("no list of resources in the response 200 OK: {index}"),
        ),
        ("[]", "the list is empty".to_string()),
        ("[\"instance\"]", "the list is empty".to_string()),
    ] {
        for flags in [&["--operator"][..], &["--all-access", "--user", "op"]] {
            let user = r#"{"id":"0000000000000b02","name":"op"}"#;
            let lists = exchange(
                request("GET", "/api/v2/resources", ""),
                json("200 OK", answer),
            );
            let script = match flags.len() {
                1 => vec![lists],
                _ => vec![looks_up("/api/v2/users?name=op", "users", user), lists],
            };
            let server = Server::start(script);
            auth(&server, &["create", "--org-id", ORG])
                .args(flags.to_vec())
                .stderr(format!("{failed}{cause}\n{hint}"))
                .code(7);
        }
    }
}
