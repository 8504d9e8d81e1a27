//! Replays the recorded cases of InfluxData's client about buckets. The intended differences are:
//!
//! - `list` requests pages of 100.
//! - `list --id` needs no organization.
//! - JSON does not escape `&`.
//! - [`expected_result`] has the exit codes and messages of failures.

use crate::replay::{cases, list, load, replay, text};
use serde_json::Value;

/// Exit code and standard error of the cases that fail.
fn expected_result(case: &str) -> (i32, &'static str) {
    match case {
        "bucket-list-no-org" => (
            2,
            "Error: an organization is required\nHint: set it with --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config\n",
        ),
        "bucket-list-org-unknown" => (
            6,
            "Error: could not list buckets: 404 Not Found: organization name \"nope\" not found\n",
        ),
        "bucket-list-unknown" => (
            6,
            "Error: could not list buckets: 404 Not Found: bucket \"nope\" not found\n",
        ),
        other => panic!("{other} fails, but has no expected result"),
    }
}

#[test]
fn replays_every_recorded_case() {
    let cases = cases("bucket");
    assert_eq!(cases.len(), 8, "cases are missing");
    for case in cases {
        let name = text(&case["name"]);
        println!("case {name}");
        let mut exchanges = list(&case["exchanges"]).clone();
        let mut stdout = text(&case["stdout"]).replace("\\u0026", "&");
        if name == "bucket-list-by-id" {
            (exchanges, stdout) = by_id();
        }
        let (code, stderr) = if stdout.is_empty() {
            expected_result(name)
        } else {
            (0, "")
        };
        for exchange in &mut exchanges {
            let target = &mut exchange["request"]["target"];
            *target = format!("{}&limit=100&offset=0", text(target))
                .replace("limit=20&", "")
                .into();
        }
        replay(&case, &exchanges, code, &stdout, stderr);
    }
}

/// InfluxData's client sends nothing for an ID. This is its request and output for a name, with the
/// ID instead.
fn by_id() -> (Vec<Value>, String) {
    let case = load("bucket-list-by-name");
    let mut exchanges = list(&case["exchanges"]).clone();
    exchanges[0]["request"]["target"] = "/api/v2/buckets?id=0000000000000c02".into();
    let body = &mut exchanges[0]["response"]["body"];
    *body = text(body).replace("c01", "c02").into();
    (exchanges, text(&case["stdout"]).replace("c01", "c02"))
}
