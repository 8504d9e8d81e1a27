//! Servers that are reached without a proxy: loopback, and the entries of `NO_PROXY`.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_proxy::{Proxy, Then, connect, to};
use crate::scripted_server::Server;
use crate::support::proxy_runs::{INVALID_PROXY, NAME, deactivated_through_proxy, run};

#[test]
fn loopback_is_never_proxied() {
    for host in ["127.0.0.1", "localhost", "LOCALHOST.", "[::ffff:127.0.0.1]"] {
        let name = host.to_ascii_lowercase();
        let server = Server::start([deactivated().with_host_name(&name)]);
        set_inactive(&server.url().replace("127.0.0.1", host))
            .args(["--id", ID])
            .env("HTTP_PROXY", INVALID_PROXY)
            .env("ALL_PROXY", INVALID_PROXY)
            .stdout(deactivated_row())
            .code(0);
    }
}

/// 0.0.0.0 reaches this machine but is not a loopback address, so a proxy may be used for it.
#[test]
fn no_proxy_matches_addresses_and_networks() {
    for (name, list, direct) in [
        ("NO_PROXY", "0.0.0.0", true),
        ("no_proxy", "0.0.0.0", true),
        ("NO_PROXY", "*", true),
        ("NO_PROXY", "a, 0.0.0.0", true),
        ("NO_PROXY", "a,0.0.0.0 ,b", true),
        ("NO_PROXY", "0.0.0.0:PORT", true),
        ("NO_PROXY", "0.0.0.0:1", false),
        ("NO_PROXY", "0.0.0.0/8", true),
        ("NO_PROXY", "0.0.0.0/8:PORT", true),
        ("NO_PROXY", "10.0.0.0/8", false),
        ("NO_PROXY", "0.0.0.1, ::/0, 0", false),
        ("NO_PROXY", "", false),
    ] {
        println!("{name}={list}");
        let server = Server::start([deactivated().with_host_name("0.0.0.0")]);
        let host = server.host().replace("127.0.0.1", "0.0.0.0");
        let port = host.rsplit(':').next().unwrap();
        let tunnel = (connect(&host), to(&server));
        let proxy = Proxy::start((!direct).then_some(tunnel));
        run(
            &format!("http://{host}"),
            &proxy,
            &[("HTTP_PROXY", "PROXY")],
        )
        .env(name, list.replace("PORT", port))
        .stdout(deactivated_row())
        .code(0);
    }
}

/// If the name matches, the invalid proxy is ignored and the host name is not found.
#[test]
fn no_proxy_matches_host_names() {
    for (list, direct) in [
        ("influx.invalid", true),
        ("influx.invalid:8086", true),
        ("influx.invalid:8087", false),
        (".invalid", true),
        ("invalid", true),
        ("a, *.invalid", true),
        ("INFLUX.invalid.", true),
        ("*", true),
        ("x.influx.invalid", false),
        ("lux.invalid", false),
        ("0.0.0.0/0", false),
    ] {
        println!("{list}");
        let run = set_inactive("http://influx.invalid:8086")
            .args(["--id", ID, "--timeout", "200ms"])
            .env("HTTP_PROXY", INVALID_PROXY)
            .env("NO_PROXY", list)
            .run();
        let refused = run.stderr.starts_with("Error: HTTP_PROXY: ");
        match direct {
            true => run.assert(run.code == 4 && !refused, "an attempt without a proxy"),
            false => run.assert(run.code == 2 && refused, "the proxy's error"),
        }
    }
}

#[test]
fn lower_case_no_proxy_takes_precedence() {
    let server = Server::start([deactivated_through_proxy()]);
    let proxy = Proxy::start([(connect(NAME), to(&server))]);
    let variables = [
        ("HTTP_PROXY", "PROXY"),
        ("NO_PROXY", "*"),
        ("no_proxy", "nowhere.example"),
    ];
    run(&format!("http://{NAME}"), &proxy, &variables)
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn the_proxy_is_not_contacted_for_loopback() {
    let server = Server::start([deactivated()]);
    let proxy = Proxy::start(None::<(String, Then)>);
    run(
        &server.url(),
        &proxy,
        &[("ALL_PROXY", "PROXY"), ("HTTP_PROXY", "PROXY")],
    )
    .stdout(deactivated_row())
    .code(0);
}
