//! The user that the token in use belongs to is not deactivated without consent.

use crate::fixtures::array;
use crate::scripted_server::{Reply, Server, answer, json};
use crate::support::users::{
    ADMIN, KIM, LEE, asks, done, me, me_with, object, sets, table, user, user_command,
};

fn own(target: &str) -> String {
    format!(
        "Error: \"{target}\": the token in use belongs to this user; deactivating it locks you out (use --yes to proceed)\n"
    )
}

#[test]
fn another_user_is_deactivated_after_a_look_at_ones_own() {
    let server = Server::start([me(), done(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", KIM])
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .code(0);
    assert_eq!(server.connections(), 1);
    let server = Server::start([
        me(),
        asks("?name=kim", &[user(KIM, "kim", "active")]),
        done(KIM, "kim", "inactive"),
    ]);
    user_command(&server, &["inactive", "--name", "kim"])
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .code(0);
}

/// Nothing but the look is sent, whichever target it is.
#[test]
fn ones_own_user_is_code_2_and_nothing_is_changed() {
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
                .stderr(own(target))
                .code(2);
        }
    }
}

#[test]
fn a_name_in_another_case_is_another_user() {
    let server = Server::start([
        me(),
        asks("?name=Admin", &[user(KIM, "Admin", "active")]),
        done(KIM, "Admin", "inactive"),
    ]);
    user_command(&server, &["inactive", "--name", "Admin"])
        .stdout(table(&[(KIM, "Admin", "inactive")]))
        .code(0);
}

#[test]
fn with_consent_ones_own_user_is_deactivated() {
    let server = Server::start([done(ADMIN, "admin", "inactive")]);
    user_command(&server, &["inactive", "--id", ADMIN, "--yes"])
        .stdout(table(&[(ADMIN, "admin", "inactive")]))
        .code(0);
    let server = Server::start([me()]);
    user_command(&server, &["inactive", "--id", ADMIN, "--yes=false"])
        .stderr(own(ADMIN))
        .code(2);
}

#[test]
fn a_token_that_may_not_read_its_user_needs_consent() {
    let body =
        format!("{{\"code\":\"unauthorized\",\"message\":\"read:users/{ADMIN} is unauthorized\"}}");
    let server = Server::start([me_with(json("401 Unauthorized", &body))]);
    user_command(&server, &["inactive", "--id", KIM])
        .stderr(format!(
            "Error: could not find the user that the token in use belongs to: 401 Unauthorized: read:users/{ADMIN} is unauthorized; nothing was changed\nHint: --yes deactivates users without this check\n"
        ))
        .code(5);
}

/// A look that fails otherwise changes nothing either.
#[test]
fn without_a_usable_answer_nothing_is_changed() {
    for (reply, code) in [
        (Reply::Send(answer("200 OK", "text/html", b"<html>")), 7),
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
        run.assert(run.code == code, &format!("code {code}"));
        let start = "Error: could not find the user that the token in use belongs to: ";
        run.assert(run.stderr.starts_with(start), start);
        let said = "nothing was changed\n";
        run.assert(run.stderr.contains(said), said);
    }
}

#[test]
fn ones_own_user_on_the_first_line_of_input_changes_nothing() {
    for (flag, input, target) in [
        ("--id", format!("# me\n {ADMIN} \n{KIM}\n"), ADMIN),
        ("--name", "admin\nkim\n".to_string(), "admin"),
    ] {
        let server = Server::start([me()]);
        user_command(&server, &["inactive", flag, "-"])
            .stdin(input)
            .stderr(own(target))
            .code(2);
    }
}

/// Input is read as it comes: what was done before is done, and is reported.
#[test]
fn ones_own_user_on_a_later_line_stops_the_run_there() {
    let input = format!("{KIM}\n{ADMIN}\n{LEE}\n");
    let stopped = own(ADMIN).replace(")\n", "); no target after it was tried\n");
    let server = Server::start([me(), done(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", "-"])
        .stdin(&*input)
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .stderr(&stopped)
        .code(2);
    let server = Server::start([me(), done(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", "-", "--json"])
        .stdin(&*input)
        .stdout(array(&[object(KIM, "kim", "inactive")]))
        .stderr(&stopped)
        .code(2);
    // Nor is a target tried that was named after the input.
    let server = Server::start([me(), done(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", "-", "--id", LEE])
        .stdin(format!("{KIM}\n{ADMIN}\n"))
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .stderr(&stopped)
        .code(2);
    // Names, after a failure with another code.
    let unknown = json(
        "404 Not Found",
        r#"{"code":"not found","message":"user not found"}"#,
    );
    let server = Server::start([
        me(),
        crate::support::users::fails_to_list("?name=nobody", unknown),
    ]);
    user_command(&server, &["inactive", "--name", "-"])
        .stdin("nobody\nadmin\nkim\n")
        .stderr(format!(
            "Error: could not find user with name \"nobody\": 404 Not Found: user not found\n{}",
            own("admin").replace(")\n", "); no target after it was tried\n")
        ))
        .code(1);
}

/// It stops nothing else: the rest after a failure is tried.
#[test]
fn a_failure_of_another_kind_does_not_stop_the_run() {
    let server = Server::start([
        me(),
        sets(KIM, "inactive", json("200 OK", &user(KIM, "kim", "active"))),
        done(LEE, "lee", "inactive"),
    ]);
    user_command(&server, &["inactive", "--id", "-"])
        .stdin(format!("{KIM}\n{LEE}\n"))
        .stdout(table(&[(LEE, "lee", "inactive")]))
        .stderr(format!("Error: failed to update status of user with ID \"{KIM}\": the server says that the status is \"active\", not \"inactive\"\n"))
        .code(7);
}
