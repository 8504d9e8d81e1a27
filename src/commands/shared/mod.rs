//! What several commands use.

pub mod authorizations;
pub mod bucket_permissions;
pub mod common;
pub mod glob;
pub mod job;
pub mod matching;
pub mod objects;
pub mod organization;
pub mod password;
pub mod prompt;
pub mod set_password;
mod target_lines;
pub mod targets;
