//! Deactivates and activates authorizations.

use super::Group;
use crate::api::authorizations::{Authorizations, Status};
use crate::cli::args::Args;
use crate::commands::shared::batch;
use crate::error::{Code, Error};

/// Sets the status of authorizations, and prints each as the server says it is now.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn set_status(args: &Args, group: &Group, status: Status) -> Result<Code, Error> {
    batch::run(args, group.layout, &|client, by, target| {
        let now = Authorizations::new(client, group.kind).set_status(by, target, status)?;
        Ok(Box::new(now))
    })
}
