//! Removes authorizations for good.

use super::Group;
use crate::api::authorization::Authorization;
use crate::api::authorizations::{Authorizations, By};
use crate::cli::args::Args;
use crate::commands::shared::batch;
use crate::error::{Code, Error};

/// Removes authorizations, and prints each as it was.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn delete(args: &Args, group: &Group) -> Result<Code, Error> {
    batch::run(args, group.deleted, &|client, by, target| {
        let authorizations = Authorizations::new(client, group.kind);
        let row = match authorizations.get(by, target) {
            // The server cannot show it, but removes it all the same: nothing else frees the username.
            Err(error) if error.is_owner_gone() && by == By::Id => Authorization {
                id: target.to_string(),
                ..Authorization::default()
            },
            found => found?,
        };
        authorizations.remove(&row.id).map_err(|error| {
            let described = authorizations.describe(by, target);
            error.context(&format!("could not remove {described}"))
        })?;
        Ok(Box::new(row))
    })
}
