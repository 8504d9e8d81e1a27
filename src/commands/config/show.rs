//! `influx config [NAME]`.

use super::print_one;
use crate::cli::args::Args;
use crate::cli::flag::{Flag, Takes};
use crate::error::{Code, Error};
use crate::settings::configs::store;
use crate::settings::configs_path;

pub static NAME: Flag = Flag {
    takes: Takes::Text("[NAME]"),
    help: "Name of the config to make active. Use - for the previous one",
    ..super::NAME
};

/// Prints the config that commands use. With a name, makes that config active and prints it.
///
/// # Errors
/// Exit code 2 if several names are given. Exit code 3 if the config does not exist, if the file does
/// not say which config to use, or if the file cannot be read, parsed or written.
pub fn show(args: &Args) -> Result<Code, Error> {
    let path = configs_path::from_args(args);
    let mut names = args.all(&NAME);
    let config = match (names.next(), names.next()) {
        (None, _) => store::show(&path)?,
        (Some(name), None) => store::switch(&path, name)?,
        _ => {
            let error = Error::usage("only one config can be active, but several names were given");
            return Err(error.hint("`config NAME` switches to a config"));
        }
    };
    print_one(args, config)
}
