//! Help and version at every level and in every form. They come before any file, variable or server.

use crate::fixtures::ID;
use crate::harness::{Run, Test};

const LEVELS: [&[&str]; 33] = [
    &[],
    &["v1"],
    &["v1", "auth"],
    &["v1", "dbrp"],
    &["v1", "dbrp", "list"],
    &["v1", "dbrp", "create"],
    &["v1", "dbrp", "update"],
    &["v1", "dbrp", "delete"],
    &["ping"],
    &["v1", "auth", "set-inactive"],
    &["v1", "auth", "set-active"],
    &["v1", "auth", "list"],
    &["v1", "auth", "create"],
    &["v1", "auth", "delete"],
    &["v1", "auth", "set-password"],
    &["config"],
    &["config", "create"],
    &["config", "rm"],
    &["config", "ls"],
    &["config", "set"],
    &["completion", "bash"],
    &["completion", "fish"],
    &["version"],
    &["help"],
    &["completion"],
    &["completion", "zsh"],
    &["man"],
    &["auth"],
    &["auth", "list"],
    &["auth", "create"],
    &["auth", "active"],
    &["auth", "inactive"],
    &["auth", "delete"],
];

/// The version line, after a check of its parts.
fn version_line() -> String {
    let line = succeeds(&["version"]).stdout;
    let start = concat!("influx ", env!("CARGO_PKG_VERSION"), " (");
    let inner = line
        .strip_prefix(start)
        .and_then(|rest| rest.strip_suffix(")\n"));
    let parts: Vec<_> = inner.expect("the form").split(", ").collect();
    let lock = include_str!("../../Cargo.lock");
    let (_, rustls) = lock.split_once("name = \"rustls\"\nversion = \"").unwrap();
    let rustls = format!("rustls {}", rustls.split('"').next().unwrap());
    assert_eq!(*parts.last().unwrap(), rustls);
    let target = parts[parts.len() - 2];
    match std::env::var("INFLUX_TEST_BINARY") {
        // `make` builds it in a directory named after the target.
        Ok(path) => assert!(path.contains(&format!("/{target}/")), "{line}"),
        Err(_) => assert_eq!(target, env!("INFLUX_TARGET"), "{line}"),
    }
    match parts[..parts.len() - 2] {
        [] => {}
        [revision] => assert!(
            revision.starts_with("git: ") && revision.len() >= 12,
            "{line}"
        ),
        _ => panic!("{line}"),
    }
    line
}

const ROOT: &str = "\
Manage the credentials of InfluxDB 2.x

USAGE:
    influx COMMAND [FLAGS]

COMMANDS:
    v1              Commands for InfluxDB's 1.x-compatible API
    auth            Manage API tokens (v2 authorizations)
    user            v2 users: deactivate a person with one request
    org             Organizations: look up their IDs
    bucket          Buckets: look up their IDs
    config          Manage configs: servers and tokens by name
    ping            Check that InfluxDB is up
    version         Print the version
    help            Print the help of a command
    completion      Print a completion script for bash, zsh or fish
    man             Print the manual page (pipe it into `man -l -`)

FLAGS:
    -h, --help                    Print this help
    -V, --version                 Print the version

EXAMPLES:
    influx v1 auth list
    influx help v1 auth
";

#[track_caller]
fn succeeds(args: &[&str]) -> Run {
    let run = Test::new(args.to_vec()).run();
    run.assert(run.code == 0, "exit code 0");
    run.assert(run.stderr.is_empty(), "empty standard error");
    run
}

#[track_caller]
fn helps(args: &[&str], text: &str) {
    Test::new(args.to_vec()).stdout(text).code(0);
}

#[test]
fn help_of_the_program() {
    helps(&[], ROOT);
    helps(&["help"], ROOT);
}

#[test]
fn help_of_every_level_in_every_form() {
    for level in LEVELS {
        let text = succeeds(&[level, &["--help"]].concat()).stdout;
        let usage = format!("\nUSAGE:\n    {}", [&["influx"], level].concat().join(" "));
        assert!(text.contains(&usage), "{text}");
        assert!(
            text.lines()
                .all(|line| line.len() <= 80 && line.trim_end() == line),
            "{text}"
        );
        helps(&[level, &["-help"]].concat(), &text);
        helps(&[&["help"], level].concat(), &text);
    }
}

