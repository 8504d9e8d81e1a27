//! Runs the completion scripts in the shells and checks them with shellcheck. A test is skipped if
//! its shell is not installed, unless `INFLUX_TEST_SHELLS` is set, as in CI.

use crate::harness::{Dir, binary};
use crate::support::help_texts::printed;
use crate::test_requirements::is_installed;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

/// Runs `script` in a shell and returns the words that it prints, sorted. `COMPLETION` in it stands
/// for the path of the completion script.
fn completions(shell: &[&str], script: &str) -> Vec<String> {
    let dir = Dir::new();
    let completion = dir.file(
        "completion",
        printed(&["completion", shell[0].split('/').next_back().unwrap()]),
    );
    dir.file("token.txt", "");
    dir.file("my token.txt", "");
    dir.file(
        ".influxdbv2/configs",
        "['plant 7']\n[prod]\nactive = true\n",
    );
    // The completion script runs the program to get the names of configs.
    dir.file("bin/README", "");
    symlink(binary(), dir.path().join("bin/influx")).unwrap();
    let path = std::env::var("PATH").unwrap();
    let ran = Command::new(shell[0])
        .args(&shell[1..])
        .arg("-c")
        .arg(script.replace("COMPLETION", completion.to_str().unwrap()))
        .current_dir(dir.path())
        .env("HOME", dir.path())
        .env("PATH", format!("{}/bin:{path}", dir.path().display()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let errors = String::from_utf8(ran.stderr).unwrap();
    assert!(errors.is_empty(), "{errors}");
    let mut words: Vec<String> = String::from_utf8(ran.stdout)
        .unwrap()
        .lines()
        .map(|line| line.split('\t').next().unwrap().trim().replace('\\', ""))
        .filter(|word| !word.is_empty())
        .collect();
    words.sort();
    words
}

/// Command lines whose last word is completed, and the expected completions.
const CASES: [(&[&str], &[&str]); 25] = [
    (&["v"], &["v1", "version"]),
    (
        &["v1", "auth", "list", "--token-file", "my"],
        &["my token.txt"],
    ),
    (
        &["v1", "auth", "list", "--status", ""],
        &["active", "inactive"],
    ),
    (&["v1", "auth", "list", "--status", "in"], &["inactive"]),
    (&["v1", "auth", "list", "-c", ""], &["plant 7", "prod"]),
    (
        &["v1", "auth", "list", "--active-config", "pl"],
        &["plant 7"],
    ),
    (&["config", "p"], &["plant 7", "prod"]),
    (&["config", "r"], &["rm"]),
    (&["config", "delete", "pl"], &["plant 7"]),
    (&["config", "rm", "prod", "pl"], &["plant 7"]),
    (&["config", "set", "-n", "pr"], &["prod"]),
    (&["v1", "auth", "set-i"], &["set-inactive"]),
    (&["v1", "authorization", "ls", "--sta"], &["--status"]),
    (
        &["v1", "auth", "set-inactive", "--tok"],
        &["--token", "--token-file"],
    ),
    (&["p"], &["ping"]),
    (&["v1", "dbrp", "find", "--bu"], &["--bucket-id"]),
    (
        &["v1", "dbrp", "create", "--bu"],
        &["--bucket", "--bucket-id"],
    ),
    (&["help", "v1", "au"], &["auth"]),
    (&["user", "in"], &["inactive"]),
    (&["auth", "ch"], &["check"]),
    (&["organization", "ls", "--na"], &["--name"]),
    (
        &["auth", "create", "--read-no"],
        &[
            "--read-notebooks",
            "--read-notificationEndpoints",
            "--read-notificationRules",
        ],
    ),
    (&["authorization", "set-inactive", "--dry"], &["--dry-run"]),
    (&["completion", ""], &["bash", "fish", "zsh"]),
    (
        &["v1", "auth", "list", "--token-file", "tok"],
        &["token.txt"],
    ),
];

#[test]
fn bash_completes_commands_flags_and_values() {
    if !is_installed("bash") {
        return;
    }
    for (line, expected) in CASES {
        let script = format!(
            "source COMPLETION; compopt() {{ :; }}; COMP_WORDS=(influx {}); \
             COMP_CWORD={}; _influx; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            quoted(line),
            line.len()
        );
        let found = completions(&["bash", "--norc"], &script);
        assert_eq!(without_help(found), expected, "{line:?}");
    }
    // Nothing is offered for a value that is not a file name.
    let script = "source COMPLETION; COMP_WORDS=(influx v1 auth list --host t); COMP_CWORD=5; \
                  _influx; printf '%s\\n' \"${COMPREPLY[@]}\"";
    assert_eq!(completions(&["bash", "--norc"], script), [""; 0]);
}

#[test]
fn zsh_completes_commands_flags_and_values() {
    if !is_installed("zsh") {
        return;
    }
    for (line, expected) in CASES {
        // These functions replace those of the completion system.
        let script = format!(
            "compdef() {{ :; }}; compset() {{ return 1; }}; \
             _files() {{ print -l *.txt; }}; \
             compadd() {{ shift; print -l -r -- \"$@\"; }}; \
             _describe() {{ for entry in $entries; do print -r -- ${{entry%%:*}}; done; }}; \
             source COMPLETION; words=(influx {}); CURRENT={}; _influx",
            quoted(line),
            line.len() + 1
        );
        let start = line.last().unwrap();
        let found = completions(&["zsh", "-f"], &script);
        let found: Vec<_> = found
            .into_iter()
            .filter(|word| word.starts_with(start))
            .collect();
        assert_eq!(without_help(found), expected, "{line:?}");
    }
}

#[test]
fn fish_completes_commands_flags_and_values() {
    if !is_installed("fish") {
        return;
    }
    for (line, expected) in CASES {
        let script = format!("source COMPLETION; complete -C \"influx {}\"", quoted(line));
        let found = completions(&["fish", "--no-config"], &script);
        assert_eq!(without_help(found), expected, "{line:?}");
    }
}

#[test]
fn bash_quotes_names_with_spaces() {
    if !is_installed("bash") {
        return;
    }
    // The word as it was typed, including the quotation mark.
    for (typed, found) in [
        ("pl", r"plant\ 7"),
        (r"'plant\ '", r"plant\ 7"),
        (r#"'"plant '"#, "plant 7"),
        (r#""'plant ""#, "plant 7"),
    ] {
        let script = format!(
            "source COMPLETION; COMP_WORDS=(influx config {typed}); COMP_CWORD=2; _influx; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\" | tr '\\\\' '!'"
        );
        let found = found.replace('\\', "!");
        assert_eq!(
            completions(&["bash", "--norc"], &script),
            [found],
            "{typed}"
        );
    }
}

#[test]
fn shellcheck_accepts_the_bash_script() {
    if !is_installed("shellcheck") {
        return;
    }
    let dir = Dir::new();
    let script = dir.file("influx", printed(&["completion", "bash"]));
    let ran = Command::new("shellcheck").arg(script).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&ran.stdout), "");
    assert!(ran.status.success());
}

#[test]
fn zsh_script_works_without_compinit() {
    if !is_installed("zsh") {
        return;
    }
    let script = "source COMPLETION; print -r -- $_comps[influx]";
    assert_eq!(completions(&["zsh", "-f"], script), ["_influx"]);
}

#[test]
fn completion_ignores_an_unreadable_configs_file() {
    for (shell, script) in [
        (
            &["bash", "--norc"][..],
            "source COMPLETION; COMP_WORDS=(influx config rm p); COMP_CWORD=3; _influx; echo \"${#COMPREPLY[@]}\"",
        ),
        (
            &["fish", "--no-config"],
            "source COMPLETION; count (complete -C 'influx config rm p'); true",
        ),
    ] {
        if is_installed(shell[0]) {
            let script = format!("rm -r .influxdbv2; echo '[' > .influxdbv2; {script}");
            assert_eq!(completions(shell, &script), ["0"], "{shell:?}");
        }
    }
}

fn quoted(line: &[&str]) -> String {
    let words: Vec<_> = line.iter().map(|word| format!("'{word}'")).collect();
    words.join(" ")
}

/// Removes `--help` and `--version`. The other shells always offer them, but fish only offers flags
/// after a dash.
fn without_help(found: Vec<String>) -> Vec<String> {
    let help = ["--help", "--version"];
    found
        .into_iter()
        .filter(|word| !help.contains(&word.as_str()))
        .collect()
}

#[test]
fn scripts_offer_every_flag_in_the_help_but_no_hidden_flag() {
    let help = printed(&["v1", "auth", "create", "--help"]);
    let longs: Vec<_> = help
        .split_whitespace()
        .filter(|word| word.starts_with("--") && word.len() > 4)
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_lowercase()))
        .collect();
    assert!(longs.len() > 15, "{longs:?}");
    for shell in ["bash", "zsh", "fish"] {
        let script = printed(&["completion", shell]);
        for long in &longs {
            assert!(script.contains(long), "{shell} lacks {long}");
        }
        let offered = match shell {
            "fish" => script.contains("-l extra-http-header"),
            "zsh" => script.contains("'--extra-http-header:"),
            _ => script.contains("--extra-http-header --help"),
        };
        assert!(!offered, "{shell} offers a hidden flag");
    }
}
