//! Targets from standard input.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Server, exchange, json};
use crate::support::v1_auth_several_targets::{deactivates, id, objects, rows};

#[test]
fn standard_input_has_one_id_per_line() {
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
fn targets_from_flags_and_standard_input_keep_their_order() {
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
fn json_is_an_array_even_for_one_line_of_standard_input() {
    let server = Server::start([deactivates(1)]);
    set_inactive(&server.url())
        .args(["--id", "-", "--json"])
        .stdin(id(1))
        .stdout(objects(&[1]))
        .code(0);
}

#[test]
fn standard_input_without_a_target_is_a_usage_error() {
    let stderr = "Error: no target on standard input\n\
                  Hint: standard input has one target per line; blank lines and lines starting with # are ignored\n";
    for input in ["", "\n\n", " \t\r\n\u{a0}", "# nothing\n", "\u{feff}"] {
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
fn an_invalid_line_does_not_stop_the_rest() {
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
fn a_far_too_long_line_stops_the_run() {
    let server = Server::start([]);
    let stderr =
        "Error: line 1 of standard input: far too long for a target; no more lines are read\n";
    set_inactive(&server.url())
        .args(["--id", "-"])
        .stdin(vec![b'x'; 1 << 21])
        .stderr(stderr)
        .code(2);
}

#[test]
fn only_the_line_break_is_stripped_from_usernames() {
    // Each username as it is sent, and as it appears in the JSON.
    let names = [
        ("+two+blanks+", " two blanks "),
        ("%09a+tab", "\\ta tab"),
        ("no-break%C2%A0", "no-break\u{a0}"),
        ("+%23+no+comment", " # no comment"),
        ("last+", "last "),
    ];
    let script = names.iter().enumerate().flat_map(|(at, (sent, name))| {
        let row = |status| authorization(&id(at), name, status);
        [
            exchange(get(sent), json("200 OK", &listed(&[row("active")]))),
            exchange(patch(&id(at), "inactive"), json("200 OK", &row("inactive"))),
        ]
    });
    let server = Server::start(script);
    let input = "\u{feff} two blanks \r\n\ta tab\nno-break\u{a0}\n \t \r\n\u{a0}\n\r\n\n# a comment\n # no comment\nlast ";
    let rows = names.iter().enumerate();
    let rows: Vec<_> = rows
        .map(|(at, (_, name))| object(&id(at), name, "inactive"))
        .collect();
    set_inactive(&server.url())
        .args(["--username", "-", "--json"])
        .stdin(input)
        .stdout(array(&rows))
        .code(0);
}

#[test]
fn empty_standard_input_beside_another_target_exits_with_2() {
    let missing = "Error: no target on standard input\n\
                   Hint: standard input has one target per line; blank lines and lines starting with # are ignored\n";
    let server = Server::start([]);
    set_inactive(&server.url())
        .args(["--id", "-", "--id", ID])
        .stdin("# nothing\n")
        .stderr(missing)
        .code(2);
    let server = Server::start([deactivated()]);
    set_inactive(&server.url())
        .args(["--id", ID, "--id", "-"])
        .stdout(deactivated_row())
        .stderr(missing)
        .code(2);
}
