//! Programs and permissions that some tests need.

use rustix::pty::{OpenptFlags, openpt};
use std::io::{Write, stderr};
use std::process::{Command, Stdio};

/// Tells the user that the running test was skipped. The test runner hides what `println!` prints.
pub fn skipped(why: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    _ = writeln!(stderr(), "skipped: {test}: {why}");
}

/// Whether `tool` is installed. If not, the test is skipped.
pub fn has(tool: &str) -> bool {
    found(
        starts(&[tool, "--version"]),
        &format!("{tool} is not installed"),
    )
}

/// Whether there are pseudo-terminals. A container or chroot may lack /dev/pts.
pub fn has_terminals() -> bool {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY);
    found(terminal.is_ok(), "there are no pseudo-terminals here")
}

/// In CI, where `CI` or `INFLUX_TEST_SHELLS` is set, everything that tests can use must be there. Elsewhere,
/// the test is skipped.
fn found(found: bool, why_not: &str) -> bool {
    let required = ["CI", "INFLUX_TEST_SHELLS"].map(|name| std::env::var_os(name).is_some());
    assert!(found || required == [false, false], "{why_not}");
    if !found {
        skipped(why_not);
    }
    found
}

/// Whether commands that begin with these words may be run here. Some need special permissions.
pub fn may(words: &[&str]) -> bool {
    let may = [words, &["true"]].concat();
    let output = Command::new(may[0]).args(&may[1..]).output();
    let may = output.is_ok_and(|output| output.status.success());
    if !may {
        skipped(&format!("`{}` is not allowed here", words.join(" ")));
    }
    may
}

fn starts(words: &[&str]) -> bool {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok()
}
