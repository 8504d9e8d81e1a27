//! `inactive` and `active`: what is sent, and what counts as success.

use crate::fixtures::array;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Reply, Server, http_response, json};
use crate::support::expected_failures::WRONG_ADDRESS_HINT;
use crate::support::user_requests::{
    ADMIN, KIM, LEE, lists, lists_with, me, object, sets, sets_status, table, user, user_command,
};

const FAILED: &str = "Error: failed to update status of user with ID \"00000000000b0a02\": ";
const UNKNOWN: &str = r#"{"code":"not found","message":"user not found"}"#;

#[test]
fn inactive_by_id_with_yes_sends_one_request() {
    for word in ["inactive", "set-inactive"] {
        let server = Server::start([sets_status(KIM, "kim", "inactive")]);
        Test::new(["user", word, "-i", KIM, "--yes"])
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", TOKEN)
            .stdout(table(&[(KIM, "kim", "inactive")]))
            .code(0);
        assert_eq!(server.connections(), 1);
    }
    let server = Server::start([sets_status(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", KIM, "--yes", "--json"])
        .stdout(object(KIM, "kim", "inactive") + "\n")
        .code(0);
}

/// Activating a user locks no one out, so the current user is not looked up.
#[test]
fn active_by_id_sends_one_request() {
    for word in ["active", "set-active"] {
        let server = Server::start([sets_status(KIM, "kim", "active")]);
        user_command(&server, &[word, "--id", KIM])
            .stdout(table(&[(KIM, "kim", "active")]))
            .code(0);
    }
    let server = Server::start([sets_status(ADMIN, "admin", "active")]);
    user_command(&server, &["active", "--id", ADMIN])
        .stdout(table(&[(ADMIN, "admin", "active")]))
        .code(0);
}

#[test]
fn by_name_looks_up_the_user_first() {
    let others = [user(LEE, "kim2", "active"), user(KIM, "kim", "active")];
    let server = Server::start([
        lists("?name=kim", &others),
        sets_status(KIM, "kim", "inactive"),
    ]);
    user_command(&server, &["inactive", "--name", "kim", "--yes"])
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .code(0);
    assert_eq!(server.connections(), 1);
    let server = Server::start([
        lists("?name=kim", &others[1..]),
        sets_status(KIM, "kim", "active"),
    ]);
    user_command(&server, &["active", "-n", "kim", "--json"])
        .stdout(object(KIM, "kim", "active") + "\n")
        .code(0);
}

#[test]
fn a_failed_name_lookup_changes_nothing() {
    let kim = user(KIM, "kim", "active");
    let unknown = json("404 Not Found", UNKNOWN);
    let namesake = user(LEE, "kim", "active");
    for (lookup, cause, code) in [
        (
            lists_with("?name=kim", unknown),
            "404 Not Found: user not found\n",
            6,
        ),
        (
            lists("?name=kim", &[]),
            "the server knows this name, but does not show its user to this token\nHint: only an operator token sees other users\n",
            5,
        ),
        (
            lists("?name=kim", &[user(KIM, "Kim", "active")]),
            "the server knows this name, but does not show its user to this token\nHint: only an operator token sees other users\n",
            5,
        ),
        (
            lists("?name=kim", &[kim, namesake]),
            "the server lists 2 users with this name; nothing was changed\nHint: use an ID instead of the name, for example with --id or --org-id\n",
            7,
        ),
    ] {
        let server = Server::start([lookup]);
        user_command(&server, &["inactive", "--name", "kim", "--yes"])
            .stderr(format!(
                "Error: could not find user with name \"kim\": {cause}"
            ))
            .code(code);
    }
}

#[test]
fn reads_several_users_from_flags_or_standard_input() {
    let rows = || table(&[(KIM, "kim", "inactive"), (LEE, "lee", "inactive")]);
    let both = || {
        [
            sets_status(KIM, "kim", "inactive"),
            sets_status(LEE, "lee", "inactive"),
        ]
    };
    let server = Server::start(both());
    user_command(&server, &["inactive", "-i", KIM, "-i", LEE, "--yes"])
        .stdout(rows())
        .code(0);
    assert_eq!(server.connections(), 1);
    let server = Server::start(both());
    user_command(&server, &["inactive", "--id", "-", "--yes"])
        .stdin(format!("# who left\n{KIM}\n\n  {LEE} \n"))
        .stdout(rows())
        .code(0);
    assert_eq!(server.connections(), 1);
    // By name. The current user is looked up once for all targets.
    let server = Server::start([
        me(),
        lists("?name=kim", &[user(KIM, "kim", "active")]),
        sets_status(KIM, "kim", "inactive"),
        lists("?name=lee", &[user(LEE, "lee", "active")]),
        sets_status(LEE, "lee", "inactive"),
    ]);
    user_command(&server, &["inactive", "--name", "-", "--json"])
        .stdin("kim\r\nlee\n")
        .stdout(array(&[
            object(KIM, "kim", "inactive"),
            object(LEE, "lee", "inactive"),
        ]))
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_failed_target_does_not_stop_the_rest() {
    let server = Server::start([
        sets(KIM, "inactive", json("404 Not Found", UNKNOWN)),
        sets_status(LEE, "lee", "inactive"),
    ]);
    user_command(&server, &["inactive", "-i", KIM, "-i", LEE, "--yes"])
        .stdout(table(&[(LEE, "lee", "inactive")]))
        .stderr(format!("{FAILED}404 Not Found: user not found\n"))
        .code(6);
}

#[test]
fn responses_that_do_not_confirm_the_change_are_errors() {
    let unauthorized =
        format!("{{\"code\":\"unauthorized\",\"message\":\"write:users/{KIM} is unauthorized\"}}");
    let denied = format!(
        "401 Unauthorized: write:users/{KIM} is unauthorized\nHint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n"
    );
    for (reply, code, cause) in [
        (
            json("200 OK", &user(KIM, "kim", "active")),
            7,
            "the server reports the status \"active\", not \"inactive\"\n",
        ),
        (
            json("200 OK", &user(LEE, "kim", "inactive")),
            7,
            "the server returned a different user, \"00000000000b0a03\"\n",
        ),
        (
            json("200 OK", "{}"),
            7,
            "the server returned a different user, \"\"\n",
        ),
        (
            Reply::Send(http_response("200 OK", "text/html", b"<html>")),
            7,
            &format!("no JSON in the response 200 OK: <html>\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("404 Not Found", UNKNOWN),
            6,
            "404 Not Found: user not found\n",
        ),
        (json("401 Unauthorized", &unauthorized), 5, &denied),
        (
            json(
                "403 Forbidden",
                r#"{"code":"forbidden","message":"User is inactive"}"#,
            ),
            5,
            "403 Forbidden: User is inactive; the user who owns the token is deactivated\nHint: use a token of another user, or activate this user again\n",
        ),
    ] {
        let server = Server::start([sets(KIM, "inactive", reply)]);
        user_command(&server, &["inactive", "--id", KIM, "--yes"])
            .stderr(format!("{FAILED}{cause}"))
            .code(code);
    }
    // By name, the name in the response must match.
    let server = Server::start([
        lists("?name=kim", &[user(KIM, "kim", "active")]),
        sets_status(KIM, "lee", "inactive"),
    ]);
    user_command(&server, &["inactive", "--name", "kim", "--yes"])
        .stderr("Error: failed to update status of user with name \"kim\": the server returned a different user, \"lee\"\n")
        .code(7);
}

#[test]
fn ids_are_case_insensitive() {
    let upper = KIM.to_ascii_uppercase();
    let server = Server::start([sets(
        &upper,
        "inactive",
        json("200 OK", &user(KIM, "kim", "inactive")),
    )]);
    user_command(&server, &["inactive", "--id", &upper, "--yes"])
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .code(0);
}

#[test]
fn a_name_given_as_an_id_gets_a_hint() {
    let reply = json(
        "400 Bad Request",
        r#"{"code":"invalid","message":"id must have a length of 16 bytes"}"#,
    );
    let server = Server::start([sets("kim", "inactive", reply)]);
    user_command(&server, &["inactive", "--id", "kim", "--yes"])
        .stderr("Error: failed to update status of user with ID \"kim\": 400 Bad Request: id must have a length of 16 bytes\nHint: an ID has 16 hex digits; use --name for a name\n")
        .code(7);
}

#[test]
fn the_error_for_a_lost_response_says_that_repeating_is_safe() {
    let server = Server::start([sets(KIM, "inactive", Reply::SendAndClose(Vec::new()))]);
    let run = user_command(&server, &["inactive", "--id", KIM, "--yes"]).run();
    run.assert(run.code == 4, "exit code 4");
    let said = "the request may have been carried out, and repeating it is safe";
    run.assert(run.stderr.contains(said), said);
}

#[test]
fn usage_errors_exit_with_2_and_send_nothing() {
    let server = Server::start([]);
    for (args, said) in [
        (
            &["inactive"][..],
            "id or name required\nHint: use --id or --name for one user, or --match for several\n",
        ),
        (
            &["active"],
            "id or name required\nHint: use --id or --name for one user, or --match for several\n",
        ),
        (
            &["inactive", "--id", KIM, "--name", "kim"],
            "specify id or name, not both\n",
        ),
        (
            &["inactive", "--match", "*", "--name", "kim", "--yes"],
            "specify --match or --name, not both\n",
        ),
        (&["inactive", "--id", ""], "--id must not be empty\n"),
        (
            &["deactivate", "--id", KIM],
            "unknown command \"deactivate\" for \"influx user\"\nHint: did you mean `influx user inactive`?\n",
        ),
        (
            &["activate", "--id", KIM],
            "unknown command \"activate\" for \"influx user\"\nHint: did you mean `influx user active`?\n",
        ),
    ] {
        user_command(&server, args)
            .stderr(format!("Error: {said}"))
            .code(2);
    }
    for input in ["", "\n# nobody\n"] {
        user_command(&server, &["inactive", "--id", "-"])
            .stdin(input)
            .stderr("Error: no target on standard input\nHint: standard input has one target per line; blank lines and lines starting with # are ignored\n")
            .code(2);
    }
    assert_eq!(server.connections(), 0);
}

/// This variable is for 1.x usernames.
#[test]
fn influx_username_does_not_select_a_v2_user() {
    let server = Server::start([]);
    user_command(&server, &["inactive", "--yes"])
        .env("INFLUX_USERNAME", "kim")
        .stderr("Error: id or name required\nHint: use --id or --name for one user, or --match for several\n")
        .code(2);
    assert_eq!(server.connections(), 0);
}
