//! `influx v1 auth list`. `shared/authorizations/list.rs` applies its flags.

use super::GROUP;
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::list::{STATUS, USER, USER_ID, list};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::MATCH;
use crate::commands::shared::organization::{ORG, ORG_ID};
use crate::commands::shared::targets::{ID, USERNAME};
use crate::output::format::QUIET;

const FLAGS: Flags = &[
    &ID, &USERNAME, &USER, &USER_ID, &ORG, &ORG_ID, &STATUS, &MATCH, &QUIET,
];

pub const LIST: Command = Command {
    name: "list",
    aliases: &["ls", "find"],
    summary: "List authorizations",
    details: "Each flag narrows the list. If a username, user or organization does not exist, the \
              exit code is 6. An empty list is not an error. An operator token sees the usernames \
              of all users. An all-access token sees only the usernames of its own user.",
    examples: "v1 auth list --status inactive",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| list(args, &GROUP),
    },
};
