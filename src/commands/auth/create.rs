//! `influx auth create`.

use super::GROUP;
use crate::api::authorizations::Authorizations;
use crate::api::look_up::{id_of, own_id, resources};
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Family, Flag, Flags, Takes};
use crate::client::{Client, Resource};
use crate::commands::shared::authorizations::columns::{TOKEN_COLUMN, TOKEN_CREATED};
use crate::commands::shared::authorizations::list::USER;
use crate::commands::shared::organization::{self, ORG_ID, ORG_OR_CONFIGURED, Org};
use crate::commands::shared::permissions::{
    self, DESCRIPTION, READ_BUCKET, WRITE_BUCKET, permission,
};
use crate::error::{Code, Error, io_reason};
use crate::output::format::{Format, QUIET};
use crate::output::rows::{OutputShape, Rows};
use crate::text::{json_string, quote};

/// What a token can be for, in the order in which the Go client sends it: what all servers have, what
/// InfluxDB OSS has, what InfluxDB Cloud has.
const RESOURCES: Family = Family {
    placeholder: "RESOURCE",
    members: &[
        "authorizations",
        "buckets",
        "dashboards",
        "orgs",
        "tasks",
        "telegrafs",
        "users",
        "variables",
        "secrets",
        "labels",
        "views",
        "documents",
        "notificationRules",
        "notificationEndpoints",
        "checks",
        "dbrp",
        "annotations",
        "sources",
        "scrapers",
        "notebooks",
        "remotes",
        "replications",
        "flows",
        "functions",
        "subscriptions",
    ],
};

static READ: Flag = Flag {
    long: "read-",
    help: "Permission to read all RESOURCE of the organization, which is one of:",
    takes: Takes::BoolFamily(&RESOURCES),
    ..BASE
};

static WRITE: Flag = Flag {
    long: "write-",
    help: "Permission to make, change and remove them; likewise",
    ..READ
};

static OPERATOR: Flag = Flag {
    long: "operator",
    help: "All permissions in all organizations, and no other flag for permissions (default: false)",
    ..BASE
};

static ALL_ACCESS: Flag = Flag {
    long: "all-access",
    help: "All permissions in the organization; likewise (default: false)",
    ..BASE
};

/// Its own flags.
pub const FLAGS: Flags = &[
    &ORG_OR_CONFIGURED,
    &ORG_ID,
    &Flag {
        help: "Name of the v2 user that it will belong to (default: the one whose token is in use)",
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
        help: "Print the new token alone; --json makes no difference then (default: false)",
        ..QUIET
    },
];

/// Makes a token, and prints it.
///
/// # Errors
/// What is wrong before the requests or with them, and exit code 1 where the token that was made could
/// not be printed.
pub fn create(args: &Args) -> Result<Code, Error> {
    Org::from_args(args)?;
    check_permissions(args)?;
    let format = Format::from_args(args, &TOKEN_CREATED)?;
    if format.leaves_out(TOKEN_COLUMN) {
        let what = "--columns leaves the token out, which is shown only now";
        return Err(Error::usage(what).hint("--quiet prints the token alone"));
    }
    let (settings, org) = organization::required(args)?;
    let client = Client::open(settings)?;
    let authorizations = Authorizations::new(client, GROUP.kind);
    let body = body(args, client, &org)?;
    let made = authorizations
        .create(&body, None)
        .map_err(|error| error.context("failed to create the authorization"))?;
    let id = client.quoted(&made.id);
    let mut rows = Rows::new(format, OutputShape::One, &TOKEN_CREATED);
    rows.push(&made);
    // A closed pipe is an error here: the token is lost.
    rows.close().map_err(|error| {
        let reason = io_reason(&error);
        let what = format!(
            "cannot write to standard output: {reason}; the token with ID {id} was made, and cannot be shown again"
        );
        Error::new(Code::Other, what).hint("`auth delete --id` removes it")
    })?;
    Ok(Code::Done)
}

