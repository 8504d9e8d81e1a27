//! `influx v1 auth delete`.

use crate::args::Args;
use crate::authorizations;
use crate::batch;
use crate::error::{Code, Error};
use crate::targets::describe;

/// Removes authorizations, and prints each as it was.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn delete(args: &Args) -> Result<Code, Error> {
    batch::on_targets(args, true, &|client, by, target| {
        let row = authorizations::get(client, by, target)?;
        authorizations::remove(client, &row.id).map_err(|error| {
            let described = describe(by, &client.redactor().clean(target));
            error.context(&format!("could not remove {described}"))
        })?;
        Ok(row)
    })
}
