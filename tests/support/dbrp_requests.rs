//! Responses and runs of `influx v1 dbrp`.

use crate::harness::{TOKEN, Test};
use crate::scripted_server::Server;

pub const ORG: &str = "0000000000000a01";
pub const BUCKET: &str = "0000000000000c01";

/// The JSON of a mapping as InfluxDB sends it.
pub fn mapping(id: &str, db: &str, rp: &str, default: bool, is_virtual: bool) -> String {
    format!(
        "{{\"id\":\"{id}\",\"database\":\"{db}\",\"retention_policy\":\"{rp}\",\"default\":{default},\
         \"virtual\":{is_virtual},\"orgID\":\"{ORG}\",\"bucketID\":\"{BUCKET}\"}}"
    )
}

/// The body of the response to a GET or PATCH of one mapping.
pub fn content(mapping: &str) -> String {
    format!("{{\"content\":{mapping}}}")
}

/// The JSON object that the program prints for a [`mapping`] that is not virtual.
pub fn object(id: &str, db: &str, rp: &str, default: bool) -> String {
    format!(
        "{{\n\t\"bucketID\": \"{BUCKET}\",\n\t\"database\": \"{db}\",\n\t\"default\": {default},\n\t\"id\": \"{id}\",\n\t\"orgID\": \"{ORG}\",\n\t\"retention_policy\": \"{rp}\",\n\t\"virtual\": false\n}}"
    )
}

/// A run of `influx v1 dbrp` with the host and the token of the tests.
pub fn dbrp(server: &Server, args: &[&str]) -> Test {
    Test::new(["v1", "dbrp"])
        .args(args.to_vec())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}
