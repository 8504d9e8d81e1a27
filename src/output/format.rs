//! The flags that choose how results are printed.

use super::layout::{Column, Layout};
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Flag, Takes};
use crate::error::Error;
use crate::text::quote_word;

pub static JSON: Flag = Flag {
    long: "json",
    env: Some("INFLUX_OUTPUT_JSON"),
    help: "Print JSON instead of a table (default: false)",
    ..BASE
};

pub static HIDE_HEADERS: Flag = Flag {
    long: "hide-headers",
    env: Some("INFLUX_HIDE_HEADERS"),
    help: "Print the table without its header line (default: false)",
    ..BASE
};

pub static QUIET: Flag = Flag {
    long: "quiet",
    short: Some('q'),
    help: "Print only the IDs, one per line, even with --json. `set-inactive --id -` can read this (default: false)",
    ..BASE
};

pub static COLUMNS: Flag = Flag {
    long: "columns",
    takes: Takes::Text("NAMES"),
    help: "Columns to print, in this order, for example id,username,status. With --hide-headers, they are separated by single tabs (default: all)",
    ..BASE
};

pub static WIDE: Flag = Flag {
    long: "wide",
    help: "Do not truncate columns to the width of the terminal (default: false)",
    ..BASE
};

/// How results are printed.
#[derive(Debug)]
pub struct Format {
    pub json: bool,
    pub hide_headers: bool,
    /// Print one value per line instead of a table or JSON.
    pub quiet: bool,
    /// The columns to print.
    pub columns: Vec<&'static Column>,
    /// Separate cells with single tabs.
    pub single_tabs: bool,
    /// Shorten rows that do not fit the terminal.
    pub fit_terminal: bool,
}

impl Format {
    /// Reads the output flags for results with this layout.
    ///
    /// # Errors
    /// Exit code 2 if `--columns` names an unknown column.
    pub fn from_args(args: &Args, layout: &'static Layout) -> Result<Format, Error> {
        let names = args.text(&COLUMNS);
        let quiet = args.is_on(&QUIET);
        let json = args.is_on(&JSON) && !quiet;
        let hide_headers = args.is_on(&HIDE_HEADERS);
        let single_tabs = names.is_some() && hide_headers;
        let columns = match names {
            None => layout.columns.iter().collect(),
            Some(names) => names
                .split(',')
                .map(|name| find_column(name.trim(), layout))
                .collect::<Result<_, _>>()?,
        };
        Ok(Format {
            json,
            hide_headers,
            quiet,
            columns,
            single_tabs,
            fit_terminal: !(json || quiet || single_tabs || args.is_on(&WIDE)),
        })
    }

    /// Whether the output lacks this value of the layout.
    pub fn omits(&self, value: &str) -> bool {
        let is_printed = self.columns.iter().any(|column| column.value == value);
        !self.json && !self.quiet && !is_printed
    }
}

fn find_column(name: &str, layout: &'static Layout) -> Result<&'static Column, Error> {
    let mut columns = layout.columns.iter();
    let is_named = |column: &&Column| column.name().eq_ignore_ascii_case(name);
    columns.find(is_named).ok_or_else(|| {
        let names: Vec<_> = layout.columns.iter().map(Column::name).collect();
        let shown = quote_word(name);
        Error::usage(format!("--{}: unknown column {shown}", COLUMNS.long))
            .hint(format!("the columns are {}", names.join(", ")))
    })
}
