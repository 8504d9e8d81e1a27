//! Removes authorizations for good.

use super::Group;
use super::run::Work;
use crate::api::authorization::Authorization;
use crate::api::authorizations::{Authorizations, By};
use crate::cli::args::Args;
use crate::error::{Code, Error};

/// Removes authorizations, and prints each as it was.
///
/// # Errors
/// What is wrong before the first change, or with the sign-in.
pub fn delete(args: &Args, group: &'static Group) -> Result<Code, Error> {
    let work = Work {
        group,
        layout: group.deleted,
        wanted: None,
        takes_consent: true,
        look: &look,
        work: &|authorizations, by, target| {
            let row = look(authorizations, by, target)?;
            authorizations.remove(&row.id).map_err(|error| {
                let described = authorizations.describe(by, target);
                error.context(&format!("could not remove {described}"))
            })?;
            Ok(row)
        },
    };
    work.run(args)
}

/// What is to be removed.
fn look(authorizations: &Authorizations, by: By, target: &str) -> Result<Authorization, Error> {
    match authorizations.get(by, target) {
        // The server cannot show it, but removes it all the same: nothing else frees the username.
        Err(error) if error.is_owner_gone() && by == By::Id => Ok(Authorization {
            id: target.to_string(),
            ..Authorization::default()
        }),
        found => found,
    }
}
