//! What each command of `influx config` accepts, prints and refuses.

use crate::harness::Test;
use crate::support::config_runs::{
    HEADER, TWO, assert_output_and_file, config, refused, unchanged,
};
use std::fs;

#[test]
fn config_prints_the_active_entry() {
    let shown = format!("{HEADER}*\ta\thttp://h:8086\t\n");
    assert_output_and_file(&[], &shown, "", TWO);
    assert_output_and_file(&["--hide-headers", "ls", "-q"], "a\nb\n", "", TWO);
    assert_output_and_file(&["--hide-headers"], "*\ta\thttp://h:8086\t\n", "", TWO);
    // Commands use the only entry even if it is not marked as active.
    Test::new(["config"])
        .configs("[a]\nurl = \"http://h:8086\"\n")
        .stdout(format!("{HEADER}\ta\thttp://h:8086\t\n"))
        .code(0);
    Test::new(["config", "--json"])
        .stdout("{\n\t\"name\": \"default\",\n\t\"url\": \"http://localhost:8086\",\n\t\"org\": \"\",\n\t\"active\": true,\n\t\"previous\": false\n}\n")
        .code(0);
}

#[test]
fn switching_marks_the_new_entry_active_and_the_old_previous() {
    let after = TWO
        .replace("  active = true", "  previous = true")
        .replace("acme\"\n  previous = true", "acme\"\n  active = true");
    let shown = format!("{HEADER}*\tb\thttp://h:8087\tacme\n");
    for name in [
        &["b"][..],
        &["-"],
        &["--", "b"],
        &["--", "-"],
        &["--json=false", "b"],
    ] {
        assert_output_and_file(name, &shown, "", &after);
    }
}

#[test]
fn after_two_dashes_an_argument_is_a_config_name() {
    let file = "[ls]\nurl = 'x'\n[-x]\nurl = 'y'\n";
    for name in ["ls", "-x"] {
        let run = Test::new(["config", "--hide-headers", "--", name]).configs(file);
        let run = run.run();
        let shown = format!("*\t{name}\t");
        run.assert(run.code == 0 && run.stdout.starts_with(&shown), &shown);
    }
}

#[test]
fn unknown_names_and_wrong_numbers_of_names_are_refused() {
    let several = "Error: only one config can be active, but several names were given\nHint: `config NAME` switches to a config\n";
    refused(&["a", "b"], 2, several);
    refused(&["switch", "b"], 2, several);
    refused(&["a", "ls"], 2, several);
    refused(&[""], 2, "Error: NAME must not be empty\n");
    refused(
        &["zz"],
        3,
        "Error: the configs file FILE has no entry \"zz\"\nHint: its entries are \"a\", \"b\"\n",
    );
    refused(
        &["ls", "a"],
        2,
        "Error: unexpected argument \"a\"\nHint: `influx config ls` takes only flags (to turn a flag off, use --FLAG=false)\n",
    );
    let no_name = "Error: a name is required\nHint: `config ls` lists the configs\n";
    for word in ["rm", "delete", "remove"] {
        refused(&[word], 2, no_name);
    }
}

#[test]
fn unknown_flags_get_a_hint() {
    for (args, flag, hint) in [
        (
            &["create", "--host", "http://h"][..],
            "--host",
            "did you mean --host-url?",
        ),
        (
            &["set", "--name", "a"],
            "--name",
            "did you mean --config-name?",
        ),
        (
            &["create", "--url", "http://h"],
            "--url",
            "did you mean --host-url?",
        ),
        (&["-n", "a"], "-n", "`influx config --help` lists the flags"),
        (
            &["ls", "-c", "a"],
            "-c",
            "`influx config ls --help` lists the flags",
        ),
    ] {
        let said = format!("Error: unknown flag \"{flag}\"\nHint: {hint}\n");
        refused(args, 2, &said);
    }
}

