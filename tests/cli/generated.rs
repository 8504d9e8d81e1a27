//! What is made from the tables: completion scripts, tried in the shells themselves, and the manual
//! page, put to its checkers. A shell or checker that is not installed fails its test only where
//! `INFLUX_TEST_SHELLS` is set, as in CI: `make test` needs none.

use crate::harness::{Dir, Test, binary};
use std::process::{Command, Stdio};

fn printed(args: &[&str]) -> String {
    let run = Test::new(args.to_vec()).run();
    run.assert(run.code == 0 && run.stderr.is_empty(), "a text");
    run.stdout
}

/// Whether to go on with `tool`.
fn has(tool: &str) -> bool {
    let found = Command::new(tool)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok();
    assert!(
        found || std::env::var_os("INFLUX_TEST_SHELLS").is_none(),
        "{tool} is not installed"
    );
    found
}

/// Runs `script` in a shell with the completion script as its first argument, and returns the
/// words it prints, sorted.
fn words(shell: &[&str], script: &str) -> Vec<String> {
    let dir = Dir::new();
    let completion = dir.file(
        "completion",
        printed(&["completion", shell[0].split('/').next_back().unwrap()]),
    );
    dir.file("token.txt", "");
    let ran = Command::new(shell[0])
        .args(&shell[1..])
        .arg("-c")
        .arg(script.replace("COMPLETION", completion.to_str().unwrap()))
        .current_dir(dir.path())
        .env("HOME", dir.path())
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("INFLUX", binary())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let errors = String::from_utf8(ran.stderr).unwrap();
    assert!(errors.is_empty(), "{errors}");
    let mut words: Vec<String> = String::from_utf8(ran.stdout)
        .unwrap()
        .lines()
        .map(|line| line.split('\t').next().unwrap().trim().to_string())
        .filter(|word| !word.is_empty())
        .collect();
    words.sort();
    words
}

/// A command line, whose last word is to be completed, and what must be offered.
const CASES: [(&[&str], &[&str]); 12] = [
    (&["v"], &["v1", "version"]),
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
fn bash_completes() {
    if !has("bash") {
        return;
    }
    for (line, expected) in CASES {
        let script = format!(
            "source COMPLETION; compopt() {{ :; }}; COMP_WORDS=(influx {}); \
             COMP_CWORD={}; _influx; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            quoted(line),
            line.len()
        );
        let found = words(&["bash", "--norc"], &script);
        assert_eq!(without_help(found), expected, "{line:?}");
    }
    // A value that is no file is left to the one who types.
    let script = "source COMPLETION; COMP_WORDS=(influx v1 auth list --host t); COMP_CWORD=5; \
                  _influx; printf '%s\\n' \"${COMPREPLY[@]}\"";
    assert_eq!(words(&["bash", "--norc"], script), [""; 0]);
}

#[test]
fn zsh_completes() {
    if !has("zsh") {
        return;
    }
    for (line, expected) in CASES {
        // The two that the completion system would be asked through are stood in for.
        let script = format!(
            "compdef() {{ :; }}; compset() {{ return 1; }}; \
             _files() {{ print -l token*; }}; \
             _describe() {{ for entry in $entries; do print -r -- ${{entry%%:*}}; done; }}; \
             source COMPLETION; words=(influx {}); CURRENT={}; _influx",
            quoted(line),
            line.len() + 1
        );
        let start = line.last().unwrap();
        let found = words(&["zsh", "-f"], &script);
        let found: Vec<_> = found
            .into_iter()
            .filter(|word| word.starts_with(start))
            .collect();
        assert_eq!(without_help(found), expected, "{line:?}");
    }
}

#[test]
fn fish_completes() {
    if !has("fish") {
        return;
    }
    for (line, expected) in CASES {
        let script = format!("source COMPLETION; complete -C 'influx {}'", line.join(" "));
        let found = words(&["fish", "--no-config"], &script);
        assert_eq!(without_help(found), expected, "{line:?}");
    }
}

fn quoted(line: &[&str]) -> String {
    let words: Vec<_> = line.iter().map(|word| format!("'{word}'")).collect();
    words.join(" ")
}

/// Offered everywhere; fish shows flags only behind a dash.
fn without_help(found: Vec<String>) -> Vec<String> {
    let help = ["--help", "--version"];
    found
        .into_iter()
        .filter(|word| !help.contains(&word.as_str()))
        .collect()
}

#[test]
fn scripts_know_every_flag_of_the_help() {
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

#[test]
fn the_page_has_its_sections_and_passes_its_checkers() {
    let page = printed(&["man"]);
    for section in [
        "NAME",
        "SYNOPSIS",
        "COMMANDS",
        "ENVIRONMENT",
        "FILES",
        "EXIT STATUS",
        "EXAMPLES",
    ] {
        assert!(page.contains(&format!("\n.SH {section}\n")), "{section}");
    }
    assert!(
        page.contains("\\-\\-read\\-RESOURCE\n") && page.contains("subscriptions."),
        "a family of flags and its members"
    );
    for hidden in ["extra\\-http\\-header", "INFLUX_TRACE_DEBUG_ID"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
    let dir = Dir::new();
    let file = dir.file("influx.1", &page);
    for checker in [
        &["mandoc", "-Tlint", "-Wstyle"][..],
        &["groff", "-ww", "-man", "-Tutf8", "-z"],
    ] {
        if has(checker[0]) {
            let ran = Command::new(checker[0])
                .args(&checker[1..])
                .arg(&file)
                .output()
                .unwrap();
            let said = [ran.stdout, ran.stderr].concat();
            assert_eq!(String::from_utf8_lossy(&said), "", "{checker:?}");
        }
    }
}
