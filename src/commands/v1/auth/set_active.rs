//! `influx v1 auth set-active`.

use super::GROUP;
use super::set_inactive::FLAGS;
use crate::api::authorizations::{Authorization, Status};
use crate::cli::command::{Body, Command};
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;

pub const SET_ACTIVE: Command = Command {
    name: "set-active",
    aliases: &[],
    summary: "Activate authorizations again",
    details: "Exit code 0 means that the server confirmed for each authorization that it is now \
              active.",
    examples: "v1 auth set-active --id 0e1f2a3b4c5d6001",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| change::<Authorization>(args, &GROUP, Change::Status(Status::Active)),
    },
};
