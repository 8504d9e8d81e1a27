//! `influx auth create`.

use super::GROUP;
use super::permissions::{self, ALL_ACCESS, OPERATOR, READ, WRITE};
use crate::api::authorizations::{Authorizations, NewAuthorization};
use crate::api::lookup::id_of;
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{Flag, Flags};
use crate::client::{Client, Resource};
use crate::commands::shared::authorizations::json_fields_and_columns::TOKEN_CREATED;
use crate::commands::shared::authorizations::list::USER;
use crate::commands::shared::bucket_permissions::{DESCRIPTION, READ_BUCKET, WRITE_BUCKET};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED, Org};
use crate::error::{Code, Error, io_reason};
use crate::output::format::{Format, QUIET};
use crate::output::rows::{OutputShape, Rows};
use crate::text::quote;

const FLAGS: Flags = &[
    &ORG_OR_CONFIGURED,
    &ORG_ID,
    &Flag {
        help: "Name of the v2 user who will own the token (default: the user of the token in use)",
        ..USER
    },
    &DESCRIPTION,
    &READ_BUCKET,
    &WRITE_BUCKET,
    &READ,
    &WRITE,
    &OPERATOR,
    &ALL_ACCESS,
    &Flag {
        help: "Print only the new token, even with --json (default: false)",
        ..QUIET
    },
];

pub const CREATE: Command = Command {
    name: "create",
    aliases: &[],
    summary: "Create a token and show it once",
    details: "An organization and at least one permission are required. The output contains the \
              token. It cannot be shown again.",
    examples: "auth create --org plant --read-buckets",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: create,
    },
};

fn create(args: &Args) -> Result<Code, Error> {
    Org::from_args(args)?;
    permissions::check_flags(args)?;
    let format = Format::from_args(args, &TOKEN_CREATED)?;
    if format.omits("token") {
        let what = "--columns leaves out the token, which cannot be shown again";
        return Err(Error::usage(what).hint("--quiet prints only the token"));
    }
    let (settings, org) = organization::required(args)?;
    let client = Client::open(settings)?;
    let org_id = org.id(client)?;
    let user_id = match args.text(&USER) {
        Some(name) => Some(user_id(client, name)?),
        None => None,
    };
    let wanted = NewAuthorization {
        description: args.text(&DESCRIPTION).filter(|text| !text.is_empty()),
        permissions: permissions::from_args(args, client, &org_id, user_id.as_deref())?,
        org_id: &org_id,
        username: None,
        user_id: user_id.as_deref(),
    };
    let created = Authorizations::new(client, GROUP.kind)
        .create(&wanted)
        .map_err(|error| error.context("failed to create the authorization"))?;
    let mut rows = Rows::new(format, OutputShape::One, &TOKEN_CREATED);
    rows.push(&created);
    // A closed pipe is an error here, because the token would be lost.
    rows.finish_strict().map_err(|error| {
        let (reason, id) = (io_reason(&error), client.quoted(&created.id));
        let what = format!(
            "cannot write to standard output: {reason}; the token with ID {id} was created, and cannot be shown again"
        );
        Error::new(Code::Other, what).hint("`auth delete --id` removes it")
    })?;
    Ok(Code::Done)
}

fn user_id(client: &Client, name: &str) -> Result<String, Error> {
    let query = [("name", name)];
    id_of(client, "users", &query, &[Resource::User], name, None).map_err(|error| {
        let shown = quote(name);
        error.context(&format!("could not find the user {shown}"))
    })
}
