//! What several commands use.

pub mod authorizations;
pub mod batch;
pub mod common;
pub mod glob;
pub mod matching;
pub mod organization;
pub mod password;
pub mod permissions;
pub mod prompt;
pub mod targets;
