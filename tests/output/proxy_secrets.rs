//! The password of a proxy is not in messages, even if the server or the proxy echoes it.

use crate::fixtures::*;
use crate::scripted_proxy::{Proxy, connect_as, to};
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::proxy_runs::{BASIC, GIVEN, PASSWORD, assert_no_secret, with_login};
use crate::support::proxy_runs::{NAME, deactivated_through_proxy, run};

#[test]
fn the_proxy_password_is_never_printed() {
    let echo = format!("{PASSWORD} {GIVEN}");
    let message = format!("{{\"code\":\"invalid\",\"message\":\"{echo}\"}}");
    let plain = http_response("500 Internal Server Error", "text/plain", echo.as_bytes());
    for (reply, code) in [
        (json("403 Forbidden", &message), 5),
        (Reply::Send(plain), 7),
        (json("200 OK", &echo), 7),
    ] {
        let request = patch(ID, "inactive").replace("HOST", NAME);
        let server = Server::start([exchange(request, reply)]);
        let proxy = Proxy::start([(connect_as(NAME, BASIC), to(&server))]);
        let [(name, value)] = &with_login("http");
        let run = run(&format!("http://{NAME}"), &proxy, &[(name, value)])
            .args(["--http-debug"])
            .run();
        run.assert(run.code == code, &format!("exit code {code}"));
        assert_no_secret(&run);
    }
}

/// The username of an authorization may equal the username or password of the proxy.
#[test]
fn results_are_not_redacted_if_they_contain_the_proxy_password() {
    let server = Server::start([deactivated_through_proxy()]);
    let proxy = Proxy::start([(connect_as(NAME, "dGVsZWdyYWY6dGVsZWdyYWY="), to(&server))]);
    let variables = [("HTTP_PROXY", "telegraf:telegraf@PROXY")];
    run(&format!("http://{NAME}"), &proxy, &variables)
        .stdout(deactivated_row())
        .code(0);
}
