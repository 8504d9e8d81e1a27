//! InfluxDB's API: one function, one request; the types of its answers.

pub mod authorization;
pub mod authorizations;
pub mod health;
mod kind;
pub mod look_up;
pub mod mappings;
