//! JSON on standard input instead of targets.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Server, exchange, json};
use crate::support::v1_auth_several_targets::{deactivates, id, objects, rows};

const HINT: &str = "Hint: use `list --quiet`, which prints only the IDs, one per line\n";

fn said(line: usize, what: &str) -> String {
    format!(
        "Error: line {line} of standard input is JSON, not {what}; the lines after it were not tried\n{HINT}"
    )
}

/// What `list --json` prints.
fn listed_as_json() -> String {
    array(&[
        object(&id(1), "telegraf", "active"),
        object(&id(2), "grafana", "active"),
    ])
}

#[test]
fn json_instead_of_ids_is_a_single_usage_error() {
    for input in [
        &*listed_as_json(),
        "[]\n",
        "{\"id\": \"0e1f2a3b4c5d6001\"}\n{\"id\": \"0e1f2a3b4c5d6002\"}\n",
        "\"0e1f2a3b4c5d6001\"\n\"0e1f2a3b4c5d6002\"\n",
    ] {
        for flags in [&[][..], &["--json"], &["--id", "0e1f2a3b4c5d6001"]] {
            let server = Server::start([]);
            set_inactive(&server.url())
                .args(["--id", "-"])
                .args(flags.to_vec())
                .stdin(input)
                .stderr(said(1, "an ID"))
                .code(2);
            assert_eq!(server.connections(), 0);
        }
    }
    // The same applies after blank lines and comments, and no session is opened.
    let server = Server::start([]);
    Test::new(["v1", "auth", "delete", "--id", "-"])
        .configs(format!(
            "[a]\nurl = '{}'\ncookie = 'YWRtaW46aHVudGVyMg=='\n",
            server.url()
        ))
        .stdin(format!("# all of them\n\n  {}", listed_as_json()))
        .stderr(said(3, "an ID"))
        .code(2);
    assert_eq!(server.connections(), 0);
}

#[test]
fn json_on_a_later_line_stops_the_run() {
    let server = Server::start([deactivates(1)]);
    let input = format!("{}\n{}{}\n", id(1), listed_as_json(), id(3));
    set_inactive(&server.url())
        .args(["--id", "-", "--id", &id(4)])
        .stdin(input.clone())
        .stdout(rows(&[1]))
        .stderr(said(2, "an ID"))
        .code(2);
    let server = Server::start([deactivates(5), deactivates(1)]);
    set_inactive(&server.url())
        .args(["--id", &id(5), "--id", "-", "--json"])
        .stdin(input)
        .stdout(objects(&[5, 1]))
        .stderr(said(2, "an ID"))
        .code(2);
}

#[test]
fn json_instead_of_usernames_is_detected_on_the_first_line() {
    for input in [
        &*listed_as_json(),
        "[]",
        "{}",
        "[ { \"id\": 1 } ]",
        "[\"telegraf\"]",
        "{\"id\": 1}",
        "\u{feff}[\r\n",
    ] {
        let server = Server::start([]);
        set_inactive(&server.url())
            .args(["--username", "-"])
            .stdin(input)
            .stderr(said(1, "a username"))
            .code(2);
        assert_eq!(server.connections(), 0);
    }
}

#[test]
fn usernames_that_only_begin_like_json_are_looked_up() {
    let none = r#"{"code":"not found","message":"authorization not found"}"#;
    let looks_up = |encoded: &str| {
        let target = format!("/private/legacy/authorizations?token={encoded}");
        let reply = json("404 Not Found", none);
        exchange(request("GET", &target, ""), reply)
    };
    for (input, encoded) in [
        ("{plant}7\n", &["%7Bplant%7D7"][..]),
        ("[7]\n{}\n", &["%5B7%5D", "%7B%7D"]),
        ("\"quoted\"\n", &["%22quoted%22"]),
    ] {
        let server = Server::start(encoded.iter().map(|encoded| looks_up(encoded)));
        let errors = input.lines().map(|name| {
            let name = name.replace('"', "\\\"");
            format!(
                "Error: could not find authorization with username \"{name}\": 404 Not Found: authorization not found\n"
            )
        });
        Test::new(["v1", "auth", "set-inactive", "--username", "-"])
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", TOKEN)
            .stdin(input)
            .stderr(errors.collect::<String>())
            .code(6);
    }
}
