//! The command line: flags, parsing, help, completion and the manual page. All of them use the
//! command tree that the program declares.

pub mod args;
pub mod command;
pub mod completion;
mod edit_distance;
mod environment;
pub mod flag;
pub mod help;
pub mod man;
pub mod parse;
mod program;
mod usage_errors;
pub mod values;
pub mod version;
