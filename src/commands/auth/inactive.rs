//! `influx auth inactive`.

use super::GROUP;
use crate::api::authorizations::{Authorization, Status};
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::{DRY_RUN, MATCH_DESCRIPTION, YES};
use crate::commands::shared::targets::IDS;

/// `active` and `delete` take these flags as well.
pub const FLAGS: Flags = &[&IDS, &MATCH_DESCRIPTION, &DRY_RUN, &YES];

pub const INACTIVE: Command = Command {
    name: "inactive",
    aliases: &["set-inactive"],
    summary: "Deactivate tokens",
    details: "Exit code 0 means that the server confirmed for each token that it is now inactive. \
              It is not an error if a token is already inactive. Be careful not to deactivate the \
              token in use, because it cannot activate itself again. --match requires --yes or \
              --dry-run.",
    examples: "auth inactive --id 0e1f2a3b4c5d7002",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| change::<Authorization>(args, &GROUP, Change::Status(Status::Inactive)),
    },
};
