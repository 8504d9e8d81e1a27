//! `create` with what cannot work: nothing is sent, no password is asked for.

use crate::fixtures::request_as;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Server, exchange, json};
use crate::support::v1_auth_requests::{BUCKET, ORG, PASSWORD};

#[track_caller]
fn refused(flags: &[&str], variables: &[(&str, &str)], said: &str) {
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

const NAME: [&str; 2] = ["--username", "telegraf"];
const READ: [&str; 2] = ["--read-bucket", BUCKET];
const IN: [&str; 2] = ["--org-id", ORG];

#[test]
fn no_username() {
    let said = "a username is required\nHint: --username gives it";
    refused(&[&READ[..], &IN].concat(), &[], said);
    // The variable is for the commands that change no secret.
    let variable = [("INFLUX_USERNAME", "telegraf")];
    refused(&[&READ[..], &IN].concat(), &variable, said);
    refused(&["--username", ""], &[], "--username must not be empty");
    let said = "--username \"-\": only commands with several targets read standard input";
    refused(&["--username", "-"], &[], said);
}

#[test]
fn no_organization() {
    let said = "an organization is required\nHint: --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config names it";
    let flags = [&NAME[..], &READ].concat();
    refused(&flags, &[], said);
    refused(&flags, &[("INFLUX_ORG", "")], said);
    let both = [&flags[..], &IN, &["-o", "acme"]].concat();
    refused(&both, &[], "specify --org or --org-id, not both");
    let variables = [("INFLUX_ORG", "a"), ("INFLUX_ORG_ID", "b")];
    let said = "specify INFLUX_ORG or INFLUX_ORG_ID, not both";
    refused(&flags, &variables, said);
}

#[test]
fn no_permission() {
    let said = "an authorization needs a permission\nHint: --read-bucket and --write-bucket name the buckets";
    refused(&[&NAME[..], &IN].concat(), &[], said);
    let empty = [&NAME[..], &IN, &["--write-bucket="]].concat();
    refused(&empty, &[], "--write-bucket must not be empty");
}

#[test]
fn two_sources_of_a_password() {
    let flags = [&NAME[..], &READ, &IN].concat();
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
        refused(&[&flags[..], more].concat(), &[], &said);
    }
}

#[test]
fn standard_input_wanted_twice() {
    let flags = [&NAME[..], &READ, &IN].concat();
    let both = ["--token-file", "-", "--password-file", "-"];
    let said = "--token-file - and --password-file - both read standard input";
    // A flag for the token silences the variable.
    refused(&[&flags[..], &both].concat(), &[], said);
    let said = "--token-file - reads standard input, which the password would come from\nHint: --password-file names a file with the password";
    refused(&[&flags[..], &both[..2]].concat(), &[], said);
}

/// The look-up of an organization by name is refused: its ID needs none.
#[test]
fn a_token_that_may_not_read_organizations() {
    let usual = "is the token the right one for this server, and may it read and write authorizations and users?";
    let by_id = format!("{usual} --org-id needs no look-up of the organization");
    let none = "no token was sent: give one with --token, --token-file, INFLUX_TOKEN, INFLUX_TOKEN_FILE or the active config";
    let quoted = "the token begins with a quotation mark, and is sent as it is; leave that out";
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
            .args([NAME, READ].concat())
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", token)
            .stderr(format!(
                "Error: could not find the organization \"acme\": {status}: {message}\nHint: {hint}\n"
            ))
            .code(5);
    }
}
