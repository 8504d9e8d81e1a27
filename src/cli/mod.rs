//! The command line: flags, parsing, help, completion and the manual, all made from the tree of
//! commands that the program declares.

pub mod args;
pub mod command;
pub mod completion;
mod environment;
pub mod flag;
pub mod help;
pub mod man;
pub mod nearest_word;
pub mod parse;
mod program;
mod usage_errors;
pub mod values;
pub mod version;
