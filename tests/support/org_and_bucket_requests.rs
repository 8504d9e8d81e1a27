//! Requests, responses and runs of `influx org list` and `influx bucket list`.

use crate::fixtures::request;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};

pub const ORG: &str = "0000000000000a01";

/// A command with the host and token of the tests.
pub fn run(server: &Server, words: &[&str]) -> Test {
    Test::new(words.to_vec())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

/// The exchange that lists `orgs` or `buckets`. The server replies with `reply`.
pub fn lists(key: &str, query: &str, reply: Reply) -> Exchange {
    let target = format!("/api/v2/{key}?{query}");
    exchange(request("GET", &target, ""), reply)
}

/// A response with a list.
pub fn listed(key: &str, objects: &[String]) -> Reply {
    listed_with_next(key, objects, "")
}

/// A response with a list and a link to the next page, unless `next` is empty.
pub fn listed_with_next(key: &str, objects: &[String], next: &str) -> Reply {
    let next = if next.is_empty() {
        String::new()
    } else {
        format!(",\"next\":\"{next}\"")
    };
    let objects = objects.join(",");
    json(
        "200 OK",
        &format!("{{\"links\":{{\"self\":\"/api/v2/{key}\"{next}}},\"{key}\":[{objects}]}}"),
    )
}

pub fn not_found(message: &str) -> Reply {
    let body = serde_json::json!({"code": "not found", "message": message});
    json("404 Not Found", &body.to_string())
}

pub fn id(number: usize) -> String {
    format!("{number:016x}")
}

pub fn ids(numbers: std::ops::Range<usize>) -> String {
    numbers.map(|number| id(number) + "\n").collect()
}
