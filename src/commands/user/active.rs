//! `influx user active`.

use super::GROUP;
use super::inactive::FLAGS;
use crate::api::credential::Status;
use crate::api::users::User;
use crate::cli::command::{Body, Command};
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;

pub const ACTIVE: Command = Command {
    name: "active",
    aliases: &["set-active"],
    summary: "Activate users again",
    details: "This undoes `user inactive`. API tokens, 1.x usernames and open sessions work again, \
              unless they were deactivated one by one.",
    examples: "user active --name alice",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| change::<User>(args, &GROUP, Change::Status(Status::Active)),
    },
};
