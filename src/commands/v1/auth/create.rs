//! `influx v1 auth create`.

use super::GROUP;
use crate::api::authorization::Authorization;
use crate::api::authorizations::{Authorizations, By};
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Flag, Flags, OverrideGroup};
use crate::client::Client;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED, Org};
use crate::commands::shared::password::{PASSWORD, PASSWORD_FILE, Source};
use crate::commands::shared::permissions::{self, DESCRIPTION, READ_BUCKET, WRITE_BUCKET};
use crate::commands::shared::targets::USERNAME;
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::rows::print_one;
use crate::text::json_string;

static NO_PASSWORD: Flag = Flag {
    long: "no-password",
    help: "Set no password: until set-password does, nobody gets in with it (default: false)",
    overrides: Some(OverrideGroup::Password),
    ..BASE
};

/// Its own flags.
pub const FLAGS: Flags = &[
    &Flag {
        help: "Username of the new authorization",
        ..USERNAME
    },
    &DESCRIPTION,
    &ORG_OR_CONFIGURED,
    &ORG_ID,
    &READ_BUCKET,
    &WRITE_BUCKET,
    &PASSWORD,
    &PASSWORD_FILE,
    &NO_PASSWORD,
];

/// Creates an authorization, and sets its password.
///
/// # Errors
/// What is wrong before the requests or with them. What a failure leaves behind, it says.
pub fn create(args: &Args) -> Result<Code, Error> {
    let Some(username) = args.text(&USERNAME) else {
        return Err(Error::usage("a username is required").hint("--username gives it"));
    };
    let format = Format::from_args(args, GROUP.layout)?;
    Org::from_args(args)?;
    let source = password_source(args)?;
    if !permissions::names_bucket(args) {
        return Err(Error::usage("an authorization needs a permission")
            .hint("--read-bucket and --write-bucket name the buckets"));
    }
    let (mut settings, org) = organization::required(args)?;
    let described = GROUP.kind.describe(By::Username, username);
    let password = source.map(|source| source.read(&described)).transpose()?;
    if let Some(password) = &password {
        settings.redactor.add(password.expose());
    }
    let client = Client::open(settings)?;
    let org = org.id(client)?;
    let body = body(args, client, username, &org)?;
    let authorizations = Authorizations::new(client, GROUP.kind);
    let row = authorizations
        .create(&body, Some(username))
        .map_err(|error| error.context(&format!("failed to create {described}")))?;
    if let Some(password) = &password {
        authorizations
            .set_password(&row.id, password)
            .map_err(|error| take_back(client, &row, &described, error))?;
    }
    print_one(format, GROUP.layout, &row)
}

/// Where the password comes from; `None` where there is to be none.
fn password_source(args: &Args) -> Result<Option<Source<'_>>, Error> {
    if !args.is_on(&NO_PASSWORD) {
        return Source::from_args(args).map(Some);
    }
    args.not_both(&PASSWORD, &NO_PASSWORD)?;
    args.not_both(&PASSWORD_FILE, &NO_PASSWORD)?;
    args.stdin()?;
    Ok(None)
}

/// What is sent, in the order of the Go client.
fn body(args: &Args, client: &Client, username: &str, org: &str) -> Result<String, Error> {
    let permissions = permissions::of_buckets(args, client, org)?.join(",");
    Ok([
        "{\"description\":",
        &json_string(args.text(&DESCRIPTION).unwrap_or_default()),
        ",\"orgID\":",
        &json_string(org),
        ",\"permissions\":[",
        &permissions,
        "],\"token\":",
        &json_string(username),
        "}",
    ]
    .concat())
}

/// Removes what was created, now that its password could not be set, and says what is left.
fn take_back(client: &Client, row: &Authorization, described: &str, error: Error) -> Error {
    let error = error.context(&format!("failed to set the password of {described}"));
    match Authorizations::new(client, GROUP.kind).remove(&row.id) {
        Ok(()) => error.append("the new authorization was removed again"),
        Err(failure) => {
            let id = client.quoted(&row.id);
            error.append(&format!(
                "the new authorization with ID {id} is left, for it could not be removed again: {failure}"
            ))
        }
    }
}
