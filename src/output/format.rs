//! The form of the results, and the flags that choose it.

use super::layout::{Column, Layout};
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Flag, Takes};
use crate::error::Error;
use crate::text::{cut, quote};

/// JSON in place of the table.
pub static JSON: Flag = Flag {
    long: "json",
    env: Some("INFLUX_OUTPUT_JSON"),
    help: "Print JSON instead of a table (default: false)",
    ..BASE
};

/// No header line.
pub static HIDE_HEADERS: Flag = Flag {
    long: "hide-headers",
    env: Some("INFLUX_HIDE_HEADERS"),
    help: "Print the table without its header line (default: false)",
    ..BASE
};

/// IDs alone.
pub static QUIET: Flag = Flag {
    long: "quiet",
    short: Some('q'),
    help: "Print the IDs alone, one a line, as set-inactive --id - reads them; --json makes no difference then (default: false)",
    ..BASE
};

/// Which columns, in which order.
pub static COLUMNS: Flag = Flag {
    long: "columns",
    takes: Takes::Text("NAMES"),
    help: "Columns of the table, in order, as in id,username,status; with --hide-headers separated by single tabs (default: all)",
    ..BASE
};

/// Nothing is shortened.
pub static WIDE: Flag = Flag {
    long: "wide",
    help: "Shorten nothing to fit the terminal (default: false)",
    ..BASE
};

/// The form of the results.
#[derive(Debug)]
pub struct Format {
    /// JSON in place of the table.
    pub json: bool,
    /// No header line in the table.
    pub hide_headers: bool,
    /// IDs alone, one a line, in place of either.
    pub quiet: bool,
    /// Where the columns of the table stand in its layout.
    pub columns: Vec<usize>,
    /// The cells are separated by single tabs.
    pub is_plain: bool,
    /// Rows are shortened to fit a terminal.
    pub fits: bool,
}

impl Format {
    /// Takes the form of results of a layout from what was given; the default is a table of all
    /// columns, with a header line.
    ///
    /// # Errors
    /// Exit code 2 where there is no such column.
    pub fn from_args(args: &Args, layout: &Layout) -> Result<Format, Error> {
        let chosen = args.text(&COLUMNS);
        let hide_headers = args.is_on(&HIDE_HEADERS);
        let is_plain = chosen.is_some() && hide_headers;
        let (json, quiet) = (args.is_on(&JSON), args.is_on(&QUIET));
        Ok(Format {
            json,
            hide_headers,
            quiet,
            columns: match chosen {
                None => (0..layout.columns.len()).collect(),
                Some(names) => names
                    .split(',')
                    .map(|name| column(name.trim(), layout))
                    .collect::<Result<_, _>>()?,
            },
            is_plain,
            fits: !(json || quiet || is_plain || args.is_on(&WIDE)),
        })
    }
}

impl Format {
    /// Whether a column of the layout is left out of what is printed.
    pub fn leaves_out(&self, column: usize) -> bool {
        !self.json && !self.quiet && !self.columns.contains(&column)
    }
}

/// The place of a column in a layout.
fn column(name: &str, layout: &Layout) -> Result<usize, Error> {
    let mut columns = layout.columns.iter();
    let is = |column: &Column| column.name().eq_ignore_ascii_case(name);
    columns.position(is).ok_or_else(|| {
        let names: Vec<_> = layout.columns.iter().map(Column::name).collect();
        let what = format!(
            "--{}: there is no column {}",
            COLUMNS.long,
            quote(&cut(name))
        );
        Error::usage(what).hint(format!("the columns are {}", names.join(", ")))
    })
}
