//! Several targets in one run.

use crate::fixtures::*;
use crate::harness::{Run, open_terminal, pseudo_terminal, set_inactive, shown_on};
use crate::scripted_server::{Reply, Server, exchange, json};
use crate::support::v1_auth_many::{deactivates, id, objects, rows};
use crate::tools::has_terminals;
use std::time::Duration;

const NOT_FOUND: &str = r#"{"code":"not found","message":"authorization not found"}"#;

fn fails(number: usize, status: &str, body: &str) -> crate::scripted_server::Exchange {
    exchange(patch(&id(number), "inactive"), json(status, body))
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
    let patches = |name: &str, number| {
        let answer = authorization(&id(number), name, "inactive");
        exchange(patch(&id(number), "inactive"), json("200 OK", &answer))
    };
    let server = Server::start([
        look_up("a", 1),
        patches("a", 1),
        look_up("b", 2),
        patches("b", 2),
    ]);
    let names = ["--username", "a", "--username", "b", "--json"];
    let rows = [("a", 1), ("b", 2)].map(|(name, number)| object(&id(number), name, "inactive"));
    set_inactive(&server.url())
        .args(names)
        .stdout(array(&rows))
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
        "Error: failed to update status of authorization with ID \"{}\": no response from {}: the connection was closed; \
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
        "Error: failed to update status of authorization with ID \"{}\": no response from {}: the connection was closed; \
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
        "Error: failed to update status of authorization with ID \"{}\": the response from {} is incomplete: the connection was closed in the middle; \
         the request may have been carried out, and repeating it is safe\n",
        id(2),
        server.url()
    );
    set_inactive(&server.url())
        .args(ids)
        .stdout(rows(&[1, 3]))
        .stderr(stderr)
        .code(7);
}

/// The exchanges of a run that takes longer than a counter waits.
fn slow() -> [crate::scripted_server::Exchange; 2] {
    let drip = |number| match done(&id(number)) {
        Reply::Send(bytes) => exchange(
            patch(&id(number), "inactive"),
            Reply::Drip(bytes, Duration::from_millis(1)),
        ),
        _ => unreachable!("done() sends"),
    };
    [drip(1), drip(2)]
}

#[test]
fn a_counter_is_shown_on_a_terminal_and_gone_at_the_end() {
    if !has_terminals() {
        return;
    }
    let server = Server::start(slow());
    let test = set_inactive(&server.url())
        .args(["--id", "-"])
        .stdin(format!("{}\n{}\n", id(1), id(2)));
    let (run, shown) = test.run_on_terminal();
    run.assert(run.code == 0 && run.stdout == rows(&[1, 2]), "the table");
    assert_eq!(shown, "\r1 done\r2 done\r      \r");
}

#[test]
fn a_counter_has_a_total_where_all_targets_are_named() {
    if !has_terminals() {
        return;
    }
    let server = Server::start(slow());
    let test = set_inactive(&server.url()).args(["-i", &id(1), "-i", &id(2)]);
    let (run, shown) = test.run_on_terminal();
    run.assert(run.code == 0 && run.stdout == rows(&[1, 2]), "the table");
    assert_eq!(shown, "\r1 of 2 done\r2 of 2 done\r           \r");
}

#[test]
fn no_counter_is_shown_where_the_rows_are() {
    if !has_terminals() {
        return;
    }
    let server = Server::start(slow());
    let test = set_inactive(&server.url()).args(["-i", &id(1), "-i", &id(2)]);
    let (master, name) = pseudo_terminal();
    let (output, errors) = (open_terminal(&name), open_terminal(&name));
    let child = test.command().stdout(output).stderr(errors).spawn();
    let run = Run::of(child.unwrap(), "on a terminal".into());
    run.assert(run.code == 0, "success");
    assert_eq!(shown_on(master), rows(&[1, 2]).replace('\n', "\r\n"));
}

/// Messages of two failures on one terminal with the JSON: the array's open line ends before the first.
#[test]
fn a_failure_stands_on_its_own_line_beside_json() {
    if !has_terminals() {
        return;
    }
    let exchanges = [
        deactivates(1),
        fails(2, "404 Not Found", NOT_FOUND),
        fails(3, "404 Not Found", NOT_FOUND),
        deactivates(4),
        fails(5, "404 Not Found", NOT_FOUND),
    ];
    let server = Server::start(exchanges);
    let ids = (1..=5).flat_map(|number| ["--id".to_string(), id(number)]);
    let test = set_inactive(&server.url()).args(["--json"]).args(ids);
    let (master, name) = pseudo_terminal();
    let (output, errors) = (open_terminal(&name), open_terminal(&name));
    let child = test.command().stdout(output).stderr(errors).spawn();
    let run = Run::of(child.unwrap(), "on a terminal".into());
    let shown = shown_on(master).replace("\r\n", "\n");
    run.assert(run.code == 6, &shown);
    let json: String = shown
        .lines()
        .filter(|line| !line.starts_with("Error: "))
        .fold(String::new(), |all, line| all + line + "\n");
    let expected = objects(&[1, 4]).replace("},\n\t{", "}\n,\n\t{");
    assert_eq!(json, expected);
    let errors: String = [2, 3, 5].map(not_found).concat();
    let said: String = shown
        .lines()
        .filter(|line| line.starts_with("Error: "))
        .fold(String::new(), |all, line| all + line + "\n");
    assert_eq!(said, errors);
}
