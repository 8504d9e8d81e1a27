//! Tests of the built binary from outside. One binary, a module an area.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

/// The recorded exchanges of the Go client with InfluxDB 2.9, and where we differ on purpose.
mod contract;
/// The bytes of the usual requests and answers.
mod fixtures;
/// How a test states what it gives and expects.
mod harness;
/// The scripted stand-in server.
mod server;
/// What goes over the wire and comes out for the main job.
mod set_status;
