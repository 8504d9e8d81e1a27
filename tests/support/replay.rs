//! Recorded cases of InfluxData's client: loads them, runs them, and formats the expected output.

use crate::harness::Test;
use crate::scripted_server::{Exchange, Reply, Server, exchange, http_response};
use serde_json::Value;
use std::fs;

/// The address of the recorded server.
pub const RECORDED: &str = "http://127.0.0.1:39999";

/// A column of the expected table: its header, and a cell for each row.
pub type Column = (&'static str, Vec<String>);

pub fn load(name: &str) -> Value {
    let path = format!(
        "{}/tests/contract/cases/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The recorded cases of a group of commands, sorted by name.
pub fn cases(group: &str) -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/contract/cases");
    let files = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let names = names.iter().map(|name| name.trim_end_matches(".json"));
    names
        .map(load)
        .filter(|case| group_of(case) == group)
        .collect()
}

/// The group of commands that a case belongs to. Cases without a command belong to `v1 auth`.
fn group_of(case: &Value) -> &'static str {
    let words: Vec<_> = list(&case["argv"]).iter().map(text).collect();
    match words[..] {
        ["auth" | "authorization", ..] => "auth",
        ["v1", "dbrp", ..] => "v1 dbrp",
        ["config", ..] => "config",
        ["ping", ..] => "ping",
        ["user", ..] => "user",
        ["org" | "organization", ..] => "org",
        ["bucket", ..] => "bucket",
        _ => "v1 auth",
    }
}

pub fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not a string: {value}"))
}

pub fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

/// The exchange of a recorded request as this program sends it, and the recorded response.
pub fn scripted(recorded: &Value, prefix: &str) -> Exchange {
    let (request, response) = (&recorded["request"], &recorded["response"]);
    let body = text(&request["body"]);
    let mut bytes = format!(
        "{} {prefix}{} HTTP/1.1\r\n",
        text(&request["method"]),
        text(&request["target"]).replace("?authID=", "?id=")
    );
    if !body.is_empty() {
        bytes += &format!("content-length: {}\r\n", body.len());
    }
    bytes += concat!("user-agent: influx/", env!("CARGO_PKG_VERSION"), "\r\n");
    bytes += &format!(
        "accept: {}\r\nhost: HOST\r\n",
        text(&request["headers"]["Accept"])
    );
    let mut others: Vec<_> = request["headers"].as_object().unwrap().iter().collect();
    // The program sends its own headers before those of the user. The recording has the user's
    // headers in sorted order, but the program sends them in the given order.
    others.sort_by_key(|(name, _)| match name.as_str() {
        "Authorization" => 0,
        "Content-Type" => 1,
        "X-Tenant" => 2,
        _ => 3,
    });
    for (name, value) in others.iter().filter(|(name, _)| *name != "Accept") {
        bytes += &format!("{}: {}\r\n", name.to_ascii_lowercase(), text(value));
    }
    bytes += "\r\n";
    let status = match response["status"].as_u64().unwrap() {
        200 => "200 OK",
        201 => "201 Created",
        204 => {
            let head = "HTTP/1.1 204 No Content\r\nX-Influxdb-Build: OSS\r\n\r\n";
            return exchange(bytes + body, Reply::Send(head.into()));
        }
        400 => "400 Bad Request",
        401 => "401 Unauthorized",
        404 => "404 Not Found",
        422 => "422 Unprocessable Entity",
        other => panic!("no reason phrase for the status {other}"),
    };
    let content_type = text(&response["headers"]["Content-Type"]);
    let reply = http_response(status, content_type, text(&response["body"]).as_bytes());
    exchange(bytes + body, Reply::Send(reply))
}

/// Runs the command of a case against a server that expects these exchanges.
#[track_caller]
pub fn replay(case: &Value, exchanges: &[Value], code: i32, stdout: &str, stderr: &str) {
    let server = Server::start(exchanges.iter().map(|exchange| scripted(exchange, "")));
    let here = |value: &Value| text(value).replace(RECORDED, &server.url());
    let mut test = Test::new(list(&case["argv"]).iter().map(here));
    for (variable, value) in case["env"].as_object().unwrap() {
        test = test.env(variable, here(value));
    }
    if let Some(configs) = case["configs"].as_str() {
        test = test.configs(configs.replace(RECORDED, &server.url()));
    }
    test.stdout(stdout).stderr(stderr).code(code);
}

/// The permissions of an authorization as both programs print them.
pub fn permissions(entry: &Value) -> String {
    let shown: Vec<_> = list(&entry["permissions"])
        .iter()
        .map(|permission| {
            let resource = &permission["resource"];
            let part = |before: &str, key: &str| {
                let value = resource[key].as_str();
                value.map_or(String::new(), |value| format!("{before}{value}"))
            };
            let (org, kind, id) = (part("orgs/", "orgID"), part("/", "type"), part("/", "id"));
            format!("{}:{org}{kind}{id}", text(&permission["action"]))
        })
        .collect();
    format!("[{}]", shown.join(" "))
}

/// The table that both programs print for these columns.
pub fn table(columns: &[Column], headers: bool) -> String {
    let mut lines = vec![String::new(); columns[0].1.len() + usize::from(headers)];
    for (at, (header, cells)) in columns.iter().enumerate() {
        let length = |text: &str| text.chars().count();
        let header = headers.then_some(*header);
        let shown: Vec<&str> = header
            .into_iter()
            .chain(cells.iter().map(String::as_str))
            .collect();
        let widest = shown.iter().map(|cell| length(cell)).max().unwrap_or(0);
        for (line, cell) in lines.iter_mut().zip(shown) {
            line.push_str(cell);
            if at + 1 < columns.len() {
                line.push_str(&"\t".repeat(widest / 8 + 1 - length(cell) / 8));
            }
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}
