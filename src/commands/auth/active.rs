//! `influx auth active`.

use super::GROUP;
use super::inactive::FLAGS;
use crate::api::authorizations::{Authorization, Status};
use crate::cli::command::{Body, Command};
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;

pub const ACTIVE: Command = Command {
    name: "active",
    aliases: &["set-active"],
    summary: "Activate tokens again",
    details: "Exit code 0 means that the server confirmed for each token that it is now active.",
    examples: "auth active --id 0e1f2a3b4c5d7002",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| change::<Authorization>(args, &GROUP, Change::Status(Status::Active)),
    },
};
