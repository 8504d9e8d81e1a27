//! Several targets in one run, named or from standard input.

use crate::fixtures::*;
use crate::harness::{Run, set_inactive};
use crate::server::{Reply, Server, exchange, json};
use std::io::{Read, Write};
use std::time::Duration;

const NOT_FOUND: &str = r#"{"code":"not found","message":"authorization not found"}"#;

fn id(number: usize) -> String {
    format!("{number:016x}")
}

fn deactivates(number: usize) -> crate::server::Exchange {
    exchange(patch(&id(number), "inactive"), done(&id(number)))
}

fn fails(number: usize, status: &str, body: &str) -> crate::server::Exchange {
    exchange(patch(&id(number), "inactive"), json(status, body))
}

fn rows(numbers: &[usize]) -> String {
    let ids: Vec<_> = numbers.iter().map(|number| id(*number)).collect();
    let rows: Vec<_> = ids
        .iter()
        .map(|id| (id.as_str(), "telegraf", "inactive"))
        .collect();
    table(&rows)
}

fn objects(numbers: &[usize]) -> String {
    let objects: Vec<_> = numbers
        .iter()
        .map(|number| object(&id(*number), "telegraf", "inactive"))
        .collect();
    array(&objects)
}

fn not_found(number: usize) -> String {
    format!(
        "Error: failed to update status of authorization with ID \"{}\": 404 Not Found: authorization not found\n",
        id(number)
    )
}

#[test]
fn one_connection_serves_all() {
    let server = Server::start((1..=5).map(deactivates));
    let ids = (1..=5).flat_map(|number| ["--id".to_string(), id(number)]);
    set_inactive(&server.url())
        .args(ids)
        .stdout(rows(&[1, 2, 3, 4, 5]))
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn usernames_too() {
    let look_up = |name: &str, number| {
        let listed = listed(&[authorization(&id(number), name, "active")]);
        exchange(get(name), json("200 OK", &listed))
    };
    let server = Server::start([
        look_up("a", 1),
        deactivates(1),
        look_up("b", 2),
        deactivates(2),
    ]);
    let names = ["--username", "a", "--username", "b", "--json"];
    set_inactive(&server.url())
        .args(names)
        .stdout(objects(&[1, 2]))
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_failure_does_not_stop_the_rest() {
    let server = Server::start([
        deactivates(1),
        fails(2, "404 Not Found", NOT_FOUND),
        deactivates(3),
    ]);
    let ids = ["-i".into(), id(1), "-i".into(), id(2), "-i".into(), id(3)];
    set_inactive(&server.url())
        .args(ids)
        .stdout(rows(&[1, 3]))
        .stderr(not_found(2))
        .code(6);
    assert_eq!(server.connections(), 1);
}

#[test]
fn failures_of_different_kinds_are_code_1_and_a_hint_is_said_once() {
    let refused = r#"{"code":"forbidden","message":"no"}"#;
    let script = [
        fails(1, "403 Forbidden", refused),
        fails(2, "404 Not Found", NOT_FOUND),
        fails(3, "403 Forbidden", refused),
    ];
    let server = Server::start(script);
    let forbidden = |number| {
        format!(
            "Error: failed to update status of authorization with ID \"{}\": 403 Forbidden: no\n",
            id(number)
        )
    };
    let hint = "Hint: is the token the right one for this server, and may it read and write authorizations and users?\n";
    set_inactive(&server.url())
        .args(["--json", "--id", "-"])
        .stdin(format!("{}\n{}\n{}\n", id(1), id(2), id(3)))
        .stdout("[]\n")
        .stderr(forbidden(1) + hint + &not_found(2) + &forbidden(3))
        .code(1);
}

#[test]
fn an_unreachable_server_ends_the_run() {
    let closes = || exchange(patch(&id(2), "inactive"), Reply::SendAndClose(Vec::new()));
    // The second request goes over a kept connection, and is tried again over a new one.
    let server = Server::start([deactivates(1), closes(), closes()]);
    let ids = (1..=4).flat_map(|number| ["--id".to_string(), id(number)]);
    let stderr = format!(
        "Error: failed to update status of authorization with ID \"{}\": no answer from {}: the connection was closed; \
         the request may have been carried out, and repeating it is safe; the 2 targets after it were not tried\n",
        id(2),
        server.url()
    );
    set_inactive(&server.url())
        .args(ids)
        .stdout(rows(&[1]))
        .stderr(stderr)
        .code(4);
}

#[test]
fn the_rest_of_standard_input_is_not_tried_either() {
    let server = Server::start([exchange(
        patch(&id(1), "inactive"),
        Reply::SendAndClose(Vec::new()),
    )]);
    let stderr = format!(
        "Error: failed to update status of authorization with ID \"{}\": no answer from {}: the connection was closed; \
         the request may have been carried out, and repeating it is safe; no target after it was tried\n",
        id(1),
        server.url()
    );
    let ids = format!("{}\n{}\n", id(1), id(2));
    set_inactive(&server.url())
        .args(["--id", "-", "--json"])
        .stdin(ids)
        .stdout("[]\n")
        .stderr(stderr)
        .code(4);
}

#[test]
fn a_kept_connection_that_is_closed_is_opened_again_silently() {
    // Closed while it lies idle, and closed only when the next request has arrived.
    let idle = exchange(patch(&id(1), "inactive"), close_after(1));
    let late = exchange(patch(&id(3), "inactive"), Reply::SendAndClose(Vec::new()));
    let server = Server::start([idle, deactivates(2), late, deactivates(3), deactivates(4)]);
    let ids = (1..=4).flat_map(|number| ["--id".to_string(), id(number)]);
    set_inactive(&server.url())
        .args(ids)
        .stdout(rows(&[1, 2, 3, 4]))
        .code(0);
    assert_eq!(server.connections(), 3);
}

fn close_after(number: usize) -> Reply {
    match done(&id(number)) {
        Reply::Send(bytes) => Reply::SendAndClose(bytes),
        _ => unreachable!("done() sends"),
    }
}

#[test]
fn a_connection_that_breaks_off_in_an_answer_is_not_tried_again() {
    let cut = |number| match done(&id(number)) {
        Reply::Send(bytes) => Reply::SendAndClose(bytes[..bytes.len() / 2].to_vec()),
        _ => unreachable!("done() sends"),
    };
    let server = Server::start([
        deactivates(1),
        exchange(patch(&id(2), "inactive"), cut(2)),
        deactivates(3),
    ]);
    let ids = (1..=3).flat_map(|number| ["--id".to_string(), id(number)]);
    let stderr = format!(
        "Error: failed to update status of authorization with ID \"{}\": the answer of {} is incomplete: the connection was closed in the middle\n",
        id(2),
        server.url()
    );
    set_inactive(&server.url())
        .args(ids)
        .stdout(rows(&[1, 3]))
        .stderr(stderr)
        .code(7);
}

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

#[test]
fn a_counter_is_shown_on_a_terminal_and_gone_at_the_end() {
    let drip = |number| match done(&id(number)) {
        Reply::Send(bytes) => exchange(
            patch(&id(number), "inactive"),
            Reply::Drip(bytes, Duration::from_millis(1)),
        ),
        _ => unreachable!("done() sends"),
    };
    let server = Server::start([drip(1), drip(2)]);
    let test = set_inactive(&server.url())
        .args(["--id", "-"])
        .stdin(format!("{}\n{}\n", id(1), id(2)));
    let (run, shown) = test.run_on_terminal();
    run.assert(run.code == 0 && run.stdout == rows(&[1, 2]), "the table");
    assert_eq!(shown, "\r1 done\r2 done\r      \r");
}
