//! Lists authorizations. The server ignores some filters, which are applied here.

use super::Group;
use crate::api::authorizations::{Authorization, Authorizations, Kind};
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Candidates, Flag, Takes};
use crate::client::{Client, Resource};
use crate::commands::shared::matching::Pattern;
use crate::commands::shared::organization::Org;
use crate::commands::shared::targets::{ID, USERNAME};
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::rows::{OutputShape, Rows};
use crate::settings::Settings;
use crate::url::check_name;

pub static USER: Flag = Flag {
    long: "user",
    short: Some('u'),
    takes: Takes::Text("NAME"),
    help: "Name of the v2 user who owns the authorization",
    check: Some(check_name),
    ..BASE
};

pub static USER_ID: Flag = Flag {
    long: "user-id",
    takes: Takes::Text("ID"),
    help: "ID of the v2 user who owns the authorization",
    check: Some(check_name),
    ..BASE
};

const STATUSES: &[&str] = &["active", "inactive"];

pub static STATUS: Flag = Flag {
    long: "status",
    takes: Takes::Text("STATUS"),
    help: "Status: active or inactive",
    candidates: Some(&Candidates::Words(STATUSES)),
    check: Some(check_status),
    ..BASE
};

fn check_status(word: &str) -> Result<(), String> {
    if STATUSES.contains(&word) {
        return Ok(());
    }
    Err("expected active or inactive".to_string())
}

/// What an authorization must be to be listed.
struct Filter<'a> {
    id: Option<&'a str>,
    username: Option<&'a str>,
    user: Option<&'a str>,
    user_id: Option<&'a str>,
    org: Option<Org<'a>>,
    status: Option<&'a str>,
    pattern: Option<Pattern<'a>>,
}

impl Filter<'_> {
    fn from_args(args: &Args) -> Result<Filter<'_>, Error> {
        Ok(Filter {
            id: args.text(&ID),
            username: args.text(&USERNAME),
            user: args.text(&USER),
            user_id: args.text(&USER_ID),
            org: Org::from_args(args)?,
            status: args.text(&STATUS),
            pattern: Pattern::from_args(args)?,
        })
    }

    /// The query. The server ignores some of it.
    fn query(&self, kind: &Kind) -> Vec<(&str, &str)> {
        let all = [
            ("id", self.id.filter(|_| kind.lists_by_id)),
            ("token", self.username),
            ("user", self.user),
            ("userID", self.user_id),
        ];
        all.into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .chain(self.org.as_ref().map(Org::query))
            .collect()
    }

    fn matches(&self, entry: &Authorization) -> bool {
        let is = |wanted: Option<&str>, value: &str| wanted.is_none_or(|wanted| wanted == value);
        // InfluxDB accepts upper-case hex digits and answers with lower-case ones.
        let is_id = |wanted: Option<&str>, value: &str| {
            wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(value))
        };
        let in_org = match self.org {
            None => true,
            Some(Org::Name(name)) => entry.org == name,
            Some(Org::Id(id)) => is_id(Some(id), &entry.org_id),
        };
        in_org
            && is_id(self.id, &entry.id)
            && is_id(self.user_id, &entry.user_id)
            && is(self.username, &entry.token)
            && is(self.user, &entry.user)
            && is(self.status, &entry.status)
            && (self.pattern.as_ref()).is_none_or(|pattern| pattern.matches(entry))
    }

    /// What the query names. The server can say that it does not exist.
    fn named(&self) -> Vec<Resource> {
        let all = [
            (Resource::Authorization, self.id.or(self.username).is_some()),
            (Resource::User, self.user.or(self.user_id).is_some()),
            (Resource::Organization, self.org.is_some()),
        ];
        let named = all.into_iter().filter(|(_, given)| *given);
        named.map(|(resource, _)| resource).collect()
    }

    /// Whether `not found` can only be about the ID. Then the list is empty.
    fn is_by_id_alone(&self) -> bool {
        let names_org = matches!(self.org, Some(Org::Name(_)));
        self.id.is_some() && self.username.is_none() && self.user.is_none() && !names_org
    }
}

pub fn list(args: &Args, group: &Group) -> Result<Code, Error> {
    let filter = Filter::from_args(args)?;
    let format = Format::from_args(args, group.layout)?;
    let query = filter.query(group.kind);
    let client = Client::open(Settings::resolve(args)?)?;
    let mut rows = Rows::new(format, OutputShape::List, group.layout);
    // With an ID, the server ignores the username.
    let mut known = filter.username.is_none() || filter.id.is_some();
    let named = filter.named();
    let authorizations = Authorizations::new(client, group.kind);
    let read = authorizations.list(&query, &named, &mut |entry| {
        known |= filter.username == Some(entry.token.as_str());
        if filter.matches(&entry) {
            rows.push(&entry);
        }
        rows.is_open()
    });
    let read = match read {
        Err(error) if error.code == Code::NotFound && filter.is_by_id_alone() => Ok(()),
        Ok(()) if !known && rows.is_open() => Err(group.kind.not_shown()),
        read => read,
    };
    let read = read.map_err(|error| match filter.id {
        Some(id) => authorizations.explain_id(error, id),
        None => error,
    });
    // After an error, JSON stays unfinished: the list is incomplete.
    read.map_err(|error| match filter.username {
        Some(name) => {
            let name = client.quoted(name);
            error.context(&format!(
                "could not list authorizations with username {name}"
            ))
        }
        None => error.context("could not list authorizations"),
    })?;
    rows.finish().map(|()| Code::Done)
}
