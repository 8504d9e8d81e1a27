//! `influx config`: the entries of the configs file. It sends no request.

mod columns;
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
use columns::CONFIGS;

/// The command with its subcommands.
pub const CONFIG: Command = Command {
    name: "config",
    aliases: &[],
    summary: "Servers and tokens by name: show or switch the active one",
    details: "Without NAME, the config that commands use is printed; with it, NAME becomes the active one. \
              Tokens in the file are never printed. A change leaves all else in the file as it is, comments included.",
    examples: "config\n\
               config prod",
    body: Body::Words {
        words: &show::NAME,
        children: &[
            Command {
                name: "ls",
                aliases: &["list"],
                summary: "List the configs",
                details: "",
                examples: "config ls",
                body: Body::Leaf {
                    own: list::FLAGS,
                    common: &COMMON,
                    run: list::list,
                },
            },
            Command {
                name: "create",
                aliases: &[],
                summary: "Add a config",
                details: "A missing file is made, for its owner alone. Only --active makes the new config the active one.",
                examples: "config create -n prod -u https://influx.example",
                body: Body::Leaf {
                    own: save::FLAGS,
                    common: &COMMON,
                    run: save::create,
                },
            },
            Command {
                name: "set",
                aliases: &["update"],
                summary: "Change a config",
                details: "Only what is given changes. A token takes the place of a user and password, and the other way round.",
                examples: "config set -n prod -u https://influx.example",
                body: Body::Leaf {
                    own: save::FLAGS,
                    common: &COMMON,
                    run: save::set,
                },
            },
            Command {
                name: "rm",
                aliases: &["delete", "remove"],
                summary: "Remove configs",
                details: "Prints what was removed. A NAME that does not exist only gets a note.",
                examples: "config rm prod",
                body: Body::Words {
                    words: &remove::NAMES,
                    children: &[],
                    common: &COMMON,
                    run: remove::remove,
                },
            },
        ],
        common: &COMMON,
        run: show::show,
    },
};

/// Flags of all commands here.
static COMMON: [&Flag; 3] = [&CONFIGS_PATH, &JSON, &HIDE_HEADERS];

/// The hint if commands would not know which config to use.
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
