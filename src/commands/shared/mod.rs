//! What several commands use.

pub mod authorizations;
pub mod bucket_permissions;
pub mod common;
pub mod glob;
pub mod job;
pub mod matching;
pub mod organization;
pub mod password;
pub mod prompt;
mod target_lines;
pub mod targets;
