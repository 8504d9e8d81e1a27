//! Runs a recorded case of the Go client against a server that answers as the recorded one did.

use crate::contract::v1_auth::different;
use crate::harness::Test;
use crate::server::{Exchange, Reply, Server, answer, exchange};
use serde_json::Value;
use std::fs;

/// Where the recorded server stood.
pub const RECORDED: &str = "http://127.0.0.1:39999";

/// A column of the expected table, with a cell for each row.
pub type Column = (&'static str, Vec<String>);

pub fn load(name: &str) -> Value {
    let path = format!(
        "{}/tests/contract/cases/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The recorded cases of a group of commands, by their names.
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

/// The group of commands that a case is about. What is no command is with the first group there was.
fn group_of(case: &Value) -> &'static str {
    let words: Vec<_> = list(&case["argv"]).iter().map(text).collect();
    match words[..] {
        ["auth" | "authorization", ..] => "auth",
        ["v1", "dbrp", ..] => "v1 dbrp",
        ["config", ..] => "config",
        ["ping", ..] => "ping",
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

/// Runs a case; `plain` is the one whose exchanges and output `short-i` has here.
pub fn replay(case: &Value, plain: &Value) {
    let name = text(&case["name"]);
    let recorded = if name == "short-i" { plain } else { case };
    let prefix = if name == "host-path-prefix" {
        "/influx"
    } else {
        ""
    };
    let (code, stderr) = different(name).unwrap_or_else(|| {
        assert_eq!(case["exit"], 0, "{name} fails, but nothing says how");
        (0, String::new())
    });
    let exchanges: Vec<&Value> = list(&recorded["exchanges"])
        .iter()
        .filter(|exchange| code != 2 && is_made(name, text(&exchange["request"]["target"])))
        .collect();
    let by_name = (name == "create-bucket-name").then(|| bucket_by_name(exchanges[0]));
    let script = exchanges.iter().copied().chain(&by_name);
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

    // What comes last, or before a password that is set.
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
    // Nothing holds on to the run's directory once it is over: the file is compared before.
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

/// Whether we make a request that the Go client made.
fn is_made(case: &str, target: &str) -> bool {
    let is_taken = case.starts_with("create") && target.contains("?token=");
    !target.starts_with("/api/v2/users/") && !is_taken
}

/// A bucket asked for by its name, which the server does not know, made from another request.
fn bucket_by_name(other: &Value) -> Value {
    let mut exchange = other.clone();
    exchange["request"]["target"] = "/api/v2/buckets?orgID=0000000000000a01&name=metrics".into();
    exchange["response"]["status"] = 404.into();
    exchange["response"]["body"] =
        r#"{"code":"not found","message":"bucket \"metrics\" not found"}"#.into();
    exchange
}

/// The recorded request in the bytes that we send, and the recorded answer.
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
    // Ours before the user's, which were recorded sorted and are sent as given.
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
        other => panic!("a status without a reason here: {other}"),
    };
    let content_type = text(&response["headers"]["Content-Type"]);
    let reply = answer(status, content_type, text(&response["body"]).as_bytes());
    exchange(bytes + body, Reply::Send(reply))
}

/// Whether an entry of a list is what was asked for, where the recorded server did not look at that.
fn is_asked_for(entry: &Value, target: &str) -> bool {
    let is = |parameter: &str, field: &str| {
        let value = target.split_once(parameter).map(|(_, value)| value);
        value.is_none_or(|value| entry[field] == value)
    };
    is("?authID=", "id") && is("?user=", "user")
}

/// What we print for an answer. The printing here is checked against the recorded output, which
/// lacks the column `Status`.
fn expected_output(body: &str, target: &str, recorded: &str) -> String {
    let answer: Value = serde_json::from_str(body).unwrap();
    let all = match &answer["authorizations"] {
        Value::Array(entries) => entries.clone(),
        _ => vec![answer],
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
            .filter(|(_, entry)| is_asked_for(entry, target))
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
            "the printing of this test is wrong"
        );
    }
    let asked_for: Vec<Value> = all
        .into_iter()
        .filter(|entry| is_asked_for(entry, target))
        .collect();
    let mut columns = self::columns(&asked_for, deleted);
    let statuses = asked_for.iter().map(|entry| text(&entry["status"]).into());
    columns.insert(5, ("Status", statuses.collect()));
    for cell in columns.iter_mut().flat_map(|(_, cells)| cells) {
        *cell = cell
            .replace('\t', "\\t")
            .replace('\n', "\\n")
            .replace('\u{1b}', "\\u{1b}");
    }
    table(&columns, headers)
}

/// The columns that the Go client prints.
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
