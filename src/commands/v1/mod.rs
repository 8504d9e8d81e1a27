//! `influx v1`: what a 2.x server needs for 1.x clients.

mod auth;
mod dbrp;

use crate::cli::command::{Body, Command};

pub const V1: Command = Command {
    name: "v1",
    aliases: &[],
    summary: "Commands for InfluxDB's 1.x-compatible API",
    details: "",
    examples: "v1 auth list\n\
               v1 dbrp list",
    body: Body::Group(&[auth::AUTH, dbrp::DBRP]),
};
