//! `influx v1 dbrp create`.

use super::columns::MAPPING;
use super::{BUCKET_ID, DB, DEFAULT, RP};
use crate::api::mappings::{Mappings, Wanted};
use crate::cli::args::Args;
use crate::cli::flag::{Flag, Flags, Takes};
use crate::client::Client;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED, bucket_named};
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::rows::print_one;
use crate::text::json_string;

static BUCKET: Flag = Flag {
    long: "bucket",
    takes: Takes::Text("NAME"),
    help: "Name of the bucket in the organization",
    ..BUCKET_ID
};

/// Its own flags.
pub const FLAGS: Flags = &[
    &DB,
    &RP,
    &BUCKET,
    &BUCKET_ID,
    &Flag {
        help: "Make it the one that counts where a client names no retention policy (default: false)",
        ..DEFAULT
    },
    &ORG_OR_CONFIGURED,
    &ORG_ID,
];

/// Creates a mapping.
///
/// # Errors
/// What is wrong before the requests or with them.
pub fn create(args: &Args) -> Result<Code, Error> {
    let (db, rp) = (args.required(&DB)?, args.required(&RP)?);
    args.not_both(&BUCKET, &BUCKET_ID)?;
    let (id, name) = (args.text(&BUCKET_ID), args.text(&BUCKET));
    if id.or(name).is_none() {
        return Err(Error::usage("a bucket is required").hint("--bucket or --bucket-id names it"));
    }
    let (settings, org) = organization::required(args)?;
    let format = Format::from_args(args, &MAPPING)?;
    let client = Client::open(settings)?;
    let org = org.id(client)?;
    let bucket = match (id, name) {
        (None, Some(name)) => bucket_named(client, &org, name)?,
        _ => id.unwrap_or_default().to_string(),
    };
    let default = args.is_on(&DEFAULT);
    let wanted = Wanted {
        bucket_id: Some(&bucket),
        database: Some(db),
        default: default.then_some(true),
        org_id: Some(&org),
        retention_policy: Some(rp),
        ..Wanted::default()
    };
    let default = if default { "\"default\":true," } else { "" };
    let body = [
        "{\"bucketID\":",
        &json_string(&bucket),
        ",\"database\":",
        &json_string(db),
        ",",
        default,
        "\"orgID\":",
        &json_string(&org),
        ",\"retention_policy\":",
        &json_string(rp),
        "}",
    ];
    let mappings = Mappings::new(client, ("orgID", &org));
    let made = mappings.create(&body.concat(), &wanted).map_err(|error| {
        let show = |text: &str| client.quoted(text);
        let what = [
            "failed to map database ",
            &show(db),
            ", retention policy ",
            &show(rp),
            ", to bucket ",
            &show(name.unwrap_or(&bucket)),
        ];
        error.context(&what.concat())
    })?;
    print_one(format, &MAPPING, &made)
}
