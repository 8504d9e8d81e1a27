//! `influx config rm`.

use super::json_fields_and_columns::CONFIGS_DELETED;
use super::{COMMON, print};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Takes};
use crate::error::{Code, Error};
use crate::output::format::JSON;
use crate::output::report::{self, Report};
use crate::output::rows::OutputShape;
use crate::settings::configs::store;
use crate::settings::configs_path;

pub const RM: Command = Command {
    name: "rm",
    aliases: &["delete", "remove"],
    summary: "Remove configs",
    details: "Prints what was removed. If a NAME does not exist, only a note is printed.",
    examples: "config rm prod",
    body: Body::Positional {
        argument: &NAMES,
        children: &[],
        common: &COMMON,
        run: remove,
    },
};

static NAMES: Flag = Flag {
    takes: Takes::Text("NAME..."),
    help: "Names of the configs to remove",
    ..super::NAME
};

/// Removes configs, and prints each as it was before. If a name does not exist, there is only a
/// note, because the config is already gone.
///
/// # Errors
/// Exit code 2 if no name is given, and 3 if the file cannot be read, parsed or written.
fn remove(args: &Args) -> Result<Code, Error> {
    let names: Vec<_> = args.all(&NAMES).collect();
    if names.is_empty() {
        let error = Error::usage("a name is required");
        return Err(error.hint("`config ls` lists the configs"));
    }
    let removed = store::remove(&configs_path::from_args(args), &names)?;
    for error in &removed.unknown {
        report::line(&format!("Note: {error}"));
    }
    let entries = &removed.entries;
    if !entries.is_empty() || args.is_on(&JSON) {
        print(args, OutputShape::Map, &CONFIGS_DELETED, entries)?;
    }
    if entries.iter().any(|entry| entry.active) {
        Report::default().hint(super::NONE_ACTIVE);
    }
    Ok(Code::Done)
}