#[test]
fn rm_notes_unknown_names_and_removes_the_rest() {
    let test = config(&["rm", "zz", "b", "b", "--json"]);
    let home = test.keep();
    let file = home.path().join(".influxdbv2/configs");
    let shown = file.to_str().unwrap();
    test.stdout("{\n\t\"b\": {\n\t\t\"name\": \"b\",\n\t\t\"url\": \"http://h:8087\",\n\t\t\"org\": \"acme\",\n\t\t\"active\": false,\n\t\t\"previous\": true\n\t}\n}\n")
        .stderr(format!(
            "Note: the configs file {shown} has no entry \"zz\"\n"
        ))
        .code(0);
    let left = TWO.split_once("\n[b]").unwrap().0;
    assert_eq!(fs::read_to_string(&file).unwrap(), left);
    for name in ["-", "zz"] {
        let note = format!("Note: the configs file FILE has no entry \"{name}\"\n");
        unchanged(&["rm", name], "", &note);
    }
    // Dockerfiles run `config rm default` before `config create`, when no file exists yet.
    let test = Test::new(["config", "rm", "default"]);
    let home = test.keep();
    let directory = home.path().join(".influxdbv2");
    let file = directory.join("configs");
    test.stderr(format!(
        "Note: the configs file {} has no entry \"default\"\n",
        file.display()
    ))
    .code(0);
    assert!(!directory.exists());
}

#[test]
fn set_without_changes_prints_the_entry() {
    let shown = format!("{HEADER}\tb\thttp://h:8087\tacme\n");
    unchanged(&["set", "-n", "b"], &shown, "");
    refused(
        &["set", "-n", "zz"],
        3,
        "Error: the configs file FILE has no entry \"zz\"\nHint: its entries are \"a\", \"b\"\n",
    );
}

#[test]
fn a_hint_says_that_no_config_is_active() {
    let hint = "Hint: no config is active; `config NAME` makes one active\n";
    let deleted = "Active\tName\tURL\t\tOrg\tDeleted\n*\ta\thttp://h:8086\t\ttrue\n";
    let left = "# top\n\n[b]".to_string() + TWO.split_once("\n[b]").unwrap().1;
    assert_output_and_file(&["rm", "a"], deleted, hint, &left);
    let new = ["create", "-n", "c", "-u", "http://h:1"];
    let printed = format!("{HEADER}\tc\thttp://h:1\t\n");
    // There is no hint if an entry is active or is the only entry.
    assert_output_and_file(
        &new,
        &printed,
        "",
        &format!("{TWO}\n[c]\n  url = \"http://h:1\"\n"),
    );
    Test::new(["config"]).args(new).stdout(&printed).code(0);
    let test = Test::new(["config"]).args(new).configs("[a]\n");
    test.stdout(&printed).stderr(hint).code(0);
}

#[test]
fn config_create_ignores_variables_of_other_commands() {
    let variables = [
        "HOST",
        "TOKEN",
        "ORG",
        "ACTIVE_CONFIG",
        "TIMEOUT",
        "SKIP_VERIFY",
    ];
    let mut test = Test::new(["config", "create", "-n", "c", "-u", "http://h:1"]);
    for name in variables {
        test = test.env(format!("INFLUX_{name}"), "not\nthis");
    }
    let file = test.home().join("elsewhere/configs");
    let home = test.keep();
    test.env("INFLUX_CONFIGS_PATH", "~/elsewhere/configs")
        .stdout(format!("{HEADER}\tc\thttp://h:1\t\n"))
        .code(0);
    let written = "[c]\n  url = \"http://h:1\"\n";
    assert_eq!(fs::read_to_string(file).unwrap(), written);
    drop(home);
}

#[test]
fn control_characters_in_entries_are_escaped() {
    let file = "[\"a\\u001b[31m\"]\nurl = \"x\\ny\"\norg = \"\\u202e\"\nactive = true\n";
    let row = "a\\u{1b}[31m\tx\\ny\t\\u{202e}\n";
    Test::new(["config", "ls", "--hide-headers"])
        .configs(file)
        .stdout(format!("*\t{row}"))
        .code(0);
    Test::new(["config", "ls", "-q"])
        .configs(file)
        .stdout("a\\u{1b}[31m\n")
        .code(0);
}
