//! `influx v1`: what 1.x clients need of a 2.x server.

pub mod auth;
