//! `influx config`: the entries of the configs file. It sends no request.

mod json_fields_and_columns;
mod list;
mod remove;
mod save;
mod show;

use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{BASE, Flag, Takes};
use crate::error::{Code, Error};
use crate::output::format::{Format, HIDE_HEADERS, JSON};
use crate::output::layout::Layout;
use crate::output::rows::{OutputShape, Rows};
use crate::settings::configs::store::Summary;
use crate::settings::flags::{CONFIG_NAMES, CONFIGS_PATH};
use crate::url::check_name;
use json_fields_and_columns::CONFIGS;

pub const CONFIG: Command = Command {
    name: "config",
    aliases: &[],
    summary: "Manage configs: servers and tokens by name",
    details: "Without NAME, this prints the config that commands use. With NAME, it makes NAME the \
              active config. Tokens are never printed. A change leaves everything else in the file \
              as it is, even comments.",
    examples: "config\n\
               config prod",
    body: Body::Positional {
        argument: &show::NAME,
        children: &[list::LS, save::CREATE, save::SET, remove::RM],
        common: &COMMON,
        run: show::show,
    },
};

/// Flags that all `config` commands share.
static COMMON: [&Flag; 3] = [&CONFIGS_PATH, &JSON, &HIDE_HEADERS];

/// The hint if no config is active.
const NONE_ACTIVE: &str = "no config is active; `config NAME` makes one active";

/// The name of an existing config, as an argument.
static NAME: Flag = Flag {
    long: "NAME",
    takes: Takes::Text("NAME"),
    candidates: Some(CONFIG_NAMES),
    check: Some(check_name),
    ..BASE
};

fn print(
    args: &Args,
    shape: OutputShape,
    layout: &'static Layout,
    configs: &[Summary],
) -> Result<(), Error> {
    let format = Format::from_args(args, layout)?;
    let mut rows = Rows::new(format, shape, layout);
    for config in configs {
        rows.push(config);
    }
    rows.finish()
}

fn print_one(args: &Args, config: Summary) -> Result<Code, Error> {
    print(args, OutputShape::One, &CONFIGS, &[config]).map(|()| Code::Done)
}
