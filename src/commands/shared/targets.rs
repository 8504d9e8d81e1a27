//! The targets of a command, by ID or username, from flags and standard input.

use crate::api::authorizations::By;
use crate::cli::args::{Args, DASH, Origin};
use crate::cli::flag::{BASE, Flag, OverrideGroup, Takes};
use crate::commands::shared::matching::MATCH;
use crate::commands::shared::target_lines::TargetLines;
use crate::error::Error;
use crate::output::report;
use crate::text::quote;
use crate::url::check_name;
use std::collections::VecDeque;

pub static IDS: Flag = Flag {
    long: "id",
    short: Some('i'),
    takes: Takes::Text("ID"),
    help: "ID of an authorization. Repeatable. Use - to read IDs from standard input, one per line. Blank lines and lines starting with # are ignored",
    repeatable: true,
    reads_stdin: true,
    overrides: Some(OverrideGroup::Target),
    check: Some(check_name),
    ..BASE
};

pub static USERNAMES: Flag = Flag {
    long: "username",
    takes: Takes::Text("NAME"),
    help: "Username of an authorization. Repeatable. Use - to read usernames from standard input, one per line",
    repeatable: true,
    reads_stdin: true,
    overrides: Some(OverrideGroup::Target),
    check: Some(check_name),
    ..BASE
};

/// [`USERNAMES`] for commands that can be reverted. These commands may also take the username from
/// a variable.
pub static USERNAMES_OR_VARIABLE: Flag = Flag {
    env: Some("INFLUX_USERNAME"),
    help: "Username of an authorization (INFLUX_USERNAME if you name no target). Repeatable. Use - to read usernames from standard input, one per line",
    ..USERNAMES
};

/// The ID, for commands with one target.
pub static ID: Flag = Flag {
    help: "ID of the authorization",
    repeatable: false,
    reads_stdin: false,
    check: Some(check_single),
    ..IDS
};

/// The username, for commands with one target.
pub static USERNAME: Flag = Flag {
    help: "Username of the authorization, matched exactly",
    repeatable: false,
    reads_stdin: false,
    check: Some(check_single),
    ..USERNAMES
};

fn check_single(value: &str) -> Result<(), String> {
    if value == DASH {
        return Err("only commands with several targets read standard input".to_string());
    }
    check_name(value)
}

/// The targets in the order in which they were given.
pub struct Targets {
    pub by: By,
    /// Results are printed as a list, even if there is only one target.
    pub several: bool,
    queue: VecDeque<Source>,
    /// The ID and name of the user who owns the token in use. This user is not deactivated.
    own_user: Option<(String, String)>,
}

enum Source {
    /// A target, or why it cannot be used.
    Given(Result<String, Error>),
    Input(TargetLines),
}

impl Targets {
    /// The targets that flags name. If `--match` is given, there are no targets yet. `None` if no
    /// flag for targets is given.
    ///
    /// Exit code 2 if there are flags for more than one kind of target.
    pub fn from_args(args: &Args, name_flag: &Flag) -> Result<Option<Targets>, Error> {
        let ids: Vec<_> = args.all(&IDS).collect();
        let names: Vec<_> = args.all(name_flag).collect();
        let matching = args.text(&MATCH).is_some();
        let (by, words) = match (ids.is_empty(), names.is_empty()) {
            (false, false) => return Err(conflicting_flags(name_flag)),
            (true, true) if !matching => return Ok(None),
            (true, false) => (By::Name, names),
            // `--match` adds the IDs later.
            _ => (By::Id, ids),
        };
        for flag in [&IDS, name_flag] {
            args.not_both(&MATCH, flag)?;
        }
        args.stdin_origin()?;
        if by == By::Name
            && let Some(Origin::Variable(variable)) = args.origin(name_flag)
        {
            report::line(&format!("Note: the username comes from {variable}"));
        }
        Ok(Some(Targets {
            by,
            several: matching || words.len() > 1 || words.contains(&DASH),
            queue: words.into_iter().map(|word| source(by, word)).collect(),
            own_user: None,
        }))
    }

