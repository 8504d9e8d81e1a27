//! `influx config ls`.

use super::columns::CONFIGS;
use super::print;
use crate::cli::args::Args;
use crate::cli::flag::{Flag, Flags};
use crate::error::{Code, Error};
use crate::output::format::QUIET;
use crate::output::rows::OutputShape;
use crate::settings::configs::store;
use crate::settings::configs_path;

/// Its own flags.
pub const FLAGS: Flags = &[&NAMES];

/// For completion.
static NAMES: Flag = Flag {
    help: "Print the names alone, one a line",
    hidden: true,
    ..QUIET
};

/// Lists the configs.
///
/// # Errors
/// Exit code 3 where the file cannot be read or parsed.
pub fn list(args: &Args) -> Result<Code, Error> {
    let configs = store::list(&configs_path(args))?;
    print(args, OutputShape::Named, &CONFIGS, &configs)?;
    Ok(Code::Done)
}
