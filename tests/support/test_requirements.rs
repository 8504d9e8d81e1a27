//! Programs and permissions that some tests need.

use rustix::pty::{OpenptFlags, openpt};
use std::io::{Write, stderr};
use std::process::{Command, Stdio};

/// Reports on standard error that the running test is skipped. The test runner would hide the
/// output of `println!`.
pub fn report_skipped(why: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    _ = writeln!(stderr(), "skipped: {test}: {why}");
}

/// Whether `tool` is installed. If not, the test is skipped.
pub fn is_installed(tool: &str) -> bool {
    require_in_ci(
        can_start(&[tool, "--version"]),
        &format!("{tool} is not installed"),
    )
}

/// Whether there are pseudo-terminals. A container or chroot may lack /dev/pts.
pub fn has_terminals() -> bool {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY);
    require_in_ci(terminal.is_ok(), "there are no pseudo-terminals here")
}

/// Skips the test if something is missing. In CI, where `CI` or `INFLUX_TEST_SHELLS` is set,
/// nothing may be missing.
fn require_in_ci(found: bool, why_not: &str) -> bool {
    let required = ["CI", "INFLUX_TEST_SHELLS"].map(|name| std::env::var_os(name).is_some());
    assert!(found || required == [false, false], "{why_not}");
    if !found {
        report_skipped(why_not);
    }
    found
}

/// Whether commands that begin with these words are allowed. If not, the test is skipped.
pub fn is_allowed(words: &[&str]) -> bool {
    let command = [words, &["true"]].concat();
    let output = Command::new(command[0]).args(&command[1..]).output();
    let allowed = output.is_ok_and(|output| output.status.success());
    if !allowed {
        report_skipped(&format!("`{}` is not allowed here", words.join(" ")));
    }
    allowed
}

fn can_start(words: &[&str]) -> bool {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok()
}
