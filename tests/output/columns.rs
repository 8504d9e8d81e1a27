//! The columns of a table, their order, and how a table fits on a terminal.

use crate::fixtures::*;
use crate::harness::{Process, Run, TOKEN, Test, open_terminal, pseudo_terminal, shown_on};
use crate::scripted_server::{Server, exchange, json};
use crate::test_requirements::has_terminals;
use rustix::termios::{Winsize, tcsetwinsize};
use std::time::Duration;

fn list(server: &Server) -> Test {
    Test::new(["v1", "auth", "list"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

/// A server that lists these authorizations.
fn server_with(rows: &[String]) -> Server {
    let target = "/private/legacy/authorizations";
    let answer = json("200 OK", &listed(rows));
    Server::start([exchange(request("GET", target, ""), answer)])
}

fn two_rows() -> [String; 2] {
    [
        authorization("0000000000000001", "telegraf", "active"),
        authorization("0000000000000002", "a b\\tc", "inactive"),
    ]
}

#[test]
fn the_columns_flag_selects_and_orders_columns() {
    list(&server_with(&two_rows()))
        .args(["--columns", "username,ID, v2-user-name"])
        .stdout(
            "Username\tID\t\t\tv2 User Name\n\
             telegraf\t0000000000000001\tadmin\n\
             a b\\tc\t\t0000000000000002\tadmin\n",
        )
        .code(0);
}

#[test]
fn without_headers_columns_are_separated_by_single_tabs() {
    list(&server_with(&two_rows()))
        .args(["--columns=id,username,status", "--hide-headers"])
        .stdout("0000000000000001\ttelegraf\tactive\n0000000000000002\ta b\\tc\tinactive\n")
        .code(0);
    // Rows that are printed one at a time look the same.
    let server = Server::start([deactivated()]);
    Test::new(["v1", "auth", "set-inactive", "--id", ID])
        .args(["--columns", "id,status", "--hide-headers"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
        .stdout(format!("{ID}\tinactive\n"))
        .code(0);
}

#[test]
fn json_and_quiet_ignore_the_columns_flag() {
    let rows = [authorization(ID, "telegraf", "active")];
    list(&server_with(&rows))
        .args(["--columns", "id", "--json"])
        .stdout(array(&[object(ID, "telegraf", "active")]))
        .code(0);
    list(&server_with(&rows))
        .args(["--columns", "status", "-q"])
        .stdout(format!("{ID}\n"))
        .code(0);
}

#[test]
fn an_unknown_column_exits_with_2_and_sends_nothing() {
    let columns = "Hint: the columns are id, description, username, v2-user-name, v2-user-id, status, permissions\n";
    for (given, name) in [
        ("id,nope", "nope"),
        ("", ""),
        ("id,,status", ""),
        ("deleted", "deleted"),
    ] {
        let server = Server::start([]);
        let said = match given {
            "" => "Error: --columns must not be empty\n".to_string(),
            _ => format!("Error: --columns: unknown column {name:?}\n{columns}"),
        };
        list(&server)
            .args(["--columns", given])
            .stderr(said)
            .code(2);
        assert_eq!(server.connections(), 0);
    }
}

/// Runs the command on a terminal of `width` columns and returns its standard output.
fn on_terminal(test: &Test, width: u16) -> String {
    let (master, name) = pseudo_terminal();
    let size = Winsize {
        ws_row: 24,
        ws_col: width,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&master, size).unwrap();
    let child = test.command().stdout(open_terminal(&name)).spawn().unwrap();
    let run = Run::of(
        Process::watch(child, Duration::from_secs(10)),
        "a run on a terminal".to_string(),
    );
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    // The terminal turns each \n into \r\n.
    shown_on(master).replace("\r\n", "\n")
}

#[test]
fn cells_are_truncated_to_fit_the_terminal() {
    if !has_terminals() {
        return;
    }
    let long = "long ".repeat(20);
    let all = "[read:orgs/0000000000000a01/buckets/0000000000000c01]";
    for (width, args, description, shown, permissions) in [
        // The terminal is wide enough, or its width is unknown.
        (400, &[][..], "a test", "a test\t\t", all),
        (0, &[], "a test", "a test\t\t", all),
        (80, &["--wide"], "a test", "a test\t\t", all),
        (80, &["--wide"], long.trim_end(), "", all),
        (130, &[], "a test", "a test\t\t", "1 permission"),
        (
            130,
            &[],
            long.trim_end(),
            "long long long long lo…\t",
            "1 permission",
        ),
        (
            20,
            &[],
            long.trim_end(),
            "long long long…\t",
            "1 permission",
        ),
    ] {
        let shown = match shown {
            "" => format!("{description}\t"),
            cut => cut.to_string(),
        };
        let row =
            format!("{ID}\t{shown}telegraf\tadmin\t\t0000000000000b01\tactive\t{permissions}");
        let held = authorization(ID, "telegraf", "active").replace("a test", description);
        let printed = on_terminal(
            &list(&server_with(&[held])).args(args.iter().copied()),
            width,
        );
        assert_eq!(
            printed.lines().nth(1),
            Some(row.as_str()),
            "at {width} columns"
        );
        assert_eq!(printed.lines().count(), 2, "{printed}");
    }
}

#[test]
fn a_pipe_gets_the_full_text() {
    let description = "long ".repeat(500);
    let held = authorization(ID, "telegraf", "active").replace("a test", &description);
    let run = list(&server_with(&[held])).run();
    run.assert(run.stdout.contains(&description), "the description");
    run.assert(run.stdout.contains("[read:orgs/"), "the permissions");
}

/// CJK characters and emoji take two columns on a terminal, and combining marks take zero.
#[test]
fn wide_characters_count_as_two_columns() {
    let rows = |description: &str| {
        [authorization(ID, "telegraf", "active").replace("a test", description)]
    };
    for (description, tabs) in [
        ("abc", "\t\t"),
        ("日本", "\t\t"),
        ("日本語の", "\t"),
        ("🚀🚀🚀", "\t\t"),
        ("🚀🚀🚀🚀", "\t"),
        ("ｆｕｌｌ", "\t"),
        ("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", "\t\t"),
        ("한국어로", "\t"),
    ] {
        list(&server_with(&rows(description)))
            .args(["--columns", "description,status"])
            .stdout(format!("Description\tStatus\n{description}{tabs}active\n"))
            .code(0);
    }
    if !has_terminals() {
        return;
    }
    let long = "漢字".repeat(20);
    let printed = on_terminal(&list(&server_with(&rows(&long))), 130);
    let row = format!(
        "{ID}\t漢字漢字漢字漢字漢字漢…\ttelegraf\tadmin\t\t0000000000000b01\tactive\t1 permission"
    );
    assert_eq!(printed.lines().nth(1), Some(row.as_str()));
}

#[test]
fn rows_printed_one_at_a_time_fit_the_terminal() {
    if !has_terminals() {
        return;
    }
    let long = "long ".repeat(20);
    let second = "0000000000000002";
    let body = |id: &str, description: &str| {
        authorization(id, "telegraf", "inactive").replace("a test", description)
    };
    let server = Server::start([
        exchange(patch(ID, "inactive"), json("200 OK", &body(ID, "a test"))),
        exchange(
            patch(second, "inactive"),
            json("200 OK", &body(second, long.trim_end())),
        ),
    ]);
    let test = crate::harness::set_inactive(&server.url()).args(["-i", ID, "-i", second]);
    let printed = on_terminal(&test, 110);
    let rest = "telegraf\tadmin\t\t0000000000000b01\tinactive\t1 permission";
    let rows: Vec<_> = printed.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            format!("{ID}\ta test\t\t{rest}"),
            format!("{second}\tlong long long…\t{rest}"),
        ]
    );
}
