//! Combinations of proxies, private CAs, pinned certificates, client certificates and host names.

use crate::fixtures::*;
use crate::harness::Test;
use crate::scripted_proxy::{Proxy, connect, to};
use crate::support::expected_failures::not_updated;
use crate::support::proxy_runs::{NAME, deactivated_through_proxy, run};
use crate::tls_server::*;

/// What makes a run trust a server: arguments or a variable.
enum Trust {
    Args(Vec<String>),
    Variable(&'static str, String),
}

impl Trust {
    fn apply(&self, test: Test) -> Test {
        match self {
            Trust::Args(args) => test.args(args.clone()),
            Trust::Variable(name, value) => test.env(*name, value),
        }
    }

    /// Everything that makes a run trust the server with this certificate.
    fn all_for(name: &str) -> Vec<Trust> {
        let pinned = name.starts_with("self-signed");
        let root = if pinned { pem(name) } else { pem("root") };
        let mut all = vec![
            Trust::Args(vec!["--tls-ca".into(), root.clone()]),
            Trust::Variable("INFLUX_TLS_CA", root.clone()),
            Trust::Args(vec!["--skip-verify".into()]),
        ];
        if !pinned {
            all.push(Trust::Variable("SSL_CERT_FILE", root));
        }
        all
    }
}

fn client_certificate() -> [String; 4] {
    let (certificate, key) = (pem("client"), pem("client.key"));
    ["--tls-cert".into(), certificate, "--tls-key".into(), key]
}

#[test]
fn a_proxy_works_with_every_tls_setting() {
    for name in ["other-name", "self-signed-other-name"] {
        for (tls12, requires_client_certificate) in [(false, false), (false, true), (true, true)] {
            for trust in Trust::all_for(name) {
                let identity = Identity {
                    name,
                    tls12,
                    requires_client_certificate,
                };
                let server = identity.serve([deactivated_through_proxy()]);
                let proxy = Proxy::start([(connect(NAME), to(&server))]);
                let variables = [("HTTPS_PROXY", "PROXY")];
                let test = trust.apply(run(&format!("https://{NAME}"), &proxy, &variables));
                let test = if requires_client_certificate {
                    test.args(client_certificate())
                } else {
                    test
                };
                test.stdout(deactivated_row()).code(0);
            }
        }
    }
}

#[test]
fn a_missing_client_certificate_is_reported_through_a_proxy() {
    let identity = Identity {
        tls12: true,
        requires_client_certificate: true,
        ..Identity::of("other-name")
    };
    let server = identity.serve([]);
    let proxy = Proxy::start([(connect(NAME), to(&server))]);
    let line = format!(
        "cannot reach https://{NAME} through the proxy {}: the server asked for a client certificate and then closed the connection",
        proxy.url()
    );
    let hint = "Hint: set a client certificate with --tls-cert and --tls-key, or INFLUX_TLS_CERT and INFLUX_TLS_KEY\n";
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
fn loopback_hosts_work_with_every_tls_setting() {
    for name in ["server", "self-signed"] {
        for host in ["localhost", "127.0.0.1"] {
            for trust in Trust::all_for(name) {
                for requires_client_certificate in [false, true] {
                    let identity = Identity {
                        requires_client_certificate,
                        ..Identity::of(name)
                    };
                    let server = identity.serve([deactivated_as(host)]);
                    // Loopback needs no proxy, so this invalid proxy is ignored.
                    let test = secure(host, &server).env("HTTPS_PROXY", "socks5://never");
                    let test = trust.apply(test);
                    let test = if requires_client_certificate {
                        test.args(client_certificate())
                    } else {
                        test
                    };
                    test.stdout(deactivated_row()).code(0);
                }
            }
        }
    }
}
