//! `influx bucket list`: buckets and their IDs, for scripts.

use crate::api::server_object::ServerObject;
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags, OverrideGroup};
use crate::client::Resource;
use crate::commands::shared::common::COMMON;
use crate::commands::shared::objects::{self, ObjectList};
use crate::commands::shared::organization::{ORG_ID, ORG_OR_CONFIGURED, Org, required};
use crate::commands::shared::targets::ID;
use crate::error::{Code, Error};
use crate::output::format::QUIET;
use crate::output::layout::{Layout, Record, Value, column};
use crate::settings::Settings;
use serde_json::{Map, Value as Json};

static NAME: Flag = Flag {
    long: "name",
    short: Some('n'),
    env: None,
    help: "Name of the bucket",
    overrides: Some(OverrideGroup::Target),
    ..ORG_OR_CONFIGURED
};

static BUCKET_ID: Flag = Flag {
    help: "ID of the bucket",
    ..ID
};

const FLAGS: Flags = &[
    &NAME,
    &BUCKET_ID,
    &ORG_OR_CONFIGURED,
    &ORG_ID,
    &Flag {
        help: "Print only the IDs, one per line, even with --json (default: false)",
        ..QUIET
    },
];

/// The columns of InfluxData's client.
static LAYOUT: Layout = Layout {
    columns: &[
        column("ID", "id"),
        column("Name", "name"),
        column("Retention", "retention"),
        column("Shard group duration", "shardGroupDuration"),
        column("Organization ID", "orgID"),
        column("Schema Type", "schemaType"),
    ],
    ..objects::LAYOUT
};

pub const BUCKET: Command = Command {
    name: "bucket",
    aliases: &[],
    summary: "Look up the IDs of buckets",
    details: "",
    examples: "bucket list --org acme",
    body: Body::Group(&[Command {
        name: "list",
        aliases: &["ls", "find"],
        summary: "List buckets",
        details: "An organization is required, unless --id names a bucket. If the bucket or the \
                  organization does not exist, the exit code is 6.",
        examples: "bucket list --org acme --name metrics --quiet",
        body: Body::Leaf {
            own: FLAGS,
            common: &COMMON,
            run: list,
        },
    }]),
};

fn list(args: &Args) -> Result<Code, Error> {
    let (id, name) = (args.text(&BUCKET_ID), args.text(&NAME));
    let (settings, org) = match Org::from_args(args)? {
        None if id.is_some() => (Settings::resolve(args)?, None),
        _ => required(args).map(|(settings, org)| (settings, Some(org)))?,
    };
    let mut query = Vec::new();
    query.extend(id.map(|id| ("id", id)));
    query.extend(name.map(|name| ("name", name)));
    let is_named = !query.is_empty();
    query.extend(org.as_ref().map(Org::query));
    let list = ObjectList {
        key: "buckets",
        is_named,
        query,
        named: &[Resource::Bucket, Resource::Organization],
        layout: &LAYOUT,
    };
    list.print(args, settings, Bucket::new)
}

struct Bucket {
    object: ServerObject,
    retention: String,
    shard_group_duration: String,
}

impl Bucket {
    fn new(object: ServerObject) -> Self {
        let rule = object
            .0
            .get("retentionRules")
            .and_then(|rules| rules.get(0));
        let seconds = |key| {
            let value = rule.and_then(|rule| rule.get(key));
            value.and_then(Json::as_u64).unwrap_or_default()
        };
        Bucket {
            retention: go_duration(seconds("everySeconds"), "infinite"),
            shard_group_duration: go_duration(seconds("shardGroupDurationSeconds"), "n/a"),
            object,
        }
    }
}

impl Record for Bucket {
    fn value(&self, name: &str) -> Value<'_> {
        Value::Text(match name {
            "retention" => &self.retention,
            "shardGroupDuration" => &self.shard_group_duration,
            "schemaType" if self.object.text(name).is_empty() => "implicit",
            _ => self.object.text(name),
        })
    }

    fn object(&self) -> Option<&Map<String, Json>> {
        Some(&self.object.0)
    }
}

/// A duration in Go's format, such as `168h0m0s`. `zero` is the text for 0.
fn go_duration(seconds: u64, zero: &str) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        zero.to_string()
    } else if hours > 0 {
        format!("{hours}h{minutes}m{rest}s")
    } else if minutes > 0 {
        format!("{minutes}m{rest}s")
    } else {
        format!("{rest}s")
    }
}
