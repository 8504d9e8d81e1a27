//! `influx v1 dbrp delete`.

use super::columns::MAPPING;
use super::real;
use crate::api::mappings::Mappings;
use crate::cli::args::Args;
use crate::cli::flag::{Flag, Flags};
use crate::commands::shared::batch;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED};
use crate::commands::shared::targets::{self, Targets};
use crate::error::{Code, Error};

static IDS: Flag = Flag {
    help: "ID of a mapping; repeatable; - reads IDs from standard input, one a line, blank lines and # lines skipped",
    ..targets::IDS
};

/// Its own flags.
pub const FLAGS: Flags = &[&IDS, &ORG_OR_CONFIGURED, &ORG_ID];

/// Removes mappings, and prints each as it was.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn delete(args: &Args) -> Result<Code, Error> {
    args.required(&IDS)?;
    let targets = Targets::from_args(args)?;
    let (settings, org) = organization::required(args)?;
    batch::run(args, targets, settings, &MAPPING, None, &|client, _, id| {
        let mappings = Mappings::new(client, org.query());
        let mapping = real(&mappings, id, "could not remove")?;
        mappings.remove(id).map_err(|error| {
            error.context(&["could not remove ", &mappings.describe(id)].concat())
        })?;
        Ok(Box::new(mapping))
    })
}
