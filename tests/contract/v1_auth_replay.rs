//! Replays a recorded case of InfluxData's client about `v1 auth`, and compares the output.

use crate::harness::Test;
use crate::replay::{Column, RECORDED, list, permissions, scripted, table, text};
use crate::scripted_server::Server;
use serde_json::Value;
use std::fs;

/// Runs a case against a server that sends the recorded responses. The case `short-i` uses the
/// exchanges and the output of the case `plain`. `expected` is the result if it differs from the
/// recorded one.
pub fn replay(case: &Value, plain: &Value, expected: Option<(i32, String)>) {
    let name = text(&case["name"]);
    let recorded = if name == "short-i" { plain } else { case };
    let prefix = if name == "host-path-prefix" {
        "/influx"
    } else {
        ""
    };
    let (code, stderr) = expected.unwrap_or_else(|| {
        assert_eq!(case["exit"], 0, "{name} fails, but has no expected result");
        (0, String::new())
    });
    let exchanges: Vec<&Value> = list(&recorded["exchanges"])
        .iter()
        .filter(|exchange| code != 2 && is_sent(name, text(&exchange["request"]["target"])))
        .collect();
    let lookup = (name == "create-bucket-name").then(|| bucket_by_name(exchanges[0]));
    let script = exchanges.iter().copied().chain(&lookup);
    let server = Server::start(script.map(|exchange| scripted(exchange, prefix)));

    let test = Test::new(Vec::<String>::new());
    let home = test.home().to_str().unwrap().to_string();
    let here = |value: &Value| {
        text(value)
            .replace(RECORDED, &server.url())
            .replace("HOME", &home)
    };
    let mut test = test.args(list(&case["argv"]).iter().map(here));
    for (variable, value) in case["env"].as_object().unwrap() {
        test = test.env(variable, here(value));
    }
    let configs = case["configs"]
        .as_str()
        .map(|configs| configs.replace(RECORDED, &server.url()));
    if let Some(configs) = &configs {
        test = test.configs(configs);
    }
    let file = test.home().join(".influxdbv2/configs");

    // The last response with a body. The response to a password change has none.
    let answered = exchanges
        .iter()
        .rev()
        .map(|exchange| text(&exchange["response"]["body"]))
        .find(|body| !body.is_empty());
    let stdout = match (name, code, answered) {
        ("version-flag", ..) => Test::new(["version"]).run().stdout,
        (_, 0, Some(_)) if recorded["stdout"] == "" => String::new(),
        (_, 0, Some(body)) => {
            let asked = exchanges
                .last()
                .map(|exchange| &exchange["request"]["target"]);
            expected_output(body, text(asked.unwrap()), text(&recorded["stdout"]))
        }
        _ => String::new(),
    };
    // The run's directory is removed after the run, unless it is kept.
    let before = fs::read(&file).ok();
    let kept = test.keep();
    test.stdout(stdout)
        .stderr(stderr.replace("HOME", &home))
        .code(code);
    assert_eq!(
        fs::read(&file).ok(),
        before,
        "{name}: the configs file was changed"
    );
    drop(kept);
}

/// Whether this program also sends a request that InfluxData's client sent.
fn is_sent(case: &str, target: &str) -> bool {
    let is_username_check = case.starts_with("create") && target.contains("?token=");
    !target.starts_with("/api/v2/users/") && !is_username_check
}

/// The lookup of an unknown bucket name, made from another exchange.
fn bucket_by_name(other: &Value) -> Value {
    let mut exchange = other.clone();
    exchange["request"]["target"] = "/api/v2/buckets?orgID=0000000000000a01&name=metrics".into();
    exchange["response"]["status"] = 404.into();
    exchange["response"]["body"] =
        r#"{"code":"not found","message":"bucket \"metrics\" not found"}"#.into();
    exchange
}

/// Whether an entry of a list matches the query. The recorded server ignored these parameters.
fn matches_query(entry: &Value, target: &str) -> bool {
    let is = |parameter: &str, field: &str| {
        let value = target.split_once(parameter).map(|(_, value)| value);
        value.is_none_or(|value| entry[field] == value)
    };
    is("?authID=", "id") && is("?user=", "user")
}

/// What this program prints for a response. The recorded output, which has no `Status` column,
/// checks the formatting of this function.
fn expected_output(body: &str, target: &str, recorded: &str) -> String {
    let response: Value = serde_json::from_str(body).unwrap();
    let all = match &response["authorizations"] {
        Value::Array(entries) => entries.clone(),
        _ => vec![response],
    };
    if recorded.starts_with(['{', '[']) {
        let text = recorded
            .replace("\\u003c", "<")
            .replace("\\u003e", ">")
            .replace("\\u0026", "&");
        if recorded.starts_with('{') {
            return text;
        }
        let (start, end, between) = ("[\n\t", "\n]\n", ",\n\t{");
        let objects = text.strip_prefix(start).unwrap().strip_suffix(end).unwrap();
        let objects = objects.split(between).zip(&all);
        let kept: Vec<_> = objects
            .filter(|(_, entry)| matches_query(entry, target))
            .map(|(object, _)| object.trim_start_matches('{'))
            .collect();
        return format!("{start}{{{}{end}", kept.join(between));
    }
    let headers = recorded.starts_with("ID\t");
    let deleted = recorded.contains("\tDeleted\n");
    let columns = columns(&all, deleted);
    if !columns[1]
        .1
        .iter()
        .any(|cell| cell.contains(char::is_control))
    {
        assert_eq!(
            table(&columns, headers),
            recorded,
            "this test's own formatting is wrong"
        );
    }
    let matching: Vec<Value> = all
        .into_iter()
        .filter(|entry| matches_query(entry, target))
        .collect();
    let mut columns = self::columns(&matching, deleted);
    let statuses = matching.iter().map(|entry| text(&entry["status"]).into());
    columns.insert(5, ("Status", statuses.collect()));
    for cell in columns.iter_mut().flat_map(|(_, cells)| cells) {
        *cell = cell
            .replace('\t', "\\t")
            .replace('\n', "\\n")
            .replace('\u{1b}', "\\u{1b}");
    }
    table(&columns, headers)
}

/// The columns that InfluxData's client prints.
fn columns(entries: &[Value], deleted: bool) -> Vec<Column> {
    let field = |name: &'static str, key: &str| -> Column {
        let cells = entries.iter().map(|entry| text(&entry[key]).to_string());
        (name, cells.collect())
    };
    let mut columns = vec![
        field("ID", "id"),
        field("Description", "description"),
        field("Username", "token"),
        field("v2 User Name", "user"),
        field("v2 User ID", "userID"),
        ("Permissions", entries.iter().map(permissions).collect()),
    ];
    if deleted {
        columns.push(("Deleted", entries.iter().map(|_| "true".into()).collect()));
    }
    columns
}
