//! `influx v1 dbrp list`.

use super::json_fields_and_columns::MAPPING;
use super::{BUCKET_ID, DB, DEFAULT, ID, RP, default_from_args};
use crate::api::mappings::{Mappings, Wanted};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags};
use crate::client::Client;
use crate::commands::shared::common::COMMON;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED};
use crate::error::{Code, Error};
use crate::output::format::{Format, QUIET};
use crate::output::rows::{OutputShape, Rows};

const FLAGS: Flags = &[
    &ID,
    &BUCKET_ID,
    &DB,
    &RP,
    &Flag {
        help: "List only default mappings. --default=false lists only the others",
        ..DEFAULT
    },
    &ORG_OR_CONFIGURED,
    &ORG_ID,
    &Flag {
        help: "Print only the IDs, one per line, even with --json. `delete --id -` can read this (default: false)",
        ..QUIET
    },
];

pub const LIST: Command = Command {
    name: "list",
    aliases: &["ls", "find"],
    summary: "List mappings",
    details: "A DBRP mapping determines which bucket a 1.x client uses for a database and a \
              retention policy. Each flag narrows the list. A virtual mapping is derived from the \
              bucket's name and cannot be changed or deleted.",
    examples: "v1 dbrp list --db metrics",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: list,
    },
};

fn list(args: &Args) -> Result<Code, Error> {
    let (settings, org) = organization::required(args)?;
    let (org_key, org) = org.query();
    let wanted = Wanted {
        id: args.text(&ID),
        database: args.text(&DB),
        retention_policy: args.text(&RP),
        default: default_from_args(args),
        // Mappings contain the ID of their organization, but not its name.
        org_id: Some(org).filter(|_| org_key == "orgID"),
        bucket_id: args.text(&BUCKET_ID),
        is_virtual: None,
    };
    // The server has no filter for mappings that are not the default.
    let only_default = wanted.default.filter(|on| *on);
    let query: Vec<_> = [
        ("bucketID", wanted.bucket_id),
        ("db", wanted.database),
        ("default", only_default.map(|_| "true")),
        ("id", wanted.id),
        (org_key, Some(org)),
        ("rp", wanted.retention_policy),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect();
    let format = Format::from_args(args, &MAPPING)?;
    let client = Client::open(settings)?;
    let mut rows = Rows::new(format, OutputShape::List, &MAPPING);
    let listed = Mappings::new(client, (org_key, org)).list(&query, &mut |mapping| {
        if mapping.matches(&wanted) {
            rows.push(&mapping);
        }
        rows.is_open()
    });
    // After an error, JSON is left unfinished, because the list is incomplete.
    listed.map_err(|error| error.context("could not list mappings"))?;
    rows.finish().map(|()| Code::Done)
}
