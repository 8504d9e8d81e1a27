//! `influx` manages the credentials of InfluxDB 2.x. `cli` parses the command line. The command, in
//! `commands`, resolves its `settings`, talks to the server through `api` and `client`, and prints
//! through `output`. `main` prints the errors.

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
use commands::ROOT;
use commands::did_you_mean::SUGGESTIONS;
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
    let arguments = std::env::args_os().skip(1).collect();
    let env = |name: &str| std::env::var_os(name);
    match parse::parse(&ROOT, &SUGGESTIONS, arguments, &env)? {
        Parsed::Help { path, short } => stdout::print(&help::help(&path, short))?,
        Parsed::Version => stdout::print(&version::line())?,
        Parsed::Print(text) => stdout::print(&text(&ROOT))?,
        Parsed::Run(run, args) => {
            // Leaked on purpose: the process exits next.
            let args = Box::leak(args);
            return run(args);
        }
    }
    Ok(Code::Done)
}
