//! The password in a config's cookie and the session cookie are never printed, even if the server
//! echoes them.

use crate::fixtures::*;
use crate::harness::Test;
use crate::scripted_server::{Reply, Server, exchange};
use crate::support::expected_failures::TIMEOUT_HINT;
use crate::support::no_secrets::{assert_no_secret, echo};
use std::time::Duration;

const PASSWORD: &str = "pa55word-of-the-tests";
const SESSION: &str = "s3ssion-of-the-tests-0000";
/// Base64 of `admin:` and the password.
const COOKIE: &str = "YWRtaW46cGE1NXdvcmQtb2YtdGhlLXRlc3Rz";

/// The request that signs in with the cookie of [`configs`].
fn sign_in() -> String {
    let lines = format!("authorization: Basic {COOKIE}\r\n");
    let request = request_as(&lines, "POST", "/api/v2/signin", "");
    request.replace("user-agent", "content-length: 0\r\nuser-agent")
}

fn configs(server: &Server) -> String {
    format!(
        "[default]\nurl = \"{}\"\ncookie = \"{COOKIE}\"\n",
        server.url()
    )
}

fn session(server: &Server) -> Test {
    Test::new([
        "v1",
        "auth",
        "set-inactive",
        "--id",
        ID,
        "--http-debug",
        "--timeout",
        "500ms",
    ])
    .configs(configs(server))
}

#[test]
fn a_failed_sign_in_does_not_show_the_password() {
    let all = format!("admin:{PASSWORD} {COOKIE}");
    let cookie = format!("Set-Cookie: influxdb-oss-session={SESSION}; Path=/\r\n");
    let other = format!("Set-Cookie: other={SESSION}\r\nX-Request-Id: {PASSWORD}\r\n");
    for (reply, code) in [
        (echo("401 Unauthorized", &cookie, &all), 5),
        (echo("500 Internal Server Error", "", &all), 7),
        (echo("302 Found", &format!("Location: /{all}\r\n"), ""), 7),
        (echo("204 No Content", &other, ""), 7),
        (echo("200 OK", "", &all), 7),
        (Reply::SendAndClose(Vec::new()), 4),
        (Reply::Hang, 4),
    ] {
        let server = Server::start([exchange(sign_in(), reply)]);
        let run = session(&server).run();
        run.assert(run.code == code, &format!("exit code {code}"));
        run.assert(
            run.stderr
                .contains("Error: failed to sign in with the active config's cookie: "),
            "an error that names the sign-in",
        );
        assert_no_secret(&run);
    }
}

#[test]
fn the_session_cookie_is_not_shown() {
    let lines = format!("cookie: influxdb-oss-session={SESSION}\r\n");
    let target = format!("/private/legacy/authorizations/{ID}");
    let patch = request_as(&lines, "PATCH", &target, r#"{"status":"inactive"}"#);
    let all = format!("{SESSION} {PASSWORD} {COOKIE}");
    let cookie = format!(
        "Set-Cookie: influxdb-oss-session={SESSION}; Path=/\r\nX-Request-Id: {SESSION}\r\n"
    );
    for (status, code) in [
        ("401 Unauthorized", 5),
        ("500 Internal Server Error", 7),
        ("200 OK", 7),
    ] {
        let headers = format!("Location: /{SESSION}\r\nX-Request-Id: {SESSION}\r\n");
        let server = Server::start([
            exchange(
                sign_in(),
                Reply::SendAndClose(
                    format!("HTTP/1.1 204 No Content\r\n{cookie}\r\n").into_bytes(),
                ),
            ),
            exchange(patch.clone(), echo(status, &headers, &all)),
        ]);
        let run = session(&server).run();
        run.assert(run.code == code, &format!("exit code {code}"));
        assert_no_secret(&run);
    }
}

#[test]
fn a_slow_sign_in_exits_with_4_at_the_timeout() {
    let slow = Reply::Drip(
        b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
        Duration::from_millis(40),
    );
    let server = Server::start([exchange(sign_in(), slow)]);
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--timeout", "300ms"])
        .configs(configs(&server))
        .stderr(format!(
            "Error: failed to sign in with the active config's cookie: {} did not send a complete response within 300ms\n{TIMEOUT_HINT}",
            server.url()
        ))
        .code(4);
}
