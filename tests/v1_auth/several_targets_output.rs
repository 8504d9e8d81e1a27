//! With several targets, each row is printed as soon as its response arrives.

use crate::fixtures::*;
use crate::harness::{Run, Test, set_inactive};
use crate::scripted_server::{Reply, Server, exchange, json};
use crate::support::v1_auth_several_targets::{deactivates, id, objects, rows};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::process::ChildStdout;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// How long a test waits for a row.
const ROW_TIMEOUT: Duration = Duration::from_secs(10);

/// The output up to row `count`, if more rows are still to come.
fn partial_output(format: &str, count: usize) -> String {
    let numbers: Vec<_> = (1..=count).collect();
    match format {
        "--json" => objects(&numbers).trim_end_matches("\n]\n").to_string(),
        "--json=false" => rows(&numbers),
        _ => without_headers(rows(&numbers).split_once('\n').unwrap().1),
    }
}

/// Lines of a table without a header, which would make some columns wider.
fn without_headers(lines: &str) -> String {
    lines
        .replace("a test\t\t", "a test\t")
        .replace("admin\t\t", "admin\t")
}

/// The flags that select each output format.
const FORMATS: [&str; 3] = ["--json", "--json=false", "--hide-headers"];

/// Reads the first row, which must be printed before the program gets the next target.
#[track_caller]
fn first_row(mut stdout: ChildStdout, format: &str) -> (String, ChildStdout) {
    let expected = partial_output(format, 1);
    let mut first = vec![0; expected.len()];
    let (read, is_read) = channel();
    std::thread::spawn(move || {
        stdout.read_exact(&mut first).unwrap();
        // If the row came too late, the receiver is gone.
        _ = read.send((String::from_utf8(first).unwrap(), stdout));
    });
    let (first, stdout) = is_read.recv_timeout(ROW_TIMEOUT).expect("a row in time");
    assert_eq!(first, expected);
    (first, stdout)
}

#[test]
fn each_row_is_printed_when_its_response_arrives() {
    for format in FORMATS {
        let server = Server::start([deactivates(1), deactivates(2)]);
        let test = set_inactive(&server.url()).args(["--id", "-", format]);
        let mut child = test.spawn();
        let mut stdin = child.stdin.take().unwrap();
        writeln!(stdin, "{}", id(1)).unwrap();
        let (first, stdout) = first_row(child.stdout.take().unwrap(), format);
        child.stdout = Some(stdout);
        writeln!(stdin, "{}", id(2)).unwrap();
        drop(stdin);
        let run = Run::of(child, format.into());
        run.assert(run.code == 0 && run.stderr.is_empty(), "success");
        let end = if format == "--json" { "\n]\n" } else { "" };
        assert_eq!(first + &run.stdout, partial_output(format, 2) + end);
    }
}

/// Sends no response, and reports that the request has arrived.
fn hangs(number: usize, asked: Sender<()>) -> crate::scripted_server::Exchange {
    let reply = Reply::Do(Box::new(move |stream| {
        asked.send(()).unwrap();
        // Wait until the client exits.
        _ = stream.read(&mut [0]);
    }));
    exchange(patch(&id(number), "inactive"), reply)
}

/// Sends a signal to the program once it waits for a response.
fn run_until_signal(test: &Test, signal: Signal, asked: &Receiver<()>) -> Run {
    let child = test.spawn();
    asked.recv().unwrap();
    let process = Pid::from_raw(child.id().try_into().unwrap()).unwrap();
    kill_process(process, signal).unwrap();
    Run::of(child, format!("a run ended by {signal:?}"))
}

/// SIGINT is left out, because the program inherits it as ignored if the tests ignore it.
#[test]
fn a_killed_run_has_printed_every_completed_row() {
    for format in FORMATS {
        for signal in [Signal::TERM, Signal::KILL] {
            let (asked, is_asked) = channel();
            let server = Server::start([
                deactivates(1),
                deactivates(2),
                deactivates(3),
                hangs(4, asked),
            ]);
            let ids = (1..=5).flat_map(|number| ["--id".to_string(), id(number)]);
            let test = set_inactive(&server.url()).args(ids).args([format]);
            let run = run_until_signal(&test, signal, &is_asked);
            run.assert(
                run.code == -1 && run.stderr.is_empty(),
                "termination by the signal",
            );
            assert_eq!(
                run.stdout,
                partial_output(format, 3),
                "{format}, {signal:?}"
            );
        }
    }
}

#[test]
fn a_closed_standard_output_does_not_stop_the_run() {
    for format in FORMATS {
        let server = Server::start((1..=3).map(deactivates));
        let test = set_inactive(&server.url()).args(["--id", "-", format]);
        let mut child = test.spawn();
        let mut stdin = child.stdin.take().unwrap();
        writeln!(stdin, "{}", id(1)).unwrap();
        drop(first_row(child.stdout.take().unwrap(), format));
        write!(stdin, "{}\n{}\n", id(2), id(3)).unwrap();
        drop(stdin);
        let run = Run::of(child, format.into());
        run.assert(run.code == 0 && run.stderr.is_empty(), "quiet success");
    }
}

/// Runs the command for these usernames and returns its standard output.
fn printed(command: &str, names: &[&str], flags: &[&str]) -> String {
    let server = Server::start(names.iter().enumerate().flat_map(|(at, name)| {
        let row = |status| authorization(&id(at), name, status);
        let look_up = exchange(get(name), json("200 OK", &listed(&[row("active")])));
        let removed = Reply::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec());
        let change = match command {
            "delete" => {
                let target = format!("/private/legacy/authorizations/{}", id(at));
                exchange(request("DELETE", &target, ""), removed)
            }
            _ => exchange(patch(&id(at), "inactive"), json("200 OK", &row("inactive"))),
        };
        [look_up, change]
    }));
    let test = Test::new(["v1", "auth", command])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", crate::harness::TOKEN)
        .args(names.iter().flat_map(|name| ["--username", name]))
        .args(flags.to_vec());
    let run = test.run();
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    run.stdout
}

const NAMES: [&str; 4] = ["a", "sixteen-letters-", "b", "seven--"];

#[test]
fn columns_fit_the_header_and_the_rows_printed_so_far() {
    let header =
        "ID\t\t\tDescription\tUsername\tv2 User Name\tv2 User ID\t\tStatus\t\tPermissions\n";
    let line = |number: usize, username: &str, status: &str, end: &str| {
        let (permission, user) = (
            "[read:orgs/0000000000000a01/buckets/0000000000000c01]",
            "admin\t\t0000000000000b01",
        );
        let id = id(number);
        format!("{id}\ta test\t\t{username}{user}\t{status}{permission}{end}\n")
    };
    let lines = |first: &str, status: &str, end: &str| {
        line(0, first, status, end)
            + &line(1, "sixteen-letters-\t", status, end)
            + &line(2, "b\t\t\t", status, end)
            + &line(3, "seven--\t\t\t", status, end)
    };
    // The header makes some columns two tabs wide.
    assert_eq!(
        printed("set-inactive", &NAMES, &[]),
        header.to_string() + &lines("a\t\t", "inactive\t", "")
    );
    // Without the header, only the rows determine the width.
    for (command, status, end) in [
        ("set-inactive", "inactive\t", ""),
        ("delete", "active\t", "\ttrue"),
    ] {
        assert_eq!(
            printed(command, &NAMES, &["--hide-headers"]),
            without_headers(&lines("a\t", status, end))
        );
    }
}
