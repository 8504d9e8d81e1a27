//! Several targets in one run.

use crate::fixtures::*;
use crate::harness::{Run, open_terminal, pseudo_terminal, set_inactive, shown_on};
use crate::scripted_server::{Reply, Server, exchange, json};
use crate::support::v1_auth_several_targets::{deactivates, id, objects, rows};
use crate::test_requirements::has_terminals;
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
fn several_ids_share_one_connection() {
    let server = Server::start((1..=5).map(deactivates));
    let ids = (1..=5).flat_map(|number| ["--id".to_string(), id(number)]);
    set_inactive(&server.url())
        .args(ids)
        .stdout(rows(&[1, 2, 3, 4, 5]))
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn several_usernames_share_one_connection() {
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
fn a_failed_target_does_not_stop_the_rest() {
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
fn different_failures_exit_with_1_and_print_each_hint_once() {
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
    let hint = "Hint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n";
    set_inactive(&server.url())
        .args(["--json", "--id", "-"])
        .stdin(format!("{}\n{}\n{}\n", id(1), id(2), id(3)))
        .stdout("[]\n")
        .stderr(forbidden(1) + hint + &not_found(2) + &forbidden(3))
        .code(1);
}

#[test]
fn a_lost_connection_stops_the_run() {
    let closes = || exchange(patch(&id(2), "inactive"), Reply::SendAndClose(Vec::new()));
    // The second request reuses the connection, and is repeated over a new one.
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
fn a_lost_connection_stops_the_run_with_standard_input() {
    let server = Server::start([exchange(
        patch(&id(1), "inactive"),
        Reply::SendAndClose(Vec::new()),
    )]);
    let stderr = format!(
        "Error: failed to update status of authorization with ID \"{}\": no response from {}: the connection was closed; \
         the request may have been carried out, and repeating it is safe; the targets after it were not tried\n",
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
fn reopens_a_closed_connection_silently() {
    // The first is closed while it is idle, the second after the next request has arrived.
    let idle = exchange(patch(&id(1), "inactive"), done_and_close(1));
    let late = exchange(patch(&id(3), "inactive"), Reply::SendAndClose(Vec::new()));
    let server = Server::start([idle, deactivates(2), late, deactivates(3), deactivates(4)]);
    let ids = (1..=4).flat_map(|number| ["--id".to_string(), id(number)]);
    set_inactive(&server.url())
        .args(ids)
        .stdout(rows(&[1, 2, 3, 4]))
        .code(0);
    assert_eq!(server.connections(), 3);
}

fn done_and_close(number: usize) -> Reply {
    match deactivated_reply(&id(number)) {
        Reply::Send(bytes) => Reply::SendAndClose(bytes),
        _ => unreachable!("deactivated_reply() sends"),
    }
}

#[test]
fn a_request_is_not_repeated_after_a_truncated_response() {
    let cut = |number| match deactivated_reply(&id(number)) {
        Reply::Send(bytes) => Reply::SendAndClose(bytes[..bytes.len() / 2].to_vec()),
        _ => unreachable!("deactivated_reply() sends"),
    };
    let server = Server::start([
        deactivates(1),
        exchange(patch(&id(2), "inactive"), cut(2)),
        deactivates(3),
    ]);
    let ids = (1..=3).flat_map(|number| ["--id".to_string(), id(number)]);
    let stderr = format!(
        "Error: failed to update status of authorization with ID \"{}\": the response from {} is incomplete: the connection was closed before the end of the response; \
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

/// Exchanges that take long enough for the counter to appear.
fn slow() -> [crate::scripted_server::Exchange; 2] {
    let drip = |number| match deactivated_reply(&id(number)) {
        Reply::Send(bytes) => exchange(
            patch(&id(number), "inactive"),
            Reply::Drip(bytes, Duration::from_millis(1)),
        ),
        _ => unreachable!("deactivated_reply() sends"),
    };
    [drip(1), drip(2)]
}

#[test]
fn the_counter_is_shown_on_a_terminal_and_erased_at_the_end() {
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
fn the_counter_has_a_total_if_all_targets_are_flags() {
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
fn no_counter_is_shown_if_the_rows_go_to_the_terminal() {
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

/// JSON and messages go to one terminal. A message first ends the unfinished line of the array.
#[test]
fn an_error_among_json_rows_starts_on_a_new_line() {
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
