//! `influx v1 auth set-password`.

use super::GROUP;
use crate::api::authorizations::Authorization;
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::commands::shared::common::COMMON;
use crate::commands::shared::password::{PASSWORD, PASSWORD_FILE};
use crate::commands::shared::set_password::set_password;
use crate::commands::shared::targets::{ID, USERNAME};

const FLAGS: Flags = &[&ID, &USERNAME, &PASSWORD, &PASSWORD_FILE];

pub const SET_PASSWORD: Command = Command {
    name: "set-password",
    aliases: &[],
    summary: "Set the password of an authorization",
    details: "Name the authorization by its ID or its username. Prints nothing on success.",
    examples: "v1 auth set-password --username telegraf",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| set_password::<Authorization>(args, &GROUP),
    },
};
