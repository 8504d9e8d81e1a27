//! Several commands one after another: which entries there are, and which one is active or previous.

use crate::harness::{Dir, Run, Test};
use crate::support::configs_files::TWO;
use std::fs;

fn run(home: &Dir, args: &[&str]) -> Run {
    let test = Test::new(["config"]).args(args.to_vec());
    test.env("HOME", home.path()).run()
}

#[track_caller]
fn done(home: &Dir, args: &[&str]) {
    let run = run(home, args);
    run.assert(run.code == 0, "success");
}

#[track_caller]
fn refused(home: &Dir, args: &[&str], code: i32, says: &str) {
    let run = run(home, args);
    run.assert(run.code == code && run.stderr.contains(says), says);
}

/// The entries in order, `*` after the active one and `-` after the previous one.
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
fn entries_are_listed_in_the_order_of_the_file() {
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
fn switching_moves_the_marks_and_back() {
    let home = home(TWO);
    for (wanted, after) in [
        ("b", "a- b*"),
        ("-", "a* b-"),
        ("b", "a- b*"),
        ("a", "a* b-"),
    ] {
        done(&home, &[wanted]);
        assert_eq!(marks(&home), after, "after {wanted}");
    }
    assert_eq!(text(&home), TWO, "every byte is back");
    // As in the Go client.
    done(&home, &["a"]);
    assert_eq!(marks(&home), "a* b");
    done(&home, &["set", "-n", "b", "-o", "o", "-a"]);
    assert_eq!(marks(&home), "a- b*");
}

#[test]
fn several_entries_marked_as_previous() {
    let home = home("[a]\nprevious = true\n[b]\nprevious = true\n[c]\n");
    let several = "marks several entries as previous: \"a\", \"b\"\n";
    refused(&home, &["-"], 3, several);
    done(&home, &["b"]);
    assert_eq!(marks(&home), "a b* c");
    refused(&home, &["-"], 3, "marks no entry as previous\n");
}

#[test]
fn names_that_cannot_be_reached_are_refused() {
    let home = home(TWO);
    let create = |name| ["create", "-u", "http://h", "-n", name];
    for name in [
        "config", "ls", "list", "create", "set", "update", "rm", "delete", "remove", "switch",
        "help", "-", "a\nb", "a\u{7f}", "\u{9b}",
    ] {
        refused(&home, &create(name), 2, "not a valid config name");
    }
    refused(&home, &create(""), 2, "must not be empty");
    assert_eq!(text(&home), TWO);
    done(&home, &["create", "-u", "http://h", "--config-name=--json"]);
    assert_eq!(marks(&home), "a* b- --json");
}

#[test]
fn only_create_makes_a_file() {
    let home = Dir::new();
    refused(&home, &["set", "-n", "a", "-a"], 3, "has no entry \"a\"");
    refused(&home, &["-"], 3, "marks no entry as previous");
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
        refused(&home, args, 3, says);
    }
    assert_eq!(text(&home), file);
}
