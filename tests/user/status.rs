//! `inactive` and `active`: what is sent, and what counts as success.

use crate::fixtures::array;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Reply, Server, answer, json};
use crate::support::expected_failures::INFLUXDB;
use crate::support::users::{
    ADMIN, KIM, LEE, asks, done, fails_to_list, me, object, sets, table, user, user_command,
};

const FAILED: &str = "Error: failed to update status of user with ID \"00000000000b0a02\": ";
const UNKNOWN: &str = r#"{"code":"not found","message":"user not found"}"#;

#[test]
fn by_id_is_one_request_with_consent() {
    for word in ["inactive", "set-inactive"] {
        let server = Server::start([done(KIM, "kim", "inactive")]);
        Test::new(["user", word, "-i", KIM, "--yes"])
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", TOKEN)
            .stdout(table(&[(KIM, "kim", "inactive")]))
            .code(0);
        assert_eq!(server.connections(), 1);
    }
    let server = Server::start([done(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--id", KIM, "--yes", "--json"])
        .stdout(object(KIM, "kim", "inactive") + "\n")
        .code(0);
}

/// Nobody is locked out by that, so it needs no consent.
#[test]
fn active_is_one_request() {
    for word in ["active", "set-active"] {
        let server = Server::start([done(KIM, "kim", "active")]);
        user_command(&server, &[word, "--id", KIM])
            .stdout(table(&[(KIM, "kim", "active")]))
            .code(0);
    }
    let server = Server::start([done(ADMIN, "admin", "active")]);
    user_command(&server, &["active", "--id", ADMIN])
        .stdout(table(&[(ADMIN, "admin", "active")]))
        .code(0);
}

#[test]
fn by_name_looks_it_up_first() {
    let others = [user(LEE, "kim2", "active"), user(KIM, "kim", "active")];
    let server = Server::start([asks("?name=kim", &others), done(KIM, "kim", "inactive")]);
    user_command(&server, &["inactive", "--name", "kim", "--yes"])
        .stdout(table(&[(KIM, "kim", "inactive")]))
        .code(0);
    assert_eq!(server.connections(), 1);
    let server = Server::start([asks("?name=kim", &others[1..]), done(KIM, "kim", "active")]);
    user_command(&server, &["active", "-n", "kim", "--json"])
        .stdout(object(KIM, "kim", "active") + "\n")
        .code(0);
}

#[test]
fn a_name_that_cannot_be_looked_up_changes_nothing() {
    let kim = user(KIM, "kim", "active");
    let unknown = json("404 Not Found", UNKNOWN);
    let namesake = user(LEE, "kim", "active");
    for (look_up, cause, code) in [
        (
            fails_to_list("?name=kim", unknown),
            "404 Not Found: user not found\n",
            6,
        ),
        (
            asks("?name=kim", &[]),
            "the server knows this name, but does not show its user to this token\nHint: only an operator token sees other users\n",
            5,
        ),
        (
            asks("?name=kim", &[user(KIM, "Kim", "active")]),
            "the server knows this name, but does not show its user to this token\nHint: only an operator token sees other users\n",
            5,
        ),
        (
            asks("?name=kim", &[kim, namesake]),
            "the server lists 2 users of that name, and nothing was changed\nHint: name the one that is meant by its ID, as with --id or --org-id\n",
            7,
        ),
    ] {
        let server = Server::start([look_up]);
        user_command(&server, &["inactive", "--name", "kim", "--yes"])
            .stderr(format!(
                "Error: could not find user with name \"kim\": {cause}"
            ))
            .code(code);
    }
}

#[test]
fn several_and_standard_input() {
    let rows = || table(&[(KIM, "kim", "inactive"), (LEE, "lee", "inactive")]);
    let both = || [done(KIM, "kim", "inactive"), done(LEE, "lee", "inactive")];
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
    // Names, and the guard once for all of them.
    let server = Server::start([
        me(),
        asks("?name=kim", &[user(KIM, "kim", "active")]),
        done(KIM, "kim", "inactive"),
        asks("?name=lee", &[user(LEE, "lee", "active")]),
        done(LEE, "lee", "inactive"),
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
fn a_failure_does_not_stop_the_rest() {
    let server = Server::start([
        sets(KIM, "inactive", json("404 Not Found", UNKNOWN)),
        done(LEE, "lee", "inactive"),
    ]);
    user_command(&server, &["inactive", "-i", KIM, "-i", LEE, "--yes"])
        .stdout(table(&[(LEE, "lee", "inactive")]))
        .stderr(format!("{FAILED}404 Not Found: user not found\n"))
        .code(6);
}

#[test]
fn what_the_server_says_decides() {
    let unauthorized =
        format!("{{\"code\":\"unauthorized\",\"message\":\"write:users/{KIM} is unauthorized\"}}");
    let denied = format!(
        "401 Unauthorized: write:users/{KIM} is unauthorized\nHint: is the token the right one for this server, and may it read and write authorizations and users?\n"
    );
    for (reply, code, cause) in [
        (
            json("200 OK", &user(KIM, "kim", "active")),
            7,
            "the server says that the status is \"active\", not \"inactive\"\n",
        ),
        (
            json("200 OK", &user(LEE, "kim", "inactive")),
            7,
            "the server answers with another user, \"00000000000b0a03\"\n",
        ),
        (
            json("200 OK", "{}"),
            7,
            "the server answers with another user, \"\"\n",
        ),
        (
            Reply::Send(answer("200 OK", "text/html", b"<html>")),
            7,
            &format!("no JSON in the response 200 OK: <html>\n{INFLUXDB}"),
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
    // By name, another name is another user.
    let server = Server::start([
        asks("?name=kim", &[user(KIM, "kim", "active")]),
        done(KIM, "lee", "inactive"),
    ]);
    user_command(&server, &["inactive", "--name", "kim", "--yes"])
        .stderr("Error: failed to update status of user with name \"kim\": the server answers with another user, \"lee\"\n")
        .code(7);
}

#[test]
fn ids_in_upper_case_are_the_same() {
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
fn a_name_as_an_id_gets_a_hint() {
    let reply = json(
        "400 Bad Request",
        r#"{"code":"invalid","message":"id must have a length of 16 bytes"}"#,
    );
    let server = Server::start([sets("kim", "inactive", reply)]);
    user_command(&server, &["inactive", "--id", "kim", "--yes"])
        .stderr("Error: failed to update status of user with ID \"kim\": 400 Bad Request: id must have a length of 16 bytes\nHint: an ID has 16 hex digits; a name goes with --name\n")
        .code(7);
}

/// An answer that is lost may have been carried out.
#[test]
fn a_lost_answer_is_told() {
    let server = Server::start([sets(KIM, "inactive", Reply::SendAndClose(Vec::new()))]);
    let run = user_command(&server, &["inactive", "--id", KIM, "--yes"]).run();
    run.assert(run.code == 4, "code 4");
    let said = "the request may have been carried out, and repeating it is safe";
    run.assert(run.stderr.contains(said), said);
}

#[test]
fn mistakes_are_code_2_and_nothing_is_sent() {
    let server = Server::start([]);
    for (args, said) in [
        (
            &["inactive"][..],
            "id or name required\nHint: --id or --name names a user, --match finds several\n",
        ),
        (
            &["active"],
            "id or name required\nHint: --id or --name names a user, --match finds several\n",
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

/// The variable is for 1.x usernames.
#[test]
fn influx_username_names_no_user() {
    let server = Server::start([]);
    user_command(&server, &["inactive", "--yes"])
        .env("INFLUX_USERNAME", "kim")
        .stderr("Error: id or name required\nHint: --id or --name names a user, --match finds several\n")
        .code(2);
    assert_eq!(server.connections(), 0);
}
