//! Programs beside ours that some tests need.
#![allow(clippy::print_stdout)]

use std::process::{Command, Stdio};

/// Whether to go on with `tool`. Where it is missing the test is skipped, and says so; CI must have all
/// of them (`CI` or `INFLUX_TEST_SHELLS` is set there).
pub fn has(tool: &str) -> bool {
    let found = starts(&[tool, "--version"]);
    let required = ["CI", "INFLUX_TEST_SHELLS"].map(|name| std::env::var_os(name).is_some());
    assert!(
        found || required == [false, false],
        "{tool} is not installed"
    );
    if !found {
        println!("skipped: {tool} is not installed");
    }
    found
}

/// Whether a command with these words at its start may be run here: some need rights.
pub fn may(words: &[&str]) -> bool {
    let may = [words, &["true"]].concat();
    let output = Command::new(may[0]).args(&may[1..]).output();
    let may = output.is_ok_and(|output| output.status.success());
    if !may {
        println!("skipped: `{}` is not allowed here", words.join(" "));
    }
    may
}

fn starts(words: &[&str]) -> bool {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok()
}
