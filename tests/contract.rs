//! The recorded exchanges of the Go client, one file a case under `tests/contract`. Each is run as
//! it was recorded; what we do otherwise on purpose stands here and nowhere else:
//!
//! - the user of an authorization is in the answer, so `/api/v2/users/{id}` is never asked;
//! - the table has a `Status` column, and its cells have control characters escaped;
//! - JSON does not escape `<`, `>` and `&`;
//! - a path prefix of the host is kept;
//! - the configs file is never written;
//! - failures, and successes that were none, end as [`different`] says.

use crate::harness::Test;
use crate::server::{Exchange, Reply, Server, answer, exchange};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Where the recorded server stood.
const RECORDED: &str = "http://127.0.0.1:39999";

/// Exit code and standard error of the cases that do not end as recorded. `HOME` stands for the
/// home directory.
fn different(case: &str) -> Option<(i32, String)> {
    const AUTHORIZE: &str = "Hint: is the token the right one for this server, and may it read and write authorizations and users?\n";
    const UNAUTHORIZED: &str = "401 Unauthorized: unauthorized access";
    const FILE: &str = "the configs file HOME/.influxdbv2/configs";
    const RUNNING: &str =
        "Hint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n";
    let update = |id: &str, cause: &str| {
        format!("Error: failed to update status of authorization with ID \"{id}\": {cause}\n")
    };
    let id = "00000000000d0007";
    let not_16 = "400 Bad Request: id must have a length of 16 bytes";
    let url = "Error: --host: expected a URL such as http://localhost:8086 or https://influx.example/prefix\n";
    Some(match case {
        "config-bad-toml" => (3, format!("Error: {FILE} is wrong in line 1: unclosed table, expected `]`\n")),
        "config-env-over-file" | "token-hyphen" | "token-wrong" => {
            (5, update(id, UNAUTHORIZED) + AUTHORIZE)
        }
        "config-named-other" => {
            (4, update(id, "cannot reach http://127.0.0.1:9: Connection refused") + RUNNING)
        }
        "config-unknown" => (3, format!("Error: {FILE} has no entry \"zz\"\nHint: its entries are \"a\", \"b\"\n")),
        "config-unknown-no-file" => (
            3,
            format!("Error: {FILE} has no entry \"zz\"\nHint: it is missing or empty; --configs-path names another\n"),
        ),
        "connection-refused" => {
            (4, update(id, "cannot reach http://127.0.0.1:1: Connection refused") + RUNNING)
        }
        "extra-argument" => (
            2,
            "Error: unexpected argument \"extra\"\nHint: `influx v1 auth set-inactive` takes flags only; a switch is turned off as in --json=false\n".into(),
        ),
        "extra-http-header-bad" => {
            (2, "Error: --extra-http-header: expected NAME:VALUE, but there is no colon\n".into())
        }
        "host-bad-scheme" => (2, "Error: --host: the scheme is neither http nor https\n".into()),
        "host-no-scheme" => (2, url.into()),
        "id-and-username" => (2, "Error: specify id or username, not both\n".into()),
        "id-empty" => (2, "Error: --id must not be empty\n".into()),
        "id-malformed" => (7, update("zzz", not_16)),
        "id-not-found" => (6, update("0123456789abcdef", "404 Not Found: authorization not found")),
        "id-path-injection" => (7, update("../../../api/v2/users/0000000000000b01", not_16)),
        "id-seed-example" => (7, update("00xX00o0X001", not_16)),
        "missing-value" => (2, "Error: --id needs a value\n".into()),
        "no-id" => (
            2,
            "Error: id or username required\nHint: --id or --username names an authorization\n".into(),
        ),
        // Without the letter -i there, it is a flag here.
        "short-i" => (0, String::new()),
        "token-missing" => (
            5,
            update(id, UNAUTHORIZED)
                + "Hint: no token was sent: give one with --token, --token-file, INFLUX_TOKEN, INFLUX_TOKEN_FILE or the active config\n",
        ),
        "token-without-users-read" => {
            (5, update(id, "401 Unauthorized: read:users/0000000000000b01 is unauthorized") + AUTHORIZE)
        }
        "unknown-command" => (
            2,
            "Error: unknown command \"frob\" for \"influx\"\nHint: `influx --help` lists the commands\n".into(),
        ),
        "unknown-flag" => (
            2,
            "Error: unknown flag \"--frobnicate\"\nHint: `influx v1 auth set-inactive --help` lists the flags\n".into(),
        ),
        "unknown-subcommand" => (
            2,
            "Error: unknown command \"frob\" for \"influx v1 auth\"\nHint: `influx v1 auth --help` lists the commands\n".into(),
        ),
        "username-not-found" => (
            6,
            "Error: could not find authorization with username \"nobody\": 404 Not Found: authorization not found\n".into(),
        ),
        "version-flag" => (0, String::new()),
        _ => return None,
    })
}

