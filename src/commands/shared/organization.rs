//! The organization that a command works in, and the buckets there.

use crate::api::look_up::id_of;
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Flag, OverrideGroup, Takes};
use crate::client::{Client, Resource};
use crate::error::{Cause, Code, Error};
use crate::settings::Settings;
use crate::text::quote;
use crate::url::check_name;
use crate::url::is_id;

/// The organization by name.
pub static ORG: Flag = Flag {
    long: "org",
    short: Some('o'),
    env: Some("INFLUX_ORG"),
    takes: Takes::Text("NAME"),
    help: "Name of the organization",
    overrides: Some(OverrideGroup::Organization),
    check: Some(check_name),
    ..BASE
};

/// The organization by name, where that of the active config counts too.
pub static ORG_OR_CONFIGURED: Flag = Flag {
    help: "Name of the organization (default: that of the active config)",
    ..ORG
};

/// The organization by ID.
pub static ORG_ID: Flag = Flag {
    long: "org-id",
    env: Some("INFLUX_ORG_ID"),
    takes: Takes::Text("ID"),
    help: "ID of the organization",
    overrides: Some(OverrideGroup::Organization),
    check: Some(check_name),
    ..BASE
};

/// An organization as it is named.
#[derive(Debug, PartialEq, Eq)]
pub enum Org<'a> {
    /// By ID.
    Id(&'a str),
    /// By name.
    Name(&'a str),
}

/// The settings, and the organization that flags, variables or the active config name.
///
/// # Errors
/// Those of [`Settings::resolve`], and exit code 2 where none is named, or in two ways.
pub fn required(args: &Args) -> Result<(Settings, Org<'_>), Error> {
    if let Some(named) = Org::from_args(args)? {
        return Settings::resolve(args).map(|settings| (settings, named));
    }
    match Settings::resolve_with_org(args)? {
        // Once a run: not worth an owner.
        (settings, Some(org)) => Ok((settings, Org::Name(org.leak()))),
        (_, None) => Err(Error::usage("an organization is required")
            .hint("--org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config names it")),
    }
}

impl Org<'_> {
    /// What names it in a query.
    pub fn query(&self) -> (&'static str, &str) {
        match self {
            Org::Id(id) => ("orgID", id),
            Org::Name(name) => ("org", name),
        }
    }

    /// The organization that flags or variables name, if they do.
    ///
    /// # Errors
    /// Exit code 2 where both ways are taken.
    pub fn from_args(args: &Args) -> Result<Option<Org<'_>>, Error> {
        args.not_both(&ORG, &ORG_ID)?;
        let by_id = args.text(&ORG_ID).map(Org::Id);
        Ok(by_id.or(args.text(&ORG).map(Org::Name)))
    }

    /// Its ID, which the server is asked for where it is not known.
    ///
    /// # Errors
    /// Those of the request, and exit code 6 where there is no such organization.
    pub fn id(&self, client: &Client) -> Result<String, Error> {
        match self {
            Org::Id(id) => Ok(id.to_string()),
            Org::Name(name) => {
                let named = &[Resource::Organization];
                id_of(client, "orgs", &[("org", name)], named, name).map_err(|error| {
                    let shown = quote(name);
                    without_look_up(error)
                        .context(&format!("could not find the organization {shown}"))
                })
            }
        }
    }
}

/// The same error with the flag that needs no look-up, where the token may be one that cannot read
/// organizations: some servers refuse it, others leave out of the list what it may not see.
fn without_look_up(error: Error) -> Error {
    match error.code {
        Code::Refused if error.cause() == Cause::Denied => {
            let advice = error.advice().unwrap_or_default();
            let hint = format!("{advice} --org-id needs no look-up of the organization");
            error.hint(hint)
        }
        Code::NotFound if error.status().is_none() => error.hint(
            "a token that may not read an organization does not see it in the list; --org-id needs no look-up",
        ),
        _ => error,
    }
}

/// The ID of a bucket in the organization with the ID `org`: `bucket` itself where it is one, else
/// the server is asked for the bucket of that name.
///
/// # Errors
/// Those of the request, and exit code 6 where there is no such bucket.
pub fn bucket_id(client: &Client, org: &str, bucket: &str) -> Result<String, Error> {
    if is_id(bucket) {
        return Ok(bucket.to_string());
    }
    bucket_named(client, org, bucket)
}

/// The ID of the bucket named `bucket` in the organization with the ID `org`.
///
/// # Errors
/// Those of the request, and exit code 6 where there is no such bucket.
pub fn bucket_named(client: &Client, org: &str, bucket: &str) -> Result<String, Error> {
    let query = [("orgID", org), ("name", bucket)];
    let named = &[Resource::Bucket, Resource::Organization];
    id_of(client, "buckets", &query, named, bucket).map_err(|error| {
        let shown = quote(bucket);
        error.context(&format!("could not find the bucket {shown}"))
    })
}
