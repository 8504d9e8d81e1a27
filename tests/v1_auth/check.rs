//! `check`: it reports whether the server accepts a username and password.

use crate::fixtures::request_as;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::WRONG_ADDRESS_HINT;
use crate::support::no_secrets::assert_no_secret;
use crate::support::password_prompt::session;
use crate::support::v1_auth_requests::PASSWORD;
use crate::test_requirements::has_terminals;
use base64::prelude::{BASE64_STANDARD, Engine as _};

const ACCEPTED: &str =
    r#"{"results":[{"statement_id":0,"series":[{"name":"databases","columns":["name"]}]}]}"#;
const HINT: &str =
    "Hint: the server does not say whether the name, the password or the status is the reason\n";
const TABLE: &str = "Status\tUsername\nactive\ttelegraf\n";

/// A server that expects a single request, without a token, and sends `reply`.
fn server_for(username: &str, password: &str, reply: Reply) -> Server {
    let login = BASE64_STANDARD.encode(format!("{username}:{password}"));
    let credentials = format!("authorization: Basic {login}\r\n");
    let asks = request_as(&credentials, "GET", "/query?q=SHOW+DATABASES", "");
    Server::start([exchange(asks, reply)])
}

fn server_with(reply: Reply) -> Server {
    server_for("telegraf", PASSWORD, reply)
}

fn accepting_server() -> Server {
    server_with(json("200 OK", ACCEPTED))
}

