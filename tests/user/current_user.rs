//! The current user, who owns the token, is not deactivated without `--yes`.

use crate::fixtures::array;
use crate::scripted_server::{Reply, Server, http_response, json};
use crate::support::user_requests::{
    ADMIN, KIM, LEE, lists, me, me_with, object, sets, sets_status, table, user, user_command,
};

fn current_user_error(target: &str) -> String {
    format!(
        "Error: \"{target}\": the token in use belongs to this user; deactivating it locks you out (use --yes to proceed)\n"
    )
}

#[test]
fn deactivating_another_user_looks_up_the_current_user_first() {
    let server = Server::start([me(), sets_status(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", KIM])
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .code(0);
    assert_eq!(server.connections(), 1);
    let server = Server::start([
        me(),
        lists("?name=kim", &[user(KIM, "kim", "active")]),
        sets_status(KIM, "kim", "inactive"),
    ]);
    user_command(&server, &["inactive", "--name", "kim"])
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .code(0);
}

/// Only the lookup is sent, even if other targets come before the current user.
#[test]
fn deactivating_the_current_user_exits_with_2() {
    let upper = ADMIN.to_ascii_uppercase();
    for (flags, target) in [
        (&["--id", ADMIN][..], ADMIN),
        (&["--id", &upper], &upper),
        (&["--name", "admin"], "admin"),
        (&["-i", KIM, "-i", ADMIN, "-i", LEE], ADMIN),
        (&["-n", "kim", "-n", "admin"], "admin"),
    ] {
        for output in [&[][..], &["--json"]] {
            let server = Server::start([me()]);
            user_command(&server, &[&["inactive"], flags, output].concat())
                .stderr(current_user_error(target))
                .code(2);
        }
    }
}

#[test]
fn a_name_in_another_case_is_another_user() {
    let server = Server::start([
        me(),
        lists("?name=Admin", &[user(KIM, "Admin", "active")]),
        sets_status(KIM, "Admin", "inactive"),
    ]);
    user_command(&server, &["inactive", "--name", "Admin"])
        .stdout(table(&[(KIM, "Admin", "inactive")]))
        .code(0);
}

#[test]
fn yes_allows_deactivating_the_current_user() {
    let server = Server::start([sets_status(ADMIN, "admin", "inactive")]);
    user_command(&server, &["inactive", "--id", ADMIN, "--yes"])
        .stdout(table(&[(ADMIN, "admin", "inactive")]))
        .code(0);
    let server = Server::start([me()]);
    user_command(&server, &["inactive", "--id", ADMIN, "--yes=false"])
        .stderr(current_user_error(ADMIN))
        .code(2);
}

#[test]
fn a_token_that_may_not_read_its_user_needs_yes() {
    let body =
        format!("{{\"code\":\"unauthorized\",\"message\":\"read:users/{ADMIN} is unauthorized\"}}");
    let server = Server::start([me_with(json("401 Unauthorized", &body))]);
    user_command(&server, &["inactive", "--id", KIM])
        .stderr(format!(
            "Error: could not find the user that the token in use belongs to: 401 Unauthorized: read:users/{ADMIN} is unauthorized; nothing was changed\nHint: --yes deactivates users without this check\n"
        ))
        .code(5);
}

#[test]
fn nothing_is_changed_if_the_current_user_lookup_fails() {
    for (reply, code) in [
        (
            Reply::Send(http_response("200 OK", "text/html", b"<html>")),
            7,
        ),
        (json("200 OK", "{}"), 7),
        (json("200 OK", r#"{"id":"admin"}"#), 7),
        (
            json(
                "404 Not Found",
                r#"{"code":"not found","message":"path not found"}"#,
            ),
            7,
        ),
        (
            json(
                "404 Not Found",
                r#"{"code":"not found","message":"user not found"}"#,
            ),
            7,
        ),
        (
            json(
                "403 Forbidden",
                r#"{"code":"forbidden","message":"User is inactive"}"#,
            ),
            5,
        ),
        (json("500 Internal Server Error", "{}"), 7),
        (Reply::SendAndClose(Vec::new()), 4),
    ] {
        let server = Server::start([me_with(reply)]);
        let run = user_command(&server, &["inactive", "--id", KIM]).run();
        run.assert(run.code == code, &format!("exit code {code}"));
        let start = "Error: could not find the user that the token in use belongs to: ";
        run.assert(run.stderr.starts_with(start), start);
        let said = "nothing was changed\n";
        run.assert(run.stderr.contains(said), said);
    }
}

#[test]
fn the_current_user_on_the_first_input_line_changes_nothing() {
    for (flag, input, target) in [
        ("--id", format!("# me\n {ADMIN} \n{KIM}\n"), ADMIN),
        ("--name", "admin\nkim\n".to_string(), "admin"),
    ] {
        let server = Server::start([me()]);
        user_command(&server, &["inactive", flag, "-"])
            .stdin(input)
            .stderr(current_user_error(target))
            .code(2);
    }
}

/// Input is processed line by line, so earlier targets are already changed and are printed.
#[test]
fn the_current_user_on_a_later_input_line_stops_the_run() {
    let input = format!("{KIM}\n{ADMIN}\n{LEE}\n");
    let stopped =
        current_user_error(ADMIN).replace(")\n", "); the targets after it were not tried\n");
    let server = Server::start([me(), sets_status(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", "-"])
        .stdin(&*input)
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .stderr(&stopped)
        .code(2);
    let server = Server::start([me(), sets_status(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", "-", "--json"])
        .stdin(&*input)
        .stdout(array(&[object(KIM, "kim", "inactive")]))
        .stderr(&stopped)
        .code(2);
    // A target from a flag after the input is not tried either.
    let server = Server::start([me(), sets_status(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", "-", "--id", LEE])
        .stdin(format!("{KIM}\n{ADMIN}\n"))
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .stderr(&stopped)
        .code(2);
    // By name, after a target that failed with another exit code.
    let unknown = json(
        "404 Not Found",
        r#"{"code":"not found","message":"user not found"}"#,
    );
    let server = Server::start([
        me(),
        crate::support::user_requests::lists_with("?name=nobody", unknown),
    ]);
    user_command(&server, &["inactive", "--name", "-"])
        .stdin("nobody\nadmin\nkim\n")
        .stderr(format!(
            "Error: could not find user with name \"nobody\": 404 Not Found: user not found\n{}",
            current_user_error("admin").replace(")\n", "); the targets after it were not tried\n")
        ))
        .code(1);
}

#[test]
fn other_failures_do_not_stop_the_run() {
    let server = Server::start([
        me(),
        sets(KIM, "inactive", json("200 OK", &user(KIM, "kim", "active"))),
        sets_status(LEE, "lee", "inactive"),
    ]);
    user_command(&server, &["inactive", "--id", "-"])
        .stdin(format!("{KIM}\n{LEE}\n"))
        .stdout(table(&[(LEE, "lee", "inactive")]))
        .stderr(format!("Error: failed to update status of user with ID \"{KIM}\": the server reports the status \"active\", not \"inactive\"\n"))
        .code(7);
}
