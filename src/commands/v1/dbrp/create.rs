//! `influx v1 dbrp create`.

use super::json_fields_and_columns::MAPPING;
use super::{BUCKET_ID, DB, DEFAULT, DEFAULT_HINT, RP, default_from_args};
use crate::api::lookup::explain_id;
use crate::api::mappings::{Mappings, Wanted};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags, Takes};
use crate::client::Client;
use crate::commands::shared::common::{COMMON, IF_NOT_EXISTS};
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED, find_bucket_id};
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::rows::print_one;
use crate::text::quote;

static BUCKET: Flag = Flag {
    long: "bucket",
    takes: Takes::Text("NAME"),
    help: "Name of the bucket in the organization",
    ..BUCKET_ID
};

const BUCKET_ID_HINT: &str = "an ID has 16 hex digits; use --bucket for a name";

const FLAGS: Flags = &[
    &DB,
    &RP,
    &BUCKET,
    &BUCKET_ID,
    &Flag {
        help: "Make it the default mapping of the database, for clients that do not name a retention policy (default: false)",
        ..DEFAULT
    },
    &ORG_OR_CONFIGURED,
    &ORG_ID,
    &IF_NOT_EXISTS,
];

pub const CREATE: Command = Command {
    name: "create",
    aliases: &[],
    summary: "Create a mapping",
    details: "A database, a retention policy, a bucket and an organization are required. The first \
              mapping of a database becomes its default, even without --default.",
    examples: "v1 dbrp create --db metrics --rp week --bucket week --org plant",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: create,
    },
};

fn create(args: &Args) -> Result<Code, Error> {
    let (db, rp) = (args.required(&DB)?, args.required(&RP)?);
    args.not_both(&BUCKET, &BUCKET_ID)?;
    let (id, name) = (args.text(&BUCKET_ID), args.text(&BUCKET));
    let Some(bucket) = id.or(name) else {
        return Err(Error::usage("a bucket is required").hint("use --bucket or --bucket-id"));
    };
    let (settings, org) = organization::required(args)?;
    let format = Format::from_args(args, &MAPPING)?;
    let client = Client::open(settings)?;
    let org_id = org.id(client)?;
    let bucket_id = match id {
        Some(id) => id.to_string(),
        None => find_bucket_id(client, &org_id, bucket)?,
    };
    let wanted = Wanted {
        bucket_id: Some(&bucket_id),
        database: Some(db),
        default: args.is_on(&DEFAULT).then_some(true),
        org_id: Some(&org_id),
        retention_policy: Some(rp),
        is_virtual: Some(false),
        ..Wanted::default()
    };
    let mappings = Mappings::new(client, ("orgID", &org_id));
    // The request never contains `default: false`, because the server itself decides which mapping
    // is the default. The response is checked instead.
    let expected = Wanted {
        default: default_from_args(args),
        ..Wanted::default()
    };
    if args.is_on(&IF_NOT_EXISTS) {
        let wanted = Wanted {
            default: default_from_args(args),
            ..wanted.clone()
        };
        if let Some(existing) = mappings.find_existing(&wanted)? {
            return print_one(format, &MAPPING, &existing);
        }
    }
    let created = mappings.create(&wanted).and_then(|created| {
        let checked = mappings.check_created(created, &expected);
        checked.map_err(|error| error.hint(DEFAULT_HINT))
    });
    let created = created.map_err(|error| {
        let error = explain_id(error, &bucket_id, BUCKET_ID_HINT);
        let (db, rp, bucket) = (quote(db), quote(rp), quote(bucket));
        error.context(&format!(
            "failed to map database {db} and retention policy {rp} to bucket {bucket}"
        ))
    })?;
    print_one(format, &MAPPING, &created)
}
