//! `create` with arguments that cannot work. Nothing is sent.

use crate::scripted_server::Server;
use crate::support::auth_create_requests::{BUCKET, BY_ID, ORG};
use crate::support::auth_requests::auth;

#[track_caller]
fn refused(flags: &[&str], error: &str) {
    let server = Server::start([]);
    auth(&server, flags)
        .stderr(format!("Error: {error}\n"))
        .code(2);
    assert_eq!(server.connections(), 0);
}

const NO_PERMISSION: &str = "an authorization needs a permission\nHint: use --read-bucket and --write-bucket for single buckets, flags such as --read-tasks for all resources of a type, or --operator or --all-access for everything";

#[test]
fn create_without_permissions_is_rejected() {
    refused(&["create", "--org-id", ORG], NO_PERMISSION);
    refused(
        &[
            "create",
            "--org-id",
            ORG,
            "--read-tasks",
            "--read-tasks=0",
            "--operator=false",
        ],
        NO_PERMISSION,
    );
}

#[test]
fn exactly_one_organization_is_required() {
    refused(
        &["create", "--read-bucket", BUCKET],
        "an organization is required\nHint: set it with --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config",
    );
    refused(
        &[&BY_ID[..], &["--org", "acme"]].concat(),
        "specify --org or --org-id, not both",
    );
}

#[test]
fn operator_and_all_access_exclude_other_permissions() {
    refused(
        &["create", "--org-id", ORG, "--operator", "--all-access"],
        "specify --operator or --all-access, not both",
    );
    for flag in ["--operator", "--all-access"] {
        let error = format!(
            "{flag} cannot be combined with other permission flags\nHint: it already grants all permissions"
        );
        refused(&[&BY_ID[..], &[flag]].concat(), &error);
        refused(&["create", "--org-id", ORG, flag, "--write-dbrp"], &error);
    }
}

#[test]
fn invalid_permission_flags_are_rejected() {
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
