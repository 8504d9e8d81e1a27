//! API tokens, and changes by pattern, with a real InfluxDB 2.x. See also `v1_auth::live`.
#![allow(clippy::print_stdout)]

use crate::harness::{Run, Test};
use crate::support::live_server::{Server, TestData, server, text};
use serde_json::Value;

/// Runs the program with only an address and a token file, as in an empty container.
fn influx(server: &Server, words: &[&str]) -> Run {
    let test = Test::new(words.to_vec()).args(["--host", &server.url, "--token-file", "token"]);
    std::fs::write(test.home().join("token"), &server.token).unwrap();
    test.run()
}

/// The standard output of a run that must succeed.
#[track_caller]
fn succeeds(server: &Server, words: &[&str]) -> String {
    let run = influx(server, words);
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    run.stdout
}

/// Deletes the authorizations of `group` that match the pattern when it is dropped.
struct Cleanup<'s> {
    server: &'s Server,
    group: &'static [&'static str],
    pattern: String,
}

impl Drop for Cleanup<'_> {
    fn drop(&mut self) {
        let flags = ["delete", "--match", &self.pattern, "--yes"];
        let run = influx(self.server, &[self.group, &flags].concat());
        if !matches!(run.code, 0 | 6) {
            println!("{} is left on the server: {run:?}", self.pattern);
        }
    }
}

/// The IDs of an organization and a bucket. If the bucket had to be created, dropping the last value
/// deletes it.
fn org_and_bucket(server: &Server) -> (String, String, TestData<'_>) {
    let orgs = server.json("GET", "/api/v2/orgs", None);
    let org = text(&orgs["orgs"][0]["id"]);
    let mut made = TestData::empty(server, "tokens");
    let bucket = made.bucket(&org);
    (org, bucket, made)
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn create_deactivate_activate_and_delete_a_token() {
    let server = server();
    let (org, bucket, made) = org_and_bucket(&server);
    let description = format!("influx-test-token-{}", std::process::id());
    let _cleanup = Cleanup {
        server: &server,
        group: &["auth"],
        pattern: description.clone(),
    };
    let create = [
        "auth",
        "create",
        "--org-id",
        &org,
        "--read-bucket",
        &bucket,
        "-d",
        &description,
    ];
    let printed = succeeds(&server, &[&create[..], &["--json"]].concat());
    let printed: Value = serde_json::from_str(&printed).unwrap();
    let (id, token) = (text(&printed["id"]), text(&printed["token"]));
    // A single bucket, because InfluxDB sends an empty list to an inactive token.
    let status_for = |token: &str| {
        let credentials = format!("Authorization: Token {token}\r\n");
        let path = format!("/api/v2/buckets/{bucket}");
        server.exchange("GET", &path, &credentials, "").unwrap().0
    };
    assert_eq!(status_for(&token), 200, "a new token");
    succeeds(&server, &["auth", "inactive", "--id", &id]);
    assert_eq!(status_for(&token), 401, "after deactivation");
    succeeds(&server, &["auth", "inactive", "--id", &id]);
    let listed = succeeds(&server, &["auth", "list", "--id", &id, "--json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(
        (&listed[0]["status"], &listed[0]["token"]),
        (&"inactive".into(), &"".into())
    );
    succeeds(&server, &["auth", "active", "--id", &id]);
    assert_eq!(status_for(&token), 200, "after reactivation");
    succeeds(&server, &["auth", "delete", "--id", &id]);
    assert_eq!(status_for(&token), 401, "after deletion");
    let gone = influx(&server, &["auth", "inactive", "--id", &id]);
    gone.assert(gone.code == 6, "exit code 6 after deletion");

    // With --quiet, and with the flags that grant more than one bucket.
    let create = ["auth", "create", "--org-id", &org, "-d", &description, "-q"];
    for flag in ["--all-access", "--operator", "--read-notificationRules"] {
        let token = succeeds(&server, &[&create[..], &[flag]].concat());
        let expected = if flag.starts_with("--read") { 401 } else { 200 };
        assert_eq!(status_for(token.trim_end()), expected, "{flag}");
    }
    drop(made);
    println!("live test passed: {}", server.url);
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn a_pattern_deactivates_two_of_three_authorizations() {
    let server = server();
    let (org, bucket, made) = org_and_bucket(&server);
    let start = format!("influx-test-match-{}", std::process::id());
    for group in [&["v1", "auth"][..], &["auth"]] {
        let pattern = format!("{start}-*");
        let _cleanup = Cleanup {
            server: &server,
            group,
            pattern: pattern.clone(),
        };
        for name in ["old-1", "old-2", "new-1"] {
            let name = format!("{start}-{name}");
            let create = ["create", "--org-id", &org, "--read-bucket", &bucket];
            let own: &[&str] = match group.len() {
                2 => &["--username", &name, "--no-password"],
                _ => &["--description", &name],
            };
            succeeds(&server, &[group, &create, own].concat());
        }
        let run = |flags: &[&str]| succeeds(&server, &[group, flags].concat());
        let count = |status: &str| {
            let flags = ["list", "-q", "--status", status, "--match", &pattern];
            run(&flags).lines().count()
        };
        let old = format!("{start}-old-?");
        let shown = run(&[
            "set-inactive",
            "--match",
            &old,
            "--dry-run",
            "--hide-headers",
        ]);
        assert_eq!((shown.lines().count(), count("inactive")), (2, 0));
        let consent: &[&str] = if group.len() == 2 { &[] } else { &["--yes"] };
        let changed = run(&[
            &["set-inactive", "--match", &old, "--hide-headers"],
            consent,
        ]
        .concat());
        assert_eq!(
            (changed.lines().count(), count("inactive"), count("active")),
            (2, 2, 1)
        );
        let again = influx(
            &server,
            &[group, &["set-inactive", "--match", &old], consent].concat(),
        );
        again.assert(
            again.code == 0
                && again.stdout.is_empty()
                && again.stderr.ends_with("is already inactive\n"),
            "a hint that nothing is left to change",
        );
        run(&["set-active", "--match", &old]);
        assert_eq!(count("active"), 3);
        run(&["delete", "--match", &old, "--yes"]);
        assert_eq!((count("inactive"), count("active")), (0, 1));
        let none = influx(&server, &[group, &["set-active", "--match", &old]].concat());
        none.assert(none.code == 6, "exit code 6 if nothing matches");
    }
    drop(made);
    println!("live test passed: {}", server.url);
}
