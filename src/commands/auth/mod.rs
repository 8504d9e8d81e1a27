//! `influx auth`: tokens of the v2 API.

mod create;

use crate::api::authorizations::{Status, TOKENS};
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::change::{delete, set_status};
use crate::commands::shared::authorizations::list::{STATUS, USER, USER_ID, list};
use crate::commands::shared::authorizations::{Group, columns};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::{DRY_RUN, MATCH_DESCRIPTION, YES};
use crate::commands::shared::organization::{ORG, ORG_ID};
use crate::commands::shared::targets::{ID, IDS};
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

/// The kind of authorizations that these commands are about.
static GROUP: Group = Group {
    kind: &TOKENS,
    layout: &columns::TOKENS,
    deleted: &columns::TOKENS_DELETED,
    target_required: "id required",
    target_hint: "--id names an authorization, --match finds several",
    match_fields: "description",
    may_be_in_use: true,
};

/// The group.
pub const AUTH: Command = Command {
    name: "auth",
    aliases: &["authorization"],
    summary: "Authorizations: the tokens of the v2 API",
    details: "",
    examples: "auth list\n\
               auth inactive --id 0e1f2a3b4c5d7002",
    body: Body::Group(&[
        Command {
            name: "inactive",
            aliases: &["set-inactive"],
            summary: "Deactivate tokens",
            details: "Exit code 0 means that the server said of each token that it is inactive now. \
                      One that was inactive before is success. The token in use can lock itself out.",
            examples: "auth inactive --id 0e1f2a3b4c5d7002",
            body: Body::Leaf {
                own: CHANGE_FLAGS,
                common: &COMMON,
                run: |args| set_status(args, &GROUP, Status::Inactive),
            },
        },
        Command {
            name: "active",
            aliases: &["set-active"],
            summary: "Activate tokens, the undo of inactive",
            details: "Exit code 0 means that the server said of each token that it is active now.",
            examples: "auth active --id 0e1f2a3b4c5d7002",
            body: Body::Leaf {
                own: CHANGE_FLAGS,
                common: &COMMON,
                run: |args| set_status(args, &GROUP, Status::Active),
            },
        },
        Command {
            name: "list",
            aliases: &["ls", "find"],
            summary: "List tokens, by what they allow: the tokens themselves are not shown",
            details: "Every flag of its own narrows the list. A user or organization that there is not \
                      ends with exit code 6; a list that is merely empty, with 0.",
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
            summary: "Create a token, and show it this once",
            details: "An organization and a permission are required. What is printed has the token, \
                      which nothing shows again.",
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
            summary: "Remove tokens for good",
            details: "Prints what was removed. There is no undo: inactive cuts a token off and keeps it.",
            examples: "auth delete --id 0e1f2a3b4c5d7002",
            body: Body::Leaf {
                own: CHANGE_FLAGS,
                common: &COMMON,
                run: |args| delete(args, &GROUP),
            },
        },
    ]),
};