/// A run of `check` with a token that must not be sent.
fn check(server: &Server) -> Test {
    Test::new(["v1", "auth", "check"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

fn telegraf(server: &Server) -> Test {
    check(server).args(["--username", "telegraf", "--password", PASSWORD])
}

#[test]
fn accepted_credentials_exit_with_0_and_print_one_row() {
    telegraf(&accepting_server()).stdout(TABLE).code(0);
    telegraf(&accepting_server())
        .args(["--json"])
        .stdout("{\n\t\"status\": \"active\",\n\t\"username\": \"telegraf\"\n}\n")
        .code(0);
    let server = server_for("größe \"x\"", "pa:ss wörd", json("200 OK", ACCEPTED));
    check(&server)
        .args(["--username", "größe \"x\"", "--password", "pa:ss wörd"])
        .args(["--columns", "username", "--hide-headers"])
        .stdout("größe \"x\"\n")
        .code(0);
}

#[test]
fn credentials_come_from_flags_variables_files_or_standard_input() {
    let variable = |server: &Server| check(server).env("INFLUX_USERNAME", "telegraf");
    let server = accepting_server();
    let test = variable(&server).args(["--password-file", "secret"]);
    test.keep().file("secret", format!("{PASSWORD}\n"));
    test.stdout(TABLE).code(0);
    let server = accepting_server();
    let test = variable(&server).env("INFLUX_PASSWORD_FILE", "secret");
    test.keep().file("secret", PASSWORD);
    test.stdout(TABLE).code(0);
    variable(&accepting_server())
        .stdin(format!("{PASSWORD}\n"))
        .stdout(TABLE)
        .code(0);
    // The flag overrides the variable.
    telegraf(&accepting_server())
        .env("INFLUX_USERNAME", "grafana")
        .stdout(TABLE)
        .code(0);
}

/// The entry has no token, and its cookie is not used to sign in.
#[test]
fn only_the_url_of_the_active_config_is_used() {
    let server = accepting_server();
    let config = format!(
        "[a]\nurl = \"{}\"\ncookie = \"YTpi\"\nactive = true\n",
        server.url()
    );
    Test::new(["v1", "auth", "check", "--username", "telegraf"])
        .args(["--password", PASSWORD])
        .configs(config)
        .stdout(TABLE)
        .code(0);
    // If the host is given, the configs file is not read, so it may be broken.
    telegraf(&accepting_server())
        .configs("[")
        .stdout(TABLE)
        .code(0);
}

#[test]
fn rejected_credentials_exit_with_5() {
    for (reply, cause) in [
        (
            json(
                "401 Unauthorized",
                r#"{"code":"unauthorized","message":"Unauthorized"}"#,
            ),
            "401 Unauthorized: Unauthorized",
        ),
        (
            Reply::Send(http_response("401 Unauthorized", "text/plain", b"go away")),
            "401 Unauthorized: go away",
        ),
    ] {
        telegraf(&server_with(reply))
            .stderr(format!(
                "Error: could not check username \"telegraf\": {cause}\n{HINT}"
            ))
            .code(5);
    }
}

#[test]
fn a_response_that_is_not_from_influxdb_never_exits_with_0() {
    let redirect =
        "HTTP/1.1 302 Found\r\nLocation: https://login.example/\r\nContent-Length: 0\r\n\r\n";
    for (reply, cause) in [
        (
            Reply::Send(http_response("200 OK", "text/html", b"<html>Sign in</html>")),
            format!("no JSON in the response 200 OK: <html>Sign in</html>\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("200 OK", "{}"),
            "no query result in the response 200 OK: {}\n".into(),
        ),
        (
            json("200 OK", r#"{"results":["login"]}"#),
            "no query result in the response 200 OK: {\"results\":[\"login\"]}\n".into(),
        ),
        (
            json("200 OK", r#"{"results":[{"user":1}]}"#),
            "no query result in the response 200 OK: {\"results\":[{\"user\":1}]}\n".into(),
        ),
        (
            json("200 OK", r#"{"results":[]}"#),
            format!("no query result in the response\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("404 Not Found", r#"{"code":"not found","message":"path not found"}"#),
            format!("404 Not Found: path not found\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            Reply::Send(redirect.into()),
            "302 Found: the server redirects to \"https://login.example/\"\nHint: redirects are not followed, so that the token does not reach another host; set --host to the right address\n".into(),
        ),
    ] {
        telegraf(&server_with(reply))
            .stderr(format!("Error: could not check username \"telegraf\": {cause}"))
            .code(7);
    }
}

#[test]
fn usage_errors_exit_with_2_and_send_nothing() {
    let server = Server::start([]);
    for (args, said) in [
        (
            &["--username", "a:b", "--password", PASSWORD][..],
            "a username with a colon cannot be checked: in basic authentication, the name ends at a colon\n",
        ),
        (&["--password", PASSWORD], "--username is required\n"),
        (
            &["--username", "telegraf"],
            "the password from standard input is empty\nHint: --password-file names a file with the password; the default is a prompt on a terminal, else the first line of standard input\n",
        ),
        (
            &[
                "--username",
                "telegraf",
                "--password",
                PASSWORD,
                "--password-file",
                "x",
            ],
            "specify --password or --password-file, not both\n",
        ),
        (
            &["--username", "-", "--password", PASSWORD],
            "--username \"-\": only commands with several targets read standard input\n",
        ),
    ] {
        check(&server)
            .args(args.to_vec())
            .stderr(format!("Error: {said}"))
            .code(2);
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn the_prompt_asks_for_the_password_once() {
    if !has_terminals() {
        return;
    }
    let prompt = "Password for username \"telegraf\": ";
    let server = accepting_server();
    let test = check(&server).args(["--username", "telegraf"]);
    let keys = format!("{PASSWORD}\n");
    let session = session(&test, &[(prompt, keys.as_bytes())], || {
        assert_eq!(server.connections(), 0);
    });
    session.run.assert(session.run.code == 0, "success");
    session.run.assert(session.run.stdout == TABLE, "one row");
    assert_eq!(session.shown, format!("{prompt}\r\n"));
}

#[test]
fn the_password_is_never_printed() {
    let login = BASE64_STANDARD.encode(format!("telegraf:{PASSWORD}"));
    for (body, status, code) in [
        (ACCEPTED.to_string(), "200 OK", 0),
        (
            format!("{{\"message\":\"{PASSWORD} {login}\"}}"),
            "401 Unauthorized",
            5,
        ),
        (
            format!("{{\"results\":\"{PASSWORD} {login}\"}}"),
            "200 OK",
            7,
        ),
        (
            format!("{{\"message\":\"{PASSWORD} {login}\"}}"),
            "400 Bad Request",
            7,
        ),
    ] {
        let server = server_with(json(status, &body));
        let run = telegraf(&server).args(["--http-debug"]).run();
        run.assert(run.code == code, &format!("exit code {code}"));
        run.assert(
            run.stderr.contains("> authorization: [redacted]\n"),
            "the request",
        );
        run.assert(!run.stderr.contains(&login), "no login");
        assert_no_secret(&run);
    }
}
