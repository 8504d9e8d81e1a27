//! `influx config create` and `influx config set`.

use super::{COMMON, print_one};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{BASE, Flag, Flags, Takes};
use crate::commands::shared::organization;
use crate::error::{Code, Error};
use crate::output::report::Report;
use crate::secret::Secret;
use crate::settings::configs::store::{self, Changes, Summary};
use crate::settings::flags::{CONFIG_NAMES, HOST, TOKEN, TOKEN_FILE};
use crate::settings::{configs_path, login, token};
use crate::url::check_name;
use std::path::Path;

/// Flags of `create` and `set`. They have no environment variables, so only values from the command
/// line are saved.
const FLAGS: Flags = &[
    &NAME,
    &URL,
    &Flag {
        env: None,
        help: "API token. Other users of the host can see it on the command line, so --token-file is safer",
        ..TOKEN
    },
    &Flag {
        env: None,
        ..TOKEN_FILE
    },
    &LOGIN,
    &ORG,
    &ACTIVE,
];

pub const CREATE: Command = Command {
    name: "create",
    aliases: &[],
    summary: "Add a config",
    details: "If the file does not exist, it is created, and only its owner can read it. The new \
              config becomes active only with --active.",
    examples: "config create -n prod -u https://influx.example",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: create,
    },
};

pub const SET: Command = Command {
    name: "set",
    aliases: &["update"],
    summary: "Change a config",
    details: "Only the given values are changed. A token replaces a user and password, and vice \
              versa.",
    examples: "config set -n prod -u https://influx.example",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: set,
    },
};

static NAME: Flag = Flag {
    long: "config-name",
    short: Some('n'),
    takes: Takes::Text("NAME"),
    help: "Name of the config",
    candidates: Some(CONFIG_NAMES),
    check: Some(check_name),
    ..BASE
};

static URL: Flag = Flag {
    long: "host-url",
    short: Some('u'),
    env: None,
    help: "HTTP or HTTPS URL of the server. It may have a path prefix",
    ..HOST
};

static LOGIN: Flag = Flag {
    long: "username-password",
    short: Some('p'),
    takes: Takes::Text("USER:PASSWORD"),
    help: "User and password, to sign in instead of using a token. Other users of the host can see them on the command line",
    secret: true,
    check: Some(|text| login::to_cookie(text).map(drop)),
    ..BASE
};

static ORG: Flag = Flag {
    env: None,
    ..organization::ORG
};

static ACTIVE: Flag = Flag {
    long: "active",
    short: Some('a'),
    help: "Make this the active config (default: false)",
    ..BASE
};

/// Adds a config and prints it.
///
/// # Errors
/// Exit code 2 if the name or URL is missing or not valid. Exit code 3 if a config of this name exists
/// already, or if the file cannot be read, parsed or written.
fn create(args: &Args) -> Result<Code, Error> {
    args.required(&NAME)?;
    args.required(&URL)?;
    save(args, store::create)?;
    // The config is saved already, so it is not an error if the file can no longer be read.
    let configs = store::list(&configs_path::from_args(args)).unwrap_or_default();
    if configs.len() > 1 && !configs.iter().any(|config| config.active) {
        Report::default().hint(super::NONE_ACTIVE);
    }
    Ok(Code::Done)
}

/// Changes a config and prints it.
///
/// # Errors
/// Exit code 2 if the name is missing or a value is not valid. Exit code 3 if no config has this name,
/// or if the file cannot be read, parsed or written.
fn set(args: &Args) -> Result<Code, Error> {
    save(args, store::set)
}

fn save(
    args: &Args,
    store: fn(&Path, &str, &Changes<'_>) -> Result<Summary, Error>,
) -> Result<Code, Error> {
    let name = args.required(&NAME)?;
    args.not_both(&TOKEN, &LOGIN)?;
    args.not_both(&TOKEN_FILE, &LOGIN)?;
    let token = token::from_args(args)?;
    let cookie = args.text(&LOGIN).map(login::to_cookie).transpose();
    let cookie = cookie.map_err(Error::usage)?;
    let values = [
        ("url", args.text(&URL)),
        ("token", token.as_ref().map(Secret::expose)),
        ("org", args.text(&ORG)),
        ("cookie", cookie.as_ref().map(Secret::expose)),
    ];
    let given = values.into_iter();
    let changes = Changes {
        values: given
            .filter_map(|(key, value)| Some((key, value?)))
            .collect(),
        active: args.is_on(&ACTIVE),
    };
    let config = store(&configs_path::from_args(args), name, &changes)?;
    print_one(args, config)
}
