//! `influx user password`.

use super::{GROUP, NAME, USER_ID};
use crate::api::users::User;
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::common::COMMON;
use crate::commands::shared::password::{PASSWORD, PASSWORD_FILE};
use crate::commands::shared::set_password::set_password;

const FLAGS: Flags = &[&USER_ID, &NAME, &PASSWORD, &PASSWORD_FILE];

pub const SET_PASSWORD: Command = Command {
    name: "password",
    aliases: &["set-password"],
    summary: "Set the password of a user",
    details: "The user signs in with this password. Open sessions and API tokens stay valid. Use \
              `user inactive` to block them. Prints nothing on success.",
    examples: "user password --name alice",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| set_password::<User>(args, &GROUP),
    },
};
