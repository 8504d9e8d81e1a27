//! What the program prints: results on standard output, everything else on standard error.

pub mod authorization;
pub mod config;
mod fit;
pub mod format;
pub mod health;
mod json;
pub mod layout;
pub mod mapping;
pub mod report;
pub mod rows;
pub mod stdout;
mod table;
