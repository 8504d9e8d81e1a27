//! InfluxDB's API: one function, one request; the types of its answers.

pub mod authorization;
pub mod authorizations;
mod collection;
pub mod credential;
pub mod health;
pub mod look_up;
pub mod mappings;
