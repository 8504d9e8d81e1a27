//! Deactivates and activates authorizations.

use super::Group;
use super::run::Work;
use crate::api::authorizations::Status;
use crate::cli::args::Args;
use crate::error::{Code, Error};

/// Sets the status of authorizations, and prints each as the server says it is now.
///
/// # Errors
/// What is wrong before the first change, or with the sign-in.
pub fn set_status(args: &Args, group: &'static Group, status: Status) -> Result<Code, Error> {
    let work = Work {
        group,
        layout: group.layout,
        wanted: Some(status),
        takes_consent: group.may_be_in_use && status == Status::Inactive,
        look: &|authorizations, by, target| authorizations.get(by, target),
        work: &move |authorizations, by, target| authorizations.set_status(by, target, status),
    };
    work.run(args)
}
