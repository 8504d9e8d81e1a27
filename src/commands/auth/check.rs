//! `influx auth check`: whether the server accepts the token in use, and whose it is.

use crate::api::me::{TokenOwner, token_owner};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::client::Client;
use crate::commands::shared::common::COMMON;
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::layout::{Layout, Record, Value, column};
use crate::output::rows::print_one;
use crate::settings::Settings;

pub const CHECK: Command = Command {
    name: "check",
    aliases: &["whoami"],
    summary: "Check whether the server accepts a token, and whose it is",
    details: "Checks the token in use (--token, --token-file, ...). Exit code 0 means that the \
              server accepts it. Exit code 5 means that the token or its user is inactive, or that \
              the server does not know the token. If the token may not read users, the name of its \
              user is left empty.",
    examples: "auth check --token-file leaked.txt",
    body: Body::Leaf {
        own: &[],
        common: &COMMON,
        run: check,
    },
};

static LAYOUT: Layout = Layout {
    columns: &[
        column("Status", "status"),
        column("User ID", "userID"),
        column("User Name", "userName"),
    ],
    quiet: "status",
    keys: &["status", "userID", "userName"],
    list: None,
    free_text: None,
};

impl Record for TokenOwner {
    fn value(&self, name: &str) -> Value<'_> {
        Value::Text(match name {
            "userID" => &self.id,
            "userName" => &self.name,
            _ => "active",
        })
    }
}

/// Exit code 5 if the server does not accept the token.
fn check(args: &Args) -> Result<Code, Error> {
    let format = Format::from_args(args, &LAYOUT)?;
    let client = Client::open(Settings::resolve(args)?)?;
    let owner = token_owner(client).map_err(|error| {
        if error.code == Code::Refused {
            return error.context("the token is not accepted");
        }
        error.context("could not check the token")
    })?;
    print_one(format, &LAYOUT, &owner)
}
