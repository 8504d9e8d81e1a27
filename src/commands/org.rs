//! `influx org list`: organizations and their IDs, for scripts.

use crate::api::server_object::ServerObject;
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags};
use crate::client::Resource;
use crate::commands::shared::common::COMMON;
use crate::commands::shared::objects::{self, ObjectList};
use crate::commands::shared::organization::{self, ORG_ID};
use crate::commands::shared::targets::ID;
use crate::error::{Code, Error};
use crate::output::format::QUIET;
use crate::output::layout::{Layout, Record, Value, column};
use crate::settings::Settings;
use serde_json::Map;

static NAME: Flag = Flag {
    long: "name",
    short: Some('n'),
    ..organization::ORG
};

static ORGANIZATION_ID: Flag = Flag {
    env: ORG_ID.env,
    overrides: ORG_ID.overrides,
    help: "ID of the organization",
    ..ID
};

const FLAGS: Flags = &[
    &NAME,
    &ORGANIZATION_ID,
    &Flag {
        help: "Print only the IDs, one per line, even with --json (default: false)",
        ..QUIET
    },
];

static LAYOUT: Layout = Layout {
    columns: &[column("ID", "id"), column("Name", "name")],
    ..objects::LAYOUT
};

pub const ORG: Command = Command {
    name: "org",
    aliases: &["organization"],
    summary: "Look up the IDs of organizations",
    details: "",
    examples: "org list",
    body: Body::Group(&[Command {
        name: "list",
        aliases: &["ls", "find"],
        summary: "List organizations",
        details: "If the name or ID does not exist, the exit code is 6. A token sees only the \
                  organizations that it may read.",
        examples: "org list --name acme --quiet",
        body: Body::Leaf {
            own: FLAGS,
            common: &COMMON,
            run: list,
        },
    }]),
};

fn list(args: &Args) -> Result<Code, Error> {
    args.not_both(&NAME, &ORGANIZATION_ID)?;
    let mut query = Vec::new();
    query.extend(args.text(&ORGANIZATION_ID).map(|id| ("orgID", id)));
    query.extend(args.text(&NAME).map(|name| ("org", name)));
    let is_named = !query.is_empty();
    let list = ObjectList {
        key: "orgs",
        is_named,
        query,
        named: if is_named {
            &[Resource::Organization]
        } else {
            &[]
        },
        layout: &LAYOUT,
    };
    list.print(args, Settings::resolve(args)?, Organization)
}

struct Organization(ServerObject);

impl Record for Organization {
    fn value(&self, name: &str) -> Value<'_> {
        Value::Text(self.0.text(name))
    }

    fn object(&self) -> Option<&Map<String, serde_json::Value>> {
        Some(&self.0.0)
    }
}
