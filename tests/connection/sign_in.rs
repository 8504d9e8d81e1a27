//! Signing in with the `cookie` of the active config instead of using a token.

use crate::fixtures::*;
use crate::harness::Test;
use crate::scripted_server::{Exchange, Reply, Server, exchange, http_response};

/// `admin:hunter2-hunter2` in Base64.
const COOKIE: &str = "YWRtaW46aHVudGVyMi1odW50ZXIy";
const SESSION: &str = "influxdb-oss-session=c00kie-c00kie";
const FAILED: &str = "Error: failed to sign in with the active config's cookie: ";

fn run(server: &Server) -> Test {
    Test::new(["v1", "auth", "set-inactive", "--id", ID]).configs(format!(
        "[a]\nurl = '{}'\ncookie = '{COOKIE}'\n",
        server.url()
    ))
}

/// The request that opens a session. It has no body.
fn sign_in(reply: Reply) -> Exchange {
    let agent = concat!("user-agent: influx/", env!("CARGO_PKG_VERSION"));
    let request = format!(
        "POST /api/v2/signin HTTP/1.1\r\ncontent-length: 0\r\n{agent}\r\naccept: application/json\r\nhost: HOST\r\n\
         authorization: Basic {COOKIE}\r\n\r\n"
    );
    exchange(request, reply)
}

/// A successful response with these header lines.
fn opened(lines: &str) -> Reply {
    Reply::Send(format!("HTTP/1.1 204 No Content\r\n{lines}Date: now\r\n\r\n").into_bytes())
}

fn patch_with(cookie: &str, reply: Reply) -> Exchange {
    let target = format!("/private/legacy/authorizations/{ID}");
    let credentials = format!("cookie: {cookie}\r\n");
    let request = request_as(&credentials, "PATCH", &target, "{\"status\":\"inactive\"}");
    exchange(request, reply)
}

#[test]
fn the_session_cookie_is_sent_instead_of_a_token() {
    for lines in [
        &format!(
            "Set-Cookie: {SESSION}; Path=/api/; Expires=Tue, 24 Nov 2026 13:00:00 GMT; HttpOnly\r\n"
        ),
        &format!("set-cookie: {SESSION}\r\n"),
        &format!("Set-Cookie: lb=node1; Path=/\r\nSet-Cookie: {SESSION}; SameSite=Strict\r\n"),
    ] {
        let server = Server::start([
            sign_in(opened(lines)),
            patch_with(SESSION, deactivated_reply(ID)),
        ]);
        run(&server).stdout(deactivated_row()).code(0);
        assert_eq!(server.connections(), 1);
    }
    // The value may contain equals signs.
    let session = "influxdb-x=a=b==";
    let lines = format!("Set-Cookie: {session}; Path=/\r\n");
    let server = Server::start([
        sign_in(opened(&lines)),
        patch_with(session, deactivated_reply(ID)),
    ]);
    run(&server).stdout(deactivated_row()).code(0);
}

/// InfluxDB 2.0 names its cookie `session`. That name counts only if no other name contains
/// `influxdb`.
#[test]
fn the_cookie_name_of_influxdb_2_0_is_accepted() {
    let session = "session=6qq37pv-c00kie==";
    let lines = format!("Set-Cookie: lb_session=x\r\nSet-Cookie: {session}\r\n");
    let server = Server::start([
        sign_in(opened(&lines)),
        patch_with(session, deactivated_reply(ID)),
    ]);
    run(&server).stdout(deactivated_row()).code(0);
    let lines = format!("Set-Cookie: session=of-the-proxy\r\nSet-Cookie: {SESSION}\r\n");
    let server = Server::start([
        sign_in(opened(&lines)),
        patch_with(SESSION, deactivated_reply(ID)),
    ]);
    run(&server).stdout(deactivated_row()).code(0);
}

#[test]
fn a_required_password_change_gets_a_hint_about_the_browser() {
    let body = b"{\"code\":\"forbidden\",\"message\":\"password change required\"}";
    let reply = Reply::Send(http_response("403 Forbidden", "application/json", body));
    let server = Server::start([sign_in(reply)]);
    run(&server)
        .stderr(format!(
            "{FAILED}403 Forbidden: password change required\n\
             Hint: sign in to InfluxDB in a browser to set a new password, then store it with `influx config set`\n"
        ))
        .code(5);
}

