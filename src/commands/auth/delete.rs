//! `influx auth delete`.

use super::GROUP;
use crate::cli::args::Args;
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations;
use crate::commands::shared::matching::{DRY_RUN, MATCH_DESCRIPTION, YES};
use crate::commands::shared::targets::IDS;
use crate::error::{Code, Error};

/// Its own flags.
pub const FLAGS: Flags = &[&IDS, &MATCH_DESCRIPTION, &DRY_RUN, &YES];

/// Removes tokens, and prints each as it was.
///
/// # Errors
/// What is wrong before the first change, or with the sign-in.
pub fn delete(args: &Args) -> Result<Code, Error> {
    authorizations::delete::delete(args, &GROUP)
}
