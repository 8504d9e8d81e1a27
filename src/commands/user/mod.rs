//! `influx user`: v2 users. Deactivating a user blocks everything that the user owns.

mod active;
mod inactive;
mod list;
mod password;

use crate::api::users::{USERS, User};
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flag;
use crate::commands::shared::authorizations::Group;
use crate::commands::shared::matching::MATCH;
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
    help: "Pattern that matches the whole name. It may contain * ? [a-z] [!a-z], as in a shell",
    ..MATCH
};

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
    target_hint: "use --id or --name for one user, or --match for several",
    match_fields: "name",
    consent_to_activate: true,
    consent_to_deactivate: true,
    protects_own_user: true,
};

impl Record for User {
    fn value(&self, name: &str) -> Value<'_> {
        Value::Text(self.0.text(name))
    }

    fn object(&self) -> Option<&Map<String, serde_json::Value>> {
        Some(&self.0.0)
    }
}

pub const USER: Command = Command {
    name: "user",
    aliases: &[],
    summary: "List and deactivate v2 users, and set their passwords",
    details: "",
    examples: "user list\n\
               user inactive --name alice",
    body: Body::Group(&[
        inactive::INACTIVE,
        active::ACTIVE,
        list::LIST,
        password::SET_PASSWORD,
    ]),
};
