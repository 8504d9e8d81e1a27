//! `influx v1 auth set-inactive` and `set-active`.

use crate::api::authorizations::{self, Status};
use crate::cli::args::Args;
use crate::cli::flag::Flag;
use crate::commands::shared::batch;
use crate::commands::shared::targets::{IDS, USERNAMES_OR_VARIABLE};
use crate::error::{Code, Error};

/// Its own flags.
pub const FLAGS: &[Flag] = &[IDS, USERNAMES_OR_VARIABLE];

/// Deactivates.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn set_inactive(args: &Args) -> Result<Code, Error> {
    set(args, Status::Inactive)
}

/// Activates, the undo.
///
/// # Errors
/// As for [`set_inactive`].
pub fn set_active(args: &Args) -> Result<Code, Error> {
    set(args, Status::Active)
}

fn set(args: &Args, status: Status) -> Result<Code, Error> {
    batch::on_targets(args, false, &|client, by, target| {
        authorizations::set_status(client, by, target, status)
    })
}