/// The long names of the flags that belong to the command alone.
fn own_flags(help: &str) -> Vec<&str> {
    let Some((_, section)) = help.split_once("\nFLAGS:\n") else {
        return Vec::new();
    };
    let rows = section.lines().take_while(|line| line.starts_with(' '));
    rows.filter(|row| !row.starts_with("         "))
        .filter_map(|row| row.split(' ').find(|word| word.starts_with("--")))
        .collect()
}

#[test]
fn short_help_of_every_level() {
    for level in LEVELS {
        let run = succeeds(&[level, &["-h"]].concat());
        let long = succeeds(&[level, &["--help"]].concat()).stdout;
        for line in run.stdout.lines() {
            run.assert(line.len() <= 80 && line.trim_end() == line, line);
            run.assert(!line.ends_with("..."), "whole sentences");
        }
        run.assert(own_flags(&run.stdout) == own_flags(&long), "every own flag");
        run.assert(run.stdout.contains("\n\nUSAGE:\n"), "usage");
        run.assert(
            run.stdout.contains("\n\nEXAMPLES:\n    influx "),
            "an example",
        );
        let more = "\n\n--help prints more.\n";
        run.assert(run.stdout.ends_with(more) != (run.stdout == long), "more");
    }
}

#[test]
fn every_example_parses() {
    for level in LEVELS {
        let text = succeeds(&[level, &["--help"]].concat()).stdout;
        let (_, section) = text.split_once("\nEXAMPLES:\n").expect("examples");
        for line in section.lines().take_while(|line| !line.is_empty()) {
            let line = line.replace('\'', "");
            let words: Vec<_> = line.split_whitespace().skip(1).collect();
            succeeds(&[&words[..], &["--help"]].concat());
        }
    }
}

#[test]
fn groups_without_a_command_print_their_help() {
    for level in [LEVELS[0], LEVELS[1], LEVELS[2], LEVELS[3], &["auth"]] {
        let text = succeeds(&[level, &["--help"][..]].concat()).stdout;
        helps(level, &text);
        helps(&[level, &["--"][..]].concat(), &text);
    }
}

#[test]
fn an_alias_has_the_same_help() {
    let text = succeeds(&["v1", "auth", "set-inactive", "--help"]).stdout;
    helps(&["v1", "authorization", "set-inactive", "--help"], &text);
    helps(&["help", "v1", "authorization", "set-inactive"], &text);
    let text = succeeds(&["auth", "inactive", "--help"]).stdout;
    helps(&["authorization", "set-inactive", "--help"], &text);
    helps(&["help", "auth", "set-inactive"], &text);
}

/// Two rows describe 50 flags.
#[test]
fn a_family_of_flags_has_one_row_with_its_members() {
    let run = succeeds(&["auth", "create", "--help"]);
    let joined = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        " --read-RESOURCE Allow reading all RESOURCE of the organization. RESOURCE is one of: authorizations, buckets, dashboards, orgs,",
        " notificationRules, notificationEndpoints,",
        " flows, functions, subscriptions --write-RESOURCE Allow creating, changing and deleting all RESOURCE of the organization --operator ",
    ] {
        run.assert(joined.contains(part), part);
    }
    run.assert(!joined.contains("--read-tasks"), "no row of its own");
}

#[test]
fn help_of_a_command_has_flags_variables_and_exit_codes() {
    for leaf in ["set-inactive", "set-active"] {
        let run = succeeds(&["v1", "auth", leaf, "--help"]);
        for (flag, variable) in [
            ("-i, --id ID", ""),
            ("    --username NAME", "[INFLUX_USERNAME]"),
            ("    --host URL", "[INFLUX_HOST]"),
            ("-t, --token TOKEN", "[INFLUX_TOKEN]"),
            ("    --token-file PATH", "[INFLUX_TOKEN_FILE]"),
            ("-c, --active-config NAME", "[INFLUX_ACTIVE_CONFIG]"),
            ("    --configs-path PATH", "[INFLUX_CONFIGS_PATH]"),
            ("    --skip-verify ", "[INFLUX_SKIP_VERIFY]"),
            ("    --tls-ca PATH", "[INFLUX_TLS_CA]"),
            ("    --timeout DURATION", "[INFLUX_TIMEOUT]"),
            ("    --json ", "[INFLUX_OUTPUT_JSON]"),
            ("    --hide-headers ", "[INFLUX_HIDE_HEADERS]"),
            ("    --http-debug ", ""),
            ("-h, --help ", ""),
            ("-V, --version ", ""),
        ] {
            run.assert(run.stdout.contains(&format!("\n    {flag}")), flag);
            run.assert(run.stdout.contains(variable), variable);
        }
        for code in 0..=7 {
            run.assert(
                run.stdout.contains(&format!("\n    {code}   ")),
                "every exit code",
            );
        }
        for hidden in [
            "trace-debug-id",
            "extra-http-header",
            "INFLUX_TRACE_DEBUG_ID",
            "INFLUX_EXTRA",
        ] {
            run.assert(!run.stdout.contains(hidden), "no hidden flag");
        }
    }
}

