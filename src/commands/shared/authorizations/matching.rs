//! Authorizations that a pattern fits.

use super::Group;
use crate::api::authorization::Authorization;
use crate::api::authorizations::{Authorizations, Status};
use crate::api::look_up::usable;
use crate::client::Client;
use crate::commands::shared::glob::Glob;
use crate::error::{Code, Error};
use crate::output::layout::Record;
use crate::output::report;

/// Whether a pattern fits one. The token of the other kind is never known here, and what fits an empty
/// text fits any.
pub fn fits(glob: &Glob, entry: &Authorization) -> bool {
    glob.matches(&entry.token) || glob.matches(&entry.description)
}

/// The authorizations of a group that are to be worked on.
pub struct Pattern<'a> {
    /// The group.
    pub group: &'a Group,
    /// As it was given.
    pub text: &'a str,
    /// What it means.
    pub glob: Glob,
    /// What has this status already is left out.
    pub wanted: Option<Status>,
    /// They are only to be shown.
    pub dry: bool,
}

impl Pattern<'_> {
    /// Lists the IDs, each ended by a line break. Where they are only to be shown, each authorization
    /// is handed to `show` instead, as long as that returns true.
    ///
    /// # Errors
    /// Those of the request: a list that breaks off is none. Exit code 6 where nothing fits.
    pub fn list(
        &self,
        client: &Client,
        show: &mut dyn FnMut(&dyn Record) -> bool,
    ) -> Result<String, Error> {
        let mut ids = String::new();
        let (mut fits_any, mut any_left) = (false, false);
        let mut wrong = Ok(());
        let listed = Authorizations::new(client, self.group.kind).list(&[], &[], &mut |entry| {
            if !fits(&self.glob, &entry) {
                return true;
            }
            fits_any = true;
            let word = self.wanted.map(Status::word);
            if word.is_some_and(|word| entry.status == word) {
                return true;
            }
            any_left = true;
            if self.dry {
                return show(&entry);
            }
            ids.extend([&entry.id, "\n"]);
            wrong = usable(&entry.id);
            wrong.is_ok()
        });
        listed.and(wrong).map_err(|error| {
            let error = error.context("could not list authorizations");
            error.append("nothing was changed")
        })?;
        let pattern = client.quoted(self.text);
        match self.wanted {
            _ if !fits_any => {
                let what = ["no authorization fits ", &pattern].concat();
                let hint = [
                    "the whole ",
                    self.group.fields,
                    " has to fit, as in --match '*old*'; only an operator token sees what belongs to other v2 users, and an inactive one sees nothing",
                ];
                Err(Error::new(Code::NotFound, what).hint(hint.concat()))
            }
            Some(status) if !any_left => {
                let word = status.word();
                report::line(
                    &["Hint: all that ", &pattern, " fits is ", word, " already"].concat(),
                );
                Ok(ids)
            }
            _ => Ok(ids),
        }
    }
}