#[test]
fn every_recorded_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    cases.sort();
    assert_eq!(cases.len(), 62, "cases are missing");
    for path in cases {
        let case: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        println!("case {}", text(&case["name"]));
        replay(&case, &load("set-inactive-by-id"));
    }
}

fn load(name: &str) -> Value {
    let path = format!("{}/tests/contract/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not a string: {value}"))
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

/// Runs a case; `plain` is the one whose exchanges and output `short-i` has here.
fn replay(case: &Value, plain: &Value) {
    let name = text(&case["name"]);
    let recorded = if name == "short-i" { plain } else { case };
    let prefix = if name == "host-path-prefix" {
        "/influx"
    } else {
        ""
    };
    let exchanges: Vec<&Value> = list(&recorded["exchanges"])
        .iter()
        .filter(|exchange| !text(&exchange["request"]["target"]).starts_with("/api/v2/users/"))
        .collect();
    let server = Server::start(exchanges.iter().map(|exchange| scripted(exchange, prefix)));

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

    let (code, stderr) = different(name).unwrap_or_else(|| {
        assert_eq!(case["exit"], 0, "{name} fails, but nothing says how");
        (0, String::new())
    });
    let answered = exchanges
        .last()
        .map(|exchange| text(&exchange["response"]["body"]));
    let stdout = match (name, code, answered) {
        ("version-flag", ..) => concat!("influx ", env!("CARGO_PKG_VERSION"), "\n").to_string(),
        (_, 0, Some(body)) => expected_output(body, text(&recorded["stdout"])),
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

/// The recorded request in the bytes that we send, and the recorded answer.
fn scripted(recorded: &Value, prefix: &str) -> Exchange {
    let (request, response) = (&recorded["request"], &recorded["response"]);
    let body = text(&request["body"]);
    let mut bytes = format!(
        "{} {prefix}{} HTTP/1.1\r\n",
        text(&request["method"]),
        text(&request["target"])
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
        400 => "400 Bad Request",
        401 => "401 Unauthorized",
        404 => "404 Not Found",
        other => panic!("a status without a reason here: {other}"),
    };
    let content_type = text(&response["headers"]["Content-Type"]);
    let reply = answer(status, content_type, text(&response["body"]).as_bytes());
    exchange(bytes + body, Reply::Send(reply))
}

/// What we print for an answer. The printing here is checked against the recorded output, which
/// lacks the column `Status`.
fn expected_output(body: &str, recorded: &str) -> String {
    let row: Value = serde_json::from_str(body).unwrap();
    if recorded.starts_with('{') {
        return recorded
            .replace("\\u003c", "<")
            .replace("\\u003e", ">")
            .replace("\\u0026", "&");
    }
    let permissions: Vec<_> = list(&row["permissions"])
        .iter()
        .map(|permission| {
            let resource = &permission["resource"];
            let (org, kind, id) = (
                text(&resource["orgID"]),
                text(&resource["type"]),
                text(&resource["id"]),
            );
            format!("{}:orgs/{org}/{kind}/{id}", text(&permission["action"]))
        })
        .collect();
    let field = |name: &str| text(&row[name]).to_string();
    let mut columns = vec![
        ("ID", field("id")),
        ("Description", field("description")),
        ("Username", field("token")),
        ("v2 User Name", field("user")),
        ("v2 User ID", field("userID")),
        ("Permissions", format!("[{}]", permissions.join(" "))),
    ];
    let headers = recorded.starts_with("ID\t");
    if !columns[1].1.contains(char::is_control) {
        assert_eq!(
            table(&columns, headers),
            recorded,
            "the printing of this test is wrong"
        );
    }
    columns.insert(5, ("Status", field("status")));
    for (_, cell) in &mut columns {
        *cell = cell
            .replace('\t', "\\t")
            .replace('\n', "\\n")
            .replace('\u{1b}', "\\u{1b}");
    }
    table(&columns, headers)
}

fn table(columns: &[(&str, String)], headers: bool) -> String {
    let mut lines = [String::new(), String::new()];
    for (at, (header, cell)) in columns.iter().enumerate() {
        let length = |text: &str| text.chars().count();
        let shown = if headers { length(header) } else { 0 };
        let tabs = shown.max(length(cell)) / 8 + 1;
        for (line, text) in lines.iter_mut().zip([header, cell.as_str()]) {
            line.push_str(text);
            if at + 1 < columns.len() {
                line.push_str(&"\t".repeat(tabs - length(text) / 8));
            }
        }
    }
    let [header, row] = lines;
    match headers {
        true => format!("{header}\n{row}\n"),
        false => format!("{row}\n"),
    }
}
