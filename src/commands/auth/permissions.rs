//! The permissions of a new token: the flags of `auth create`, and what they mean.

use crate::api::authorizations::Permission;
use crate::api::lookup::resources;
use crate::api::me::own_user_id;
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Family, Flag, Takes};
use crate::client::Client;
use crate::commands::shared::bucket_permissions;
use crate::error::{Code, Error};

/// Resource types, in the order in which the Go client sends them.
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

pub static READ: Flag = Flag {
    long: "read-",
    help: "Allow reading all resources of this type in the organization. RESOURCE is one of:",
    takes: Takes::BoolFamily(&RESOURCES),
    ..BASE
};

pub static WRITE: Flag = Flag {
    long: "write-",
    help: "Allow creating, changing and deleting all resources of this type in the organization",
    ..READ
};

pub static OPERATOR: Flag = Flag {
    long: "operator",
    help: "Allow everything in all organizations. Cannot be combined with other permissions (default: false)",
    ..BASE
};

pub static ALL_ACCESS: Flag = Flag {
    long: "all-access",
    help: "Allow everything in the organization. Cannot be combined with other permissions (default: false)",
    ..BASE
};

const ONE_BY_ONE: &str =
    "use --read-X and --write-X to grant permissions one by one, for example --read-buckets";

/// Exit code 2 if no permission is given, or if `--operator` or `--all-access` is combined with
/// other permissions.
pub fn check_flags(args: &Args) -> Result<(), Error> {
    let (operator, all_access) = (args.is_on(&OPERATOR), args.is_on(&ALL_ACCESS));
    if operator && all_access {
        args.not_both(&OPERATOR, &ALL_ACCESS)?;
    }
    let mut kinds = RESOURCES.members.iter();
    let has_others = bucket_permissions::names_bucket(args)
        || kinds.any(|kind| args.is_member_on(&READ, kind) || args.is_member_on(&WRITE, kind));
    for flag in [&OPERATOR, &ALL_ACCESS] {
        if args.is_on(flag) && has_others {
            let what = format!(
                "--{} cannot be combined with other permission flags",
                flag.long
            );
            return Err(Error::usage(what).hint("it already grants all permissions"));
        }
    }
    if !has_others && !operator && !all_access {
        return Err(Error::usage("an authorization needs a permission").hint(
            "use --read-bucket and --write-bucket for single buckets, flags such as --read-tasks \
             for all resources of a type, or --operator or --all-access for everything",
        ));
    }
    Ok(())
}

/// The permissions that flags ask for. `user_id` is the user who will own the token. `None` means
/// the user of the token in use.
pub fn from_args(
    args: &Args,
    client: &Client,
    org_id: &str,
    user_id: Option<&str>,
) -> Result<Vec<Permission>, Error> {
    if args.is_on(&OPERATOR) {
        return operator(client);
    }
    if args.is_on(&ALL_ACCESS) {
        let user_id = match user_id {
            Some(id) => id.to_string(),
            None => own_user_id(client)
                .map_err(|error| error.context("could not find the user of the token in use"))?,
        };
        return all_access(client, org_id, &user_id);
    }
    let mut permissions = bucket_permissions::from_args(args, client, org_id)?;
    for kind in RESOURCES.members {
        for (action, flag) in [("read", &READ), ("write", &WRITE)] {
            if args.is_member_on(flag, kind) {
                permissions.push(Permission::new(action, kind, "", org_id));
            }
        }
    }
    Ok(permissions)
}

fn operator(client: &Client) -> Result<Vec<Permission>, Error> {
    let mut permissions = Vec::new();
    for kind in kinds(client)? {
        for action in ["read", "write"] {
            permissions.push(Permission::new(action, &kind, "", ""));
        }
    }
    Ok(permissions)
}

fn all_access(client: &Client, org_id: &str, user_id: &str) -> Result<Vec<Permission>, Error> {
    let mut permissions = Vec::new();
    for kind in kinds(client)? {
        // All access means this organization and this user, but no others.
        let (id, org_id) = match kind.as_str() {
            "orgs" => (org_id, ""),
            "users" => (user_id, ""),
            _ => ("", org_id),
        };
        permissions.push(Permission::new("read", &kind, id, org_id));
        if kind != "orgs" {
            permissions.push(Permission::new("write", &kind, id, org_id));
        }
    }
    Ok(permissions)
}

/// The resource types of the server, without `instance`. The server grants this type only to its
/// first token.
fn kinds(client: &Client) -> Result<Vec<String>, Error> {
    let listed = resources(client).and_then(|mut kinds| {
        kinds.retain(|kind| kind != "instance");
        if kinds.is_empty() {
            return Err(Error::new(Code::Unexpected, "the list is empty"));
        }
        Ok(kinds)
    });
    listed.map_err(|error| {
        let error = error.context("could not list the types of resources");
        if error.code == Code::Unexpected && error.status().is_none() {
            // Servers before 2.0.9 return the index of the API.
            return error.hint(ONE_BY_ONE);
        }
        error
    })
}
