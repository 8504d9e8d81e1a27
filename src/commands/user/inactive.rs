//! `influx user inactive`.

use super::{GROUP, MATCH_NAME, NAMES, USER_IDS};
use crate::api::credential::Status;
use crate::api::users::User;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags};
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::{DRY_RUN, YES};

static YES_USER: Flag = Flag {
    help: "Required to deactivate what --match finds, or your own user (default: false)",
    ..YES
};

const FLAGS: Flags = &[&USER_IDS, &NAMES, &MATCH_NAME, &DRY_RUN, &YES_USER];

pub const INACTIVE: Command = Command {
    name: "inactive",
    aliases: &["set-inactive"],
    summary: "Deactivate users with all their tokens, usernames and sessions",
    details: "From the next request on, the server refuses the user's API tokens, 1.x usernames \
              and open sessions, including credentials that no list shows. Tasks of the user keep \
              running. Lists still show these credentials as active. `user active` reverts this. \
              Your own user, who owns the token in use, is deactivated only with --yes. --match \
              requires --yes or --dry-run. You need an operator token.",
    examples: "user inactive --name alice\n\
               user inactive --id 0e1f2a3b4c5d8003",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: |args| change::<User>(args, &GROUP, Change::Status(Status::Inactive)),
    },
};
