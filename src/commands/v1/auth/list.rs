//! `influx v1 auth list`.

use super::GROUP;
use crate::cli::args::Args;
use crate::cli::flag::Flags;
use crate::commands::shared::authorizations::list::{self, STATUS, USER, USER_ID};
use crate::commands::shared::matching::MATCH;
use crate::commands::shared::organization::{ORG, ORG_ID};
use crate::commands::shared::targets::{ID, USERNAME};
use crate::error::{Code, Error};
use crate::output::format::QUIET;

/// Its own flags.
pub const FLAGS: Flags = &[
    &ID, &USERNAME, &USER, &USER_ID, &ORG, &ORG_ID, &STATUS, &MATCH, &QUIET,
];

/// Lists.
///
/// # Errors
/// What is wrong before the request or with it, exit code 6 where the server does not know the
/// username asked for, and 5 where it does not show it.
pub fn list(args: &Args) -> Result<Code, Error> {
    list::list(args, &GROUP)
}