/// Refuses permissions that are missing, or that one flag gives already.
fn check_permissions(args: &Args) -> Result<(), Error> {
    let (operator, all_access) = (args.is_on(&OPERATOR), args.is_on(&ALL_ACCESS));
    let mut kinds = RESOURCES.members.iter().copied();
    let single = permissions::names_bucket(args)
        || kinds.any(|kind| args.is_member_on(&READ, kind) || args.is_member_on(&WRITE, kind));
    match (operator, all_access, single) {
        (true, true, _) => args.not_both(&OPERATOR, &ALL_ACCESS),
        (true, _, true) => Err(alone(&OPERATOR)),
        (_, true, true) => Err(alone(&ALL_ACCESS)),
        (false, false, false) => Err(Error::usage("an authorization needs a permission").hint(
            "--read-bucket and --write-bucket name buckets, --read-tasks and the like give all of \
             a kind, --operator and --all-access everything",
        )),
        _ => Ok(()),
    }
}

fn alone(flag: &Flag) -> Error {
    let what = ["--", flag.long, " takes no other permission beside it"];
    Error::usage(what.concat()).hint("it gives all of them")
}

/// What is sent, in the order of the Go client.
fn body(args: &Args, client: &Client, org: &Org) -> Result<String, Error> {
    let org = org.id(client)?;
    let user = match args.text(&USER) {
        Some(name) => Some(user_id(client, name)?),
        None => None,
    };
    let permissions = permissions(args, client, &org, user.as_deref())?;
    let mut body = String::from("{");
    if let Some(text) = args.text(&DESCRIPTION).filter(|text| !text.is_empty()) {
        body.extend(["\"description\":", &json_string(text), ","]);
    }
    let permissions = permissions.join(",");
    body.extend(["\"orgID\":", &json_string(&org)]);
    body.extend([",\"permissions\":[", &permissions, "]"]);
    if let Some(user) = user {
        body.extend([",\"userID\":", &json_string(&user)]);
    }
    Ok(body + "}")
}

fn user_id(client: &Client, name: &str) -> Result<String, Error> {
    let named = &[Resource::User];
    id_of(client, "users", &[("name", name)], named, name).map_err(|error| {
        let shown = quote(name);
        error.context(&["could not find the user ", &shown].concat())
    })
}

/// The permissions that flags ask for. `user` is the ID of the one that the token will belong to, where
/// that is not the one who asks.
fn permissions(
    args: &Args,
    client: &Client,
    org: &str,
    user: Option<&str>,
) -> Result<Vec<String>, Error> {
    let mut all = permissions::of_buckets(args, client, org)?;
    for kind in RESOURCES.members.iter().copied() {
        for (action, flag) in [("read", &READ), ("write", &WRITE)] {
            if args.is_member_on(flag, kind) {
                all.push(permission(action, kind, None, Some(org)));
            }
        }
    }
    let operator = args.is_on(&OPERATOR);
    if !operator && !args.is_on(&ALL_ACCESS) {
        return Ok(all);
    }
    let own;
    let user = match user {
        // Where all users are meant, nobody has to know which one it is.
        None if !operator => {
            own = own_id(client)
                .map_err(|error| error.context("could not find the user of the token in use"))?;
            Some(own.as_str())
        }
        user => user,
    };
    let kinds = resources(client)
        .map_err(|error| error.context("could not list what a token can be for"))?;
    // The server gives that to the first token alone.
    for kind in kinds.iter().filter(|kind| *kind != "instance") {
        // Access to one organization and one user is no access to all of them.
        let (id, org) = match kind.as_str() {
            _ if operator => (None, None),
            "orgs" => (Some(org), None),
            "users" => (user, None),
            _ => (None, Some(org)),
        };
        for action in ["read", "write"] {
            if action == "read" || operator || kind != "orgs" {
                all.push(permission(action, kind, id, org));
            }
        }
    }
    Ok(all)
}
