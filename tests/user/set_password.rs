//! `password`: where the password comes from, and what counts as success.

use crate::fixtures::request;
use crate::harness::Test;
use crate::scripted_server::{Exchange, Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::WRONG_ADDRESS_HINT;
use crate::support::no_secrets::assert_no_secret;
use crate::support::password_prompt::session;
use crate::support::user_requests::{KIM, LEE, PATH, lists, lists_with, user, user_command};
use crate::support::v1_auth_requests::{PASSWORD, no_content};
use crate::test_requirements::has_terminals;

fn set_password(password: &str, reply: Reply) -> Exchange {
    let target = format!("{PATH}/{KIM}/password");
    let body = format!("{{\"password\":\"{password}\"}}");
    exchange(request("POST", &target, &body), reply)
}

fn by_id(server: &Server) -> Test {
    user_command(server, &["password", "--id", KIM])
}

/// Sets a password, which the server must receive as `sent`. Nothing is printed.
#[track_caller]
fn succeeds(sent: &str, given: impl FnOnce(Test) -> Test) {
    let server = Server::start([set_password(sent, no_content())]);
    given(by_id(&server)).code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn reads_the_password_from_a_flag_a_file_or_standard_input() {
    succeeds(PASSWORD, |test| test.args(["--password", PASSWORD]));
    succeeds("a\\\"b ü", |test| test.args(["--password=a\"b ü"]));
    succeeds(PASSWORD, |test| {
        test.keep().file("secret", format!("{PASSWORD}\r\n"));
        test.args(["--password-file", "secret"])
    });
    succeeds(PASSWORD, |test| {
        test.keep().file("secret", PASSWORD);
        test.env("INFLUX_PASSWORD_FILE", "secret")
    });
    succeeds(PASSWORD, |test| test.stdin(format!("{PASSWORD}\n")));
    succeeds(PASSWORD, |test| {
        test.args(["--password-file", "-"]).stdin(PASSWORD)
    });
    // The last --id is used.
    let server = Server::start([set_password(PASSWORD, no_content())]);
    user_command(&server, &["set-password", "-i", LEE, "-i", KIM])
        .args(["--password", PASSWORD])
        .code(0);
}

#[test]
fn by_name_looks_up_the_user_first() {
    let users = [user(LEE, "kim2", "active"), user(KIM, "kim", "inactive")];
    let server = Server::start([
        lists("?name=kim", &users),
        set_password(PASSWORD, no_content()),
    ]);
    user_command(&server, &["password", "--name", "kim"])
        .args(["--password", PASSWORD])
        .code(0);
    assert_eq!(server.connections(), 1);
    for (lookup, code, cause) in [
        (
            lists_with(
                "?name=kim",
                json(
                    "404 Not Found",
                    r#"{"code":"not found","message":"user not found"}"#,
                ),
            ),
            6,
            "404 Not Found: user not found\n",
        ),
        (
            lists("?name=kim", &[]),
            5,
            "the server knows this name, but does not show its user to this token\nHint: only an operator token sees other users\n",
        ),
    ] {
        let server = Server::start([lookup]);
        user_command(&server, &["password", "-n", "kim", "--password", PASSWORD])
            .stderr(format!(
                "Error: could not find user with name \"kim\": {cause}"
            ))
            .code(code);
    }
}

#[test]
fn only_204_is_success() {
    let failed = format!("Error: failed to set the password of user with ID \"{KIM}\": ");
    let only_204 = "but InfluxDB responds with 204";
    for (reply, code, cause) in [
        (
            json("200 OK", "{}"),
            7,
            format!("the server responded with 200 OK: {{}}, {only_204}\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            Reply::Send(http_response("200 OK", "text/html", b"<html>Sign in</html>")),
            7,
            format!("the server responded with 200 OK: <html>Sign in</html>, {only_204}\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("202 Accepted", ""),
            7,
            format!("the server responded with 202 Accepted, {only_204}\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("400 Bad Request", r#"{"code":"invalid","message":"passwords must be between 8 and 72 characters long"}"#),
            7,
            "400 Bad Request: passwords must be between 8 and 72 characters long\n".into(),
        ),
        // InfluxDB's response for an unknown ID.
        (
            json("403 Forbidden", r#"{"code":"forbidden","message":"your userID is incorrect"}"#),
            5,
            "403 Forbidden: your userID is incorrect\nHint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n".into(),
        ),
    ] {
        let server = Server::start([set_password(PASSWORD, reply)]);
        by_id(&server)
            .args(["--password", PASSWORD])
            .stderr(format!("{failed}{cause}"))
            .code(code);
    }
}

#[test]
fn usage_errors_exit_with_2_and_send_nothing() {
    let server = Server::start([]);
    let long = "ü".repeat(37);
    for (args, said) in [
        (
            &["--password", PASSWORD][..],
            "id or name required\nHint: use --id or --name\n",
        ),
        (
            &["--id", KIM, "--name", "kim", "--password", PASSWORD],
            "specify id or name, not both\n",
        ),
        (
            &["--id", KIM, "--password", PASSWORD, "--password-file", "x"],
            "specify --password or --password-file, not both\n",
        ),
        (
            &["--id", "-"],
            "--id \"-\": only commands with several targets read standard input\n",
        ),
        (
            &["--name", "-"],
            "--name \"-\": only commands with several targets read standard input\n",
        ),
        (
            &["--id", KIM, "--password", &long],
            "the password from --password is longer than 72 bytes\nHint: servers before 2.7.6 silently truncate longer passwords, later ones refuse them\n",
        ),
        (
            &["--id", KIM],
            "the password from standard input is empty\nHint: --password-file names a file with the password; the default is a prompt on a terminal, else the first line of standard input\n",
        ),
    ] {
        user_command(&server, &[&["password"], args].concat())
            .stderr(format!("Error: {said}"))
            .code(2);
    }
    assert_eq!(server.connections(), 0);
    let longest = "x".repeat(72);
    succeeds(&longest, |test| test.args(["--password", &longest]));
}

#[test]
fn the_prompt_asks_for_the_password_twice() {
    if !has_terminals() {
        return;
    }
    let prompt = format!("Password for user with ID \"{KIM}\": ");
    let again = "Repeat the password: ";
    let keys = format!("{PASSWORD}\n");
    let server = Server::start([set_password(PASSWORD, no_content())]);
    let inputs = [(&*prompt, keys.as_bytes()), (again, keys.as_bytes())];
    let session = session(&by_id(&server), &inputs, || {
        assert_eq!(server.connections(), 0);
    });
    session.run.assert(session.run.code == 0, "success");
    session
        .run
        .assert(session.run.stdout.is_empty(), "no output");
    assert_eq!(session.shown, format!("{prompt}\r\n{again}\r\n"));
}

#[test]
fn the_password_is_never_printed() {
    let echo = format!("{{\"code\":\"x\",\"message\":\"no {PASSWORD}!\"}}");
    for (reply, code) in [
        (no_content(), 0),
        (json("200 OK", &echo), 7),
        (json("400 Bad Request", &echo), 7),
        (json("403 Forbidden", &echo), 5),
        (Reply::SendAndClose(Vec::new()), 4),
    ] {
        let server = Server::start([set_password(PASSWORD, reply)]);
        let run = by_id(&server)
            .args(["--password", PASSWORD, "--http-debug"])
            .run();
        run.assert(run.code == code, &format!("exit code {code}"));
        let said = "> (the body is not shown, because it may contain a secret)\n";
        run.assert(run.stderr.contains(said), said);
        assert_no_secret(&run);
    }
}
