//! The credentials of a proxy stay off both streams, also where the server or the proxy echoes them.

use crate::connect_proxy::{Proxy, connect_as, to};
use crate::connection::proxy::{NAME, deactivated_there, run};
use crate::fixtures::*;
use crate::harness::Run;
use crate::server::{Reply, Server, answer, exchange, json};

/// A login for the proxy, and its forms that nothing may show.
pub const USER: &str = "svc-proxy@corp";
pub const PASSWORD: &str = "hunter2/hunter3";
pub const GIVEN: &str = "svc-proxy%40corp:hunter2%2Fhunter3";
pub const BASIC: &str = "c3ZjLXByb3h5QGNvcnA6aHVudGVyMi9odW50ZXIz";

#[track_caller]
pub fn assert_no_secret(run: &Run) {
    for part in [
        "svc-proxy",
        "hunter2",
        "hunter3",
        &BASIC[..12],
        &BASIC[24..],
    ] {
        let shown = run.stdout.contains(part) || run.stderr.contains(part);
        run.assert(!shown, &format!("nothing of {part}"));
    }
}

/// The variable of a proxy with credentials.
pub fn with_login(scheme: &str) -> [(&'static str, String); 1] {
    [("ALL_PROXY", format!("{scheme}://{GIVEN}@PROXY"))]
}

#[test]
fn no_output_shows_the_credentials() {
    let echo = format!(
        "{USER} {PASSWORD} {GIVEN} Proxy-Authorization: Basic {BASIC} hunter2%2fhunter3 hunter2\\/hunter3"
    );
    let message = format!("{{\"code\":\"invalid\",\"message\":\"{echo}\"}}");
    let plain = answer("500 Internal Server Error", "text/plain", echo.as_bytes());
    let described =
        authorization(ID, "telegraf", "inactive").replace("a test", &echo.replace(USER, ""));
    for (reply, code) in [
        (json("403 Forbidden", &message), 5),
        (Reply::SendAndClose(plain[..plain.len() - 20].to_vec()), 7),
        (Reply::Send(plain.clone()), 7),
        (json("200 OK", &echo), 7),
        (json("200 OK", &described), 0),
    ] {
        let request = patch(ID, "inactive").replace("HOST", NAME);
        let server = Server::start([exchange(request, reply)]);
        let proxy = Proxy::start([(connect_as(NAME, BASIC), to(&server))]);
        let [(name, value)] = &with_login("http");
        let run = run(&format!("http://{NAME}"), &proxy, &[(name, value)])
            .args(["--http-debug"])
            .run();
        run.assert(run.code == code, &format!("code {code}"));
        run.assert(
            !run.stderr
                .to_ascii_lowercase()
                .contains("> proxy-authorization"),
            "no such header",
        );
        assert_no_secret(&run);
    }
}

/// The user's name is a word that the server may know too: in a result it is no secret.
#[test]
fn a_result_keeps_a_name_that_the_proxy_knows_too() {
    let server = Server::start([deactivated_there()]);
    let proxy = Proxy::start([(connect_as(NAME, "dGVsZWdyYWY6cHB3"), to(&server))]);
    let variables = [("HTTP_PROXY", "telegraf:ppw@PROXY")];
    run(&format!("http://{NAME}"), &proxy, &variables)
        .stdout(deactivated_row())
        .code(0);
}
