//! The flags of work on everything that a pattern fits.

use crate::cli::flag::{BASE, Flag, OverrideGroup, Takes};
use crate::commands::shared::glob::Glob;
use crate::url::check_name;

/// A pattern of usernames and descriptions.
pub static MATCH: Flag = Flag {
    long: "match",
    takes: Takes::Text("GLOB"),
    help: "Pattern that the whole username or the whole description fits, with * ? [a-z] [!a-z] as in the shell",
    overrides: Some(OverrideGroup::Target),
    check: Some(glob),
    ..BASE
};

/// A pattern of descriptions.
pub static MATCH_DESCRIPTION: Flag = Flag {
    help: "Pattern that the whole description fits, with * ? [a-z] [!a-z] as in the shell",
    ..MATCH
};

/// No change, just a look.
pub static DRY_RUN: Flag = Flag {
    long: "dry-run",
    help: "Change nothing: print the rows that would be changed, as they are now (default: false)",
    ..BASE
};

/// The consent to work on whatever a pattern fits.
pub static YES: Flag = Flag {
    long: "yes",
    help: "Go on with all that --match fits, which needs this or --dry-run (default: false)",
    ..BASE
};

fn glob(pattern: &str) -> Result<(), String> {
    Glob::parse(pattern)?;
    check_name(pattern)
}
