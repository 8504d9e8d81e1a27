//! The recorded runs of the Go client's `config`. Each is run as it was recorded; what the file means
//! to the Go client afterwards must be the same. What we do otherwise on purpose stands here and
//! nowhere else:
//!
//! - no token and no cookie is printed; JSON has the name, and both marks whether set or not;
//! - rows stand in the order of the file;
//! - the file is not rewritten: comments and unknown keys stay, a value that is empty is not written;
//! - `rm` of the active entry makes no other one active, and says so;
//! - flags may follow NAME;
//! - missing and invalid values are refused, and so is a file with two active entries.

use crate::harness::Test;
use crate::replay::{self, text};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use toml::de::DeTable;

/// Exit code and standard error of the cases that do not end as recorded. `FILE` stands for the
/// configs file.
fn different(case: &str) -> Option<(i32, &'static str)> {
    const NO_SCHEME: &str = "Error: --host-url: http:// or https:// is missing; expected a URL such as http://localhost:8086 or https://influx.example/prefix\n";
    const NO_NAME: &str = "Error: --config-name is required\n";
    Some(match case {
        "config-create-bad-name" => (
            2,
            "Error: \"list\" is not a valid config name: it is a word of `config`\n",
        ),
        "config-create-bad-url" | "config-set-bad-url" => (2, NO_SCHEME),
        "config-create-duplicate" => (
            3,
            "Error: the configs file FILE has an entry \"a\" already\nHint: `config set` changes it\n",
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

/// What is printed for a recorded output.
fn expected_output(case: &Value) -> String {
    let recorded = text(&case["stdout"]);
    match text(&case["name"]) {
        // The Go client's order is up to chance.
        "config-ls-hide-headers" => {
            let mut lines: Vec<_> = recorded.lines().collect();
            lines.sort_by_key(|line| line.trim_start_matches(['*', '\t']));
            lines.join("\n") + "\n"
        }
        "config-switch-json" => printed(
            &json!({"url": "http://127.0.0.1:9", "org": "acme", "active": true}),
            "b",
            "\n",
        ),
        "config-set-org-json" => printed(&serde_json::from_str(recorded).unwrap(), "b", "\n"),
        _ if recorded.starts_with("{\n\t\"url\"") => {
            printed(&serde_json::from_str(recorded).unwrap(), "a", "\n")
        }
        _ if recorded.starts_with('{') => {
            let entries: BTreeMap<String, Value> = serde_json::from_str(recorded).unwrap();
            let objects = entries.iter().map(|(name, entry)| {
                format!(
                    "\n\t\"{name}\": {}",
                    printed(entry, name, "\n\t").trim_end()
                )
            });
            format!("{{{}\n}}\n", objects.collect::<Vec<_>>().join(","))
        }
        _ => recorded.to_string(),
    }
}

/// One entry as JSON.
fn printed(entry: &Value, name: &str, indent: &str) -> String {
    let mark = |key: &str| entry[key] == true;
    format!(
        "{{{indent}\t\"name\": \"{name}\",{indent}\t\"url\": {},{indent}\t\"org\": {},{indent}\t\"active\": {},{indent}\t\"previous\": {}{indent}}}\n",
        entry["url"],
        entry["org"],
        mark("active"),
        mark("previous")
    )
}

/// What the Go client knows of an entry.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    texts: [String; 4],
    active: bool,
    previous: bool,
}

/// The entries of a file as the Go client takes them: a string that is missing as empty, a mark that
/// is missing as false.
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

/// What the file must mean afterwards.
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
    let (code, stderr) = different(name).unwrap_or_else(|| {
        assert_eq!(case["exit"], 0, "{name} fails, but nothing says how");
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
    // All that is not a value of what was changed is still there.
    for line in before.unwrap_or_default().lines() {
        if line.starts_with('#') || line.starts_with("future") {
            assert!(after.lines().any(|kept| kept == line), "{name}: {after}");
        }
    }
}

#[test]
fn every_recorded_case() {
    let cases = replay::cases("config");
    assert_eq!(cases.len(), 38, "cases are missing");
    for case in cases {
        println!("case {}", text(&case["name"]));
        replay(&case);
    }
}
