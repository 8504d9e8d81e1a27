//! Requests and answers of `influx auth create`.

use super::api_tokens::{PATH, token};
use crate::fixtures::request;
use crate::scripted_server::{Exchange, Reply, exchange, json};
use serde_json::Value;

pub const ID: &str = "00000000000e0001";
pub const ORG: &str = "0000000000000a01";
pub const BUCKET: &str = "0000000000000c01";

/// The new token, which only the answer to the POST contains.
pub const MADE: &str = "t0ken-made-by-create-000000000000000000000000000000000000==";

/// Arguments for which nothing has to be looked up.
pub const BY_ID: [&str; 5] = ["create", "--org-id", ORG, "--read-bucket", BUCKET];

pub fn created() -> Reply {
    let body = token(ID, "a test", "active");
    let body = body.replace("\"token\":\"\"", &format!("\"token\":\"{MADE}\""));
    json("201 Created", &body)
}

/// The answer of a server that creates what `body` asks for.
pub fn answer_to(body: &str) -> Reply {
    let asked: Value = serde_json::from_str(body).unwrap();
    let mut made: Value = serde_json::from_str(&token(ID, "a test", "active")).unwrap();
    made["token"] = MADE.into();
    for key in ["permissions", "userID"] {
        if let Some(value) = asked.get(key) {
            made[key] = value.clone();
        }
    }
    json("201 Created", &made.to_string())
}

pub fn bucket(action: &str, id: &str) -> String {
    format!(
        "{{\"action\":\"{action}\",\"resource\":{{\"id\":\"{id}\",\"orgID\":\"{ORG}\",\"type\":\"buckets\"}}}}"
    )
}

/// The body with these permissions.
pub fn body(permissions: &[String]) -> String {
    format!(
        "{{\"orgID\":\"{ORG}\",\"permissions\":[{}]}}",
        permissions.join(",")
    )
}

/// The request of [`BY_ID`].
pub fn create_request() -> String {
    request("POST", PATH, &body(&[bucket("read", BUCKET)]))
}

/// That request, and its answer.
pub fn made() -> Exchange {
    exchange(create_request(), created())
}

/// A look-up of a name, and the entries that the server lists.
pub fn looks_up(target: &str, key: &str, entries: &str) -> Exchange {
    let body = format!("{{\"links\":{{}},\"{key}\":[{entries}]}}");
    exchange(request("GET", target, ""), json("200 OK", &body))
}
