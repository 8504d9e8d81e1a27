//! `influx`, a small client for InfluxDB's 1.x-compatible authorizations. A run goes through the
//! files so: `parse` (with `commands`, `flags`, `args`) -> `settings` (with `configs`) -> a command
//! (`set_status`, `list`, `create`, `delete`, `set_password`) -> `client` -> `model` -> `output` -> exit code.

mod api;
mod cli;
mod client;
mod commands;
mod error;
mod header;
mod output;
mod secret;
mod settings;
mod text;
mod url;

use cli::parse::{self, Parsed};
use cli::{help, version};
use error::{Code, Error};
use output::{report, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let code = run().unwrap_or_else(|error| {
        report::Report::default().error(&error);
        error.code
    });
    ExitCode::from(code as u8)
}

fn run() -> Result<Code, Error> {
    let words = std::env::args_os().skip(1).collect();
    match parse::parse(&commands::ROOT, &commands::slips::SLIPS, words, &|name| {
        std::env::var_os(name)
    })? {
        Parsed::Help(path, short) => stdout::print(&help::help(&path, short))?,
        Parsed::Version => stdout::print(&version::line())?,
        Parsed::Print(text) => stdout::print(&text(&commands::ROOT))?,
        Parsed::Run(run, args) => {
            // The process ends with them: not worth taking apart.
            let args = Box::leak(args);
            return run(args).map_err(|error| error.redact(&args.redactor));
        }
    }
    Ok(Code::Done)
}
