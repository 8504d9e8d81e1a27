//! `influx user`: v2 users. Deactivating one cuts off everything that the user owns.

mod list;

use crate::api::credential::Status;
use crate::api::users::{USERS, User};
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags};
use crate::commands::shared::authorizations::Group;
use crate::commands::shared::authorizations::change::{Change, change};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::{DRY_RUN, MATCH, YES};
use crate::commands::shared::password::{PASSWORD, PASSWORD_FILE};
use crate::commands::shared::set_password::set_password;
use crate::commands::shared::targets::{ID, IDS, USERNAME, USERNAMES};
use crate::output::layout::{Layout, Record, Value, column};
use serde_json::Map;

static USER_IDS: Flag = Flag {
    help: "ID of a user. Repeatable. Use - to read IDs from standard input, one per line. Blank lines and lines starting with # are ignored",
    ..IDS
};

static NAMES: Flag = Flag {
    long: "name",
    short: Some('n'),
    help: "Name of a user. Repeatable. Use - to read names from standard input, one per line",
    ..USERNAMES
};

static USER_ID: Flag = Flag {
    help: "ID of the user",
    ..ID
};

static NAME: Flag = Flag {
    long: "name",
    short: Some('n'),
    help: "Name of the user, matched exactly",
    ..USERNAME
};

static MATCH_NAME: Flag = Flag {
    help: "Pattern that the whole name must match. It may contain * ? [a-z] [!a-z] as in a shell",
    ..MATCH
};

static YES_USER: Flag = Flag {
    help: "Confirm the change of everything that --match finds, and of the user who owns the token in use (default: false)",
    ..YES
};

const CHANGE_FLAGS: Flags = &[&USER_IDS, &NAMES, &MATCH_NAME, &DRY_RUN, &YES_USER];

static LAYOUT: Layout = Layout {
    columns: &[
        column("ID", "id"),
        column("Name", "name"),
        column("Status", "status"),
    ],
    quiet: "id",
    keys: &[],
    list: None,
    free_text: None,
};

static GROUP: Group = Group {
    kind: &USERS,
    layout: &LAYOUT,
    deleted: &LAYOUT,
    name_flag: &NAMES,
    target_required: "id or name required",
    target_hint: "--id or --name names a user, --match finds several",
    match_fields: "name",
    may_be_in_use: true,
    are_users: true,
};

impl Record for User {
    fn value(&self, name: &str) -> Value<'_> {
        Value::Text(self.0.text(name))
    }

    fn object(&self) -> Option<&Map<String, serde_json::Value>> {
        Some(&self.0.0)
    }
}

/// The group.
pub const USER: Command = Command {
    name: "user",
    aliases: &[],
    summary: "v2 users: deactivate a person with one request",
    details: "",
    examples: "user list\n\
               user inactive --name alice",
    body: Body::Group(&[
        Command {
            name: "inactive",
            aliases: &["set-inactive"],
            summary: "Deactivate users, and with them everything they own",
            details: "From the next request on, the server refuses the user's API tokens, 1.x usernames \
                      and open sessions, including credentials that no list shows. The credentials still show \
                      their own status. `user active` reverts this. The user who owns the token in use is \
                      deactivated only with --yes. --match requires --yes or --dry-run. You need an \
                      operator token.",
            examples: "user inactive --name alice\n\
                       user inactive --id 0e1f2a3b4c5d7002",
            body: Body::Leaf {
                own: CHANGE_FLAGS,
                common: &COMMON,
                run: |args| change::<User>(args, &GROUP, Change::Status(Status::Inactive)),
            },
        },
        Command {
            name: "active",
            aliases: &["set-active"],
            summary: "Activate users, and with them everything they own",
            details: "It reverts `user inactive`: API tokens, 1.x usernames and open sessions work \
                      again, unless they are inactive themselves.",
            examples: "user active --name alice",
            body: Body::Leaf {
                own: CHANGE_FLAGS,
                common: &COMMON,
                run: |args| change::<User>(args, &GROUP, Change::Status(Status::Active)),
            },
        },
        Command {
            name: "list",
            aliases: &["ls", "find"],
            summary: "List users and their status",
            details: "Each flag narrows the list. If the ID or name does not exist, the exit code is 6. \
                      Only an operator token sees all users; other tokens may get an empty list.",
            examples: "user list --status inactive",
            body: Body::Leaf {
                own: list::FLAGS,
                common: &COMMON,
                run: list::list,
            },
        },
        Command {
            name: "password",
            aliases: &["set-password"],
            summary: "Set the password of a user",
            details: "The user signs in with it. Open sessions and API tokens stay valid: \
                      `user inactive` cuts them off. If it succeeds, nothing is printed.",
            examples: "user password --name alice",
            body: Body::Leaf {
                own: &[&USER_ID, &NAME, &PASSWORD, &PASSWORD_FILE],
                common: &COMMON,
                run: |args| set_password::<User>(args, &GROUP),
            },
        },
    ]),
};
