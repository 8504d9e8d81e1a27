//! `influx v1 auth create`.

use crate::args::{self, Args, Given, as_text, not_both};
use crate::authorizations;
use crate::client::Client;
use crate::error::{Code, Error};
use crate::flags::{BASE, Flag, Settles, Takes, USERNAME};
use crate::model::Authorization;
use crate::org::{ORG, ORG_ID, Org, bucket_id};
use crate::output::{Of, Rows};
use crate::password::{PASSWORD, PASSWORD_FILE, Source};
use crate::settings::{Format, Settings};
use crate::stdout::Stdout;
use crate::targets::{By, describe};
use crate::text::{json_string, quote};

const DESCRIPTION: Flag = Flag {
    long: "description",
    short: Some('d'),
    takes: Takes::Value("TEXT"),
    help: "Description of the new authorization, perhaps empty",
    may_be_empty: true,
    set: description,
    ..BASE
};

const READ_BUCKET: Flag = Flag {
    long: "read-bucket",
    takes: Takes::Value("BUCKET"),
    help: "Bucket that may be read, by ID, or by name in the organization; repeatable",
    set: args::keep_text,
    ..BASE
};

const WRITE_BUCKET: Flag = Flag {
    long: "write-bucket",
    help: "Bucket that may be written; likewise",
    ..READ_BUCKET
};

const NO_PASSWORD: Flag = Flag {
    long: "no-password",
    help: "Set no password: until set-password does, nobody gets in with it (default: false)",
    settles: Some(Settles::Password),
    set: args::keep_switch,
    ..BASE
};

/// Its own flags.
pub const FLAGS: &[Flag] = &[
    Flag {
        help: "Username of the new authorization",
        ..USERNAME
    },
    DESCRIPTION,
    Flag {
        help: "Name of the organization (default: that of the active config)",
        ..ORG
    },
    ORG_ID,
    READ_BUCKET,
    WRITE_BUCKET,
    PASSWORD,
    PASSWORD_FILE,
    NO_PASSWORD,
];

fn description(args: &mut Args, given: Given) -> Result<(), String> {
    as_text(&given)?;
    args::keep(args, given)
}

/// Creates an authorization, and sets its password.
///
/// # Errors
/// What is wrong before the requests or with them. What a failure leaves behind, it says.
pub fn create(args: &Args) -> Result<Code, Error> {
    let Some((username, _)) = args.usernames.last() else {
        return Err(Error::usage("a username is required").hint("--username gives it"));
    };
    let named = Org::from_args(args)?;
    let source = password_source(args)?;
    if args
        .all(&READ_BUCKET)
        .chain(args.all(&WRITE_BUCKET))
        .next()
        .is_none()
    {
        return Err(Error::usage("an authorization needs a permission")
            .hint("--read-bucket and --write-bucket name the buckets"));
    }
    let (mut settings, configured) = match named {
        Some(_) => (Settings::resolve(args)?, None),
        None => Settings::resolve_with_org(args)?,
    };
    let Some(org) = named.or(configured.as_deref().map(Org::Name)) else {
        return Err(Error::usage("an organization is required")
            .hint("--org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config names it"));
    };
    let described = describe(By::Username, &args.redactor.clean(username));
    let password = source.map(|source| source.read(&described)).transpose()?;
    if let Some(password) = &password {
        settings.redactor.add(password.expose());
    }
    settings.names = 2;
    let client = Client::open(settings)?;
    let org = org.id(&client)?;
    let body = body(args, &client, username, &org)?;
    let row = authorizations::create(&client, &body, username)
        .map_err(|error| error.context(&format!("failed to create {described}")))?;
    if let Some(password) = &password {
        authorizations::set_password(&client, &row.id, password)
            .map_err(|error| take_back(&client, &row, &described, error))?;
    }
    let redactor = client.redactor();
    let mut rows = Rows::new(
        Stdout::default(),
        Format::from_args(args),
        Of::One,
        redactor,
    );
    rows.push(&row);
    rows.finish().map(|()| Code::Done)
}

/// Where the password comes from; `None` where there is to be none.
fn password_source(args: &Args) -> Result<Option<Source<'_>>, Error> {
    if !args.is_on(&NO_PASSWORD) {
        return Source::from_args(args).map(Some);
    }
    let none = args.origin(&NO_PASSWORD);
    not_both(args.password.as_ref().map(|(_, origin)| *origin), none)?;
    not_both(args.password_file.as_ref().map(|(_, origin)| *origin), none)?;
    args.stdin()?;
    Ok(None)
}

/// What is sent, in the order of the Go client. Each bucket is looked up once.
fn body(args: &Args, client: &Client, username: &str, org: &str) -> Result<String, Error> {
    let mut known: Vec<(&str, String)> = Vec::new();
    let mut permissions = Vec::new();
    for (action, flag) in [("read", &READ_BUCKET), ("write", &WRITE_BUCKET)] {
        for bucket in args.all(flag) {
            let id = match known.iter().find(|(name, _)| *name == bucket) {
                Some((_, id)) => id.clone(),
                None => bucket_id(client, org, bucket)?,
            };
            permissions.push(format!(
                "{{\"action\":\"{action}\",\"resource\":{{\"id\":{},\"orgID\":{},\"type\":\"buckets\"}}}}",
                json_string(&id),
                json_string(org)
            ));
            known.push((bucket, id));
        }
    }
    Ok(format!(
        "{{\"description\":{},\"orgID\":{},\"permissions\":[{}],\"token\":{}}}",
        json_string(args.text(&DESCRIPTION).unwrap_or_default()),
        json_string(org),
        permissions.join(","),
        json_string(username)
    ))
}

/// Removes what was created, now that its password could not be set, and says what is left.
fn take_back(client: &Client, row: &Authorization, described: &str, error: Error) -> Error {
    let error = error.context(&format!("failed to set the password of {described}"));
    match authorizations::remove(client, &row.id) {
        Ok(()) => error.and("the new authorization was removed again"),
        Err(failure) => {
            let id = quote(&client.redactor().clean(&row.id));
            error.and(&format!(
                "the new authorization with ID {id} is left, for it could not be removed again: {failure}"
            ))
        }
    }
}
