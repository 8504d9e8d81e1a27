//! `influx v1 auth list`.

use crate::args::{self, Args, Given, as_text};
use crate::authorizations::{self, Status, unlisted};
use crate::client::Client;
use crate::error::{Code, Error};
use crate::flags::{BASE, Flag, ID, Takes, USERNAME};
use crate::glob::Glob;
use crate::model::Authorization;
use crate::org::{ORG, ORG_ID, Org};
use crate::output::{Of, Rows};
use crate::settings::{Format, Settings};
use crate::stdout::Stdout;
use crate::text::quote;

const USER: Flag = Flag {
    long: "user",
    short: Some('u'),
    takes: Takes::Value("NAME"),
    help: "Name of the v2 user that the authorization belongs to",
    set: args::keep_text,
    ..BASE
};

const USER_ID: Flag = Flag {
    long: "user-id",
    takes: Takes::Value("ID"),
    help: "ID of that user",
    set: args::keep_text,
    ..BASE
};

const STATUS: Flag = Flag {
    long: "status",
    takes: Takes::Value("STATUS"),
    help: "active or inactive",
    set: status,
    ..BASE
};

const MATCH: Flag = Flag {
    long: "match",
    takes: Takes::Value("GLOB"),
    help: "Pattern that the whole username or the whole description fits, with * ? [a-z] [!a-z] as in the shell",
    set: glob,
    ..BASE
};

const QUIET: Flag = Flag {
    long: "quiet",
    short: Some('q'),
    help: "Print the IDs alone, one a line, as set-inactive --id - reads them; --json makes no difference then (default: false)",
    set: args::keep_switch,
    ..BASE
};

/// Its own flags.
pub const FLAGS: &[Flag] = &[
    ID, USERNAME, USER, USER_ID, ORG, ORG_ID, STATUS, MATCH, QUIET,
];

fn status(args: &mut Args, given: Given) -> Result<(), String> {
    match Status::from_word(as_text(&given)?) {
        Some(_) => args::keep(args, given),
        None => Err("expected active or inactive".to_string()),
    }
}

fn glob(args: &mut Args, given: Given) -> Result<(), String> {
    Glob::parse(as_text(&given)?)?;
    args::keep_text(args, given)
}

/// What an authorization must be to be listed.
struct Filter<'a> {
    id: Option<&'a str>,
    username: Option<&'a str>,
    user: Option<&'a str>,
    user_id: Option<&'a str>,
    org: Option<Org<'a>>,
    status: Option<&'a str>,
    glob: Option<Glob>,
}

impl Filter<'_> {
    fn from_args(args: &Args) -> Result<Filter<'_>, Error> {
        let glob = args.text(&MATCH).map(Glob::parse).transpose();
        Ok(Filter {
            id: args.ids.last().map(|(id, _)| id.as_str()),
            username: args.usernames.last().map(|(name, _)| name.as_str()),
            user: args.text(&USER),
            user_id: args.text(&USER_ID),
            org: Org::from_args(args)?,
            status: args.text(&STATUS),
            glob: glob.map_err(Error::usage)?,
        })
    }

    /// What the server is asked for. It ignores some of it.
    fn query(&self) -> Vec<(&str, &str)> {
        let (org, org_id) = match self.org {
            None => (None, None),
            Some(Org::Name(name)) => (Some(name), None),
            Some(Org::Id(id)) => (None, Some(id)),
        };
        let all = [
            ("id", self.id),
            ("token", self.username),
            ("user", self.user),
            ("userID", self.user_id),
            ("org", org),
            ("orgID", org_id),
        ];
        let given = all.into_iter();
        given
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    fn takes(&self, entry: &Authorization) -> bool {
        let is = |wanted: Option<&str>, value: &str| wanted.is_none_or(|wanted| wanted == value);
        // InfluxDB takes capital hex digits too, and answers with small ones.
        let is_id = |wanted: Option<&str>, value: &str| {
            wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(value))
        };
        let fits = |glob: &Glob| glob.matches(&entry.token) || glob.matches(&entry.description);
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
            && self.glob.as_ref().is_none_or(fits)
    }

    /// Whether an answer of 'not found' can only mean that there is no authorization with the ID:
    /// for a question, that is an empty list.
    fn is_by_id_alone(&self) -> bool {
        let names_org = matches!(self.org, Some(Org::Name(_)));
        self.id.is_some() && self.username.is_none() && self.user.is_none() && !names_org
    }
}

/// Lists.
///
/// # Errors
/// What is wrong before the request or with it, and exit code 6 where there is no authorization of
/// the username asked for.
pub fn list(args: &Args) -> Result<Code, Error> {
    let filter = Filter::from_args(args)?;
    let query = filter.query();
    let mut settings = Settings::resolve(args)?;
    settings.names = query.len();
    let client = Client::open(settings)?;
    let format = Format {
        quiet: args.is_on(&QUIET),
        ..Format::from_args(args)
    };
    let redactor = client.redactor();
    let mut rows = Rows::new(Stdout::default(), format, Of::List, redactor);
    let mut known = filter.username.is_none();
    let read = authorizations::list(&client, &query, &mut |entry: Authorization| {
        known |= filter.username == Some(entry.token.as_str());
        if filter.takes(&entry) {
            rows.push(&entry);
        }
        rows.is_open()
    });
    let read = match read {
        Err(error) if error.code == Code::NotFound && filter.is_by_id_alone() => Ok(()),
        Ok(()) if !known && rows.is_open() => Err(unlisted()),
        read => read,
    };
    // What failed in the middle is not finished: JSON without its end is no list to be taken for whole.
    read.map_err(|error| match filter.username {
        Some(name) => {
            let name = quote(&client.redactor().clean(name));
            error.context(&format!(
                "could not list authorizations with username {name}"
            ))
        }
        None => error.context("could not list authorizations"),
    })?;
    rows.finish().map(|()| Code::Done)
}
