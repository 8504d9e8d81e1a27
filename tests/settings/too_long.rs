//! What is too long to send is refused before anything is sent, wherever it comes from.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Server, exchange, json};
use crate::support::v1_auth_requests::{BUCKET, create};

/// The longest name taken, in bytes, and the longest value of a header.
const NAME: usize = 1024;
const VALUE: usize = 1024 * 1024;

const BY_NAME: [&str; 3] = ["--no-password", "--read-bucket", BUCKET];
const TOO_LONG: &str = "is longer than 1 MiB, more than InfluxDB accepts";

fn configs(server: &Server, entry: &str) -> String {
    format!("[a]\nurl = '{}'\n{entry}\n", server.url())
}

#[test]
fn names() {
    let long = "n".repeat(NAME + 1);
    for (command, flag) in [
        ("create", "--org"),
        ("create", "--org-id"),
        ("create", "--username"),
        ("create", "--read-bucket"),
        ("create", "--write-bucket"),
        ("list", "--org"),
        ("list", "--org-id"),
        ("list", "--user"),
        ("list", "--user-id"),
        ("list", "--id"),
        ("list", "--username"),
        ("list", "--match"),
        ("delete", "--id"),
        ("set-password", "--username"),
    ] {
        let test = Test::new(["v1", "auth", command, flag, &long]);
        let run = test.env("INFLUX_HOST", "http://127.0.0.1:1").run();
        let said = format!(
            "Error: {flag} \"{}...\": longer than {NAME} bytes\n",
            "n".repeat(100)
        );
        run.assert(run.code == 2 && run.stderr == said, &said);
    }
    for variable in ["INFLUX_ORG", "INFLUX_ORG_ID"] {
        let run = Test::new(["v1", "auth", "list"]).env(variable, &long).run();
        let said = format!(
            "Error: {variable} \"{}...\": longer than {NAME} bytes\n",
            "n".repeat(100)
        );
        run.assert(run.code == 2 && run.stderr == said, &said);
    }
}

/// The bound leaves room for a name of which each byte takes three.
#[test]
fn the_organization_of_the_active_config() {
    let fits = "ü".repeat(NAME / 2);
    let target = format!("/api/v2/orgs?org={}", "%C3%BC".repeat(NAME / 2));
    let server = Server::start([exchange(
        request("GET", &target, ""),
        json("200 OK", r#"{"orgs":[]}"#),
    )]);
    let run = create(&server, &BY_NAME)
        .configs(format!("[a]\norg = '{fits}'\n"))
        .run();
    run.assert(run.code == 6, "a look-up");

    let server = Server::start([]);
    let test = create(&server, &BY_NAME).configs(format!("[a]\norg = '{fits}n'\n"));
    let path = test.home().join(".influxdbv2/configs");
    test.stderr(format!(
        "Error: org of config \"a\" in {}: longer than {NAME} bytes\n",
        path.display()
    ))
    .code(3);
    assert_eq!(server.connections(), 0);
}

/// Commands that do not use it do not fail for it.
#[test]
fn an_organization_that_is_not_used() {
    let entry = format!("org = '{}'", "n".repeat(NAME + 1));
    let server = Server::start([deactivated()]);
    let test = Test::new(["v1", "auth", "set-inactive", "--id", ID]);
    test.configs(configs(&server, &format!("token = '{TOKEN}'\n{entry}")))
        .stdout(deactivated_row())
        .code(0);
    let server = Server::start([exchange(
        request("GET", "/api/v2/orgs?org=acme", ""),
        json("200 OK", r#"{"orgs":[]}"#),
    )]);
    let test = create(&server, &BY_NAME).args(["--org", "acme"]);
    let run = test.configs(configs(&server, &entry)).run();
    run.assert(run.code == 6, "a look-up");
}

#[test]
fn a_token_or_cookie_of_the_active_config() {
    for (key, value) in [
        ("token", "t".repeat(VALUE + 1)),
        ("cookie", "YTpi".repeat(VALUE / 4 + 1)),
    ] {
        let server = Server::start([]);
        let test = Test::new(["v1", "auth", "set-inactive", "--id", ID])
            .configs(configs(&server, &format!("{key} = '{value}'")));
        let path = test.home().join(".influxdbv2/configs");
        test.stderr(format!(
            "Error: {key} of config \"a\" in {}: {TOO_LONG}\n",
            path.display()
        ))
        .code(3);
        assert_eq!(server.connections(), 0);
    }
}

#[test]
fn a_token_of_a_file() {
    let long = "t".repeat(VALUE);
    let request = patch(ID, "inactive").replace(TOKEN, &long);
    let server = Server::start([exchange(request, done(ID))]);
    let test = || {
        let test = set_inactive(&server.url()).args(["--id", ID]);
        test.args(["--token-file", "-"])
    };
    test().stdin(&*long).stdout(deactivated_row()).code(0);
    test()
        .stdin(long.clone() + "t")
        .stderr(format!(
            "Error: cannot take the token from --token-file -: it {TOO_LONG}\n"
        ))
        .code(3);
}
