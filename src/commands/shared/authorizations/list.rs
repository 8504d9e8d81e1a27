//! Lists authorizations. The server ignores some filters, so they are applied here.

use super::Group;
use crate::api::authorizations::{Authorization, Authorizations, By};
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
use crate::text::quote;
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

/// The filters that an authorization must match.
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

    /// The query parameters. The server ignores some of them.
    fn query(&self) -> Vec<(&str, &str)> {
        let all = [
            ("id", self.id),
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
        // InfluxDB accepts upper-case hex digits, but returns lower-case ones.
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

    /// The resources that the query names. The server can say that they do not exist.
    fn named(&self) -> Vec<Resource> {
        let all = [
            (Resource::Authorization, self.id.or(self.username).is_some()),
            (Resource::User, self.user.or(self.user_id).is_some()),
            (Resource::Organization, self.org.is_some()),
        ];
        let named = all.into_iter().filter(|(_, given)| *given);
        named.map(|(resource, _)| resource).collect()
    }

    /// The authorization that flags ask for by ID or name, if any. With an ID, the server ignores
    /// the username.
    fn target(&self) -> Option<(By, &str)> {
        let by_name = self.username.map(|name| (By::Name, name));
        self.id.map(|id| (By::Id, id)).or(by_name)
    }

    fn is_target(&self, entry: &Authorization) -> bool {
        match self.target() {
            Some((By::Id, id)) => entry.id.eq_ignore_ascii_case(id),
            Some((By::Name, name)) => entry.token == name,
            None => true,
        }
    }
}

pub fn list(args: &Args, group: &Group) -> Result<Code, Error> {
    let filter = Filter::from_args(args)?;
    let format = Format::from_args(args, group.layout)?;
    let client = Client::open(Settings::resolve(args)?)?;
    let mut rows = Rows::new(format, OutputShape::List, group.layout);
    let target = filter.target();
    let mut is_shown = target.is_none();
    let authorizations = Authorizations::new(client, group.kind);
    let listed = authorizations.list(&filter.query(), &filter.named(), &mut |entry| {
        is_shown |= filter.is_target(&entry);
        if filter.matches(&entry) {
            rows.push(&entry);
        }
        rows.is_open()
    });
    let listed = match (listed, target) {
        (Ok(()), Some((by, _))) if !is_shown && rows.is_open() => Err(group.kind.not_shown(by)),
        (Err(error), Some((By::Id, id))) => Err(authorizations.explain_id(error, id)),
        (listed, _) => listed,
    };
    // After an error, JSON is left unfinished, because the list is incomplete.
    listed.map_err(|error| {
        let with = target.map_or(String::new(), |(by, target)| {
            format!(" with {} {}", group.kind.word(by), quote(target))
        });
        error.context(&format!("could not list authorizations{with}"))
    })?;
    rows.finish().map(|()| Code::Done)
}
