//! Tokens, and everything that a pattern fits, against a real InfluxDB 2.x; see `v1_auth::live`.
#![allow(clippy::print_stdout)]

use crate::harness::{Run, Test};
use crate::support::live_server::{Made, Server, server, text};
use serde_json::Value;

/// Runs the program as in an empty container: address and token file are all it has.
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

/// Removes all whose description begins so, of either group, when it is dropped.
struct Rest<'s> {
    server: &'s Server,
    group: &'static [&'static str],
    pattern: String,
}

impl Drop for Rest<'_> {
    fn drop(&mut self) {
        let flags = ["delete", "--match", &self.pattern, "--yes"];
        let run = influx(self.server, &[self.group, &flags].concat());
        if !matches!(run.code, 0 | 6) {
            println!("{} is left on the server: {run:?}", self.pattern);
        }
    }
}

/// An organization and a bucket to make something in. The bucket goes with what is returned last.
fn place(server: &Server) -> (String, String, Made<'_>) {
    let orgs = server.json("GET", "/api/v2/orgs", None);
    let org = text(&orgs["orgs"][0]["id"]);
    let mut made = Made::nothing(server, "tokens");
    let bucket = made.bucket(&org);
    (org, bucket, made)
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn a_token_from_its_making_to_its_end() {
    let server = server();
    let (org, bucket, made) = place(&server);
    let description = format!("influx-test-token-{}", std::process::id());
    let _rest = Rest {
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
    // InfluxDB answers a list to an inactive token too, an empty one: only one bucket tells.
    let used = |token: &str| {
        let credentials = format!("Authorization: Token {token}\r\n");
        let path = format!("/api/v2/buckets/{bucket}");
        server.exchange("GET", &path, &credentials, "").unwrap().0
    };
    assert_eq!(used(&token), 200, "a new token");
    succeeds(&server, &["auth", "inactive", "--id", &id]);
    assert_eq!(used(&token), 401, "once it is inactive");
    succeeds(&server, &["auth", "inactive", "--id", &id]);
    let listed = succeeds(&server, &["auth", "list", "--id", &id, "--json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(
        (&listed[0]["status"], &listed[0]["token"]),
        (&"inactive".into(), &"".into())
    );
    succeeds(&server, &["auth", "active", "--id", &id]);
    assert_eq!(used(&token), 200, "once it is active again");
    succeeds(&server, &["auth", "delete", "--id", &id]);
    assert_eq!(used(&token), 401, "once it is deleted");
    let gone = influx(&server, &["auth", "inactive", "--id", &id]);
    gone.assert(gone.code == 6, "exit code 6 for what was deleted");

    // The token alone, with all that the server has to give.
    let create = ["auth", "create", "--org-id", &org, "-d", &description, "-q"];
    for flag in ["--all-access", "--operator", "--read-notificationRules"] {
        let token = succeeds(&server, &[&create[..], &[flag]].concat());
        let expected = if flag.starts_with("--read") { 401 } else { 200 };
        assert_eq!(used(token.trim_end()), expected, "{flag}");
    }
    drop(made);
    println!("live test passed: {}", server.url);
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn a_pattern_cuts_two_of_three() {
    let server = server();
    let (org, bucket, made) = place(&server);
    let start = format!("influx-test-match-{}", std::process::id());
    for group in [&["v1", "auth"][..], &["auth"]] {
        let pattern = format!("{start}-*");
        let _rest = Rest {
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
        let cut = run(&[
            &["set-inactive", "--match", &old, "--hide-headers"],
            consent,
        ]
        .concat());
        assert_eq!(
            (cut.lines().count(), count("inactive"), count("active")),
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
            "nothing left to do",
        );
        run(&["set-active", "--match", &old]);
        assert_eq!(count("active"), 3);
        run(&["delete", "--match", &old, "--yes"]);
        assert_eq!((count("inactive"), count("active")), (0, 1));
        let none = influx(&server, &[group, &["set-active", "--match", &old]].concat());
        none.assert(none.code == 6, "exit code 6 where nothing fits");
    }
    drop(made);
    println!("live test passed: {}", server.url);
}
