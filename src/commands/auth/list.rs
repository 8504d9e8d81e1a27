//! `influx auth list`.

use super::GROUP;
use crate::cli::args::Args;
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::list::{self, STATUS, USER, USER_ID};
use crate::commands::shared::matching::MATCH_DESCRIPTION;
use crate::commands::shared::organization::{ORG, ORG_ID};
use crate::commands::shared::targets::ID;
use crate::error::{Code, Error};
use crate::output::format::QUIET;

/// Its own flags.
pub const FLAGS: Flags = &[
    &ID,
    &USER,
    &USER_ID,
    &ORG,
    &ORG_ID,
    &STATUS,
    &MATCH_DESCRIPTION,
    &QUIET,
];

/// Lists.
///
/// # Errors
/// What is wrong before the request or with it.
pub fn list(args: &Args) -> Result<Code, Error> {
    list::list(args, &GROUP)
}
