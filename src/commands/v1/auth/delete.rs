//! `influx v1 auth delete`.

use super::GROUP;
use crate::cli::args::Args;
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations;
use crate::commands::shared::matching::{DRY_RUN, MATCH, YES};
use crate::commands::shared::targets::{IDS, USERNAMES};
use crate::error::{Code, Error};

/// Its own flags.
pub const FLAGS: Flags = &[&IDS, &USERNAMES, &MATCH, &DRY_RUN, &YES];

/// Removes authorizations, and prints each as it was.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn delete(args: &Args) -> Result<Code, Error> {
    authorizations::delete::delete(args, &GROUP)
}
