//! Help and version need no files, variables or server, and ignore later mistakes.

use crate::fixtures::ID;
use crate::harness::Test;
use crate::support::help_texts::{COMMANDS, ROOT, prints, succeeds};

/// Checks the parts of the version line and returns it.
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

#[test]
fn every_command_prints_the_version() {
    let version = version_line();
    for level in COMMANDS {
        for form in ["-V", "--version", "-version"] {
            prints(&[level, &[form]].concat(), &version);
        }
    }
    prints(
        &["v1", "auth", "set-inactive", "--json", "-V", "--wrong"],
        &version,
    );
}

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

/// If a mistyped flag such as `-hide` printed help, a script would take exit code 0 for a
/// successful deactivation.
#[test]
fn text_attached_to_h_or_v_is_an_unknown_flag() {
    for level in &COMMANDS[..9] {
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
fn help_wins_over_later_mistakes_but_not_over_earlier_ones() {
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
        prints(&[&leaf[..], &["--help", after]].concat(), &text);
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
    prints(&["--help", "frob"], ROOT);
    let run = Test::new(["frob", "-h"]).run();
    run.assert(run.code == 2, "exit code 2");
}

#[test]
fn help_and_version_ignore_files_and_variables() {
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
