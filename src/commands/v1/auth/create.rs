//! `influx v1 auth create`.

use super::GROUP;
use crate::api::authorizations::{Authorization, Authorizations, By, NewAuthorization};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{BASE, Flag, Flags, OverrideGroup};
use crate::client::Client;
use crate::commands::shared::bucket_permissions::{
    self, DESCRIPTION, READ_BUCKET, WRITE_BUCKET, names_bucket,
};
use crate::commands::shared::common::{COMMON, IF_NOT_EXISTS};
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED, Org};
use crate::commands::shared::password::{PASSWORD, PASSWORD_FILE, Source};
use crate::commands::shared::targets::USERNAME;
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::rows::print_one;
use crate::secret::Secret;

static NO_PASSWORD: Flag = Flag {
    long: "no-password",
    help: "Do not set a password. Nobody can use the username until you run set-password (default: false)",
    overrides: Some(OverrideGroup::Password),
    ..BASE
};

const FLAGS: Flags = &[
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
    &Flag {
        help: "Succeed if the authorization already exists as requested, and set its password. If the existing authorization differs, nothing is changed and the exit code is 7 (default: false)",
        ..IF_NOT_EXISTS
    },
];

pub const CREATE: Command = Command {
    name: "create",
    aliases: &[],
    summary: "Create an authorization",
    details: "A username, an organization and a bucket are required. If the password cannot be \
              set, the new authorization is deleted again.",
    examples: "v1 auth create --username cpu --org lab --write-bucket metrics",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: create,
    },
};

/// Creates an authorization and sets its password. If the password cannot be set, the authorization
/// is deleted again.
fn create(args: &Args) -> Result<Code, Error> {
    let Some(username) = args.text(&USERNAME) else {
        return Err(Error::usage("a username is required").hint("use --username"));
    };
    let format = Format::from_args(args, GROUP.layout)?;
    Org::from_args(args)?;
    let source = password_source(args)?;
    if !names_bucket(args) {
        return Err(Error::usage("an authorization needs a permission")
            .hint("--read-bucket and --write-bucket name the buckets"));
    }
    let (mut settings, org) = organization::required(args)?;
    let described = GROUP.kind.describe(By::Name, username);
    let password = source.map(|source| source.read(&described)).transpose()?;
    if let Some(password) = &password {
        settings.redactor.add(password.expose());
    }
    let client = Client::open(settings)?;
    let org_id = org.id(client)?;
    let authorizations = Authorizations::new(client, GROUP.kind);
    let wanted = NewAuthorization {
        description: Some(args.text(&DESCRIPTION).unwrap_or_default()),
        permissions: bucket_permissions::from_args(args, client, &org_id)?,
        org_id: &org_id,
        username: Some(username),
        user_id: None,
    };
    let set_password = |id: &str, password: &Secret| {
        authorizations
            .set_password(id, password)
            .map_err(|error| error.context(&format!("failed to set the password of {described}")))
    };
    if args.is_on(&IF_NOT_EXISTS)
        && let Some(existing) = find_existing(&authorizations, username, &wanted)?
    {
        if let Some(password) = &password {
            set_password(&existing.id, password)?;
        }
        return print_one(format, GROUP.layout, &existing);
    }
    let created = authorizations
        .create(&wanted)
        .map_err(|error| error.context(&format!("failed to create {described}")))?;
    if let Some(password) = &password {
        set_password(&created.id, password)
            .map_err(|error| remove_created(client, &created.id, error))?;
    }
    print_one(format, GROUP.layout, &created)
}

/// The authorization with this username, if it exists. Exit code 7 if it differs from `wanted`.
fn find_existing(
    authorizations: &Authorizations,
    username: &str,
    wanted: &NewAuthorization,
) -> Result<Option<Authorization>, Error> {
    let existing = match authorizations.get(By::Name, username) {
        Err(error) if error.code == Code::NotFound => return Ok(None),
        existing => existing?,
    };
    let Some(difference) = wanted.difference_to_existing(&existing) else {
        return Ok(Some(existing));
    };
    let described = GROUP.kind.describe(By::Name, username);
    let message = format!("{described} already exists, but {difference}; nothing was changed");
    Err(Error::new(Code::Unexpected, message))
}

/// Where the password comes from. `None` means that no password is to be set.
fn password_source(args: &Args) -> Result<Option<Source<'_>>, Error> {
    if !args.is_on(&NO_PASSWORD) {
        return Source::from_args(args).map(Some);
    }
    args.not_both(&PASSWORD, &NO_PASSWORD)?;
    args.not_both(&PASSWORD_FILE, &NO_PASSWORD)?;
    args.stdin_origin()?;
    Ok(None)
}

/// Deletes an authorization whose password could not be set, and adds to `error` whether that
/// worked.
fn remove_created(client: &Client, id: &str, error: Error) -> Error {
    match Authorizations::new(client, GROUP.kind).remove(id) {
        Ok(()) => error.append("the new authorization was removed again"),
        Err(failure) => {
            let id = client.quoted(id);
            error.append(&format!(
                "the new authorization with ID {id} still exists, because it could not be removed: {failure}"
            ))
        }
    }
}
