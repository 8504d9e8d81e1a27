//! Runs the program under another name, as on hosts that also have InfluxData's client. Help,
//! hints, completion scripts and the manual page use that name.

use crate::harness::{Dir, Test};
use std::process::{Command, Stdio};

const OTHER: &str = "influx-auth";

/// What the program prints if its name is `name`.
fn printed(name: &str, args: &[&str]) -> String {
    let run = Test::new(args.to_vec()).with_program_name(name).run();
    run.assert(
        run.code == 0 && run.stderr.is_empty(),
        "exit code 0 and no errors",
    );
    run.stdout
}

/// Asserts that only the name differs, and that it occurs at least `least` times.
#[track_caller]
fn only_the_name_differs(args: &[&str], least: usize) {
    let (usual, other) = (printed("influx", args), printed(OTHER, args));
    let renamed = other
        .replace(OTHER, "influx")
        .replace(".TH INFLUX-AUTH ", ".TH INFLUX ")
        .replace("influx\\-auth", "influx");
    assert_eq!(renamed, usual, "{args:?}");
    let times = other.matches(OTHER).count() + other.matches("influx\\-auth").count();
    assert!(times >= least, "{args:?} contains the name {times} times");
}

#[test]
fn help_uses_the_name() {
    for path in [
        &[][..],
        &["v1"],
        &["v1", "auth"],
        &["v1", "auth", "list"],
        &["man"],
    ] {
        only_the_name_differs(&[path, &["--help"]].concat(), 1);
        only_the_name_differs(&[&["help"], path].concat(), 1);
    }
}

#[test]
fn hints_use_the_name() {
    for (args, hint) in [
        (&["v1", "aut"][..], "did you mean `influx-auth v1 auth`?"),
        (&["x"], "`influx-auth --help` lists the commands"),
        (
            &["v1", "auth", "list", "--x"],
            "`influx-auth v1 auth list --help` lists the flags",
        ),
    ] {
        let run = Test::new(args.to_vec()).with_program_name(OTHER).run();
        let said = run.stderr.contains(&format!("Hint: {hint}\n"));
        run.assert(run.code == 2 && said, hint);
    }
}

#[test]
fn the_version_line_does_not_use_the_name() {
    assert_eq!(
        printed(OTHER, &["--version"]),
        printed("influx", &["--version"])
    );
}

#[test]
fn the_manual_page_uses_the_name() {
    only_the_name_differs(&["man"], 10);
    assert!(printed(OTHER, &["man"]).starts_with(".TH INFLUX-AUTH 1 "));
}

/// Also runs the scripts in the shells that are installed.
#[test]
fn completion_scripts_use_the_name() {
    for (shell, script) in [
        (
            "bash",
            "source SCRIPT; COMP_WORDS=(influx-auth v1 au); COMP_CWORD=2; \
             complete -p influx-auth | grep -qx 'complete -F _influx-auth influx-auth' && \
             _influx-auth && echo ${COMPREPLY[@]}",
        ),
        (
            "zsh",
            "compdef() { [[ \"$*\" = '_influx-auth influx-auth' ]] && set_up=1; }; \
             compset() { return 1; }; _describe() { print -r -- ${entries[1]%%:*}; }; \
             source SCRIPT; words=(influx-auth v1 ''); CURRENT=3; ((set_up)) && _influx-auth",
        ),
        (
            "fish",
            "source SCRIPT; complete -C 'influx-auth v1 au' | string split -f 1 \\t",
        ),
    ] {
        only_the_name_differs(&["completion", shell], 3);
        let dir = Dir::new();
        let file = dir.file("script", printed(OTHER, &["completion", shell]));
        let ran = Command::new(shell)
            .args(["-c", &script.replace("SCRIPT", file.to_str().unwrap())])
            .env("HOME", dir.path())
            .stdin(Stdio::null())
            .output();
        match ran {
            Ok(ran) => assert_eq!(
                (&*ran.stdout, &*ran.stderr),
                (&b"auth\n"[..], &b""[..]),
                "{shell}"
            ),
            Err(_) => assert!(
                std::env::var_os("INFLUX_TEST_SHELLS").is_none(),
                "{shell} is not installed"
            ),
        }
    }
}
