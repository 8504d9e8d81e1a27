//! Which proxy is used for a server, and what the program sends to it.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_proxy::{Proxy, connect, connect_as, to};
use crate::scripted_server::{Server, exchange};
use crate::support::proxy_runs::{INVALID_PROXY, NAME, deactivated_through_proxy, run};
use crate::tls_server::{Identity, pem};

/// With these variables, `http://influx.example:8086` is reached through the proxy, which receives
/// these credentials.
#[track_caller]
fn proxied(variables: &[(&str, &str)], basic: &str) {
    let server = Server::start([deactivated_through_proxy()]);
    let proxy = Proxy::start([(connect_as(NAME, basic), to(&server))]);
    run(&format!("http://{NAME}"), &proxy, variables)
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn proxy_variables_for_http_in_order_of_precedence() {
    for variables in [
        &[("HTTP_PROXY", "http://PROXY")][..],
        &[("http_proxy", "http://PROXY")],
        &[("ALL_PROXY", "http://PROXY")],
        &[("all_proxy", "http://PROXY")],
        &[
            ("HTTP_PROXY", "http://PROXY"),
            ("HTTPS_PROXY", INVALID_PROXY),
            ("https_proxy", INVALID_PROXY),
        ],
        &[
            ("HTTP_PROXY", "http://PROXY"),
            ("ALL_PROXY", INVALID_PROXY),
            ("all_proxy", INVALID_PROXY),
        ],
        &[
            ("http_proxy", "http://PROXY"),
            ("HTTP_PROXY", INVALID_PROXY),
        ],
        &[("all_proxy", "http://PROXY"), ("ALL_PROXY", INVALID_PROXY)],
        &[("http_proxy", ""), ("HTTP_PROXY", "http://PROXY")],
        &[("HTTP_PROXY", ""), ("ALL_PROXY", "http://PROXY")],
        // In a CGI program, HTTP_PROXY is the request's `Proxy` header, so it is ignored.
        &[
            ("REQUEST_METHOD", "GET"),
            ("HTTP_PROXY", INVALID_PROXY),
            ("ALL_PROXY", "http://PROXY"),
        ],
        &[
            ("REQUEST_METHOD", "GET"),
            ("HTTP_PROXY", INVALID_PROXY),
            ("http_proxy", "http://PROXY"),
        ],
        &[("HTTP_PROXY", "PROXY")],
        &[("HTTP_PROXY", "HTTP://PROXY/")],
        &[("HTTP_PROXY", " http://PROXY ")],
    ] {
        println!("{variables:?}");
        proxied(variables, "");
    }
}

#[test]
fn proxy_variables_for_https_in_order_of_precedence() {
    for variables in [
        &[("HTTPS_PROXY", "http://PROXY")][..],
        &[
            ("https_proxy", "http://PROXY"),
            ("HTTPS_PROXY", INVALID_PROXY),
        ],
        &[
            ("HTTPS_PROXY", "PROXY"),
            ("HTTP_PROXY", INVALID_PROXY),
            ("http_proxy", INVALID_PROXY),
        ],
        &[
            ("HTTPS_PROXY", "PROXY"),
            ("ALL_PROXY", INVALID_PROXY),
            ("all_proxy", INVALID_PROXY),
        ],
        &[("ALL_PROXY", "PROXY"), ("HTTP_PROXY", INVALID_PROXY)],
        &[("REQUEST_METHOD", "GET"), ("HTTPS_PROXY", "PROXY")],
    ] {
        println!("{variables:?}");
        let server = Identity::of("other-name")
            .serve([deactivated_through_proxy(), deactivated_through_proxy()]);
        let proxy = Proxy::start([(connect(NAME), to(&server)), (connect(NAME), to(&server))]);
        let run = || run(&format!("https://{NAME}"), &proxy, variables).stdout(deactivated_row());
        run().args(["--tls-ca", &pem("root")]).code(0);
        run().args(["--skip-verify"]).code(0);
    }
}

#[test]
fn a_proxy_may_be_given_by_host_name() {
    let server = Server::start([deactivated_through_proxy()]);
    let proxy = Proxy::start([(connect(NAME), to(&server))]);
    let url = proxy.url().replace("127.0.0.1", "localhost");
    run(&format!("http://{NAME}"), &proxy, &[("HTTP_PROXY", &url)])
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn proxy_credentials_are_percent_decoded_and_sent() {
    for (login, basic) in [
        ("u:p%40ss", "dTpwQHNz"),
        ("u", "dTo="),
        ("u:", "dTo="),
        (":p", "OnA="),
        ("d%5Cu:a+b:c%3A", "ZFx1OmErYjpjOg=="),
        ("u@corp:p@ss", "dUBjb3JwOnBAc3M="),
        ("%C3%A4:%25", "w6Q6JQ=="),
    ] {
        println!("{login}");
        proxied(&[("HTTP_PROXY", &format!("http://{login}@PROXY"))], basic);
    }
    proxied(&[("HTTP_PROXY", "u:p%40ss@PROXY")], "dTpwQHNz");
}

#[test]
fn connect_names_the_host_and_port_of_the_url() {
    for (host, target) in [
        ("http://influx.example", "influx.example:80"),
        ("http://INFLUX.example:8086/prefix/", NAME),
        ("http://influx.example.:8086", "influx.example.:8086"),
        ("http://192.0.2.1:8086", "192.0.2.1:8086"),
        ("http://[2001:db8::1]:8086", "[2001:db8::1]:8086"),
    ] {
        println!("{host}");
        let prefix = if host.contains("prefix") {
            "/prefix"
        } else {
            ""
        };
        let request = patch(ID, "inactive")
            .replace("HOST", target.trim_end_matches(":80"))
            .replace("/private", &format!("{prefix}/private"));
        let server = Server::start([exchange(request, deactivated_reply(ID))]);
        let proxy = Proxy::start([(connect(target), to(&server))]);
        run(host, &proxy, &[("HTTP_PROXY", "PROXY")])
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn one_tunnel_is_used_for_all_requests() {
    let by_name = |request: String| request.replace("HOST", NAME);
    let list = listed(&[authorization(ID, "telegraf", "active")]);
    let server = Server::start([
        exchange(
            by_name(get("telegraf")),
            crate::scripted_server::json("200 OK", &list),
        ),
        deactivated_through_proxy(),
        exchange(
            by_name(get("telegraf")),
            crate::scripted_server::json("200 OK", &list),
        ),
        deactivated_through_proxy(),
    ]);
    let proxy = Proxy::start([(connect(NAME), to(&server))]);
    set_inactive(&format!("http://{NAME}"))
        .env("HTTP_PROXY", proxy.url())
        .args(["--username", "telegraf", "--username", "telegraf"])
        .stdout(table(&[
            (ID, "telegraf", "inactive"),
            (ID, "telegraf", "inactive"),
        ]))
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn reopens_a_closed_tunnel() {
    let crate::scripted_server::Reply::Send(bytes) = deactivated_reply(ID) else {
        panic!("deactivated_reply() sends a response");
    };
    let request = patch(ID, "inactive").replace("HOST", NAME);
    let last = exchange(request, crate::scripted_server::Reply::SendAndClose(bytes));
    let server = Server::start([last, deactivated_through_proxy()]);
    let proxy = Proxy::start([(connect(NAME), to(&server)), (connect(NAME), to(&server))]);
    run(
        &format!("http://{NAME}"),
        &proxy,
        &[("HTTP_PROXY", "PROXY")],
    )
    .args(["--id", ID])
    .stdout(table(&[
        (ID, "telegraf", "inactive"),
        (ID, "telegraf", "inactive"),
    ]))
    .code(0);
}

#[test]
fn an_https_proxy_is_reached_over_tls() {
    let variables = [("ALL_PROXY", "https://u:p%40ss@PROXY")];
    for tls12 in [false, true] {
        let identity = |name| Identity {
            tls12,
            ..Identity::of(name)
        };
        let server = Server::start([deactivated_through_proxy()]);
        let there = (connect_as(NAME, "dTpwQHNz"), to(&server));
        let proxy = Proxy::start_tls(identity("server").config(), [there]);
        run(&format!("http://{NAME}"), &proxy, &variables)
            .args(["--tls-ca", &pem("root")])
            .stdout(deactivated_row())
            .code(0);
        drop((proxy, server));

        // TLS within TLS.
        let server = identity("other-name").serve([deactivated_through_proxy()]);
        let there = (connect_as(NAME, "dTpwQHNz"), to(&server));
        let proxy = Proxy::start_tls(identity("server").config(), [there]);
        run(&format!("https://{NAME}"), &proxy, &variables)
            .args(["--tls-ca", &pem("root")])
            .stdout(deactivated_row())
            .code(0);
    }
}
