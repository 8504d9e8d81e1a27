//! `influx v1 dbrp list`.

use super::columns::MAPPING;
use super::{BUCKET_ID, DB, DEFAULT, ID, RP, default_given};
use crate::api::mappings::{Mappings, Wanted};
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
    let default = default_given(args);
    let wanted = Wanted {
        id: args.text(&ID),
        database: args.text(&DB),
        retention_policy: args.text(&RP),
        default,
        // An entry does not have the name of its organization.
        org_id: Some(org).filter(|_| key == "orgID"),
        bucket_id: args.text(&BUCKET_ID),
    };
    let all = [
        ("bucketID", wanted.bucket_id),
        ("db", wanted.database),
        // The server cannot be asked for the others.
        ("default", default.filter(|on| *on).map(|_| "true")),
        ("id", wanted.id),
        (key, Some(org)),
        ("rp", wanted.retention_policy),
    ];
    let given = all.into_iter();
    let query: Vec<_> = given
        .filter_map(|(key, value)| Some((key, value?)))
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
