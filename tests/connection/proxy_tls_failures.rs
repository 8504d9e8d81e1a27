//! TLS handshakes that fail with the proxy, or with the server through the proxy.

use crate::scripted_proxy::{Proxy, connect, to};
use crate::support::expected_failures::not_updated;
use crate::support::proxy_runs::{NAME, PROXY_HINT, run, with_login};
use crate::tls_server::{Identity, expired, pem};

const RENEW: &str =
    "Hint: the server needs a new certificate; --skip-verify trusts the expired one\n";

#[test]
fn an_invalid_proxy_certificate_is_refused() {
    let expired = expired("proxy");
    let unknown = "the proxy's certificate is signed by a CA that is not trusted";
    let trust = "Hint: set --tls-ca or INFLUX_TLS_CA to a file with the certificate of the proxy or of its CA; --skip-verify trusts any server\n";
    let renew = RENEW.replace("the server", "the proxy");
    let other = "the proxy's certificate is not for 127.0.0.1: it is for influx.example, db.example, 192.0.2.1";
    for (shown, trusted, cause, hint) in [
        ("expired", "root", expired.as_str(), renew.as_str()),
        ("server", "other", unknown, trust),
        ("other-name", "root", other, PROXY_HINT),
    ] {
        let proxy = Proxy::start_tls(Identity::of(shown).config(), []);
        let url = proxy.url().replace("http:", "https:");
        let line = format!("cannot reach http://{NAME} through the proxy {url}: {cause}");
        let [(name, value)] = &with_login("https");
        run(&format!("http://{NAME}"), &proxy, &[(name, value)])
            .args(["--tls-ca", &pem(trusted)])
            .stderr(not_updated(&line) + hint)
            .code(4);
    }
}

#[test]
fn an_expired_server_certificate_is_refused_through_a_proxy() {
    let server = Identity::of("expired").serve([]);
    let proxy = Proxy::start([(connect(NAME), to(&server))]);
    let cause = format!(
        "cannot reach https://{NAME} through the proxy {}: {}",
        proxy.url(),
        expired("server")
    );
    run(
        &format!("https://{NAME}"),
        &proxy,
        &[("HTTPS_PROXY", "PROXY")],
    )
    .args(["--tls-ca", &pem("root")])
    .stderr(not_updated(&cause) + RENEW)
    .code(4);
}
