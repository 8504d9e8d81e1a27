//! The command line, without any command's name in it: flags, parsing, help, completion, manual.

pub mod args;
pub mod command;
pub mod completion;
mod environment;
pub mod flag;
pub mod help;
pub mod man;
mod mistakes;
mod nearest;
pub mod parse;
mod program;
pub mod slips;
pub mod values;
pub mod version;
pub mod word_list;
