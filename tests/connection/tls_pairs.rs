//! Ways to a server that meet: a proxy, a private CA, a pinned certificate, a client certificate,
//! names and addresses.

use crate::fixtures::*;
use crate::harness::Test;
use crate::scripted_proxy::{Proxy, connect, to};
use crate::support::expected_failures::not_updated;
use crate::support::through_proxy::{NAME, deactivated_there, run};
use crate::tls_server::*;

/// A way to make a run trust a server: arguments, or a variable.
enum Way {
    Args(Vec<String>),
    Variable(&'static str, String),
}

impl Way {
    fn give(&self, test: Test) -> Test {
        match self {
            Way::Args(args) => test.args(args.clone()),
            Way::Variable(name, value) => test.env(*name, value),
        }
    }

    /// All that there are for a server whose certificate has this name.
    fn all(name: &str) -> Vec<Way> {
        let pinned = name.starts_with("self-signed");
        let root = if pinned { pem(name) } else { pem("root") };
        let mut ways = vec![
            Way::Args(vec!["--tls-ca".into(), root.clone()]),
            Way::Variable("INFLUX_TLS_CA", root.clone()),
            Way::Args(vec!["--skip-verify".into()]),
        ];
        if !pinned {
            ways.push(Way::Variable("SSL_CERT_FILE", root));
        }
        ways
    }
}

fn client() -> [String; 4] {
    let (certificate, key) = (pem("client"), pem("client.key"));
    ["--tls-cert".into(), certificate, "--tls-key".into(), key]
}

#[test]
fn a_proxy_and_everything_that_tls_has() {
    for name in ["other-name", "self-signed-other-name"] {
        for (old, wants_client) in [(false, false), (false, true), (true, true)] {
            for way in Way::all(name) {
                let identity = Identity {
                    name,
                    old,
                    wants_client,
                };
                let server = identity.serve([deactivated_there()]);
                let proxy = Proxy::start([(connect(NAME), to(&server))]);
                let variables = [("HTTPS_PROXY", "PROXY")];
                let test = way.give(run(&format!("https://{NAME}"), &proxy, &variables));
                let test = if wants_client {
                    test.args(client())
                } else {
                    test
                };
                test.stdout(deactivated_row()).code(0);
            }
        }
    }
}

#[test]
fn a_server_behind_a_proxy_that_wants_a_client_certificate() {
    let identity = Identity {
        old: true,
        wants_client: true,
        ..Identity::of("other-name")
    };
    let server = identity.serve([]);
    let proxy = Proxy::start([(connect(NAME), to(&server))]);
    let line = format!(
        "cannot reach https://{NAME} through the proxy {}: the server asked for a client certificate, and closed the connection without one",
        proxy.url()
    );
    let hint = "Hint: --tls-cert and --tls-key, or INFLUX_TLS_CERT and INFLUX_TLS_KEY, give a client certificate\n";
    run(
        &format!("https://{NAME}"),
        &proxy,
        &[("HTTPS_PROXY", "PROXY")],
    )
    .args(["--tls-ca", &pem("root")])
    .stderr(not_updated(&line) + hint)
    .code(4);
}

#[test]
fn names_of_loopback_and_everything_that_tls_has() {
    for name in ["server", "self-signed"] {
        for host in ["localhost", "127.0.0.1"] {
            for way in Way::all(name) {
                for wants_client in [false, true] {
                    let identity = Identity {
                        wants_client,
                        ..Identity::of(name)
                    };
                    let server = identity.serve([deactivated_as(host)]);
                    // Loopback goes through no proxy, so that this one is not even looked at.
                    let test = secure(host, &server).env("HTTPS_PROXY", "socks5://never");
                    let test = way.give(test);
                    let test = if wants_client {
                        test.args(client())
                    } else {
                        test
                    };
                    test.stdout(deactivated_row()).code(0);
                }
            }
        }
    }
}
