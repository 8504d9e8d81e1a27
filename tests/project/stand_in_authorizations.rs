//! The demo's stand-in server handles requests about authorizations like InfluxDB 2.9.

use crate::harness::{Run, Test};
use crate::stand_in::Server;
use crate::stand_in::store::{AGENT_TOKEN, TOKEN, TOKENS, USERNAMES};

#[track_caller]
fn assert_success(run: &Run) {
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
}

/// A run of `influx v1 auth` against the stand-in server.
fn auth(server: &Server, args: &[&str]) -> Test {
    Test::new(["v1", "auth"])
        .args(args.to_vec())
        .env("INFLUX_HOST", &server.url)
        .env("INFLUX_TOKEN", TOKEN)
}

#[test]
fn a_malformed_id_gets_400() {
    let server = Server::start().unwrap();
    let hint = "Hint: an ID has 16 hex digits; use --username for a name, and repeat --id for several IDs\n";
    for (id, said) in [
        ("telegraf", "id must have a length of 16 bytes"),
        ("a,b", "id must have a length of 16 bytes"),
        ("../../../api/v2/users", "id must have a length of 16 bytes"),
        ("0e1f2a3b4c5d600g", "invalid ID"),
    ] {
        for (args, error) in [
            (&["set-inactive"][..], "failed to update status of"),
            (&["delete"], "could not find"),
            (
                &["set-password", "--password", "pass-word-1"],
                "failed to set the password of",
            ),
        ] {
            auth(&server, args)
                .args(["--id", id])
                .stderr(format!(
                    "Error: {error} authorization with ID \"{id}\": 400 Bad Request: {said}\n{hint}"
                ))
                .code(7);
        }
    }
    // IDs may be in upper case.
    let capital = USERNAMES[0].0.to_uppercase();
    assert_success(&auth(&server, &["set-inactive", "--id", &capital]).run());
    assert_eq!(server.status(USERNAMES[0].0).as_deref(), Some("inactive"));
    server.stop().unwrap();
}

#[test]
fn unknown_ids_and_names_get_404() {
    let server = Server::start().unwrap();
    let unknown = "0e1f2a3b4c5d6fff";
    for (args, error) in [
        (
            &["set-inactive", "--id", unknown][..],
            "failed to update status of authorization with ID \"0e1f2a3b4c5d6fff\": 404 Not Found: authorization not found",
        ),
        (
            &["delete", "--username", "nobody"],
            "could not find authorization with username \"nobody\": 404 Not Found: authorization not found",
        ),
        (
            &["set-password", "--id", unknown, "--password", "pass-word-1"],
            "failed to set the password of authorization with ID \"0e1f2a3b4c5d6fff\": 404 Not Found: authorization not found",
        ),
        (
            &["list", "--org", "a b"],
            "could not list authorizations: 404 Not Found: organization name \"a b\" not found",
        ),
        (
            &["list", "--user", "nobody"],
            "could not list authorizations: 404 Not Found: user not found",
        ),
        (
            &[
                "create",
                "--username",
                "x",
                "--no-password",
                "--org",
                "nope",
                "--read-bucket",
                "metrics",
            ],
            "could not find the organization \"nope\": 404 Not Found: organization name \"nope\" not found",
        ),
        (
            &[
                "create",
                "--username",
                "x",
                "--no-password",
                "--org",
                "plant",
                "--read-bucket",
                "nope",
            ],
            "could not find the bucket \"nope\": 404 Not Found: bucket \"nope\" not found",
        ),
    ] {
        auth(&server, args)
            .stderr(format!("Error: {error}\n"))
            .code(6);
    }
    // InfluxDB has another message for an unknown organization ID.
    let create = [
        "create",
        "--username",
        "x",
        "--no-password",
        "--org-id",
        unknown,
    ];
    auth(&server, &[&create[..], &["--read-bucket", unknown]].concat())
        .stderr("Error: failed to create authorization with username \"x\": 400 Bad Request: unable to create token\n")
        .code(7);
    for flag in ["--org-id", "--user-id"] {
        auth(&server, &["list", flag, unknown, "--json"])
            .stdout("[]\n")
            .code(0);
    }
    server.stop().unwrap();
}

