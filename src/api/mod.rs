//! InfluxDB's API: one function per request, and the types of the responses.

pub mod authorizations;
pub mod collection;
pub mod credential;
pub mod health;
pub mod lookup;
pub mod mappings;
pub mod me;
pub mod server_object;
pub mod users;
