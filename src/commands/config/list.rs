//! `influx config ls`.

use super::json_fields_and_columns::CONFIGS;
use super::{COMMON, print};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags};
use crate::error::{Code, Error};
use crate::output::format::QUIET;
use crate::output::rows::OutputShape;
use crate::settings::configs::store;
use crate::settings::configs_path;

const FLAGS: Flags = &[&NAMES];

pub const LS: Command = Command {
    name: "ls",
    aliases: &["list"],
    summary: "List the configs",
    details: "",
    examples: "config ls",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: list,
    },
};

/// A hidden flag for the completion scripts.
static NAMES: Flag = Flag {
    help: "Print only the names, one per line",
    hidden: true,
    ..QUIET
};

/// Exit code 3 if the file cannot be read or parsed.
fn list(args: &Args) -> Result<Code, Error> {
    let configs = store::list(&configs_path::from_args(args))?;
    print(args, OutputShape::Map, &CONFIGS, &configs)?;
    Ok(Code::Done)
}
