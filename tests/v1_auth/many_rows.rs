//! Rows of several targets: each is written when its answer is there, whatever comes after it.

use crate::fixtures::*;
use crate::harness::{Run, Test, set_inactive};
use crate::scripted_server::{Reply, Server, exchange, json};
use crate::support::v1_auth_many::{deactivates, id, objects, rows};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::process::ChildStdout;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// How long a test waits for a row.
const PATIENCE: Duration = Duration::from_secs(10);

/// Rows 1 to `count`, as they are written while there are more to come.
fn so_far(format: &str, count: usize) -> String {
    let numbers: Vec<_> = (1..=count).collect();
    match format {
        "--json" => objects(&numbers).trim_end_matches("\n]\n").to_string(),
        "--json=false" => rows(&numbers),
        _ => without_headers(rows(&numbers).split_once('\n').unwrap().1),
    }
}

/// Lines of a table as they are where no header makes their columns wider.
fn without_headers(lines: &str) -> String {
    lines
        .replace("a test\t\t", "a test\t")
        .replace("admin\t\t", "admin\t")
}

/// What all the formats of rows are called on the command line.
const FORMATS: [&str; 3] = ["--json", "--json=false", "--hide-headers"];

/// Reads the first row, which must be there before the program has more to do.
#[track_caller]
fn row(mut stdout: ChildStdout, format: &str) -> (String, ChildStdout) {
    let expected = so_far(format, 1);
    let mut first = vec![0; expected.len()];
    let (read, is_read) = channel();
    std::thread::spawn(move || {
        stdout.read_exact(&mut first).unwrap();
        // Nobody listens any more where it came too late.
        _ = read.send((String::from_utf8(first).unwrap(), stdout));
    });
    let (first, stdout) = is_read.recv_timeout(PATIENCE).expect("a row in time");
    assert_eq!(first, expected);
    (first, stdout)
}

#[test]
fn rows_are_written_as_they_come() {
    for format in FORMATS {
        let server = Server::start([deactivates(1), deactivates(2)]);
        let test = set_inactive(&server.url()).args(["--id", "-", format]);
        let mut child = test.spawn();
        let mut stdin = child.stdin.take().unwrap();
        writeln!(stdin, "{}", id(1)).unwrap();
        let (first, stdout) = row(child.stdout.take().unwrap(), format);
        child.stdout = Some(stdout);
        writeln!(stdin, "{}", id(2)).unwrap();
        drop(stdin);
        let run = Run::of(child, format.into());
        run.assert(run.code == 0 && run.stderr.is_empty(), "success");
        let end = if format == "--json" { "\n]\n" } else { "" };
        assert_eq!(first + &run.stdout, so_far(format, 2) + end);
    }
}

/// Answers nothing, and says that it was asked.
fn hangs(number: usize, asked: Sender<()>) -> crate::scripted_server::Exchange {
    let reply = Reply::Do(Box::new(move |stream| {
        asked.send(()).unwrap();
        // Until the client has ended.
        _ = stream.read(&mut [0]);
    }));
    exchange(patch(&id(number), "inactive"), reply)
}

/// Ends the run with a signal once the server has been asked what it does not answer.
fn ended(test: &Test, signal: Signal, asked: &Receiver<()>) -> Run {
    let child = test.spawn();
    asked.recv().unwrap();
    let process = Pid::from_raw(child.id().try_into().unwrap()).unwrap();
    kill_process(process, signal).unwrap();
    Run::of(child, format!("a run that {signal:?} ended"))
}

/// Ctrl-C is no other case, but a test whose own signals are ignored would hand that on.
#[test]
fn a_run_that_a_signal_ends_has_said_all_but_the_one_in_flight() {
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
            let run = ended(&test, signal, &is_asked);
            run.assert(run.code == -1 && run.stderr.is_empty(), "the signal's end");
            assert_eq!(run.stdout, so_far(format, 3), "{format}, {signal:?}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_stops_no_deactivation() {
    for format in FORMATS {
        let server = Server::start((1..=3).map(deactivates));
        let test = set_inactive(&server.url()).args(["--id", "-", format]);
        let mut child = test.spawn();
        let mut stdin = child.stdin.take().unwrap();
        writeln!(stdin, "{}", id(1)).unwrap();
        drop(row(child.stdout.take().unwrap(), format));
        write!(stdin, "{}\n{}\n", id(2), id(3)).unwrap();
        drop(stdin);
        let run = Run::of(child, format.into());
        run.assert(run.code == 0 && run.stderr.is_empty(), "quiet success");
    }
}

/// Deactivates authorizations of these usernames, and returns what is printed.
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
fn columns_are_as_wide_as_the_header_and_the_rows_so_far_need() {
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
    // The header counts, which is two tabs wide.
    assert_eq!(
        printed("set-inactive", &NAMES, &[]),
        header.to_string() + &lines("a\t\t", "inactive\t", "")
    );
    // A header that is not shown does not.
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