#[test]
fn a_username_can_be_created_changed_and_deleted() {
    let server = Server::start().unwrap();
    let create = [
        "create",
        "--username",
        "made",
        "--password",
        "pass-word-1",
        "--org",
        "plant",
    ];
    let made = auth(&server, &create)
        .args([
            "--read-bucket",
            "metrics",
            "--write-bucket",
            "metrics",
            "--json",
        ])
        .run();
    assert_success(&made);
    let row: serde_json::Value = serde_json::from_str(&made.stdout).unwrap();
    let id = row["id"].as_str().unwrap();
    let bucket = "orgs/0e1f2a3b4c5d6a01/buckets/0e1f2a3b4c5d6b01";
    let permissions = serde_json::json!([format!("read:{bucket}"), format!("write:{bucket}")]);
    assert_eq!(
        (&row["token"], &row["permissions"]),
        (&"made".into(), &permissions)
    );
    auth(&server, &create)
        .args(["--read-bucket", "metrics"])
        .stderr("Error: failed to create authorization with username \"made\": 422 Unprocessable Entity: token already exists\n")
        .code(7);
    auth(&server, &["list", "--username", "made", "--quiet"])
        .stdout(format!("{id}\n"))
        .code(0);
    auth(
        &server,
        &["set-password", "--id", id, "--password", "pass-word-2"],
    )
    .code(0);
    auth(&server, &["set-password", "--username", "made", "--password", "short"])
        .stderr("Error: failed to set the password of authorization with username \"made\": 400 Bad Request: passwords must be between 8 and 72 characters long\n")
        .code(7);
    assert_success(&auth(&server, &["delete", "--username", "made"]).run());
    assert_eq!(server.status(id), None);
    let ids: Vec<_> = USERNAMES.iter().map(|(id, _)| format!("{id}\n")).collect();
    auth(&server, &["list", "--quiet"])
        .stdout(ids.concat())
        .code(0);
    server.stop().unwrap();
}

#[test]
fn a_token_can_be_created_deactivated_reactivated_and_deleted() {
    let server = Server::start().unwrap();
    let with = |token: &str, words: &[&str]| {
        Test::new(words.to_vec())
            .env("INFLUX_HOST", &server.url)
            .env("INFLUX_TOKEN", token)
    };
    let create = ["auth", "create", "--org", "plant", "-d", "made", "-q"];
    for flags in [
        &["--user", "admin", "--read-bucket", "metrics"][..],
        &["--all-access"],
        &["--operator"],
    ] {
        let made = with(TOKEN, &[&create[..], flags].concat()).run();
        assert_success(&made);
        let token = made.stdout.trim_end();
        let list = ["auth", "list", "-q", "--match", "made"];
        let listed = with(token, &list).run();
        assert_success(&listed);
        let id = listed.stdout.trim_end();
        assert_success(&with(TOKEN, &["auth", "inactive", "--id", id]).run());
        with(token, &["auth", "active", "--id", id])
            .stderr(format!("Error: failed to update status of authorization with ID \"{id}\": 401 Unauthorized: token is inactive\nHint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n"))
            .code(5);
        assert_success(&with(TOKEN, &["auth", "active", "--match", "made"]).run());
        assert_success(&with(token, &list).run());
        assert_success(&with(TOKEN, &["auth", "delete", "--match", "made", "--yes"]).run());
        let run = with(token, &list).run();
        run.assert(run.code == 5, "exit code 5");
    }
    assert_success(&with(AGENT_TOKEN, &["auth", "inactive", "--id", TOKENS[1].0]).run());
    server.stop().unwrap();
}
