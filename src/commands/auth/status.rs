//! `influx auth inactive` and `active`.

use super::GROUP;
use crate::api::authorizations::Status;
use crate::cli::args::Args;
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::set_status::set_status;
use crate::commands::shared::matching::{DRY_RUN, MATCH_DESCRIPTION, YES};
use crate::commands::shared::targets::IDS;
use crate::error::{Code, Error};

/// Their own flags.
pub const FLAGS: Flags = &[&IDS, &MATCH_DESCRIPTION, &DRY_RUN, &YES];

/// Deactivates.
///
/// # Errors
/// What is wrong before the first change, or with the sign-in.
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
