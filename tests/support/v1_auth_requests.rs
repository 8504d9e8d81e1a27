//! Requests, responses and runs of `influx v1 auth`.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use serde_json::Value;

pub const PATH: &str = "/private/legacy/authorizations";
pub const ORG: &str = "0000000000000a01";
pub const BUCKET: &str = "0000000000000c01";
pub const PASSWORD: &str = "pa55word-of-the-tests";
pub const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\nX-Influxdb-Build: OSS\r\n\r\n";

/// A run of `create` for `telegraf` with these additional flags.
pub fn create(server: &Server, flags: &[&str]) -> Test {
    Test::new(["v1", "auth", "create", "--username", "telegraf"])
        .args(flags.to_vec())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

/// The body that creates `telegraf` with these permissions. Each permission has an action and a
/// bucket's ID.
pub fn body(description: &str, permissions: &[(&str, &str)]) -> String {
    let permission = |(action, bucket): &(&str, &str)| {
        format!(
            "{{\"action\":\"{action}\",\"resource\":{{\"id\":\"{bucket}\",\"orgID\":\"{ORG}\",\"type\":\"buckets\"}}}}"
        )
    };
    let permissions: Vec<_> = permissions.iter().map(permission).collect();
    format!(
        "{{\"description\":\"{description}\",\"orgID\":\"{ORG}\",\"permissions\":[{}],\"token\":\"telegraf\"}}",
        permissions.join(",")
    )
}

/// The exchange that creates `telegraf` with the permission to read one bucket.
pub fn creates() -> Exchange {
    creates_with(&body("", &[("read", BUCKET)]))
}

pub fn create_request() -> String {
    request("POST", PATH, &body("", &[("read", BUCKET)]))
}

/// The exchange that creates `telegraf` with this request body.
pub fn creates_with(body: &str) -> Exchange {
    let asked: Value = serde_json::from_str(body).unwrap();
    let mut made: Value = serde_json::from_str(&authorization(ID, "telegraf", "active")).unwrap();
    made["permissions"] = asked["permissions"].clone();
    let reply = json("201 Created", &made.to_string());
    exchange(request("POST", PATH, body), reply)
}

/// The exchange that sets the password of [`ID`].
pub fn sets_password(password: &str, reply: Reply) -> Exchange {
    let target = format!("{PATH}/{ID}/password");
    let body = format!("{{\"password\":\"{password}\"}}");
    exchange(request("POST", &target, &body), reply)
}

/// The exchange that deletes an authorization.
pub fn removes(id: &str, reply: Reply) -> Exchange {
    exchange(request("DELETE", &format!("{PATH}/{id}"), ""), reply)
}

pub fn no_content() -> Reply {
    Reply::Send(NO_CONTENT.into())
}

pub const BY_ID: [&str; 4] = ["--org-id", ORG, "--read-bucket", BUCKET];

pub fn list(server: &Server) -> Test {
    Test::new(["v1", "auth", "list"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

/// The exchange that lists authorizations with this query.
pub fn lists(query: &str, entries: &[String]) -> Exchange {
    let request = request("GET", &format!("{PATH}{query}"), "");
    exchange(request, json("200 OK", &listed(entries)))
}

/// An authorization that differs from those of the fixtures in every field that has a filter.
pub fn other_authorization() -> String {
    authorization("00000000000d0009", "grafana", "inactive")
        .replace("0000000000000b01", "0000000000000b02")
        .replace("\"admin\"", "\"operator\"")
        .replace("0000000000000a01", "0000000000000a02")
        .replace("\"org\":\"acme\"", "\"org\":\"other\"")
        .replace("a test", "old dashboards")
}

pub fn two_authorizations() -> [String; 2] {
    [
        authorization(ID, "telegraf", "active"),
        other_authorization(),
    ]
}

pub fn set_password(server: &Server, flags: &[&str]) -> Test {
    Test::new(["v1", "auth", "set-password"])
        .args(flags.to_vec())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

/// A run of `influx v1 auth` with the host and the token of the tests.
pub fn auth(server: &Server, words: &[&str]) -> Test {
    Test::new(["v1", "auth"])
        .args(words.iter().copied())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

/// Runs `influx v1 auth` with these arguments against a server with this script. The run must fail
/// with this exit code and message.
#[track_caller]
pub fn fails(words: &[&str], script: impl IntoIterator<Item = Exchange>, code: i32, message: &str) {
    let server = Server::start(script);
    auth(&server, words)
        .stderr(format!("Error: {message}"))
        .code(code);
}

/// The exchange that looks up `telegraf`.
pub fn looks_up(entries: &[String]) -> Exchange {
    exchange(get("telegraf"), json("200 OK", &listed(entries)))
}