    /// The target of a command that takes only one. If the flag is repeated, the last value counts.
    ///
    /// Exit code 2 if there is no target, or if both kinds of flags are given.
    pub fn single<'a>(args: &'a Args, name_flag: &Flag) -> Result<(By, &'a str), Error> {
        let name_word = name_flag.long;
        match (args.text(&ID), args.text(name_flag)) {
            (Some(id), None) => Ok((By::Id, id)),
            (None, Some(name)) => Ok((By::Name, name)),
            (Some(_), Some(_)) => Err(conflicting_flags(name_flag)),
            (None, None) => Err(Error::usage(format!("id or {name_word} required"))
                .hint(format!("use --id or --{name_word}"))),
        }
    }

    /// If the first target comes from standard input, reads it before any request is sent.
    ///
    /// Exit code 2 if there is no target, or if the input is JSON.
    pub fn require_input(&mut self) -> Result<(), Error> {
        let Some(Source::Input(lines)) = self.queue.front_mut() else {
            return Ok(());
        };
        lines.is_used = true;
        match lines.next().ok_or_else(no_target)? {
            Err(error) if lines.is_json => Err(error),
            first => {
                self.queue.push_front(Source::Given(first));
                Ok(())
            }
        }
    }

    /// Refuses this user as a target, because the user owns the token in use. If standard input
    /// names the user later, the run stops there.
    ///
    /// Exit code 2 if the user is one of the targets so far.
    pub fn protect_user(&mut self, id: &str, name: &str) -> Result<(), Error> {
        self.own_user = Some((id.to_string(), name.to_string()));
        let mut given = self.queue.iter().filter_map(|source| match source {
            Source::Given(Ok(target)) => Some(target),
            _ => None,
        });
        match given.find(|target| self.is_own_user(target)) {
            Some(target) => Err(own_user_error(target)),
            None => Ok(()),
        }
    }

    fn is_own_user(&self, target: &str) -> bool {
        self.own_user
            .as_ref()
            .is_some_and(|(id, name)| match self.by {
                By::Id => target.eq_ignore_ascii_case(id),
                By::Name => target == name,
            })
    }

    /// Adds targets that the server listed.
    pub fn add_ids(&mut self, ids: Vec<String>) {
        let given = ids.into_iter().map(|id| Source::Given(Ok(id)));
        self.queue.extend(given);
    }

    /// How many targets are left. `None` as long as standard input may contain more.
    pub fn left(&self) -> Option<usize> {
        let is_given = |source: &Source| matches!(source, Source::Given(_));
        self.queue.iter().all(is_given).then_some(self.queue.len())
    }
}

fn conflicting_flags(name_flag: &Flag) -> Error {
    Error::usage(format!("specify id or {}, not both", name_flag.long))
}

fn no_target() -> Error {
    Error::usage("no target on standard input").hint(
        "standard input has one target per line; blank lines and lines starting with # are ignored",
    )
}

fn own_user_error(target: &str) -> Error {
    let shown = quote(target);
    Error::usage(format!(
        "{shown}: the token in use belongs to this user; deactivating it locks you out (use --yes to proceed)"
    ))
}

fn source(by: By, word: &str) -> Source {
    if word == DASH {
        Source::Input(TargetLines::new(by))
    } else {
        Source::Given(Ok(word.to_string()))
    }
}

impl Iterator for Targets {
    type Item = Result<String, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.queue.pop_front()? {
                Source::Given(target) => return Some(target),
                Source::Input(mut lines) => {
                    let Some(target) = lines.next() else {
                        if lines.is_used {
                            continue;
                        }
                        return Some(Err(no_target()));
                    };
                    lines.is_used = true;
                    if let Ok(target) = &target
                        && self.is_own_user(target)
                    {
                        self.queue.clear();
                        let error = own_user_error(target);
                        return Some(Err(error.append("the targets after it were not tried")));
                    }
                    if lines.is_json {
                        // JSON is not a list of targets, so the other targets are not tried either.
                        self.queue.clear();
                    }
                    self.queue.push_front(Source::Input(lines));
                    return Some(target);
                }
            }
        }
    }
}