#[test]
fn version() {
    let version = version_line();
    for level in LEVELS {
        for form in ["-V", "--version", "-version"] {
            helps(&[level, &[form]].concat(), &version);
        }
    }
    helps(
        &["v1", "auth", "set-inactive", "--json", "-V", "--wrong"],
        &version,
    );
}

/// `help` prints help, whatever command follows it, and does nothing else.
#[test]
fn help_never_runs_the_command() {
    for leaf in ["set-inactive", "set-active"] {
        let text = succeeds(&["v1", "auth", leaf, "--help"]).stdout;
        Test::new(["help", "v1", "auth", leaf])
            .env("INFLUX_HOST", "http://127.0.0.1:1")
            .env("INFLUX_TOKEN", "t")
            .env("INFLUX_USERNAME", "telegraf")
            .stdout(text)
            .code(0);
    }
}

/// A flag that merely starts with `-h` or `-V` is a mistake. If it printed help, a script would take exit
/// code 0 for a successful deactivation.
#[test]
fn nothing_may_be_attached_to_the_letters_of_help_and_version() {
    for level in &LEVELS[..9] {
        for flag in ["-hide", "-hX", "-Vx", "-vip"] {
            let run = Test::new([level, &[flag, "-i", ID][..]].concat()).run();
            run.assert(run.code == 2, "exit code 2");
            run.assert(run.stdout.is_empty(), "empty standard output");
            run.assert(
                run.stderr.starts_with("Error: unknown flag \"-"),
                "an unknown flag",
            );
        }
    }
    let run = Test::new([
        "-host",
        "http://h",
        "v1",
        "auth",
        "set-inactive",
        "--id",
        ID,
    ])
    .run();
    run.assert(run.code == 2, "exit code 2");
    run.assert(
        run.stderr.starts_with("Error: unknown flag \"-h"),
        "an unknown flag",
    );
}

#[test]
fn the_first_of_help_and_a_mistake_wins() {
    let leaf = ["v1", "auth", "set-inactive"];
    let text = succeeds(&["v1", "auth", "set-inactive", "--help"]).stdout;
    for after in [
        "--wrong",
        "--timeout=soon",
        "extra",
        "--id=",
        "--id",
        "--",
        "-\u{1b}",
    ] {
        helps(&[&leaf[..], &["--help", after]].concat(), &text);
    }
    for (before, said) in [
        ("--wrong", "unknown flag \"--wrong\""),
        ("--timeout=soon", "--timeout \"soon\": "),
        ("extra", "unexpected argument \"extra\""),
        ("--id=", "--id must not be empty"),
    ] {
        let run = Test::new([&leaf[..], &[before, "--help"]].concat()).run();
        run.assert(run.code == 2, "exit code 2");
        run.assert(run.stderr.starts_with(&format!("Error: {said}")), said);
    }
    helps(&["--help", "frob"], ROOT);
    let run = Test::new(["frob", "-h"]).run();
    run.assert(run.code == 2, "exit code 2");
}

#[test]
fn help_comes_before_any_file_variable_or_server() {
    let version = version_line();
    let text = succeeds(&["v1", "auth", "set-inactive", "--help"]).stdout;
    for (flag, printed) in [("--help", text.as_str()), ("--version", version.as_str())] {
        let test = Test::new([
            "v1",
            "auth",
            "set-inactive",
            "-c",
            "zz",
            "--token-file",
            "none",
            flag,
        ])
        .env("INFLUX_TIMEOUT", "soon")
        .env("INFLUX_HOST", "wrong")
        .env("INFLUX_OUTPUT_JSON", "maybe")
        .env("INFLUX_CONFIGS_PATH", ".")
        .configs("[broken");
        test.stdout(printed).code(0);
    }
}
