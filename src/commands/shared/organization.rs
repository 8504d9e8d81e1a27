//! The organization that a command works in, and the buckets in it.

use crate::api::lookup::id_of;
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Flag, OverrideGroup, Takes};
use crate::client::{Client, Resource};
use crate::error::{Cause, Code, Error};
use crate::settings::Settings;
use crate::text::quote;
use crate::url::check_name;

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

/// [`ORG`] for commands that also use the organization of the active config.
pub static ORG_OR_CONFIGURED: Flag = Flag {
    help: "Name of the organization (default: the active config's)",
    ..ORG
};

pub static ORG_ID: Flag = Flag {
    long: "org-id",
    env: Some("INFLUX_ORG_ID"),
    takes: Takes::Text("ID"),
    help: "ID of the organization",
    overrides: Some(OverrideGroup::Organization),
    check: Some(check_name),
    ..BASE
};

/// An organization from flags, variables or the active config.
#[derive(Debug, PartialEq, Eq)]
pub enum Org<'a> {
    Id(&'a str),
    Name(&'a str),
}

/// The settings, and the organization from flags, variables or the active config. Exit code 2 if
/// none of them sets an organization.
pub fn required(args: &Args) -> Result<(Settings, Org<'_>), Error> {
    if let Some(named) = Org::from_args(args)? {
        return Settings::resolve(args).map(|settings| (settings, named));
    }
    match Settings::resolve_with_org(args)? {
        // Leaked on purpose. This happens only once, and the other names are borrowed from `args`.
        (settings, Some(org)) => Ok((settings, Org::Name(org.leak()))),
        (_, None) => Err(Error::usage("an organization is required")
            .hint("set it with --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config")),
    }
}

impl Org<'_> {
    /// The query parameter that names it.
    pub fn query(&self) -> (&'static str, &str) {
        match self {
            Org::Id(id) => ("orgID", id),
            Org::Name(name) => ("org", name),
        }
    }

    /// The organization from flags or variables, if they set one.
    pub fn from_args(args: &Args) -> Result<Option<Org<'_>>, Error> {
        args.not_both(&ORG, &ORG_ID)?;
        let by_id = args.text(&ORG_ID).map(Org::Id);
        Ok(by_id.or(args.text(&ORG).map(Org::Name)))
    }

    /// Its ID. A name is looked up on the server.
    pub fn id(&self, client: &Client) -> Result<String, Error> {
        match self {
            Org::Id(id) => Ok(id.to_string()),
            Org::Name(name) => {
                let named = &[Resource::Organization];
                id_of(client, "orgs", &[("org", name)], named, name, None).map_err(|error| {
                    let shown = quote(name);
                    suggest_org_id(error)
                        .context(&format!("could not find the organization {shown}"))
                })
            }
        }
    }
}

/// If the token may not read organizations, suggests `--org-id`, which needs no lookup. Some
/// servers refuse the request, others leave the organization out of the list.
fn suggest_org_id(error: Error) -> Error {
    match error.code {
        Code::Refused if error.cause() == Cause::Denied => {
            let advice = error.advice().unwrap_or_default();
            let hint = format!("{advice} --org-id needs no lookup");
            error.hint(hint)
        }
        Code::NotFound if error.status().is_none() => error.hint(
            "a token that may not read an organization does not see it in the list; --org-id needs no lookup",
        ),
        _ => error,
    }
}

/// The ID of the bucket with this name in an organization. Exit code 6 if it does not exist.
pub fn find_bucket_id(client: &Client, org_id: &str, bucket: &str) -> Result<String, Error> {
    let query = [("orgID", org_id), ("name", bucket)];
    let named = &[Resource::Bucket, Resource::Organization];
    id_of(client, "buckets", &query, named, bucket, Some(org_id)).map_err(|error| {
        let shown = quote(bucket);
        error.context(&format!("could not find the bucket {shown}"))
    })
}
