//! `influx v1 auth`: the usernames and passwords of 1.x clients.

pub mod create;
pub mod delete;
pub mod list;
pub mod set_password;
pub mod set_status;
