//! Work on authorizations that are named, or that a pattern fits.

use super::Group;
use super::matching::Pattern;
use crate::api::authorization::Authorization;
use crate::api::authorizations::{Authorizations, By, Status};
use crate::cli::args::Args;
use crate::commands::shared::batch::{self, List};
use crate::commands::shared::glob::Glob;
use crate::commands::shared::matching::{DRY_RUN, MATCH, YES};
use crate::commands::shared::targets::{IDS, Targets, USERNAMES};
use crate::error::{Code, Error};
use crate::output::layout::{Layout, Record};
use crate::settings::Settings;

/// What is done with one authorization, and returns it.
pub type Step = dyn Fn(&Authorizations, By, &str) -> Result<Authorization, Error>;

/// What is to be done with each of several authorizations.
pub struct Work<'a> {
    /// Of this group.
    pub group: &'static Group,
    /// How what was done is printed.
    pub layout: &'static Layout,
    /// What has this status already needs no work where a pattern fits it.
    pub wanted: Option<Status>,
    /// All that a pattern fits takes consent.
    pub takes_consent: bool,
    /// The look at one, in place of the work.
    pub look: &'a Step,
    /// The work on one.
    pub work: &'a Step,
}

impl Work<'_> {
    /// Does it, or only looks where that is asked for.
    ///
    /// # Errors
    /// What is wrong before the first change.
    pub fn run(&self, args: &Args) -> Result<Code, Error> {
        let group = self.group;
        let given = |flag| args.text(flag).is_some();
        if ![&IDS, &USERNAMES, &MATCH].into_iter().any(given) {
            let [what, hint] = group.required;
            return Err(Error::usage(what).hint(hint));
        }
        let dry = args.is_on(&DRY_RUN);
        let pattern = match args.text(&MATCH) {
            Some(text) => Some(Pattern {
                group,
                text,
                glob: Glob::parse(text).map_err(Error::usage)?,
                wanted: self.wanted,
                dry,
            }),
            None => None,
        };
        if pattern.is_some() && self.takes_consent && !dry && !args.is_on(&YES) {
            return Err(Error::usage("--match may fit more than is meant")
                .hint("--dry-run prints what it fits, --yes goes on with that"));
        }
        let (layout, step) = match dry {
            true => (group.layout, self.look),
            false => (self.layout, self.work),
        };
        let list = pattern.map(|pattern| {
            move |client: &_, show: &mut dyn FnMut(&dyn Record) -> bool| pattern.list(client, show)
        });
        let list = list.as_ref().map(|list| list as &List);
        let targets = Targets::from_args(args)?;
        let settings = Settings::resolve(args)?;
        batch::run(
            args,
            targets,
            settings,
            layout,
            list,
            &|client, by, target| {
                let authorizations = Authorizations::new(client, group.kind);
                Ok(Box::new(step(&authorizations, by, target)?))
            },
        )
    }
}
