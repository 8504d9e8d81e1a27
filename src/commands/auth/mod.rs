//! `influx auth`: tokens of the v2 API.

mod check;
mod create;
mod permissions;

use crate::api::authorizations::{Authorization, Status, TOKENS};
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::authorizations::list::{STATUS, USER, USER_ID, list};
use crate::commands::shared::authorizations::{Group, fields};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::{DRY_RUN, MATCH_DESCRIPTION, YES};
use crate::commands::shared::organization::{ORG, ORG_ID};
use crate::commands::shared::targets::{ID, IDS, USERNAMES};
use crate::output::format::QUIET;

const CHANGE_FLAGS: Flags = &[&IDS, &MATCH_DESCRIPTION, &DRY_RUN, &YES];
const LIST_FLAGS: Flags = &[
    &ID,
    &USER,
    &USER_ID,
    &ORG,
    &ORG_ID,
    &STATUS,
    &MATCH_DESCRIPTION,
    &QUIET,
];

static GROUP: Group = Group {
    kind: &TOKENS,
    layout: &fields::TOKENS,
    deleted: &fields::TOKENS_DELETED,
    name_flag: &USERNAMES,
    target_required: "id required",
    target_hint: "--id names an authorization, --match finds several",
    match_fields: "description",
    may_be_in_use: true,
    are_users: false,
};

pub const AUTH: Command = Command {
    name: "auth",
    aliases: &["authorization"],
    summary: "Manage API tokens (v2 authorizations)",
    details: "",
    examples: "auth list\n\
               auth inactive --id 0e1f2a3b4c5d7002",
    body: Body::Group(&[
        Command {
            name: "inactive",
            aliases: &["set-inactive"],
            summary: "Deactivate tokens",
            details: "Exit code 0 means that the server confirmed for each token that it is now \
                      inactive. A token that was already inactive counts as success. Be careful not to \
                      deactivate the token in use: it cannot activate itself again. --match requires \
                      --yes or --dry-run.",
            examples: "auth inactive --id 0e1f2a3b4c5d7002",
            body: Body::Leaf {
                own: CHANGE_FLAGS,
                common: &COMMON,
                run: |args| change::<Authorization>(args, &GROUP, Change::Status(Status::Inactive)),
            },
        },
        Command {
            name: "active",
            aliases: &["set-active"],
            summary: "Activate tokens again",
            details: "Exit code 0 means that the server confirmed for each token that it is now active.",
            examples: "auth active --id 0e1f2a3b4c5d7002",
            body: Body::Leaf {
                own: CHANGE_FLAGS,
                common: &COMMON,
                run: |args| change::<Authorization>(args, &GROUP, Change::Status(Status::Active)),
            },
        },
        Command {
            name: "list",
            aliases: &["ls", "find"],
            summary: "List tokens and what they allow",
            details: "Each flag narrows the list. If a user or organization does not exist, the exit \
                      code is 6. An empty list is no error. The tokens themselves are never shown.",
            examples: "auth list --status inactive",
            body: Body::Leaf {
                own: LIST_FLAGS,
                common: &COMMON,
                run: |args| list(args, &GROUP),
            },
        },
        Command {
            name: "create",
            aliases: &[],
            summary: "Create a token and show it once",
            details: "An organization and at least one permission are required. The output contains \
                      the token. It cannot be shown again.",
            examples: "auth create --org plant --read-buckets",
            body: Body::Leaf {
                own: create::FLAGS,
                common: &COMMON,
                run: create::create,
            },
        },
        Command {
            name: "delete",
            aliases: &[],
            summary: "Delete tokens for good",
            details: "Prints what was deleted. This cannot be reverted, but `auth inactive` can. \
                      --match requires --yes or --dry-run.",
            examples: "auth delete --id 0e1f2a3b4c5d7002",
            body: Body::Leaf {
                own: CHANGE_FLAGS,
                common: &COMMON,
                run: |args| change::<Authorization>(args, &GROUP, Change::Deletion),
            },
        },
        Command {
            name: "check",
            aliases: &["whoami"],
            summary: "Check whether the server accepts a token, and whose it is",
            details: "Checks the token in use (--token, --token-file, ...). Exit code 0 means that the \
                      server accepts it. Exit code 5 means that the token or its user is inactive, or \
                      that the server does not know the token. If the token may not read users, the name of its \
                      user is left empty.",
            examples: "auth check --token-file leaked.txt",
            body: Body::Leaf {
                own: &[],
                common: &COMMON,
                run: check::check,
            },
        },
    ]),
};