/// The server lets a deactivated user sign in, but refuses the requests of the session.
#[test]
fn a_deactivated_session_user_exits_with_5_and_a_hint() {
    let lines = format!("Set-Cookie: {SESSION}\r\n");
    let body = b"{\"code\":\"forbidden\",\"message\":\"User is inactive\"}";
    let reply = Reply::Send(http_response("403 Forbidden", "application/json", body));
    let server = Server::start([sign_in(opened(&lines)), patch_with(SESSION, reply)]);
    run(&server)
        .stderr(format!(
            "Error: failed to update status of authorization with ID \"{ID}\": 403 Forbidden: User is inactive; the user of the active config's cookie is deactivated\n\
             Hint: use a token of another user, or activate this user again\n"
        ))
        .code(5);
}

#[test]
fn one_session_is_used_for_all_targets() {
    let lines = format!("Set-Cookie: {SESSION}\r\n");
    let server = Server::start([
        sign_in(opened(&lines)),
        patch_with(SESSION, deactivated_reply(ID)),
        patch_with(SESSION, deactivated_reply(ID)),
    ]);
    run(&server)
        .args(["--id", ID])
        .stdout(table(&[
            (ID, "telegraf", "inactive"),
            (ID, "telegraf", "inactive"),
        ]))
        .code(0);
}

#[test]
fn a_refused_sign_in_exits_with_5_and_a_hint_about_the_cookie() {
    let body = b"{\"code\":\"unauthorized\",\"message\":\"unauthorized access\"}";
    let reply = Reply::Send(http_response("401 Unauthorized", "application/json", body));
    let server = Server::start([sign_in(reply)]);
    let run = run(&server).run();
    let said = format!("{FAILED}401 Unauthorized: unauthorized access\nHint: ");
    run.assert(run.stderr.starts_with(&said), &said);
    run.assert(run.code == 5, "exit code 5");
    // No token was used, so the hint is about the cookie.
    run.assert(!run.stderr.contains("token"), "no mention of a token");
    run.assert(
        run.stderr.contains("cookie") && run.stderr.lines().count() == 2,
        "a hint about the cookie",
    );
}

#[test]
fn a_response_without_a_session_cookie_exits_with_7() {
    for lines in [
        "",
        "Set-Cookie: lb=node1\r\n",
        "Set-Cookie: influxdb-oss-session\r\n",
        "Set-Cookie: influxdb=; Path=/\r\n",
        "Set-Cookie: Session=x\r\nSet-Cookie: session2=x\r\nSet-Cookie: session=\r\n",
    ] {
        let server = Server::start([sign_in(opened(lines))]);
        run(&server)
            .stderr(format!(
                "{FAILED}no usable session cookie in the response 204 No Content\n"
            ))
            .code(7);
    }
}

#[test]
fn sign_in_at_an_unreachable_server_exits_with_4() {
    let test = Test::new([
        "v1",
        "auth",
        "set-inactive",
        "--id",
        ID,
        "--host",
        "http://127.0.0.1:1",
    ]);
    test.configs(format!("[a]\ncookie = '{COOKIE}'\n"))
        .stderr(format!(
            "{FAILED}cannot reach http://127.0.0.1:1: Connection refused\n\
             Hint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n"
        ))
        .code(4);
}

#[test]
fn the_password_and_the_session_are_not_shown() {
    let body = format!("{{\"message\":\"no hunter2-hunter2, {COOKIE} or c00kie-c00kie\"}}");
    let reply = Reply::Send(http_response(
        "403 Forbidden",
        "application/json",
        body.as_bytes(),
    ));
    let lines = format!("Set-Cookie: {SESSION}; Path=/\r\n");
    let server = Server::start([sign_in(opened(&lines)), patch_with(SESSION, reply)]);
    let run = run(&server).args(["--http-debug"]).run();
    for secret in ["hunter2", COOKIE, "c00kie"] {
        run.assert(!run.stderr.contains(secret), secret);
    }
    run.assert(run.code == 5, "exit code 5");
}
