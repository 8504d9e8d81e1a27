//! A session in place of a token, from the `cookie` of the active config.

use crate::fixtures::*;
use crate::harness::Test;
use crate::scripted_server::{Exchange, Reply, Server, answer, exchange};

/// `admin:hunter2-hunter2`.
const COOKIE: &str = "YWRtaW46aHVudGVyMi1odW50ZXIy";
const SESSION: &str = "influxdb-oss-session=c00kie-c00kie";
const DOING: &str = "Error: failed to sign in with the active config's cookie: ";

fn run(server: &Server) -> Test {
    Test::new(["v1", "auth", "set-inactive", "--id", ID]).configs(format!(
        "[a]\nurl = '{}'\ncookie = '{COOKIE}'\n",
        server.url()
    ))
}

/// The request that opens a session; it has no content.
fn sign_in(reply: Reply) -> Exchange {
    let agent = concat!("user-agent: influx/", env!("CARGO_PKG_VERSION"));
    let request = format!(
        "POST /api/v2/signin HTTP/1.1\r\ncontent-length: 0\r\n{agent}\r\naccept: application/json\r\nhost: HOST\r\n\
         authorization: Basic {COOKIE}\r\n\r\n"
    );
    exchange(request, reply)
}

/// An answer of success with these lines in its head.
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
fn the_cookie_takes_the_place_of_the_token() {
    for lines in [
        &format!(
            "Set-Cookie: {SESSION}; Path=/api/; Expires=Tue, 24 Nov 2026 13:00:00 GMT; HttpOnly\r\n"
        ),
        &format!("set-cookie: {SESSION}\r\n"),
        &format!("Set-Cookie: lb=node1; Path=/\r\nSet-Cookie: {SESSION}; SameSite=Strict\r\n"),
    ] {
        let server = Server::start([sign_in(opened(lines)), patch_with(SESSION, done(ID))]);
        run(&server).stdout(deactivated_row()).code(0);
        assert_eq!(server.connections(), 1);
    }
    // Its value may hold what its name ends with.
    let session = "influxdb-x=a=b==";
    let lines = format!("Set-Cookie: {session}; Path=/\r\n");
    let server = Server::start([sign_in(opened(&lines)), patch_with(session, done(ID))]);
    run(&server).stdout(deactivated_row()).code(0);
}

/// InfluxDB 2.0 calls its cookie `session`. A cookie of that name is the session only if none is called
/// after InfluxDB.
#[test]
fn a_cookie_called_session_is_that_of_influxdb_2_0() {
    let session = "session=6qq37pv-c00kie==";
    let lines = format!("Set-Cookie: lb_session=x\r\nSet-Cookie: {session}\r\n");
    let server = Server::start([sign_in(opened(&lines)), patch_with(session, done(ID))]);
    run(&server).stdout(deactivated_row()).code(0);
    let lines = format!("Set-Cookie: session=of-the-proxy\r\nSet-Cookie: {SESSION}\r\n");
    let server = Server::start([sign_in(opened(&lines)), patch_with(SESSION, done(ID))]);
    run(&server).stdout(deactivated_row()).code(0);
}

#[test]
fn a_password_that_has_to_be_changed_is_not_a_wrong_one() {
    let body = b"{\"code\":\"forbidden\",\"message\":\"password change required\"}";
    let reply = Reply::Send(answer("403 Forbidden", "application/json", body));
    let server = Server::start([sign_in(reply)]);
    run(&server)
        .stderr(format!(
            "{DOING}403 Forbidden: password change required\n\
             Hint: sign in to InfluxDB in a browser to set a new password, then store it with `influx config set`\n"
        ))
        .code(5);
}

/// The server lets a deactivated user sign in, and refuses the session.
#[test]
fn the_user_of_the_session_is_deactivated() {
    let lines = format!("Set-Cookie: {SESSION}\r\n");
    let body = b"{\"code\":\"forbidden\",\"message\":\"User is inactive\"}";
    let reply = Reply::Send(answer("403 Forbidden", "application/json", body));
    let server = Server::start([sign_in(opened(&lines)), patch_with(SESSION, reply)]);
    run(&server)
        .stderr(format!(
            "Error: failed to update status of authorization with ID \"{ID}\": 403 Forbidden: User is inactive; the user of the active config's cookie is deactivated\n\
             Hint: use a token of another user, or activate this user again\n"
        ))
        .code(5);
}

#[test]
fn one_session_serves_all_targets() {
    let lines = format!("Set-Cookie: {SESSION}\r\n");
    let server = Server::start([
        sign_in(opened(&lines)),
        patch_with(SESSION, done(ID)),
        patch_with(SESSION, done(ID)),
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
fn refused() {
    let body = b"{\"code\":\"unauthorized\",\"message\":\"unauthorized access\"}";
    let reply = Reply::Send(answer("401 Unauthorized", "application/json", body));
    let server = Server::start([sign_in(reply)]);
    let run = run(&server).run();
    let said = format!("{DOING}401 Unauthorized: unauthorized access\nHint: ");
    run.assert(run.stderr.starts_with(&said), &said);
    run.assert(run.code == 5, "exit code 5");
    // The hint is about a cookie: there is no token.
    run.assert(!run.stderr.contains("token"), "no talk of a token");
    run.assert(
        run.stderr.contains("cookie") && run.stderr.lines().count() == 2,
        "a hint at the cookie",
    );
}

#[test]
fn no_session_in_the_answer() {
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
                "{DOING}no session cookie that can be used in the response 204 No Content\n"
            ))
            .code(7);
    }
}

#[test]
fn nobody_there() {
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
            "{DOING}cannot reach http://127.0.0.1:1: Connection refused\n\
             Hint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n"
        ))
        .code(4);
}

#[test]
fn neither_password_nor_session_is_ever_shown() {
    let body = format!("{{\"message\":\"no hunter2-hunter2, {COOKIE} or c00kie-c00kie\"}}");
    let reply = Reply::Send(answer("403 Forbidden", "application/json", body.as_bytes()));
    let lines = format!("Set-Cookie: {SESSION}; Path=/\r\n");
    let server = Server::start([sign_in(opened(&lines)), patch_with(SESSION, reply)]);
    let run = run(&server).args(["--http-debug"]).run();
    for secret in ["hunter2", COOKIE, "c00kie"] {
        run.assert(!run.stderr.contains(secret), secret);
    }
    run.assert(run.code == 5, "exit code 5");
}
