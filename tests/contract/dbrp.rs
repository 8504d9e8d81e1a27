//! Replays the recorded cases of InfluxData's client about DBRP mappings. The intended differences
//! are:
//!
//! - There is one table with a `Virtual` column instead of two tables.
//! - `create --default` is sent.
//! - `update` and `delete` look up the mapping first and refuse a virtual one. The server would
//!   report success, but not change or delete it.
//! - `update` with nothing to change is a usage error.
//! - [`expected_result`] has the exit codes and messages of failures.

use crate::replay::{self, Column, cases, list, table, text};
use serde_json::Value;

/// Exit code and standard error of the cases whose result differs from the recorded one.
fn expected_result(case: &str) -> Option<(i32, &'static str)> {
    const NO_ORG: &str = "Error: an organization is required\nHint: set it with --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config\n";
    Some(match case {
        "dbrp-create-bucket-unknown" => (
            6,
            "Error: failed to map database \"d2\" and retention policy \"r\" to bucket \"0123456789abcdef\": 404 Not Found: bucket not found\n",
        ),
        "dbrp-create-duplicate" => (
            7,
            "Error: failed to map database \"mydb\" and retention policy \"autogen\" to bucket \"0000000000000c01\": 422 Unprocessable Entity: another DBRP mapping with same orgID, db, and rp exists\n",
        ),
        "dbrp-create-no-db" => (2, "Error: --db is required\n"),
        "dbrp-create-no-org" | "dbrp-delete-no-org" | "dbrp-list-no-org" => (2, NO_ORG),
        "dbrp-delete-unknown" => (
            6,
            "Error: could not find mapping with ID \"0123456789abcdef\": 404 Not Found: unable to find DBRP\n",
        ),
        "dbrp-list-org-unknown" => (
            6,
            "Error: could not list mappings: 404 Not Found: invalid org \"nope\": organization not found\n",
        ),
        "dbrp-update-no-id" => (2, "Error: --id is required\n"),
        "dbrp-update-nothing" => (
            2,
            "Error: nothing to change\nHint: --rp or --default is required\n",
        ),
        "dbrp-update-virtual" => (
            7,
            "Error: could not update mapping with ID \"0000000000000c02\": it is virtual, derived from the name of its bucket; nothing was changed\nHint: a mapping made with `v1 dbrp create` takes precedence over the virtual one\n",
        ),
        _ => return None,
    })
}

#[test]
fn replays_every_recorded_case() {
    let cases = cases("v1 dbrp");
    assert_eq!(cases.len(), 24, "cases are missing");
    for case in cases {
        println!("case {}", text(&case["name"]));
        replay_case(&case);
    }
}

fn replay_case(case: &Value) {
    let name = text(&case["name"]);
    let (code, stderr) = expected_result(name).unwrap_or_else(|| {
        assert_eq!(case["exit"], 0, "{name} fails, but has no expected result");
        (0, "")
    });
    let exchanges = match code {
        2 => Vec::new(),
        _ => expected_exchanges(name, list(&case["exchanges"])),
    };
    let bodies = exchanges
        .iter()
        .map(|exchange| text(&exchange["response"]["body"]));
    // The last response with a body. The response to a DELETE has none.
    let stdout = match bodies.rev().find(|body| !body.is_empty()) {
        Some(body) if code == 0 => expected_output(body, text(&case["stdout"])),
        _ => String::new(),
    };
    replay::replay(case, &exchanges, code, &stdout, stderr);
}

/// The exchanges of this program instead of the recorded ones.
fn expected_exchanges(case: &str, recorded: &[Value]) -> Vec<Value> {
    let mut exchanges = Vec::new();
    for exchange in recorded {
        let mut exchange = exchange.clone();
        let request = &mut exchange["request"];
        if case == "dbrp-create" && request["method"] == "POST" {
            let body = text(&request["body"]).replace("\"orgID\"", "\"default\":true,\"orgID\"");
            request["body"] = body.into();
        }
        if request["method"] == "PATCH" {
            let mut look = exchange.clone();
            look["request"]["method"] = "GET".into();
            look["request"]["body"] = "".into();
            let headers = look["request"]["headers"].as_object_mut().unwrap();
            headers.remove("Content-Type").unwrap();
            exchanges.push(look);
            if case == "dbrp-update-virtual" {
                continue;
            }
        }
        exchanges.push(exchange);
    }
    exchanges
}

/// What this program prints for a response. The recorded output checks the formatting of this
/// function.
fn expected_output(body: &str, recorded: &str) -> String {
    if recorded.starts_with(['{', '[']) {
        return recorded.to_string();
    }
    let response: Value = serde_json::from_str(body).unwrap();
    let rows = match &response["content"] {
        Value::Array(rows) => rows.clone(),
        Value::Null => vec![response],
        row => vec![row.clone()],
    };
    let headers = recorded.starts_with("ID\t");
    let (virtual_rows, stored_rows): (Vec<_>, Vec<_>) =
        rows.iter().cloned().partition(|row| row["virtual"] == true);
    let mut theirs = table(&columns(&stored_rows), headers);
    // For a list, InfluxData's client prints a second table, even if it is empty.
    if body.contains("\"content\": [") {
        theirs += "\nVIRTUAL DBRP MAPPINGS (READ-ONLY)\n----------------------------------\n";
        theirs += &table(&columns(&virtual_rows), headers);
    }
    assert_eq!(theirs, recorded, "this test's own formatting is wrong");
    let mut ours = columns(&rows);
    ours.push(column(&rows, "Virtual", "virtual"));
    table(&ours, headers)
}

/// The columns that InfluxData's client prints.
fn columns(rows: &[Value]) -> Vec<Column> {
    vec![
        column(rows, "ID", "id"),
        column(rows, "Database", "database"),
        column(rows, "Bucket ID", "bucketID"),
        column(rows, "Retention Policy", "retention_policy"),
        column(rows, "Default", "default"),
        column(rows, "Organization ID", "orgID"),
    ]
}

fn column(rows: &[Value], header: &'static str, key: &str) -> Column {
    let cells = rows.iter().map(|row| match &row[key] {
        Value::Bool(on) => on.to_string(),
        cell => text(cell).to_string(),
    });
    (header, cells.collect())
}
