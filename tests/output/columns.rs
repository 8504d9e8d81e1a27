//! Which columns a table has, in which order, and how it fits the terminal that it is printed on.

use crate::fixtures::*;
use crate::harness::{Process, Run, TOKEN, Test, open_terminal, pseudo_terminal, shown_on};
use crate::scripted_server::{Server, exchange, json};
use crate::tools::has_terminals;
use rustix::termios::{Winsize, tcsetwinsize};
use std::time::Duration;

fn list(server: &Server) -> Test {
    Test::new(["v1", "auth", "list"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

fn serves(rows: &[String]) -> Server {
    let target = "/private/legacy/authorizations";
    let answer = json("200 OK", &listed(rows));
    Server::start([exchange(request("GET", target, ""), answer)])
}

fn two() -> [String; 2] {
    [
        authorization("0000000000000001", "telegraf", "active"),
        authorization("0000000000000002", "a b\\tc", "inactive"),
    ]
}

#[test]
fn columns_are_chosen_and_ordered() {
    list(&serves(&two()))
        .args(["--columns", "username,ID, v2-user-name"])
        .stdout(
            "Username\tID\t\t\tv2 User Name\n\
             telegraf\t0000000000000001\tadmin\n\
             a b\\tc\t\t0000000000000002\tadmin\n",
        )
        .code(0);
}

#[test]
fn without_headers_single_tabs_separate_them() {
    list(&serves(&two()))
        .args(["--columns=id,username,status", "--hide-headers"])
        .stdout("0000000000000001\ttelegraf\tactive\n0000000000000002\ta b\\tc\tinactive\n")
        .code(0);
    // So it is where rows are printed as they come.
    let server = Server::start([deactivated()]);
    Test::new(["v1", "auth", "set-inactive", "--id", ID])
        .args(["--columns", "id,status", "--hide-headers"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
        .stdout(format!("{ID}\tinactive\n"))
        .code(0);
}

#[test]
fn json_and_ids_have_no_columns() {
    let rows = [authorization(ID, "telegraf", "active")];
    list(&serves(&rows))
        .args(["--columns", "id", "--json"])
        .stdout(array(&[object(ID, "telegraf", "active")]))
        .code(0);
    list(&serves(&rows))
        .args(["--columns", "status", "-q"])
        .stdout(format!("{ID}\n"))
        .code(0);
}

#[test]
fn a_column_that_there_is_not_is_code_2_and_nothing_is_sent() {
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
            _ => format!("Error: --columns: there is no column {name:?}\n{columns}"),
        };
        list(&server)
            .args(["--columns", given])
            .stderr(said)
            .code(2);
        assert_eq!(server.connections(), 0);
    }
}

/// Runs with standard output on a terminal of `width` columns, and returns what that was sent.
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
    // The terminal makes \r\n of each line's end.
    shown_on(master).replace("\r\n", "\n")
}

#[test]
fn a_table_fits_its_terminal() {
    if !has_terminals() {
        return;
    }
    let long = "long ".repeat(20);
    let all = "[read:orgs/0000000000000a01/buckets/0000000000000c01]";
    for (width, args, description, shown, permissions) in [
        // Wide enough, or of no width that is known.
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
        let printed = on_terminal(&list(&serves(&[held])).args(args.iter().copied()), width);
        assert_eq!(
            printed.lines().nth(1),
            Some(row.as_str()),
            "at {width} columns"
        );
        assert_eq!(printed.lines().count(), 2, "{printed}");
    }
}

/// Into a pipe nothing is cut, however long it is.
#[test]
fn what_is_no_terminal_gets_all() {
    let description = "long ".repeat(500);
    let held = authorization(ID, "telegraf", "active").replace("a test", &description);
    let run = list(&serves(&[held])).run();
    run.assert(run.stdout.contains(&description), "the description");
    run.assert(run.stdout.contains("[read:orgs/"), "the permissions");
}

/// CJK and emoji take two columns of a terminal, combining marks none.
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
        list(&serves(&rows(description)))
            .args(["--columns", "description,status"])
            .stdout(format!("Description\tStatus\n{description}{tabs}active\n"))
            .code(0);
    }
    if !has_terminals() {
        return;
    }
    let long = "漢字".repeat(20);
    let printed = on_terminal(&list(&serves(&rows(&long))), 130);
    let row = format!(
        "{ID}\t漢字漢字漢字漢字漢字漢…\ttelegraf\tadmin\t\t0000000000000b01\tactive\t1 permission"
    );
    assert_eq!(printed.lines().nth(1), Some(row.as_str()));
}

#[test]
fn rows_that_are_printed_as_they_come_fit_their_terminal() {
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
