//! `influx v1 auth set-inactive`.

use super::GROUP;
use crate::api::authorizations::{Authorization, Status};
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::{DRY_RUN, MATCH};
use crate::commands::shared::targets::{IDS, USERNAMES_OR_VARIABLE};

/// `set-active` takes these flags as well.
pub const FLAGS: Flags = &[&IDS, &USERNAMES_OR_VARIABLE, &MATCH, &DRY_RUN];

pub const SET_INACTIVE: Command = Command {
    name: "set-inactive",
    aliases: &[],
    summary: "Deactivate authorizations",
    details: "Exit code 0 means that the server confirmed for each authorization that it is now \
              inactive. It is not an error if an authorization is already inactive. API tokens are \
              not affected. Use `auth inactive` for them. An operator token sees the usernames of \
              all users. An all-access token sees only the usernames of its own user.",
    examples: "v1 auth set-inactive --id 0e1f2a3b4c5d6001\n\
               v1 auth set-inactive --match 'old-*' --dry-run",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| change::<Authorization>(args, &GROUP, Change::Status(Status::Inactive)),
    },
};
