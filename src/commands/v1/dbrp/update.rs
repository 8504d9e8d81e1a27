//! `influx v1 dbrp update`.

use super::json_fields_and_columns::MAPPING;
use super::{DEFAULT, DEFAULT_HINT, ID, RP, default_from_args, get_physical};
use crate::api::mappings::{Mappings, Wanted, describe};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags};
use crate::client::Client;
use crate::commands::shared::common::COMMON;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED};
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::rows::print_one;

const FLAGS: Flags = &[
    &ID,
    &Flag {
        help: "New retention policy",
        ..RP
    },
    &Flag {
        help: "Make it the default mapping of the database, for clients that do not name a retention policy. --default=false reverts this",
        ..DEFAULT
    },
    &ORG_OR_CONFIGURED,
    &ORG_ID,
];

pub const UPDATE: Command = Command {
    name: "update",
    aliases: &[],
    summary: "Change a mapping's retention policy or default",
    details: "Exit code 0 means that the server confirmed the change. A virtual mapping cannot be \
              changed (exit code 7).",
    examples: "v1 dbrp update --id 0e1f2a3b4c5d7002 --rp month",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: update,
    },
};

fn update(args: &Args) -> Result<Code, Error> {
    let id = args.required(&ID)?;
    let changes = Wanted {
        default: default_from_args(args),
        retention_policy: args.text(&RP),
        ..Wanted::default()
    };
    if changes.default.is_none() && changes.retention_policy.is_none() {
        let error = Error::usage("nothing to change");
        return Err(error.hint("--rp or --default is required"));
    }
    let (settings, org) = organization::required(args)?;
    let format = Format::from_args(args, &MAPPING)?;
    let client = Client::open(settings)?;
    let mappings = Mappings::new(client, org.query());
    let before = get_physical(&mappings, id, "could not update")?;
    // The other fields must stay as they are.
    let wanted = Wanted {
        id: Some(id),
        bucket_id: Some(&before.bucket_id),
        database: Some(&before.database),
        default: changes.default.or(Some(before.default)),
        org_id: Some(&before.org_id),
        retention_policy: changes.retention_policy.or(Some(&before.retention_policy)),
        is_virtual: Some(false),
    };
    let mut updated = mappings.update(id, &changes, &wanted);
    // If the database has only this mapping, InfluxDB confirms that it is no longer the default,
    // but a second request shows that it still is.
    if changes.default == Some(false) && updated.is_ok() {
        updated = mappings.get_changed(id, &wanted).map_err(|error| {
            if error.code == Code::Unexpected {
                error.hint(DEFAULT_HINT)
            } else {
                error
            }
        });
    }
    let updated =
        updated.map_err(|error| error.context(&format!("failed to update {}", describe(id))))?;
    print_one(format, &MAPPING, &updated)
}
