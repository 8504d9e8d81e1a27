//! `influx v1 dbrp update`.

use super::columns::MAPPING;
use super::{DEFAULT, ID, RP, default_given, real};
use crate::api::mappings::{Mappings, Wanted};
use crate::cli::args::Args;
use crate::cli::flag::{Flag, Flags};
use crate::client::Client;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED};
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::rows::print_one;
use crate::text::json_string;

/// Its own flags.
pub const FLAGS: Flags = &[
    &ID,
    &Flag {
        help: "Retention policy that it is to have",
        ..RP
    },
    &Flag {
        help: "Make it the one that counts where a client names no retention policy; --default=false takes that away",
        ..DEFAULT
    },
    &ORG_OR_CONFIGURED,
    &ORG_ID,
];

const ALWAYS: &str = "a database always has a default: `v1 dbrp update --default` gives that to another of its mappings";

/// Changes a mapping.
///
/// # Errors
/// What is wrong before the requests or with them, and exit code 7 where the change does not hold.
pub fn update(args: &Args) -> Result<Code, Error> {
    let id = args.required(&ID)?;
    let wanted = Wanted {
        id: Some(id),
        default: default_given(args),
        retention_policy: args.text(&RP),
        ..Wanted::default()
    };
    let mut changes = Vec::new();
    if let Some(on) = wanted.default {
        changes.push(format!("\"default\":{on}"));
    }
    if let Some(rp) = wanted.retention_policy {
        changes.push(format!("\"retention_policy\":{}", json_string(rp)));
    }
    if changes.is_empty() {
        return Err(
            Error::usage("nothing to change").hint("--rp and --default say what it is to be")
        );
    }
    let body = format!("{{{}}}", changes.join(","));
    let (settings, org) = organization::required(args)?;
    let format = Format::from_args(args, &MAPPING)?;
    let client = Client::open(settings)?;
    let mappings = Mappings::new(client, org.query());
    real(&mappings, id, "could not update")?;
    let mut now = mappings.update(id, &body, &wanted);
    // Of the only mapping of a database, InfluxDB says that it is the default no longer, and that it
    // is when asked again.
    if wanted.default == Some(false) && now.is_ok() {
        now = mappings
            .holds(id, &wanted)
            .map_err(|error| match error.code {
                Code::Unexpected => error.hint(ALWAYS),
                _ => error,
            });
    }
    let now = now
        .map_err(|error| error.context(&["failed to update ", &mappings.describe(id)].concat()))?;
    print_one(format, &MAPPING, &now)
}
