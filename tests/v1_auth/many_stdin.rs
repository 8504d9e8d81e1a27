//! Targets from standard input.

use super::many::{deactivates, id, objects, rows};
use crate::harness::{Run, set_inactive};
use crate::server::Server;
use std::io::{Read, Write};

#[test]
fn lines_of_standard_input() {
    let server = Server::start((1..=4).map(deactivates));
    let input = format!(
        "\u{feff}{}\r\n\n# a comment\n  {}\t\n   # another\n\r\n{}\n{}",
        id(1),
        id(2),
        id(3),
        id(4)
    );
    set_inactive(&server.url())
        .args(["--id", "-"])
        .stdin(input)
        .stdout(rows(&[1, 2, 3, 4]))
        .code(0);
}

#[test]
fn named_targets_and_standard_input_keep_their_order() {
    let server = Server::start((1..=4).map(deactivates));
    let args = [
        "--json".into(),
        "-i".into(),
        id(1),
        "-i".into(),
        "-".into(),
        "-i".into(),
        id(4),
    ];
    let input = format!("{}\n{}\n", id(2), id(3));
    set_inactive(&server.url())
        .args(args)
        .stdin(input)
        .stdout(objects(&[1, 2, 3, 4]))
        .code(0);
}

#[test]
fn one_line_of_standard_input_is_still_an_array() {
    let server = Server::start([deactivates(1)]);
    set_inactive(&server.url())
        .args(["--id", "-", "--json"])
        .stdin(id(1))
        .stdout(objects(&[1]))
        .code(0);
}

#[test]
fn nothing_on_standard_input_is_a_usage_error() {
    let stderr = "Error: no target on standard input\n\
                  Hint: one a line is expected; blank lines and lines that begin with # are skipped\n";
    for input in ["", "\n\n", "# nothing\n", "\u{feff}"] {
        let server = Server::start([]);
        set_inactive(&server.url())
            .args(["--id", "-"])
            .stdin(input)
            .stderr(stderr)
            .code(2);
        set_inactive(&server.url())
            .args(["--username", "-", "--json"])
            .stdin(input)
            .stderr(stderr)
            .code(2);
    }
}

#[test]
fn a_line_that_cannot_be_a_target_does_not_stop_the_rest() {
    let server = Server::start([deactivates(1), deactivates(4)]);
    let mut input = format!("{}\n", id(1)).into_bytes();
    input.extend(b"\xff\n");
    let (long, longer) = ("a".repeat(1025), "a".repeat(100_000));
    input.extend(format!("{long}\n{longer}\n{}\n", id(4)).into_bytes());
    let stderr = "Error: line 2 of standard input: not UTF-8\n\
                  Error: line 3 of standard input: longer than 1024 bytes\n\
                  Error: line 4 of standard input: longer than 1024 bytes\n";
    set_inactive(&server.url())
        .args(["--id", "-"])
        .stdin(input)
        .stdout(rows(&[1, 4]))
        .stderr(stderr)
        .code(2);
}

#[test]
fn input_without_line_breaks_is_not_read_for_ever() {
    let server = Server::start([]);
    let stderr =
        "Error: line 1 of standard input: far too long for a target; no further line is read\n";
    set_inactive(&server.url())
        .args(["--id", "-"])
        .stdin(vec![b'x'; 1 << 21])
        .stderr(stderr)
        .code(2);
}

#[test]
fn json_rows_are_written_as_they_come() {
    let server = Server::start([deactivates(1), deactivates(2)]);
    let test = set_inactive(&server.url()).args(["--id", "-", "--json"]);
    let mut child = test.spawn();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{}", id(1)).unwrap();
    let mut first = vec![0; objects(&[1]).len() - "\n]\n".len()];
    child
        .stdout
        .as_mut()
        .unwrap()
        .read_exact(&mut first)
        .unwrap();
    assert_eq!(String::from_utf8(first).unwrap() + "\n]\n", objects(&[1]));
    writeln!(stdin, "{}", id(2)).unwrap();
    drop(stdin);
    let run = Run::of(child, "two rows".into());
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    run.assert(objects(&[1, 2]).ends_with(&run.stdout), "the second row");
}
