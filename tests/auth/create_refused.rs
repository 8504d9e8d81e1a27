//! `create` with what cannot work: nothing is sent.

use crate::scripted_server::Server;
use crate::support::api_token_create::{BUCKET, BY_ID, ORG};
use crate::support::api_tokens::auth;

#[track_caller]
fn refused(flags: &[&str], error: &str) {
    let server = Server::start([]);
    auth(&server, flags)
        .stderr(format!("Error: {error}\n"))
        .code(2);
    assert_eq!(server.connections(), 0);
}

const NONE: &str = "an authorization needs a permission\nHint: --read-bucket and --write-bucket name buckets, --read-tasks and similar flags give access to everything of a kind, --operator and --all-access to everything";

#[test]
fn no_permission() {
    refused(&["create", "--org-id", ORG], NONE);
    refused(
        &[
            "create",
            "--org-id",
            ORG,
            "--read-tasks",
            "--read-tasks=0",
            "--operator=false",
        ],
        NONE,
    );
}

#[test]
fn no_organization_or_two() {
    refused(
        &["create", "--read-bucket", BUCKET],
        "an organization is required\nHint: --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config names it",
    );
    refused(
        &[&BY_ID[..], &["--org", "acme"]].concat(),
        "specify --org or --org-id, not both",
    );
}

#[test]
fn everything_and_something() {
    refused(
        &["create", "--org-id", ORG, "--operator", "--all-access"],
        "specify --operator or --all-access, not both",
    );
    for flag in ["--operator", "--all-access"] {
        let error =
            format!("{flag} allows no other permission flag\nHint: it gives all permissions");
        refused(&[&BY_ID[..], &[flag]].concat(), &error);
        refused(&["create", "--org-id", ORG, flag, "--write-dbrp"], &error);
    }
}

#[test]
fn flags_of_the_family_that_there_are_not() {
    for (typed, hint) in [
        ("--read-taks", "did you mean --read-tasks?"),
        (
            "--write-notificationrules",
            "did you mean --write-notificationRules?",
        ),
        ("--read-", "`influx auth create --help` lists the flags"),
        (
            "--read-RESOURCE",
            "`influx auth create --help` lists the flags",
        ),
    ] {
        refused(
            &["create", "--org-id", ORG, typed],
            &format!("unknown flag \"{typed}\"\nHint: {hint}"),
        );
    }
    refused(
        &["create", "--org-id", ORG, "--read-tasks=maybe"],
        "--read-tasks \"maybe\": expected true or false",
    );
    refused(
        &["create", "--org-id", ORG, "--read-tasks="],
        "--read-tasks must not be empty",
    );
}
