//! InfluxDB's API: one function, one request; the types of its answers.

pub mod authorizations;
pub mod model;
