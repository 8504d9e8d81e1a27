//! Names and values that are too long are refused before anything is sent, whatever their source.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Server, exchange, json};
use crate::support::v1_auth_requests::{BUCKET, create};

/// The longest name that the program accepts, in bytes.
const NAME: usize = 1024;
/// The longest value of a header, in bytes.
const VALUE: usize = 1024 * 1024;

const BY_NAME: [&str; 3] = ["--no-password", "--read-bucket", BUCKET];
const TOO_LONG: &str = "is longer than 1 MiB, more than InfluxDB accepts";

fn configs(server: &Server, entry: &str) -> String {
    format!("[a]\nurl = '{}'\n{entry}\n", server.url())
}

#[test]
fn too_long_names_exit_with_2() {
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

/// A name of the maximum length is sent even if each byte takes three after percent-encoding.
#[test]
fn a_too_long_organization_of_the_active_config_exits_with_3() {
    let longest = "ü".repeat(NAME / 2);
    let target = format!("/api/v2/orgs?org={}", "%C3%BC".repeat(NAME / 2));
    let server = Server::start([exchange(
        request("GET", &target, ""),
        json("200 OK", r#"{"orgs":[]}"#),
    )]);
    let run = create(&server, &BY_NAME)
        .configs(format!("[a]\norg = '{longest}'\n"))
        .run();
    run.assert(run.code == 6, "exit code 6");

    let server = Server::start([]);
    let test = create(&server, &BY_NAME).configs(format!("[a]\norg = '{longest}n'\n"));
    let path = test.home().join(".influxdbv2/configs");
    test.stderr(format!(
        "Error: org of config \"a\" in {}: longer than {NAME} bytes\n",
        path.display()
    ))
    .code(3);
    assert_eq!(server.connections(), 0);
}

/// Only commands that use the organization of the config check its length.
#[test]
fn a_too_long_organization_is_ignored_if_it_is_not_used() {
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
    run.assert(run.code == 6, "exit code 6");
}

#[test]
fn a_too_long_token_or_cookie_of_the_active_config_exits_with_3() {
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
fn a_too_long_token_from_standard_input_exits_with_3() {
    let long = "t".repeat(VALUE);
    let request = patch(ID, "inactive").replace(TOKEN, &long);
    let server = Server::start([exchange(request, deactivated_reply(ID))]);
    let test = || {
        let test = set_inactive(&server.url()).args(["--id", ID]);
        test.args(["--token-file", "-"])
    };
    test().stdin(&*long).stdout(deactivated_row()).code(0);
    test()
        .stdin(long.clone() + "t")
        .stderr(format!(
            "Error: cannot read the token from --token-file -: it {TOO_LONG}\n"
        ))
        .code(3);
}
