//! Which entries are active and previous after a sequence of commands.

use crate::harness::{Dir, Run, Test};
use crate::support::config_runs::TWO;
use std::fs;

fn run(home: &Dir, args: &[&str]) -> Run {
    let test = Test::new(["config"]).args(args.to_vec());
    test.env("HOME", home.path()).run()
}

#[track_caller]
fn succeeds(home: &Dir, args: &[&str]) {
    let run = run(home, args);
    run.assert(run.code == 0, "success");
}

#[track_caller]
fn fails(home: &Dir, args: &[&str], code: i32, says: &str) {
    let run = run(home, args);
    run.assert(run.code == code && run.stderr.contains(says), says);
}

/// The names of the entries in order. `*` marks the active entry and `-` the previous entry.
fn marks(home: &Dir) -> String {
    let text = fs::read_to_string(home.path().join(".influxdbv2/configs")).unwrap();
    let names = run(home, &["ls", "-q"]).stdout;
    let json = run(home, &["ls", "--json"]).stdout;
    let configs: serde_json::Value = serde_json::from_str(&json).unwrap();
    let marked = names.lines().map(|name| {
        let mark = |key: &str, mark| if configs[name][key] == true { mark } else { "" };
        [name, mark("active", "*"), mark("previous", "-")].concat()
    });
    let marked: Vec<_> = marked.collect();
    assert_eq!(configs.as_object().unwrap().len(), marked.len(), "{text}");
    marked.join(" ")
}

fn home(file: &str) -> Dir {
    let home = Dir::new();
    home.file(".influxdbv2/configs", file);
    home
}

fn text(home: &Dir) -> String {
    fs::read_to_string(home.path().join(".influxdbv2/configs")).unwrap()
}

#[test]
fn entries_are_listed_in_file_order() {
    for (file, shown) in [
        (
            "[z]\norg = ''\n['a.b'.more]\n[m]\nurl = 5\nprevious = true\n[z.more]\n[c]\nactive = true\n",
            "z a.b m- c*",
        ),
        ("b.x = 1\na = {}\n", "b a"),
        ("[a]\nactive = true\n[b]\nactive = true\n", "a* b*"),
    ] {
        assert_eq!(marks(&home(file)), shown);
    }
}

#[test]
fn switching_there_and_back_restores_the_file() {
    let home = home(TWO);
    for (wanted, after) in [
        ("b", "a- b*"),
        ("-", "a* b-"),
        ("b", "a- b*"),
        ("a", "a* b-"),
    ] {
        succeeds(&home, &[wanted]);
        assert_eq!(marks(&home), after, "after {wanted}");
    }
    assert_eq!(text(&home), TWO, "the file must be as before");
    // Switching to the active entry only removes the previous mark, as in the Go client.
    succeeds(&home, &["a"]);
    assert_eq!(marks(&home), "a* b");
    succeeds(&home, &["set", "-n", "b", "-o", "o", "-a"]);
    assert_eq!(marks(&home), "a- b*");
}

#[test]
fn switching_back_needs_exactly_one_previous_entry() {
    let home = home("[a]\nprevious = true\n[b]\nprevious = true\n[c]\n");
    let several = "marks several entries as previous: \"a\", \"b\"\n";
    fails(&home, &["-"], 3, several);
    succeeds(&home, &["b"]);
    assert_eq!(marks(&home), "a b* c");
    fails(&home, &["-"], 3, "has no entry marked as previous\n");
}

#[test]
fn create_refuses_reserved_and_invalid_names() {
    let home = home(TWO);
    let create = |name| ["create", "-u", "http://h", "-n", name];
    for name in [
        "config", "ls", "list", "create", "set", "update", "rm", "delete", "remove", "switch",
        "help", "-", "a\nb", "a\u{7f}", "\u{9b}",
    ] {
        fails(&home, &create(name), 2, "not a valid config name");
    }
    fails(&home, &create(""), 2, "must not be empty");
    assert_eq!(text(&home), TWO);
    succeeds(&home, &["create", "-u", "http://h", "--config-name=--json"]);
    assert_eq!(marks(&home), "a* b- --json");
}

#[test]
fn only_create_creates_the_file() {
    let home = Dir::new();
    fails(&home, &["set", "-n", "a", "-a"], 3, "has no entry \"a\"");
    fails(&home, &["-"], 3, "has no entry marked as previous");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_file_with_several_active_entries_is_not_changed() {
    let file = "[a]\nactive=true\n[b]\nactive=true\n";
    let home = home(file);
    for args in [
        &["create", "-n", "c", "-u", "http://h"][..],
        &["set", "-n", "a", "-o", "o"],
        &["set", "-n", "a"],
        &["rm", "a"],
        &["a"],
    ] {
        let says = "marks several entries as active: \"a\", \"b\"";
        fails(&home, args, 3, says);
    }
    assert_eq!(text(&home), file);
}
