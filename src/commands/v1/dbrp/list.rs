//! `influx v1 dbrp list`.

use super::columns::MAPPING;
use super::{BUCKET_ID, DB, DEFAULT, ID, RP, default_given};
use crate::api::mappings::Mappings;
use crate::cli::args::Args;
use crate::cli::flag::{Flag, Flags};
use crate::client::Client;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED};
use crate::error::{Code, Error};
use crate::output::format::{Format, QUIET};
use crate::output::rows::{OutputShape, Rows};

/// Its own flags.
pub const FLAGS: Flags = &[
    &ID,
    &BUCKET_ID,
    &DB,
    &RP,
    &Flag {
        help: "Only the defaults of their databases; with --default=false only the others",
        ..DEFAULT
    },
    &ORG_OR_CONFIGURED,
    &ORG_ID,
    &Flag {
        help: "Print the IDs alone, one a line, as delete --id - reads them; --json makes no difference then (default: false)",
        ..QUIET
    },
];

/// Lists.
///
/// # Errors
/// What is wrong before the request or with it, exit code 6 where there is no such organization.
pub fn list(args: &Args) -> Result<Code, Error> {
    let (settings, org) = organization::required(args)?;
    let (key, org) = org.query();
    let all = [
        ("bucketID", args.text(&BUCKET_ID)),
        ("database", args.text(&DB)),
        ("default", default_given(args)),
        ("id", args.text(&ID)),
        (key, Some(org)),
        ("retention_policy", args.text(&RP)),
    ];
    let given = all
        .iter()
        .filter_map(|(key, value)| Some((*key, (*value)?)));
    // An entry has no name of its organization.
    let wanted: Vec<_> = given.clone().filter(|(key, _)| *key != "org").collect();
    let query = given.filter(|pair| *pair != ("default", "false"));
    let query: Vec<_> = query
        .map(|(key, value)| match key {
            "database" => ("db", value),
            "retention_policy" => ("rp", value),
            key => (key, value),
        })
        .collect();
    let format = Format::from_args(args, &MAPPING)?;
    let client = Client::open(settings)?;
    let mut rows = Rows::new(format, OutputShape::List, &MAPPING);
    let mappings = Mappings::new(client, (key, org));
    let read = mappings.list(&query, &mut |mapping| {
        if mapping.is(&wanted) {
            rows.push(&mapping);
        }
        rows.is_open()
    });
    // What failed in the middle is not finished: JSON without its end is no list to be taken for whole.
    read.map_err(|error| error.context("could not list mappings"))?;
    rows.finish().map(|()| Code::Done)
}
