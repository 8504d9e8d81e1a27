//! What the program prints: results on standard output, everything else on standard error.

pub mod authorization;
pub mod config;
pub mod format;
pub mod layout;
pub mod report;
pub mod rows;
pub mod stdout;
mod table;
