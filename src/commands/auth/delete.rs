//! `influx auth delete`.

use super::GROUP;
use super::inactive::FLAGS;
use crate::api::authorizations::Authorization;
use crate::cli::command::{Body, Command};
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;

pub const DELETE: Command = Command {
    name: "delete",
    aliases: &[],
    summary: "Delete tokens for good",
    details: "Prints what was deleted. You cannot undo a deletion, but you can undo `auth \
              inactive`. --match requires --yes or --dry-run.",
    examples: "auth delete --id 0e1f2a3b4c5d7002",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| change::<Authorization>(args, &GROUP, Change::Deletion),
    },
};
