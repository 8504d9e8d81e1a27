//! `influx v1 auth set-inactive` and `set-active`.

use super::GROUP;
use crate::api::authorizations::Status;
use crate::cli::args::Args;
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::set_status::set_status;
use crate::commands::shared::matching::{DRY_RUN, MATCH};
use crate::commands::shared::targets::{IDS, USERNAMES_OR_VARIABLE};
use crate::error::{Code, Error};

/// Their own flags.
pub const FLAGS: Flags = &[&IDS, &USERNAMES_OR_VARIABLE, &MATCH, &DRY_RUN];

/// Deactivates.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn set_inactive(args: &Args) -> Result<Code, Error> {
    set_status(args, &GROUP, Status::Inactive)
}

/// Activates, the undo.
///
/// # Errors
/// As for [`set_inactive`].
pub fn set_active(args: &Args) -> Result<Code, Error> {
    set_status(args, &GROUP, Status::Active)
}
