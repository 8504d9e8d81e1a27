//! `influx`, a small client for InfluxDB's 1.x-compatible authorizations. A run goes through the
//! files so: `parse` (with `commands`, `flags`, `args`) -> `settings` (with `configs`) -> a command
//! (`set_status`, `list`, `create`, `delete`, `set_password`) -> `client` -> `model` -> `output` -> exit code.

mod args;
mod authorizations;
mod base64;
mod batch;
mod client;
mod commands;
mod completion;
mod configs;
mod create;
mod delete;
mod error;
mod files;
mod flags;
mod glob;
mod header;
mod help;
mod list;
mod man;
mod model;
mod nearest;
mod org;
mod output;
mod parse;
mod password;
mod program;
mod prompt;
mod report;
mod secret;
mod session;
mod set_password;
mod set_status;
mod settings;
mod stdout;
mod suspects;
mod table;
mod targets;
mod text;
mod url;
mod values;
mod version;

use error::{Code, Error};
use parse::Parsed;
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
    match parse::parse(&commands::ROOT, words, &|name| std::env::var_os(name))? {
        Parsed::Help(path) => stdout::print(&help::help(&path))?,
        Parsed::Version => stdout::print(&version::line())?,
        Parsed::Print(text) => stdout::print(&text())?,
        Parsed::Run(run, args) => {
            // The process ends with them: not worth taking apart.
            let args = Box::leak(args);
            return run(args).map_err(|error| error.without(&args.redactor));
        }
    }
    Ok(Code::Done)
}
