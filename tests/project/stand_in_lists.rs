//! The demo's stand-in server lists organizations and buckets like InfluxDB 2.9, and reports that
//! it is ready. The program can read its long list of authorizations.

use crate::harness::Test;
use crate::stand_in::store::{BUCKET, ORG, TOKEN};
use crate::stand_in::{Server, long_list};
use crate::support::stand_in_client::{get, refusal, send};
use serde_json::Value;

const UNKNOWN: &str = "0e1f2a3b4c5d6fff";

/// The names that a list has under `key`.
fn names(server: &Server, target: &str, key: &str) -> Vec<String> {
    let (status, body) = get(server, TOKEN, target);
    assert_eq!(status, 200, "{target}: {body}");
    let rows = body[key].as_array().unwrap();
    let name = |row: &Value| row["name"].as_str().unwrap().to_string();
    rows.iter().map(name).collect()
}

#[test]
fn organizations_are_filtered_and_paged() {
    let server = Server::start().unwrap();
    for query in [
        String::new(),
        format!("?org={}", ORG.1),
        format!("?orgID={}", ORG.0),
        "?limit=100&offset=0".into(),
    ] {
        let target = format!("/api/v2/orgs{query}");
        assert_eq!(names(&server, &target, "orgs"), [ORG.1], "{query}");
    }
    let second_page = names(&server, "/api/v2/orgs?limit=100&offset=100", "orgs");
    assert_eq!(second_page, [""; 0]);
    for (query, code, message) in [
        ("org=nope", 404, "organization name \"nope\" not found"),
        (&format!("orgID={UNKNOWN}"), 404, "organization not found"),
        ("limit=101", 400, "limit must be between 1 and 100"),
    ] {
        let refused = refusal(get(&server, TOKEN, &format!("/api/v2/orgs?{query}")));
        assert_eq!(refused, (code, message.to_string()), "{query}");
    }
    server.stop().unwrap();
}

#[test]
fn buckets_are_filtered() {
    let server = Server::start().unwrap();
    for query in [
        format!("limit=20&org={}", ORG.1),
        format!("orgID={}&name={}", ORG.0, BUCKET.1),
        format!("id={}", BUCKET.0),
    ] {
        let target = format!("/api/v2/buckets?{query}");
        assert_eq!(names(&server, &target, "buckets"), [BUCKET.1], "{query}");
    }
    let (_, body) = get(&server, TOKEN, "/api/v2/buckets");
    let bucket = &body["buckets"][0];
    assert_eq!(
        (&bucket["orgID"], &bucket["id"]),
        (&ORG.0.into(), &BUCKET.0.into())
    );
    assert_eq!(bucket["retentionRules"][0]["everySeconds"], 0);
    for query in ["name=nope", &format!("orgID={UNKNOWN}")] {
        let target = format!("/api/v2/buckets?{query}");
        assert_eq!(names(&server, &target, "buckets"), [""; 0], "{query}");
    }
    for (query, message) in [
        ("org=nope", "organization name \"nope\" not found"),
        ("org=plant&name=nope", "bucket \"nope\" not found"),
        (&format!("id={UNKNOWN}"), "bucket not found"),
    ] {
        let refused = refusal(get(&server, TOKEN, &format!("/api/v2/buckets?{query}")));
        assert_eq!(refused, (404, message.to_string()), "{query}");
    }
    server.stop().unwrap();
}

#[test]
fn ready_needs_no_token() {
    let server = Server::start().unwrap();
    let (status, body) = send(&server, "none", "GET /ready", &Value::Null);
    assert_eq!((status, &body["status"]), (200, &"ready".into()));
    server.stop().unwrap();
}

#[test]
fn the_program_can_read_the_long_list() {
    let url = long_list::start(3).unwrap();
    Test::new(["v1", "auth", "list", "--status", "active", "-q"])
        .env("INFLUX_HOST", &url)
        .env("INFLUX_TOKEN", TOKEN)
        .stdout("00000000000d0001\n")
        .code(0);
}
