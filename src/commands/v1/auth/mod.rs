//! `influx v1 auth`: the usernames and passwords of 1.x clients.

mod check;
mod create;

use crate::api::authorizations::{Authorization, LEGACY, Status};
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::authorizations::list::{STATUS, USER, USER_ID, list};
use crate::commands::shared::authorizations::{Group, fields};
use crate::commands::shared::common::{ANONYMOUS, COMMON};
use crate::commands::shared::matching::{DRY_RUN, MATCH, YES};
use crate::commands::shared::organization::{ORG, ORG_ID};
use crate::commands::shared::password::{PASSWORD, PASSWORD_FILE};
use crate::commands::shared::set_password::set_password;
use crate::commands::shared::targets::{ID, IDS, USERNAME, USERNAMES, USERNAMES_OR_VARIABLE};
use crate::output::format::QUIET;

const STATUS_FLAGS: Flags = &[&IDS, &USERNAMES_OR_VARIABLE, &MATCH, &DRY_RUN];
const DELETE_FLAGS: Flags = &[&IDS, &USERNAMES, &MATCH, &DRY_RUN, &YES];
const LIST_FLAGS: Flags = &[
    &ID, &USERNAME, &USER, &USER_ID, &ORG, &ORG_ID, &STATUS, &MATCH, &QUIET,
];

const PASSWORD_FLAGS: Flags = &[&ID, &USERNAME, &PASSWORD, &PASSWORD_FILE];

static GROUP: Group = Group {
    kind: &LEGACY,
    layout: &fields::LEGACY,
    deleted: &fields::LEGACY_DELETED,
    name_flag: &USERNAMES,
    target_required: "id or username required",
    target_hint: "--id or --username names an authorization, --match finds several",
    match_fields: "username or description",
    may_be_in_use: false,
    are_users: false,
};

pub const AUTH: Command = Command {
    name: "auth",
    aliases: &["authorization"],
    summary: "Manage usernames and passwords of 1.x clients (v1 authorizations)",
    details: "",
    examples: "v1 auth list\n\
               v1 auth set-inactive --username telegraf",
    body: Body::Group(&[
        Command {
            name: "set-inactive",
            aliases: &[],
            summary: "Deactivate authorizations",
            details: "Exit code 0 means that the server confirmed for each authorization that it is now inactive. \
                      An authorization that was already inactive counts as success. \
                      API tokens are not affected: use `auth inactive` for them. \
                      Only an operator token sees the usernames of other v2 users. An all-access token sees those of its own user.",
            examples: "v1 auth set-inactive --id 0e1f2a3b4c5d6001\n\
                       v1 auth set-inactive --match 'old-*' --dry-run",
            body: Body::Leaf {
                own: STATUS_FLAGS,
                common: &COMMON,
                run: |args| change::<Authorization>(args, &GROUP, Change::Status(Status::Inactive)),
            },
        },
        Command {
            name: "set-active",
            aliases: &[],
            summary: "Activate authorizations again",
            details: "Exit code 0 means that the server confirmed for each authorization that it is now active.",
            examples: "v1 auth set-active --id 0e1f2a3b4c5d6001",
            body: Body::Leaf {
                own: STATUS_FLAGS,
                common: &COMMON,
                run: |args| change::<Authorization>(args, &GROUP, Change::Status(Status::Active)),
            },
        },
        Command {
            name: "list",
            aliases: &["ls", "find"],
            summary: "List authorizations",
            details: "Each flag narrows the list. If a username, user or organization does not exist, \
                      the exit code is 6. An empty list is no error. Only an operator token sees the \
                      usernames of other v2 users. An all-access token sees those of its own user.",
            examples: "v1 auth list --status inactive",
            body: Body::Leaf {
                own: LIST_FLAGS,
                common: &COMMON,
                run: |args| list(args, &GROUP),
            },
        },
        Command {
            name: "create",
            aliases: &[],
            summary: "Create an authorization",
            details: "A username, an organization and a bucket are required. If the password cannot be \
                      set, the new authorization is deleted again.",
            examples: "v1 auth create --username cpu --org lab --write-bucket metrics",
            body: Body::Leaf {
                own: create::FLAGS,
                common: &COMMON,
                run: create::create,
            },
        },
        Command {
            name: "delete",
            aliases: &[],
            summary: "Delete authorizations for good",
            details: "Prints what was deleted. This cannot be reverted. set-inactive is stricter: from \
                      InfluxDB 2.7.5 on, once a username is deleted, anyone who has an API token can use \
                      the 1.x API under this name, with the token as the password. --match requires \
                      --yes or --dry-run.",
            examples: "v1 auth delete --id 0e1f2a3b4c5d6001",
            body: Body::Leaf {
                own: DELETE_FLAGS,
                common: &COMMON,
                run: |args| change::<Authorization>(args, &GROUP, Change::Deletion),
            },
        },
        Command {
            name: "set-password",
            aliases: &[],
            summary: "Set the password of an authorization",
            details: "Name the authorization by its ID or its username. Success prints nothing.",
            examples: "v1 auth set-password --username telegraf",
            body: Body::Leaf {
                own: PASSWORD_FLAGS,
                common: &COMMON,
                run: |args| set_password::<Authorization>(args, &GROUP),
            },
        },
        Command {
            name: "check",
            aliases: &[],
            summary: "Check whether the server accepts a username and password",
            details: "Exit code 0 means that the server accepts them. Exit code 5 means that it refuses \
                      them. It does not say whether the name, the password or the status is the reason. \
                      No API token is sent.",
            examples: "v1 auth check --username telegraf --password-file password.txt",
            body: Body::Leaf {
                own: check::FLAGS,
                common: &ANONYMOUS,
                run: check::check,
            },
        },
    ]),
};
