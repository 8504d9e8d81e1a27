//! Proxies that are invalid, refuse the tunnel, send invalid responses, are slow or unreachable.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_proxy::{Proxy, Then, connect, connect_as, refuse, to, to_with};
use crate::scripted_server::{Reply, Server, exchange};
use crate::support::expected_failures::{TIMEOUT_HINT, not_updated};
use crate::support::proxy_runs::{
    BASIC, GIVEN, NAME, PROXY_HINT, USER, assert_no_secret, deactivated_through_proxy, run,
    with_login,
};
use std::time::{Duration, Instant};

const ALLOW: &str = "Hint: the proxy must allow CONNECT to this host and port; NO_PROXY lists hosts that need no proxy\n";
const LOGIN: &str = "Hint: put the username and password into the proxy URL, as in http://user:password@proxy:port\n";

/// Runs with credentials for a proxy that responds with `then`. The run must end with exit code 4 and
/// `cause`.
#[track_caller]
fn fails(then: Then, args: &[&str], cause: &str, hint: &str) {
    let proxy = Proxy::start([(connect_as(NAME, BASIC), then)]);
    let [(name, value)] = &with_login("http");
    let line = format!(
        "cannot reach http://{NAME} through the proxy {}: {cause}",
        proxy.url()
    );
    run(&format!("http://{NAME}"), &proxy, &[(name, value)])
        .args(args)
        .stderr(not_updated(&line) + hint)
        .code(4);
}

#[test]
fn an_invalid_proxy_variable_exits_with_2() {
    let socks = "SOCKS proxies are not supported";
    let scheme = "the scheme is neither http nor https";
    let port = "the port is not a number from 1 to 65535";
    let coded = "the username or password is not percent-encoded correctly";
    let name = "the host name has a character that is not allowed there (write an international name in its xn-- form)";
    for (value, said) in [
        ("socks5://u:hunter2@proxy:1080", socks),
        ("SOCKS5H://proxy", socks),
        ("socks4a://proxy", socks),
        ("ftp://u:hunter2@proxy", scheme),
        ("://proxy", scheme),
        ("http://", "the host name is missing"),
        ("http://u:hunter2@", "the host name is missing"),
        (":3128", "the host name is missing"),
        ("proxy:", port),
        ("proxy:0", port),
        ("proxy:65536", port),
        ("http://u:hunter2@proxy:3128x", port),
        ("http://u:hunter2/hunter3@proxy:3128", port),
        ("http://u:hunter2%@proxy:3128", coded),
        ("http://u:hunter2%zz@proxy:3128", coded),
        ("http://u%0a:hunter2@proxy:3128", coded),
        ("http://u:%ff@proxy:3128", coded),
        ("http://pröxy:3128", name),
        (
            "http://u:hunter2@[::1:3128",
            "the [ of the IPv6 address is not closed",
        ),
    ] {
        for (host, variable) in [
            ("http://influx.example", "HTTP_PROXY"),
            ("http://influx.example", "http_proxy"),
            ("https://influx.example", "HTTPS_PROXY"),
            ("https://influx.example", "https_proxy"),
            ("http://influx.example", "ALL_PROXY"),
            ("https://influx.example", "all_proxy"),
        ] {
            set_inactive(host)
                .args(["--id", ID])
                .env(variable, value)
                .stderr(format!(
                    "Error: {variable}: {said}\nHint: expected a URL such as http://proxy.example:3128; NO_PROXY lists hosts that need no proxy\n"
                ))
                .code(2);
        }
    }
}

#[test]
fn a_proxy_that_refuses_the_tunnel_exits_with_4() {
    for (status, hint) in [
        ("407 Proxy Authentication Required", LOGIN),
        ("403 Forbidden", ALLOW),
        ("405 Method Not Allowed", ALLOW),
        ("502 Bad Gateway", ALLOW),
        ("504 Gateway Timeout", ALLOW),
        ("302 Found", ALLOW),
        ("400 Bad Request", ALLOW),
    ] {
        fails(
            refuse(status),
            &[],
            &format!("the proxy responded with {status}"),
            hint,
        );
    }
    // The rest of the response is not shown, because it may contain the credentials.
    let echo = format!("403 {USER}\r\nX-Login: {GIVEN}\r\nX-Basic: {BASIC}");
    fails(
        refuse(&echo),
        &[],
        "the proxy responded with 403 Forbidden",
        ALLOW,
    );
}

#[test]
fn a_refusal_by_the_proxy_ends_the_run() {
    let proxy = Proxy::start([(connect(NAME), refuse("403 Forbidden"))]);
    let cause = format!(
        "cannot reach http://{NAME} through the proxy {}: the proxy responded with 403 Forbidden",
        proxy.url()
    );
    run(
        &format!("http://{NAME}"),
        &proxy,
        &[("HTTP_PROXY", "PROXY")],
    )
    .args(["--id", "00000000000d0008"])
    .stderr(not_updated(&(cause + "; the target after it was not tried")) + ALLOW)
    .code(4);
}

