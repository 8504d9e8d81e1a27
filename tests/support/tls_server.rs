//! Servers that speak TLS, and servers that send other bytes when the program expects TLS.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Server};
use crate::support::scripted_listener::{Once, serve_once};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::version::{TLS12, TLS13};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::SystemTime;

/// The path of a file in `tests/support/tls`, which `.ci/certificates` creates.
pub fn pem(name: &str) -> String {
    format!(
        "{}/tests/support/tls/{name}.pem",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// When the expired certificates of the tests expired, in Unix time.
pub const START_OF_2021: u64 = 1_609_459_200;
/// When the certificate that is not yet valid becomes valid, in Unix time.
pub const START_OF_2100: u64 = 4_102_444_800;

/// Unix time in seconds.
pub fn now() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

pub fn days_between(earlier: u64, later: u64) -> u64 {
    (later - earlier) / 86_400
}

/// The message about the expired certificate of `whom`: the server or the proxy.
pub fn expired(whom: &str) -> String {
    let days = days_between(START_OF_2021, now());
    format!("the {whom}'s certificate expired {days} days ago")
}

/// The TLS settings of a server.
pub struct Identity {
    /// The name of its certificate's file.
    pub name: &'static str,
    /// Whether the server uses TLS 1.2 instead of 1.3.
    pub tls12: bool,
    /// Whether the server requires a client certificate from the tests' root CA.
    pub requires_client_certificate: bool,
}

impl Identity {
    pub fn of(name: &'static str) -> Identity {
        Identity {
            name,
            tls12: false,
            requires_client_certificate: false,
        }
    }

    pub fn config(&self) -> Arc<ServerConfig> {
        let certificate = CertificateDer::from_pem_file(pem(self.name)).unwrap();
        let key = PrivateKeyDer::from_pem_file(pem(&format!("{}.key", self.name))).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = if self.tls12 { [&TLS12] } else { [&TLS13] };
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(&versions)
            .unwrap();
        let builder = if self.requires_client_certificate {
            let mut roots = rustls::RootCertStore::empty();
            roots
                .add(CertificateDer::from_pem_file(pem("root")).unwrap())
                .unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        } else {
            builder.with_no_client_auth()
        };
        // The builder would refuse invalid certificates, which some tests need.
        let key = rustls::crypto::ring::sign::any_supported_type(&key).unwrap();
        let pair = CertifiedKey::new(vec![certificate], key);
        Arc::new(builder.with_cert_resolver(Arc::new(SingleCertAndKey::from(pair))))
    }

    pub fn serve(&self, script: impl IntoIterator<Item = Exchange>) -> Server {
        Server::start_tls(self.config(), script)
    }
}

/// A run that deactivates [`ID`] over HTTPS. `host` is a name or an address for 127.0.0.1.
pub fn secure(host: &str, server: &Server) -> Test {
    Test::new(["v1", "auth", "set-inactive", "--id", ID])
        .env("INFLUX_HOST", url(host, server))
        .env("INFLUX_TOKEN", TOKEN)
}

pub fn url(host: &str, server: &Server) -> String {
    server
        .url()
        .replace("http://127.0.0.1", &format!("https://{host}"))
}

/// The message if the server is unreachable.
pub fn cannot_reach(url: &str, cause: &str, hint: &str) -> String {
    format!(
        "Error: failed to update status of authorization with ID \"{ID}\": cannot reach {url}: {cause}\nHint: {hint}\n"
    )
}

pub const TRUST_HINT: &str = "set --tls-ca or INFLUX_TLS_CA to a file with the certificate of the server or of its CA; --skip-verify trusts any server";
pub const NAME_HINT: &str =
    "--host must be one of the names in the certificate; --skip-verify turns off this check";

/// The exchange that deactivates [`ID`] if the client uses the name `host` for the server.
pub fn deactivated_as(host: &str) -> Exchange {
    deactivated().with_host_name(host)
}

/// A server that reads the first message of one connection, sends these bytes and closes the
/// connection. Returns its URL and its thread.
pub fn server_sending(bytes: &[u8]) -> (String, Once<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let bytes = bytes.to_vec();
    let thread = serve_once(listener, move |mut stream| {
        let mut head = [0; 5];
        stream.read_exact(&mut head).unwrap();
        let mut hello = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
        stream.read_exact(&mut hello).unwrap();
        stream.write_all(&bytes).unwrap();
        // Closing with unread bytes would reset the connection, so this also reads the client's
        // response.
        _ = stream.read_to_end(&mut Vec::new());
    });
    (format!("https://{address}"), thread)
}
