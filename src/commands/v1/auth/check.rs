//! `influx v1 auth check`: whether the server accepts a username and password.

use crate::api::me::check_login;
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags};
use crate::client::Client;
use crate::commands::shared::common::ANONYMOUS;
use crate::commands::shared::password::{PASSWORD, PASSWORD_FILE, Source};
use crate::commands::shared::targets::USERNAME;
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::layout::{Layout, Record, Value, column};
use crate::output::rows::print_one;
use crate::settings::login::Login;
use crate::settings::{Credentials, Settings};
use crate::text::quote;

static USERNAME_OR_VARIABLE: Flag = Flag {
    env: Some("INFLUX_USERNAME"),
    help: "Username to check",
    ..USERNAME
};

const FLAGS: Flags = &[&USERNAME_OR_VARIABLE, &PASSWORD, &PASSWORD_FILE];

pub const CHECK: Command = Command {
    name: "check",
    aliases: &[],
    summary: "Check whether the server accepts a username and password",
    details: "Exit code 0 means that the server accepts them. Exit code 5 means that it refuses \
              them. The server does not say whether the name, the password or the status is the \
              reason. No API token is sent.",
    examples: "v1 auth check --username telegraf --password-file password.txt",
    body: Body::Leaf {
        own: FLAGS,
        common: &ANONYMOUS,
        run: check,
    },
};

static LAYOUT: Layout = Layout {
    columns: &[column("Status", "status"), column("Username", "username")],
    quiet: "status",
    keys: &["status", "username"],
    list: None,
    free_text: None,
};

struct Accepted<'a>(&'a str);

impl Record for Accepted<'_> {
    fn value(&self, name: &str) -> Value<'_> {
        Value::Text(if name == "username" { self.0 } else { "active" })
    }
}

/// Exit code 5 if the server refuses the username and password.
fn check(args: &Args) -> Result<Code, Error> {
    let username = args.required(&USERNAME_OR_VARIABLE)?;
    if username.contains(':') {
        return Err(Error::usage(
            "a username with a colon cannot be checked: in basic authentication, the name ends at a colon",
        ));
    }
    let format = Format::from_args(args, &LAYOUT)?;
    let described = format!("username {}", quote(username));
    let source = Source::from_args(args)?;
    let mut settings = Settings::resolve_anonymous(args)?;
    let password = source.read_existing(&described)?;
    settings.credentials = Credentials::Basic(Login::new(username, &password));
    let client = Client::open(settings)?;
    check_login(client).map_err(|error| {
        let error = error.context(&format!("could not check {described}"));
        if error.code == Code::Refused {
            return error.hint(
                "the server does not say whether the name, the password or the status is the reason",
            );
        }
        error
    })?;
    print_one(format, &LAYOUT, &Accepted(username))
}
