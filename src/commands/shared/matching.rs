//! `--match`: applies a command to every authorization whose name or description matches a pattern.

use crate::api::collection::Collection;
use crate::api::credential::{Credential, Status};
use crate::api::lookup::check_usable_id;
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Flag, OverrideGroup, Takes};
use crate::commands::shared::glob::Glob;
use crate::error::{Code, Error};
use crate::output::report;
use crate::text::quote;
use crate::url::check_name;

pub static MATCH: Flag = Flag {
    long: "match",
    takes: Takes::Text("GLOB"),
    help: "Pattern that matches the whole username or description. It may contain * ? [a-z] [!a-z], as in a shell",
    overrides: Some(OverrideGroup::Target),
    check: Some(check_glob),
    ..BASE
};

pub static MATCH_DESCRIPTION: Flag = Flag {
    help: "Pattern that matches the whole description. It may contain * ? [a-z] [!a-z], as in a shell",
    ..MATCH
};

pub static DRY_RUN: Flag = Flag {
    long: "dry-run",
    help: "Print what would be changed, without changing it (default: false)",
    ..BASE
};

pub static YES: Flag = Flag {
    long: "yes",
    help: "Apply to everything that --match finds (default: false)",
    ..BASE
};

fn check_glob(pattern: &str) -> Result<(), String> {
    Glob::parse(pattern)?;
    check_name(pattern)
}

/// Refuses `--match` without `--yes` or `--dry-run` (exit code 2).
pub fn require_consent(args: &Args) -> Result<(), Error> {
    if args.text(&MATCH).is_some() && !args.is_on(&DRY_RUN) && !args.is_on(&YES) {
        return Err(Error::usage("--match may find more than you expect")
            .hint("use --dry-run to see what it finds, or --yes to apply the change"));
    }
    Ok(())
}

/// The pattern of `--match`.
pub struct Pattern<'a> {
    text: &'a str,
    glob: Glob,
}

impl<'a> Pattern<'a> {
    /// The pattern, if one was given.
    pub fn from_args(args: &'a Args) -> Result<Option<Pattern<'a>>, Error> {
        let Some(text) = args.text(&MATCH) else {
            return Ok(None);
        };
        let glob = Glob::parse(text).map_err(Error::usage)?;
        Ok(Some(Pattern { text, glob }))
    }

    /// Whether the whole name or the whole description matches. The name of a v2 authorization is
    /// empty here, because its token is never kept.
    pub fn matches(&self, entry: &impl Credential) -> bool {
        self.glob.matches(entry.name()) || self.glob.matches(entry.description())
    }

    /// Passes every entry that matches to `found`, except entries that already have the status
    /// `skipped`. Stops when `found` returns false.
    ///
    /// Exit code 6 if nothing matches. After an error, the caller must not change anything, because
    /// the list is incomplete.
    pub fn find<T: Credential>(
        &self,
        api: &Collection<T>,
        match_fields: &str,
        skipped: Option<Status>,
        found: &mut dyn FnMut(&T) -> bool,
    ) -> Result<(), Error> {
        let (mut any_match, mut any_left) = (false, false);
        let mut checked_ids = Ok(());
        let listed = api.list(&[], &[], &mut |entry: T| {
            if !self.matches(&entry) {
                return true;
            }
            any_match = true;
            if skipped.is_some_and(|status| entry.status() == status.word()) {
                return true;
            }
            any_left = true;
            checked_ids = check_usable_id(entry.id());
            checked_ids.is_ok() && found(&entry)
        });
        listed.and(checked_ids).map_err(|error| {
            let error = error.context(&format!("could not list {}", api.plural()));
            error.append("nothing was changed")
        })?;
        let pattern = quote(self.text);
        if !any_match {
            let hint = format!(
                "the pattern must match the whole {}, for example --match '*old*'; only an operator token sees the credentials of other v2 users, and an inactive token sees nothing",
                match_fields
            );
            let message = format!("no {} matches {pattern}", api.singular());
            return Err(Error::new(Code::NotFound, message).hint(hint));
        }
        if let Some(status) = skipped.filter(|_| !any_left) {
            let word = status.word();
            report::line(&format!(
                "Hint: everything that {pattern} matches is already {word}"
            ));
        }
        Ok(())
    }
}
