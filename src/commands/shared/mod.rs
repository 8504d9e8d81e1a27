//! What several commands use.

pub mod authorizations;
pub mod common;
pub mod glob;
pub mod job;
pub mod matching;
pub mod organization;
pub mod password;
pub mod permissions;
pub mod prompt;
mod target_lines;
pub mod targets;
