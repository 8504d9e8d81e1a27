//! HTTPS: which servers are trusted.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};
use crate::server::{Exchange, Server};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;

/// The path of a file of `tests/tls`, which `.ci/certificates` makes.
pub fn pem(name: &str) -> String {
    format!("{}/tests/tls/{name}.pem", env!("CARGO_MANIFEST_DIR"))
}

/// A server that shows the certificate of that name.
pub fn identity(name: &str) -> Arc<ServerConfig> {
    let certificate = CertificateDer::from_pem_file(pem(name)).unwrap();
    let key = PrivateKeyDer::from_pem_file(pem(&format!("{name}.key"))).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    Arc::new(config)
}

fn serve(name: &str, script: impl IntoIterator<Item = Exchange>) -> Server {
    Server::start_tls(identity(name), script)
}

/// A run by ID against `https://localhost`.
fn secure(server: &Server) -> Test {
    let port = server.host().split(':').nth(1).unwrap().to_string();
    Test::new(["v1", "auth", "set-inactive", "--id", ID])
        .env("INFLUX_HOST", format!("https://127.0.0.1:{port}"))
        .env("INFLUX_TOKEN", TOKEN)
}

#[test]
fn a_certificate_of_the_given_root_is_trusted() {
    let server = serve("server", [deactivated(), deactivated()]);
    secure(&server)
        .args(["--tls-ca", &pem("root")])
        .stdout(deactivated_row())
        .code(0);
    secure(&server)
        .env("INFLUX_TLS_CA", pem("root"))
        .stdout(deactivated_row())
        .code(0);
}
