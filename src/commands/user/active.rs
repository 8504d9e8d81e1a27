//! `influx user active`.

use super::{GROUP, MATCH_NAME, NAMES, USER_IDS};
use crate::api::credential::Status;
use crate::api::users::User;
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::{DRY_RUN, YES};

const FLAGS: Flags = &[&USER_IDS, &NAMES, &MATCH_NAME, &DRY_RUN, &YES];

pub const ACTIVE: Command = Command {
    name: "active",
    aliases: &["set-active"],
    summary: "Activate users again",
    details: "This undoes `user inactive`. API tokens, 1.x usernames and open sessions work again, \
              unless they were deactivated individually.",
    examples: "user active --name alice",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| change::<User>(args, &GROUP, Change::Status(Status::Active)),
    },
};
