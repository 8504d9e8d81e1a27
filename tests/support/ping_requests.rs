//! The request, the answer and the run of `influx ping`.

use crate::fixtures::request_as;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Reply, Server, exchange};

/// What InfluxDB 2.9 says of itself.
pub const PASS: &str = "{\"name\":\"influxdb\", \"message\":\"ready for queries and writes\", \"status\":\"pass\", \"checks\":[], \"version\": \"v2.9.1\", \"commit\": \"none\"}\n";

/// The request, which has no token.
pub fn asked(reply: Reply) -> Exchange {
    exchange(request_as("", "GET", "/health", ""), reply)
}

pub fn ping(server: &Server) -> Test {
    Test::new(["ping"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}
