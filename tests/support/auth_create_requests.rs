//! Requests and responses of `influx auth create`.

use super::auth_requests::{PATH, token};
use crate::fixtures::request;
use crate::scripted_server::{Exchange, Reply, exchange, json};
use serde_json::Value;

pub const ID: &str = "00000000000e0001";
pub const ORG: &str = "0000000000000a01";
pub const BUCKET: &str = "0000000000000c01";

/// The new token. Only the response to the POST contains it.
pub const NEW_TOKEN: &str = "t0ken-made-by-create-000000000000000000000000000000000000==";

/// Arguments that need no lookup, because they only have IDs.
pub const BY_ID: [&str; 5] = ["create", "--org-id", ORG, "--read-bucket", BUCKET];

pub fn created() -> Reply {
    let body = token(ID, "a test", "active");
    let body = body.replace("\"token\":\"\"", &format!("\"token\":\"{NEW_TOKEN}\""));
    json("201 Created", &body)
}

/// The response of a server that creates what the request body `body` asks for.
pub fn response_to(body: &str) -> Reply {
    let asked: Value = serde_json::from_str(body).unwrap();
    let mut made: Value = serde_json::from_str(&token(ID, "a test", "active")).unwrap();
    made["token"] = NEW_TOKEN.into();
    for key in ["permissions", "userID"] {
        if let Some(value) = asked.get(key) {
            made[key] = value.clone();
        }
    }
    json("201 Created", &made.to_string())
}

/// A permission for a bucket.
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

/// The exchange with the request of [`BY_ID`].
pub fn creation_by_id() -> Exchange {
    exchange(create_request(), created())
}

/// The exchange that looks up a name. The server lists `entries`.
pub fn looks_up(target: &str, key: &str, entries: &str) -> Exchange {
    let body = format!("{{\"links\":{{}},\"{key}\":[{entries}]}}");
    exchange(request("GET", target, ""), json("200 OK", &body))
}
