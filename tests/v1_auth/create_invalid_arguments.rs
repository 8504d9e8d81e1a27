//! `create` with arguments that cannot work. No password is read, and nothing is created.

use crate::fixtures::request_as;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Server, exchange, json};
use crate::support::v1_auth_requests::{BUCKET, ORG, PASSWORD};

#[track_caller]
fn assert_usage_error(flags: &[&str], variables: &[(&str, &str)], said: &str) {
    let server = Server::start([]);
    let mut test = Test::new(["v1", "auth", "create"])
        .args(flags.to_vec())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN);
    for (name, value) in variables {
        test = test.env(name, value);
    }
    test.stdin("not to be read\n")
        .stderr(format!("Error: {said}\n"))
        .code(2);
    assert_eq!(server.connections(), 0);
}

const USERNAME: [&str; 2] = ["--username", "telegraf"];
const READ_BUCKET: [&str; 2] = ["--read-bucket", BUCKET];
const ORG_ID: [&str; 2] = ["--org-id", ORG];

#[test]
fn missing_or_invalid_username_is_a_usage_error() {
    let said = "a username is required\nHint: use --username";
    assert_usage_error(&[&READ_BUCKET[..], &ORG_ID].concat(), &[], said);
    // `create` does not read the variable.
    let variable = [("INFLUX_USERNAME", "telegraf")];
    assert_usage_error(&[&READ_BUCKET[..], &ORG_ID].concat(), &variable, said);
    assert_usage_error(&["--username", ""], &[], "--username must not be empty");
    let said = "--username \"-\": only commands with several targets read standard input";
    assert_usage_error(&["--username", "-"], &[], said);
}

#[test]
fn missing_or_conflicting_organization_is_a_usage_error() {
    let said = "an organization is required\nHint: set it with --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config";
    let flags = [&USERNAME[..], &READ_BUCKET].concat();
    assert_usage_error(&flags, &[], said);
    assert_usage_error(&flags, &[("INFLUX_ORG", "")], said);
    let both = [&flags[..], &ORG_ID, &["-o", "acme"]].concat();
    assert_usage_error(&both, &[], "specify --org or --org-id, not both");
    let variables = [("INFLUX_ORG", "a"), ("INFLUX_ORG_ID", "b")];
    let said = "specify INFLUX_ORG or INFLUX_ORG_ID, not both";
    assert_usage_error(&flags, &variables, said);
}

#[test]
fn missing_permission_is_a_usage_error() {
    let said = "an authorization needs a permission\nHint: --read-bucket and --write-bucket name the buckets";
    assert_usage_error(&[&USERNAME[..], &ORG_ID].concat(), &[], said);
    let empty = [&USERNAME[..], &ORG_ID, &["--write-bucket="]].concat();
    assert_usage_error(&empty, &[], "--write-bucket must not be empty");
}

#[test]
fn conflicting_password_flags_are_a_usage_error() {
    let flags = [&USERNAME[..], &READ_BUCKET, &ORG_ID].concat();
    for (more, said) in [
        (
            &["--password", PASSWORD, "--no-password"][..],
            "--password or --no-password",
        ),
        (
            &["--password-file", "f", "--no-password"],
            "--password-file or --no-password",
        ),
        (
            &["--password", PASSWORD, "--password-file", "f"],
            "--password or --password-file",
        ),
    ] {
        let said = format!("specify {said}, not both");
        assert_usage_error(&[&flags[..], more].concat(), &[], &said);
    }
}

#[test]
fn token_and_password_cannot_both_come_from_standard_input() {
    let flags = [&USERNAME[..], &READ_BUCKET, &ORG_ID].concat();
    let both = ["--token-file", "-", "--password-file", "-"];
    let said = "--token-file - and --password-file - both read standard input";
    // The flag for the token overrides the variable.
    assert_usage_error(&[&flags[..], &both].concat(), &[], said);
    let said = "--token-file - and the password would both read standard input\nHint: --password-file names a file with the password";
    assert_usage_error(&[&flags[..], &both[..2]].concat(), &[], said);
}

/// The hint suggests `--org-id`, because an ID needs no lookup.
#[test]
fn an_organization_lookup_without_permission_exits_with_5() {
    let usual = "is this the right token for the server, and does it have permission to read and write authorizations and users?";
    let by_id = format!("{usual} --org-id needs no lookup");
    let none = "no token was sent; set one with --token, --token-file, INFLUX_TOKEN, INFLUX_TOKEN_FILE or the active config";
    let quoted = "the token begins with a quotation mark, which must be removed";
    for (status, message, token, hint) in [
        (
            "401 Unauthorized",
            "read:orgs is unauthorized",
            TOKEN,
            &*by_id,
        ),
        ("403 Forbidden", "no", TOKEN, &by_id),
        ("401 Unauthorized", "unauthorized access", "", none),
        ("401 Unauthorized", "unauthorized access", "\"x\"", quoted),
    ] {
        let credentials = match token {
            "" => String::new(),
            token => format!("authorization: Token {token}\r\n"),
        };
        let request = request_as(&credentials, "GET", "/api/v2/orgs?org=acme", "");
        let body = format!("{{\"code\":\"x\",\"message\":\"{message}\"}}");
        let server = Server::start([exchange(request, json(status, &body))]);
        Test::new(["v1", "auth", "create", "--org", "acme", "--no-password"])
            .args([USERNAME, READ_BUCKET].concat())
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", token)
            .stderr(format!(
                "Error: could not find the organization \"acme\": {status}: {message}\nHint: {hint}\n"
            ))
            .code(5);
    }
}
