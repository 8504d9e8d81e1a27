//! `influx v1 dbrp delete`.

use super::columns::MAPPING;
use super::real;
use crate::api::mappings::Mappings;
use crate::cli::args::Args;
use crate::cli::flag::{Flag, Flags};
use crate::commands::shared::job::Job;
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
    let targets = Targets::from_args(args)?.ok_or_else(|| Error::usage("--id is required"))?;
    let (settings, org) = organization::required(args)?;
    let job = Job::start(args, targets, settings, &MAPPING)?;
    let mappings = Mappings::new(job.client, org.query());
    Ok(job.each(|_, id| {
        let mapping = real(&mappings, id, "could not remove")?;
        mappings.remove(id).map_err(|error| {
            error.context(&format!("could not remove {}", mappings.describe(id)))
        })?;
        Ok(mapping)
    }))
}
