//! Replays the recorded cases of InfluxData's client about API tokens. The intended differences
//! are:
//!
//! - `active` and `inactive` accept all common flags and variables, and only send the PATCH.
//! - The table has a `Status` column.
//! - `list` sends its filters, applies those that the server ignores, and always prints a JSON
//!   array.
//! - `create` sends no user without `--user`, and accepts the name of a bucket.
//! - [`script`] has the exit codes and messages of failures.

use crate::harness::Test;
use crate::replay::{self, Column, RECORDED, list, load, permissions, scripted, table, text};
use crate::scripted_server::Server;
use serde_json::{Value, json};
use std::fs;

const REQUIRED: &str =
    "Error: id required\nHint: use --id for one authorization, or --match for several\n";
const MISSING: &str = "404 Not Found: authorization not found\n";

/// What is expected of a case: its exchanges, exit code and standard error.
struct Script {
    exchanges: Vec<Value>,
    code: i32,
    stderr: String,
}

/// An exchange with another request, but the same response.
fn with_request(other: &Value, method: &str, target: &str, body: &str) -> Value {
    let mut exchange = other.clone();
    exchange["request"]["method"] = method.into();
    exchange["request"]["target"] = target.into();
    exchange["request"]["body"] = body.into();
    if !body.is_empty() {
        exchange["request"]["headers"]["Content-Type"] = "application/json".into();
    }
    exchange
}

/// The same exchange, but InfluxDB responds with 404.
fn with_404(mut exchange: Value, message: &str) -> Value {
    exchange["response"]["status"] = 404.into();
    exchange["response"]["body"] = json!({"code": "not found", "message": message})
        .to_string()
        .into();
    exchange
}

fn script(case: &Value) -> Script {
    let name = text(&case["name"]);
    let recorded = list(&case["exchanges"]).clone();
    let all = "/api/v2/authorizations";
    let (exchanges, code, stderr) = match name {
        "auth-active" | "auth-inactive" => (recorded[1..].to_vec(), 0, String::new()),
        "auth-active-flags" => (vec![load("auth-active")["exchanges"][1].clone()], 0, String::new()),
        "auth-inactive-flags" | "auth-inactive-environment" => {
            (vec![load("auth-inactive")["exchanges"][1].clone()], 0, String::new())
        }
        "auth-active-none" | "auth-inactive-none" | "auth-delete-none" => {
            (vec![], 2, REQUIRED.into())
        }
        "auth-active-unknown" | "auth-inactive-unknown" => {
            let body = match name {
                "auth-active-unknown" => r#"{"status":"active"}"#,
                _ => r#"{"status":"inactive"}"#,
            };
            let target = format!("{all}/0123456789abcdef");
            let error = format!("Error: failed to update status of authorization with ID \"0123456789abcdef\": {MISSING}");
            (vec![with_request(&recorded[0], "PATCH", &target, body)], 6, error)
        }
        "auth-delete-unknown" => {
            let error = format!("Error: could not find authorization with ID \"0123456789abcdef\": {MISSING}");
            (recorded, 6, error)
        }
        "auth-list-by-id" => {
            let mut exchange = with_request(&recorded[0], "GET", &format!("{all}?id=00000000000f0001"), "");
            let entry = text(&exchange["response"]["body"]);
            exchange["response"]["body"] = format!("{{\"authorizations\":[{entry}]}}").into();
            (vec![exchange], 0, String::new())
        }
        "auth-list-by-id-none" => {
            let target = format!("{all}?id=0123456789abcdef");
            let error = format!("Error: could not list authorizations with ID \"0123456789abcdef\": {MISSING}");
            (vec![with_request(&recorded[0], "GET", &target, "")], 6, error)
        }
        "auth-list-by-user" => {
            let target = format!("{all}?user=operator");
            (vec![with_request(&recorded[0], "GET", &target, "")], 0, String::new())
        }
        "auth-list-by-user-unknown" => {
            let exchange = with_request(&recorded[0], "GET", &format!("{all}?user=nobody"), "");
            let error = "Error: could not list authorizations: 404 Not Found: user not found\n";
            (vec![with_404(exchange, "user not found")], 6, error.into())
        }
        "auth-list-org-and-id" => {
            (vec![], 2, "Error: specify --org or --org-id, not both\n".into())
        }
        "auth-create-no-org" => (
            vec![],
            2,
            "Error: an organization is required\nHint: set it with --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config\n".into(),
        ),
        "auth-create-no-permissions" => (
            vec![],
            2,
            "Error: an authorization needs a permission\nHint: use --read-bucket and --write-bucket for single buckets, flags such as --read-tasks for all resources of a type, or --operator or --all-access for everything\n".into(),
        ),
        "auth-create-user-unknown" => (
            recorded,
            6,
            "Error: could not find the user \"nobody\": 404 Not Found: user not found\n".into(),
        ),
        "auth-create-bucket-name" => {
            let target = "/api/v2/buckets?orgID=0000000000000a01&name=metrics";
            let bucket = with_request(&recorded[0], "GET", target, "");
            let bucket = with_404(bucket, "bucket \"metrics\" not found");
            let error = "Error: could not find the bucket \"metrics\": 404 Not Found: bucket \"metrics\" not found\n";
            ([&recorded[..], &[bucket]].concat(), 6, error.into())
        }
        "auth-create-no-user" => {
            let body = text(&recorded[2]["request"]["body"]);
            let body = body.replace(",\"userID\":\"0000000000000b01\"", "");
            let made = with_request(&recorded[2], "POST", all, &body);
            (vec![recorded[0].clone(), made], 0, String::new())
        }
        _ => {
            assert_eq!(case["exit"], 0, "{name} fails, but has no expected result");
            (recorded, 0, String::new())
        }
    };
    Script {
        exchanges,
        code,
        stderr,
    }
}

