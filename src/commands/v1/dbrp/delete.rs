//! `influx v1 dbrp delete`.

use super::get_physical;
use super::json_fields_and_columns::MAPPING;
use crate::api::mappings::{Mappings, describe};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::job::Job;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED};
use crate::commands::shared::targets::{self, Targets, USERNAMES};
use crate::error::{Code, Error};

static IDS: Flag = Flag {
    help: "ID of a mapping. Repeatable. Use - to read IDs from standard input, one per line. Blank lines and lines starting with # are ignored",
    ..targets::IDS
};

const FLAGS: Flags = &[&IDS, &ORG_OR_CONFIGURED, &ORG_ID];

pub const DELETE: Command = Command {
    name: "delete",
    aliases: &[],
    summary: "Delete mappings",
    details: "Prints what was deleted. The bucket keeps its data. A virtual mapping cannot be \
              deleted (exit code 7).",
    examples: "v1 dbrp delete --id 0e1f2a3b4c5d7002",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: delete,
    },
};

/// Deletes mappings, and prints each as it was before.
fn delete(args: &Args) -> Result<Code, Error> {
    let targets =
        Targets::from_args(args, &USERNAMES)?.ok_or_else(|| Error::usage("--id is required"))?;
    let (settings, org) = organization::required(args)?;
    let job = Job::start(args, targets, settings, &MAPPING)?;
    let mappings = Mappings::new(job.client, org.query());
    Ok(job.run(|_, id| {
        let mapping = get_physical(&mappings, id, "could not remove")?;
        mappings
            .remove(id)
            .map_err(|error| error.context(&format!("could not remove {}", describe(id))))?;
        Ok(mapping)
    }))
}