#[test]
fn a_response_that_is_not_from_a_proxy_exits_with_4() {
    let closed = "the proxy did not respond";
    fails(Then::Send(Vec::new()), &[], closed, PROXY_HINT);
    fails(
        Then::Send(b"HTTP/1.1 200 OK\r\nServer: s".to_vec()),
        &[],
        closed,
        PROXY_HINT,
    );
    let odd = |reason: &str| format!("its response is not valid HTTP ({reason})");
    for (bytes, reason) in [
        (
            &b"220 mail.example ESMTP\r\n"[..],
            "http parse fail: invalid HTTP version",
        ),
        (
            b"\x15\x03\x01\x00\x02\x02\x46",
            "http parse fail: invalid HTTP version",
        ),
        (
            b"HTTP/1.1 20x\r\n\r\n",
            "http parse fail: invalid response status",
        ),
    ] {
        fails(Then::Send(bytes.to_vec()), &[], &odd(reason), PROXY_HINT);
    }
}

#[test]
fn the_response_headers_of_a_proxy_are_limited() {
    let head = |version: &str, headers: usize, length: usize| {
        let header = format!("X-Long: {}\r\n", "x".repeat(length));
        format!("{version} 200 OK\r\n{}\r\n", header.repeat(headers))
    };
    for response in [
        head("HTTP/1.0", 0, 0),
        head("HTTP/1.1", 20, 10),
        head("HTTP/1.1", 3, 5000),
    ] {
        let server = Server::start([deactivated_through_proxy()]);
        let proxy = Proxy::start([(connect(NAME), to_with(&response, &server))]);
        run(
            &format!("http://{NAME}"),
            &proxy,
            &[("HTTP_PROXY", "PROXY")],
        )
        .stdout(deactivated_row())
        .code(0);
    }
    let many = "its response is not valid HTTP (http parse resulted in too many headers)";
    fails(
        Then::Send(head("HTTP/1.1", 21, 10).into()),
        &[],
        many,
        PROXY_HINT,
    );
    let large = Then::Send(head("HTTP/1.1", 1, 20_000).into());
    fails(large, &[], "the proxy did not respond", PROXY_HINT);
}

#[test]
fn a_slow_proxy_times_out() {
    let slow = b"HTTP/1.1 200 Connection established\r\n\r\n".to_vec();
    for then in [Then::Hang, Then::Drip(slow, Duration::from_millis(100))] {
        let proxy = Proxy::start([(connect(NAME), then)]);
        let cause = format!(
            "http://{NAME} was not reached through the proxy {} within 500ms",
            proxy.url()
        );
        let start = Instant::now();
        run(
            &format!("http://{NAME}"),
            &proxy,
            &[("HTTP_PROXY", "PROXY")],
        )
        .args(["--timeout", "500ms"])
        .stderr(not_updated(&cause) + TIMEOUT_HINT)
        .code(4);
        assert!(
            start.elapsed() < Duration::from_secs(2),
            "{:?}",
            start.elapsed()
        );
    }
}

#[test]
fn a_slow_server_times_out_through_a_proxy() {
    let request = patch(ID, "inactive").replace("HOST", NAME);
    let server = Server::start([exchange(request, Reply::Hang)]);
    let proxy = Proxy::start([(connect(NAME), to(&server))]);
    let cause = format!(
        "http://{NAME} did not send a complete response within 300ms; the request may have been carried out, and repeating it is safe"
    );
    run(
        &format!("http://{NAME}"),
        &proxy,
        &[("HTTP_PROXY", "PROXY")],
    )
    .args(["--timeout", "300ms"])
    .stderr(not_updated(&cause) + TIMEOUT_HINT)
    .code(4);
}

#[test]
fn an_unreachable_proxy_exits_with_4() {
    let variables = with_login("http");
    // This proxy has ended, so connections to its port are refused.
    let url = Proxy::start(None::<(String, Then)>).url();
    let at = variables[0]
        .1
        .replace("PROXY", url.trim_start_matches("http://"));
    let cause = format!("cannot reach http://{NAME} through the proxy {url}: Connection refused");
    set_inactive(&format!("http://{NAME}"))
        .args(["--id", ID])
        .env("HTTP_PROXY", at)
        .stderr(not_updated(&cause) + PROXY_HINT)
        .code(4);
    let run = set_inactive(&format!("http://{NAME}"))
        .args(["--id", ID, "--timeout", "3s"])
        .env(
            "HTTP_PROXY",
            variables[0].1.replace("PROXY", "proxy.invalid:3128"),
        )
        .run();
    let named = run
        .stderr
        .contains(" through the proxy http://proxy.invalid:3128");
    run.assert(run.code == 4 && named, "exit code 4 and the proxy's name");
    assert_no_secret(&run);
}