/// The columns that InfluxData's client prints.
fn columns(entries: &[Value]) -> Vec<Column> {
    let keys = ["id", "description", "token", "user", "userID"];
    let headers = ["ID", "Description", "Token", "User Name", "User ID"];
    let cells = |key: &str| -> Vec<String> {
        let cells = entries.iter().map(|entry| text(&entry[key]).to_string());
        cells.collect()
    };
    let columns = headers.into_iter().zip(keys.map(cells));
    let last = ("Permissions", entries.iter().map(permissions).collect());
    columns.chain([last]).collect()
}

/// The JSON object that both programs print for an entry.
fn object(entry: &Value) -> String {
    let permissions = permissions(entry);
    let permissions: Vec<_> = permissions.trim_matches(['[', ']']).split(' ').collect();
    let mut lines: Vec<_> = [
        ("id", "id"),
        ("description", "description"),
        ("token", "token"),
        ("status", "status"),
        ("userName", "user"),
        ("userID", "userID"),
    ]
    .iter()
    .map(|(key, field)| format!("\t\"{key}\": {}", entry[field]))
    .collect();
    let permissions: Vec<_> = permissions
        .iter()
        .map(|one| format!("\t\t\"{one}\""))
        .collect();
    lines.push(format!(
        "\t\"permissions\": [\n{}\n\t]",
        permissions.join(",\n")
    ));
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// What this program prints for the last response. The recorded output checks the formatting of
/// this function.
fn expected_output(case: &Value, script: &Script) -> String {
    let bodies = script.exchanges.iter().rev();
    let mut bodies = bodies.map(|exchange| text(&exchange["response"]["body"]));
    let response = bodies.find(|body| !body.is_empty()).unwrap();
    let response: Value = serde_json::from_str(response).unwrap();
    let name = text(&case["name"]);
    let entries = match &response["authorizations"] {
        Value::Array(entries) => entries.clone(),
        _ => vec![response],
    };
    let (recorded, deleted) = (text(&case["stdout"]), name == "auth-delete");
    if recorded.starts_with(['{', '[']) {
        let objects: Vec<_> = entries.iter().map(object).collect();
        let text = match recorded.starts_with('{') {
            true => objects.concat(),
            false => {
                let objects = objects
                    .iter()
                    .map(|one| one.trim_end().replace('\n', "\n\t"));
                format!("[\n\t{}\n]\n", objects.collect::<Vec<_>>().join(",\n\t"))
            }
        };
        assert_eq!(text, recorded, "this test's own formatting is wrong");
        return text;
    }
    if name.ends_with("-flags") {
        return object(&entries[0]);
    }
    let headers = !name.ends_with("hide-headers");
    let mark = ("Deleted", vec!["true".to_string(); entries.len()]);
    let mark = deleted.then_some(mark);
    if case["exit"] == 0 && name != "auth-list-by-id" {
        let columns: Vec<_> = columns(&entries).into_iter().chain(mark.clone()).collect();
        let same = table(&columns, headers);
        assert_eq!(same, recorded, "this test's own formatting is wrong");
    }
    let is_listed = |entry: &&Value| match name {
        "auth-list-by-user" => entry["user"] == "operator",
        _ => true,
    };
    let entries: Vec<_> = entries.iter().filter(is_listed).cloned().collect();
    let mut columns = columns(&entries);
    let statuses = entries
        .iter()
        .map(|entry| text(&entry["status"]).to_string());
    columns.insert(5, ("Status", statuses.collect()));
    columns.extend(mark);
    table(&columns, headers)
}

fn replay(case: &Value) {
    let script = script(case);
    let exchanges = script.exchanges.iter();
    let server = Server::start(exchanges.map(|exchange| scripted(exchange, "")));
    let mut test = Test::new(list(&case["argv"]).iter().map(text));
    for (variable, value) in case["env"].as_object().unwrap() {
        test = test.env(variable, text(value).replace(RECORDED, &server.url()));
    }
    let file = test.home().join(".influxdbv2/configs");
    if let Some(configs) = case["configs"].as_str() {
        test = test.configs(configs.replace(RECORDED, &server.url()));
    }
    let stdout = match script.code {
        0 => expected_output(case, &script),
        _ => String::new(),
    };
    let (before, kept) = (fs::read(&file).ok(), test.keep());
    test.stdout(stdout).stderr(script.stderr).code(script.code);
    assert_eq!(fs::read(&file).ok(), before, "the configs file was changed");
    drop(kept);
}

#[test]
fn replays_every_recorded_case() {
    let cases = replay::cases("auth");
    assert_eq!(cases.len(), 29, "cases are missing");
    for case in cases {
        println!("case {}", text(&case["name"]));
        replay(&case);
    }
}
