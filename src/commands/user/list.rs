//! `influx user list`.

use super::{GROUP, MATCH_NAME, NAME, USER_ID};
use crate::api::credential::{By, Credential};
use crate::api::users::{User, Users};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::Flags;
use crate::client::{Client, Resource};
use crate::commands::shared::authorizations::list::STATUS;
use crate::commands::shared::common::COMMON;
use crate::commands::shared::matching::Pattern;
use crate::error::{Code, Error};
use crate::output::format::{Format, QUIET};
use crate::output::rows::{OutputShape, Rows};
use crate::settings::Settings;

const FLAGS: Flags = &[&USER_ID, &NAME, &STATUS, &MATCH_NAME, &QUIET];

pub const LIST: Command = Command {
    name: "list",
    aliases: &["ls", "find"],
    summary: "List users and their status",
    details: "Each flag narrows the list. If the ID or name does not exist, the exit code is 6. \
              Only an operator token sees all users; other tokens may get an empty list.",
    examples: "user list --status inactive",
    body: Body::Leaf {
        own: FLAGS,
        common: &COMMON,
        run: list,
    },
};

fn list(args: &Args) -> Result<Code, Error> {
    let format = Format::from_args(args, GROUP.layout)?;
    let is_json = format.json;
    let (id, name) = (args.text(&USER_ID), args.text(&NAME));
    let status = args.text(&STATUS);
    let pattern = Pattern::from_args(args)?;
    let mut query = Vec::new();
    query.extend(id.map(|id| ("id", id)));
    query.extend(name.map(|name| ("name", name)));
    // Exit code 6 means that a named user does not exist.
    let named: &[Resource] = if query.is_empty() {
        &[]
    } else {
        &[Resource::User]
    };
    let client = Client::open(Settings::resolve(args)?)?;
    let users = Users::new(client, GROUP.kind);
    let mut rows = Rows::new(format, OutputShape::List, GROUP.layout);
    let mut found = query.is_empty();
    let mut has_rows = false;
    let listed = users.list(&query, named, &mut |user: User| {
        // InfluxDB may ignore a parameter, and accepts IDs in upper case.
        let is_asked_for = id.is_none_or(|id| id.eq_ignore_ascii_case(user.id()))
            && name.is_none_or(|name| name == user.name());
        found |= is_asked_for;
        let is_listed = is_asked_for
            && status.is_none_or(|status| status == user.status())
            && pattern
                .as_ref()
                .is_none_or(|pattern| pattern.matches(&user));
        if is_listed {
            rows.push(&user);
            has_rows = true;
        }
        rows.is_open()
    });
    let listed = match listed {
        Ok(()) if !found && rows.is_open() => {
            let by = if id.is_some() { By::Id } else { By::Name };
            Err(GROUP.kind.not_shown(by))
        }
        Err(error) => Err(match id {
            Some(id) => users.explain_id(error, id),
            None => error,
        }),
        listed => listed,
    };
    if let Err(error) = listed {
        // Rows of an incomplete list are printed, but JSON is left unfinished.
        let error = error.context("could not list users");
        if has_rows && !is_json {
            rows.finish()?;
        }
        return Err(error);
    }
    rows.finish().map(|()| Code::Done)
}
