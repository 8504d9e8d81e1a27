//! The requests, responses and runs of `influx ping`.

use crate::fixtures::request_as;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};

/// The response body of InfluxDB 2.9 to `/health`.
pub const PASS: &str = "{\"name\":\"influxdb\", \"message\":\"ready for queries and writes\", \"status\":\"pass\", \"checks\":[], \"version\": \"v2.9.1\", \"commit\": \"none\"}\n";

/// The exchange with the first request, which has no token.
pub fn health(reply: Reply) -> Exchange {
    exchange(request_as("", "GET", "/health", ""), reply)
}

/// The exchange with the second request.
pub fn ready(reply: Reply) -> Exchange {
    exchange(request_as("", "GET", "/ready", ""), reply)
}

/// Both exchanges with a server that is up.
pub fn up(health_body: &str) -> [Exchange; 2] {
    let body = r#"{"status":"ready","started":"2026-11-28T19:00:00Z","up":"1m0s"}"#;
    [
        health(json("200 OK", health_body)),
        ready(json("200 OK", body)),
    ]
}

pub fn ping(server: &Server) -> Test {
    Test::new(["ping"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}
