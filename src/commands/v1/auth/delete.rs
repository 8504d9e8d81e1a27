//! `influx v1 auth delete`.

use crate::api::authorizations;
use crate::api::authorizations::{By, describe};
use crate::api::model::Authorization;
use crate::cli::args::Args;
use crate::cli::flag::Flag;
use crate::commands::shared::batch;
use crate::commands::shared::targets::{IDS, USERNAMES};
use crate::error::{Code, Error};

/// Its own flags.
pub const FLAGS: &[Flag] = &[IDS, USERNAMES];

/// Removes authorizations, and prints each as it was.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn delete(args: &Args) -> Result<Code, Error> {
    batch::on_targets(args, true, &|client, by, target| {
        let row = match authorizations::get(client, by, target) {
            // The server cannot show it, but removes it all the same: nothing else frees the username.
            Err(error) if error.is_owner_gone() && by == By::Id => Authorization {
                id: target.to_string(),
                ..Authorization::default()
            },
            found => found?,
        };
        authorizations::remove(client, &row.id).map_err(|error| {
            let described = describe(by, &client.redactor().clean(target));
            error.context(&format!("could not remove {described}"))
        })?;
        Ok(row)
    })
}
