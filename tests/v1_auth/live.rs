//! Usernames with a real InfluxDB 2.x. `INFLUX_TEST_HOST` and `INFLUX_TEST_TOKEN` give its address
//! and an operator token, and `make test-live` runs these tests. They remove what they create, even
//! if they fail.
#![allow(clippy::print_stdout)]

use crate::harness::Test;
use crate::support::live_server::{PASSWORD, TestData, server, text};
use serde_json::Value;

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn set_inactive_and_set_active_against_a_real_server() {
    let server = server();
    let made = TestData::authorization(&server);
    let id = made.id.as_str();

    assert_eq!(made.query(), 200, "/query with a new authorization");
    server.run("set-inactive", "--id", id, "inactive");
    assert_eq!(made.query(), 401, "/query once it is inactive");
    server.run("set-inactive", "--id", id, "inactive");
    server.run("set-inactive", "--username", &made.username, "inactive");
    assert_eq!(made.query(), 401, "/query after a second deactivation");
    server.run("set-active", "--username", &made.username, "active");
    assert_eq!(made.query(), 200, "/query once it is active again");

    let id = made.id.clone();
    drop(made);
    let gone = server.influx("set-inactive", "--id", &id);
    gone.assert(gone.code == 6, "exit code 6 for a deleted authorization");
    println!("live test passed: {}", server.url);
}

/// Runs `create`, `list`, `set-password` and `delete`, and checks each as a 1.x client would.
#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn the_other_commands_against_a_real_server() {
    let server = server();
    let orgs = server.json("GET", "/api/v2/orgs", None);
    let org = text(&orgs["orgs"][0]["name"]);
    let mut made = TestData::empty(&server, "rest");
    let bucket = made.bucket(&text(&orgs["orgs"][0]["id"]));
    let name = made.username.clone();
    let influx = |flags: &[&str], stdin: &str| {
        let test = Test::new(["v1", "auth"]).args(flags.to_vec()).stdin(stdin);
        test.env("INFLUX_HOST", &server.url)
            .env("INFLUX_TOKEN", &server.token)
            .run()
    };
    let expect = |flags: &[&str], stdin: &str, code: i32| {
        let run = influx(flags, stdin);
        run.assert(run.code == code, &format!("exit code {code}"));
        run.stdout
    };
    let create = [
        "create",
        "--username",
        &name,
        "--org",
        &org,
        "--read-bucket",
        &bucket,
        "--json",
    ];
    // The password is too short, so the new authorization is removed again.
    expect(&create, "short\n", 7);
    expect(&["list", "--username", &name], "", 6);
    let printed = expect(&create, &format!("{PASSWORD}\n"), 0);
    let printed: Value = serde_json::from_str(&printed).unwrap();
    made.id = text(&printed["id"]);
    assert_eq!(made.query(), 200, "/query with the password of create");
    expect(&create, &format!("{PASSWORD}\n"), 7);

    let id = format!("{}\n", made.id);
    let pattern = name[..name.len() - 1].to_string() + "?";
    for filter in [
        ["--username", &name],
        ["--id", &made.id],
        ["--match", &pattern],
    ] {
        let listed = expect(
            &["list", "-q", "--status", "active", filter[0], filter[1]],
            "",
            0,
        );
        assert_eq!(listed, id, "{filter:?}");
    }
    expect(&["list", "-q", "--id", "0123456789abcdef"], "", 6);
    let listed = expect(&["list", "-q", "--org", &org, "--match", &name], "", 0);
    expect(&["set-inactive", "--id", "-"], &listed, 0);
    assert_eq!(made.query(), 401, "/query once it is inactive");
    expect(&["set-active", "--id", "-"], &listed, 0);

    expect(
        &["set-password", "--username", &name],
        "another-password\n",
        0,
    );
    assert_eq!(made.query(), 401, "/query with the old password");
    expect(&["set-password", "--id", &made.id], PASSWORD, 0);
    assert_eq!(made.query(), 200, "/query with the new password");
    expect(&["delete", "--username", &name], "", 0);
    assert_eq!(made.query(), 401, "/query once it is deleted");
    expect(&["delete", "--id", &made.id], "", 6);
    made.id.clear();
    println!("live test passed: {}", server.url);
}
