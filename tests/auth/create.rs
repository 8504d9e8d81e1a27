//! `create`: its lookups and the permissions that it requests.

use crate::fixtures::request;
use crate::harness::Test;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::auth_create_requests::{
    BUCKET, BY_ID, ID, NEW_TOKEN, ORG, body, bucket, creation_by_id, looks_up, response_to,
};
use crate::support::auth_requests::{PATH, auth, token};

fn creation(body: &str) -> Exchange {
    creation_with_reply(body, response_to(body))
}

fn creation_with_reply(body: &str, reply: Reply) -> Exchange {
    exchange(request("POST", PATH, body), reply)
}

/// A permission for all resources of one type in the organization.
fn all_of_type(action: &str, kind: &str) -> String {
    format!("{{\"action\":\"{action}\",\"resource\":{{\"orgID\":\"{ORG}\",\"type\":\"{kind}\"}}}}")
}

#[track_caller]
fn succeeds(test: Test) {
    let run = test.args(["-q"]).run();
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    run.assert(
        run.stdout == format!("{NEW_TOKEN}\n"),
        "only the token on standard output",
    );
}

#[test]
fn create_with_ids_sends_no_lookup_and_no_user() {
    let server = Server::start([creation_by_id()]);
    succeeds(auth(&server, &BY_ID));
    assert_eq!(server.connections(), 1);
}

#[test]
fn each_name_is_looked_up_once() {
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
        creation(&format!(
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
    // The creation uses a separate connection.
    assert_eq!(server.connections(), 2);
}

#[test]
fn uses_the_organization_of_the_active_config() {
    let server = Server::start([
        looks_up(
            "/api/v2/orgs?org=acme",
            "orgs",
            &format!("{{\"id\":\"{ORG}\",\"name\":\"acme\"}}"),
        ),
        creation(&body(&[all_of_type("read", "tasks")])),
    ]);
    succeeds(
        auth(&server, &["create", "--read-tasks"])
            .configs("[a]\nurl = \"http://127.0.0.1:9\"\norg = \"acme\"\nactive = true\n"),
    );
}

/// InfluxData's client uses this order too. The order of the flags does not matter.
#[test]
fn resource_type_flags_become_permissions_in_a_fixed_order() {
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
    let each = |kind: &&str| [all_of_type("read", kind), all_of_type("write", kind)];
    let permissions: Vec<_> = kinds.iter().flat_map(each).collect();
    let server = Server::start([creation(&body(&permissions))]);
    let flags = kinds.iter().rev();
    let flags = flags.flat_map(|kind| [format!("--write-{kind}"), format!("-read-{kind}")]);
    succeeds(auth(&server, &["create", "--org-id", ORG]).args(flags));
    // Together with a single bucket, and with flags that are set to false.
    let permissions = [
        bucket("write", BUCKET),
        all_of_type("read", "buckets"),
        all_of_type("write", "notificationRules"),
    ];
    let server = Server::start([creation(&body(&permissions))]);
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
fn operator_grants_all_resource_types_except_instance() {
    let permissions = ["orgs", "buckets", "users", "new ones"].map(|kind| {
        let of =
            |action| format!("{{\"action\":\"{action}\",\"resource\":{{\"type\":\"{kind}\"}}}}");
        of("read") + "," + &of("write")
    });
    let server = Server::start([resources(), creation(&body(&permissions))]);
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
fn all_access_is_limited_to_one_organization_and_one_user() {
    let one = |action: &str, kind: &str, id: &str| {
        format!("{{\"action\":\"{action}\",\"resource\":{{\"id\":\"{id}\",\"type\":\"{kind}\"}}}}")
    };
    let user = "0000000000000b02";
    let permissions = [
        one("read", "orgs", ORG),
        all_of_type("read", "buckets"),
        all_of_type("write", "buckets"),
        one("read", "users", user),
        one("write", "users", user),
        all_of_type("read", "new ones"),
        all_of_type("write", "new ones"),
    ];
    // Without --user, the permissions are for the user that the token in use belongs to.
    let me = format!("{{\"id\":\"{user}\",\"name\":\"operator\",\"status\":\"active\"}}");
    let server = Server::start([
        exchange(request("GET", "/api/v2/me", ""), json("200 OK", &me)),
        resources(),
        creation(&body(&permissions)),
    ]);
    succeeds(auth(&server, &["create", "--org-id", ORG, "--all-access"]));
    // With --user, they are for that user.
    let named = body(&permissions).replace("]}", &format!("],\"userID\":\"{user}\"}}"));
    let server = Server::start([
        looks_up("/api/v2/users?name=operator", "users", &me),
        resources(),
        creation(&named),
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
fn the_error_names_the_step_that_failed() {
    let get = |target: &str, reply: Reply| exchange(request("GET", target, ""), reply);
    let gone = r#"{"code":"not found","message":"user not found"}"#;
    let server = Server::start([get("/api/v2/users?name=x", json("404 Not Found", gone))]);
    auth(&server, &[&BY_ID[..], &["--user", "x"]].concat())
        .stderr("Error: could not find the user \"x\": 404 Not Found: user not found\n")
        .code(6);
    let wrong = r#"{"code":"invalid","message":"unable to create token"}"#;
    let request = body(&[bucket("read", BUCKET)]);
    let server = Server::start([creation_with_reply(
        &request,
        json("400 Bad Request", wrong),
    )]);
    auth(&server, &BY_ID)
        .stderr(
            "Error: failed to create the authorization: 400 Bad Request: unable to create token\n",
        )
        .code(7);
    // The authorization was created, but the response does not contain its token.
    let server = Server::start([creation_with_reply(
        &request,
        json("201 Created", &token(ID, "a test", "active")),
    )]);
    auth(&server, &BY_ID)
        .stderr(format!("Error: failed to create the authorization: the response does not contain the token; it exists, with ID \"{ID}\"\nHint: `delete --id` removes it\n"))
        .code(7);
}

/// Servers before 2.0.9 respond with the index of the API.
#[test]
fn nothing_is_created_without_a_list_of_resources() {
    let failed = "Error: could not list the types of resources: ";
    let hint = "Hint: use --read-X and --write-X to grant permissions one by one, for example --read-buckets\n";
    let index = r#"{"authorizations":"/api/v2/authorizations","buckets":"/api/v2/buckets"}"#;
    for (response, cause) in [
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
                json("200 OK", response),
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
