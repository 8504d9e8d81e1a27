//! Standard output on a full disk, and closed standard streams.

use crate::fixtures::*;
use crate::harness::{Run, binary, set_inactive};
use crate::scripted_server::{Server, exchange};
use std::fs::OpenOptions;
use std::process::Stdio;

fn two_deactivations() -> Vec<crate::scripted_server::Exchange> {
    let deactivation = |id: &str| exchange(patch(id, "inactive"), deactivated_reply(id));
    vec![
        deactivation("0000000000000001"),
        deactivation("0000000000000002"),
    ]
}

const IDS: [&str; 4] = ["-i", "0000000000000001", "-i", "0000000000000002"];

#[test]
fn a_full_disk_exits_with_1_after_all_deactivations() {
    for format in ["--json", "--hide-headers"] {
        let server = Server::start(two_deactivations());
        let test = set_inactive(&server.url()).args(IDS).args([format]);
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Run::of(test.command().stdout(full).spawn().unwrap(), format.into());
        run.assert(run.code == 1, "exit code 1");
        let said = "Error: cannot write to standard output: No space left on device\n";
        run.assert(run.stderr == said, said);
    }
}

#[test]
fn a_closed_pipe_exits_with_0_after_all_deactivations() {
    for format in ["--json", "--hide-headers"] {
        let server = Server::start(two_deactivations());
        let test = set_inactive(&server.url()).args(IDS).args([format]);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = Run::of(
            test.command().stdout(writer).spawn().unwrap(),
            format.into(),
        );
        run.assert(run.code == 0 && run.stderr.is_empty(), "quiet success");
    }
}

#[test]
fn help_exits_with_1_on_a_full_disk_and_0_on_a_closed_pipe() {
    let help = || {
        let mut command = std::process::Command::new(binary());
        command.arg("--help").env_clear().stderr(Stdio::piped());
        command
    };
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = Run::of(help().stdout(full).spawn().unwrap(), "help".into());
    run.assert(run.code == 1, "exit code 1");
    run.assert(
        run.stderr == "Error: cannot write to standard output: No space left on device\n",
        "the reason",
    );
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let run = Run::of(help().stdout(writer).spawn().unwrap(), "help".into());
    run.assert(run.code == 0 && run.stderr.is_empty(), "quiet success");
}

#[test]
fn a_closed_standard_error_does_not_change_the_exit_code() {
    let server = Server::start([]);
    let test = set_inactive(&server.url());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let run = Run::of(
        test.command().stderr(writer).spawn().unwrap(),
        "no target".into(),
    );
    run.assert(run.code == 2 && run.stdout.is_empty(), "exit code 2");
}
