//! The form of the results, and the flags that choose it.

use crate::cli::args::Args;
use crate::cli::flag::{BASE, Flag};

/// JSON in place of the table.
pub const JSON: Flag = Flag {
    long: "json",
    env: Some("INFLUX_OUTPUT_JSON"),
    help: "Print JSON instead of a table (default: false)",
    ..BASE
};

/// No header line.
pub const HIDE_HEADERS: Flag = Flag {
    long: "hide-headers",
    env: Some("INFLUX_HIDE_HEADERS"),
    help: "Print the table without its header line (default: false)",
    ..BASE
};

/// IDs alone.
pub const QUIET: Flag = Flag {
    long: "quiet",
    short: Some('q'),
    help: "Print the IDs alone, one a line, as set-inactive --id - reads them; --json makes no difference then (default: false)",
    ..BASE
};

/// The form of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// JSON in place of the table.
    pub json: bool,
    /// No header line in the table.
    pub hide_headers: bool,
    /// IDs alone, one a line, in place of either.
    pub quiet: bool,
}

impl Format {
    /// Takes the form from what was given; the default is a table with a header line.
    pub fn from_args(args: &Args) -> Format {
        Format {
            json: args.is_on(&JSON),
            hide_headers: args.is_on(&HIDE_HEADERS),
            quiet: args.is_on(&QUIET),
        }
    }
}
