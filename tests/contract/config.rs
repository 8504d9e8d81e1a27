//! Replays the recorded cases of InfluxData's client about `config`. Afterwards, the configs file
//! must mean the same to that client. The intended differences are:
//!
//! - No token or cookie is printed. JSON has the name and both marks, whether they are set or not.
//! - Rows are in the order of the file.
//! - The file is not rewritten. Comments and unknown keys stay, and empty values are not written.
//! - `rm` of the active entry does not activate another one, and says so.
//! - Flags may follow NAME.
//! - Missing and invalid values are refused, and so is a file with two active entries.

use crate::harness::Test;
use crate::replay::{self, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use toml::de::DeTable;

/// Exit code and standard error of the cases whose result differs from the recorded one. `FILE`
/// stands for the configs file.
fn expected_result(case: &str) -> Option<(i32, &'static str)> {
    const NO_SCHEME: &str = "Error: --host-url: http:// or https:// is missing; expected a URL such as http://localhost:8086 or https://influx.example/prefix\n";
    const NO_NAME: &str = "Error: --config-name is required\n";
    Some(match case {
        "config-create-bad-name" => (
            2,
            "Error: \"list\" is not a valid config name: it is reserved for commands of `config`\n",
        ),
        "config-create-bad-url" | "config-set-bad-url" => (2, NO_SCHEME),
        "config-create-duplicate" => (
            3,
            "Error: the configs file FILE already has an entry \"a\"\nHint: `config set` changes it\n",
        ),
        "config-create-name-dash" => (
            2,
            "Error: \"-\" is not a valid config name: `-` is the previous config\n",
        ),
        "config-create-no-name" | "config-set-no-name" => (2, NO_NAME),
        "config-create-no-url" => (2, "Error: --host-url is required\n"),
        "config-create-user-and-token" => (
            2,
            "Error: specify --token or --username-password, not both\n",
        ),
        "config-create-user-only" => (
            2,
            "Error: --username-password: expected USER:PASSWORD, but there is no password\n",
        ),
        "config-rm-active" => (
            0,
            "Hint: no config is active; `config NAME` makes one active\n",
        ),
        "config-rm-none" => (
            2,
            "Error: a name is required\nHint: `config ls` lists the configs\n",
        ),
        "config-switch-json" => (0, ""),
        "config-two-active" => (
            3,
            "Error: the configs file FILE marks several entries as active: \"a\", \"b\"\nHint: remove the mark from all but one, or choose one with --active-config NAME\n",
        ),
        _ => return None,
    })
}

/// What this program prints, given the recorded output.
fn expected_output(case: &Value) -> String {
    let recorded = text(&case["stdout"]);
    match text(&case["name"]) {
        // The order that InfluxData's client prints is random.
        "config-ls-hide-headers" => {
            let mut lines: Vec<_> = recorded.lines().collect();
            lines.sort_by_key(|line| line.trim_start_matches(['*', '\t']));
            lines.join("\n") + "\n"
        }
        "config-switch-json" => json_object(
            &json!({"url": "http://127.0.0.1:9", "org": "acme", "active": true}),
            "b",
            "\n",
        ),
        "config-set-org-json" => json_object(&serde_json::from_str(recorded).unwrap(), "b", "\n"),
        _ if recorded.starts_with("{\n\t\"url\"") => {
            json_object(&serde_json::from_str(recorded).unwrap(), "a", "\n")
        }
        _ if recorded.starts_with('{') => {
            let entries: BTreeMap<String, Value> = serde_json::from_str(recorded).unwrap();
            let objects = entries.iter().map(|(name, entry)| {
                format!(
                    "\n\t\"{name}\": {}",
                    json_object(entry, name, "\n\t").trim_end()
                )
            });
            format!("{{{}\n}}\n", objects.collect::<Vec<_>>().join(","))
        }
        _ => recorded.to_string(),
    }
}

/// The JSON object that this program prints for an entry.
fn json_object(entry: &Value, name: &str, indent: &str) -> String {
    let mark = |key: &str| entry[key] == true;
    format!(
        "{{{indent}\t\"name\": \"{name}\",{indent}\t\"url\": {},{indent}\t\"org\": {},{indent}\t\"active\": {},{indent}\t\"previous\": {}{indent}}}\n",
        entry["url"],
        entry["org"],
        mark("active"),
        mark("previous")
    )
}

/// The fields of an entry that InfluxData's client knows.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    texts: [String; 4],
    active: bool,
    previous: bool,
}

/// The entries of a file as InfluxData's client reads them. A missing string is empty, and a
/// missing mark is false.
fn entries(file: &str) -> BTreeMap<String, Entry> {
    let document = DeTable::parse(file).unwrap();
    let entry = |table: &DeTable<'_>| {
        let value = |key: &str| table.get(key).map(|value| value.get_ref().clone());
        Entry {
            texts: ["url", "token", "org", "cookie"].map(|key| {
                value(key).map_or(String::new(), |value| value.as_str().unwrap().to_string())
            }),
            active: value("active").is_some_and(|mark| mark.as_bool().unwrap()),
            previous: value("previous").is_some_and(|mark| mark.as_bool().unwrap()),
        }
    };
    let tables = document.get_ref().iter();
    tables
        .map(|(name, value)| {
            let table = value.get_ref().as_table().unwrap();
            (name.get_ref().to_string(), entry(table))
        })
        .collect()
}

/// The entries that the file must have afterwards.
fn expected_entries(case: &Value) -> BTreeMap<String, Entry> {
    let mut entries = entries(case["configs_after"].as_str().unwrap_or_default());
    match text(&case["name"]) {
        "config-rm-active" => entries.get_mut("b").unwrap().active = false,
        "config-switch-json" => {
            let mut mark = |name: &str, active: bool| {
                let entry = entries.get_mut(name).unwrap();
                (entry.active, entry.previous) = (active, !active);
            };
            mark("a", false);
            mark("b", true);
        }
        _ => {}
    }
    entries
}

fn replay(case: &Value) {
    let name = text(&case["name"]);
    let argv = case["argv"].as_array().unwrap().iter().map(text);
    let mut test = Test::new(argv);
    assert_eq!(case["exchanges"].as_array().map(Vec::len), Some(0));
    let before = case["configs"].as_str();
    if let Some(before) = before {
        test = test.configs(before);
    }
    let home = test.keep();
    let file = home.path().join(".influxdbv2/configs");
    let (code, stderr) = expected_result(name).unwrap_or_else(|| {
        assert_eq!(case["exit"], 0, "{name} fails, but has no expected result");
        (0, "")
    });
    let stdout = match code {
        0 => expected_output(case),
        _ => String::new(),
    };
    test.stdout(stdout)
        .stderr(stderr.replace("FILE", file.to_str().unwrap()))
        .code(code);
    let after = fs::read_to_string(&file).ok();
    let word = case["argv"][1].as_str().unwrap_or("--json");
    if code != 0 || matches!(word, "--json" | "ls" | "list") {
        assert_eq!(after.as_deref(), before, "{name}: the file was changed");
        return;
    }
    let after = after.unwrap();
    assert_eq!(entries(&after), expected_entries(case), "{name}");
    // Comments and unknown keys must still be there.
    for line in before.unwrap_or_default().lines() {
        if line.starts_with('#') || line.starts_with("future") {
            assert!(after.lines().any(|kept| kept == line), "{name}: {after}");
        }
    }
}

#[test]
fn replays_every_recorded_case() {
    let cases = replay::cases("config");
    assert_eq!(cases.len(), 38, "cases are missing");
    for case in cases {
        println!("case {}", text(&case["name"]));
        replay(&case);
    }
}
