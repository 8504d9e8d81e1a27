//! `influx v1 auth delete`.

use super::GROUP;
use crate::api::authorizations::Authorization;
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::{DRY_RUN, MATCH, YES};
use crate::commands::shared::targets::{IDS, USERNAMES};

const FLAGS: Flags = &[&IDS, &USERNAMES, &MATCH, &DRY_RUN, &YES];

pub const DELETE: Command = Command {
    name: "delete",
    aliases: &[],
    summary: "Delete authorizations for good (set-inactive is safer)",
    details: "Prints what was deleted. This cannot be reverted. set-inactive is stricter. Since \
              InfluxDB 2.7.5, anyone who has an API token can use the 1.x API with a deleted \
              username and the token as the password. --match requires --yes or --dry-run.",
    examples: "v1 auth delete --id 0e1f2a3b4c5d6001",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| change::<Authorization>(args, &GROUP, Change::Deletion),
    },
};
