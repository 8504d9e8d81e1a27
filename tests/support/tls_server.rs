//! Servers that speak TLS, or something else when the program expects TLS.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Server};
use crate::support::scripted::{Once, serve_once};
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

/// When the expired certificates of the tests expired, and when the one of the future becomes valid, in seconds
/// of Unix time.
pub const START_OF_2021: u64 = 1_609_459_200;
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

/// How a server speaks TLS.
pub struct Identity {
    /// The name of its certificate's file.
    pub name: &'static str,
    /// Whether it speaks TLS 1.2 instead of 1.3.
    pub old: bool,
    /// Whether it requires a client certificate that the tests' root has signed.
    pub wants_client: bool,
}

impl Identity {
    pub fn of(name: &'static str) -> Identity {
        Identity {
            name,
            old: false,
            wants_client: false,
        }
    }

    pub fn config(&self) -> Arc<ServerConfig> {
        let certificate = CertificateDer::from_pem_file(pem(self.name)).unwrap();
        let key = PrivateKeyDer::from_pem_file(pem(&format!("{}.key", self.name))).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = if self.old { [&TLS12] } else { [&TLS13] };
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(&versions)
            .unwrap();
        let builder = if self.wants_client {
            let mut roots = rustls::RootCertStore::empty();
            roots
                .add(CertificateDer::from_pem_file(pem("root")).unwrap())
                .unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        } else {
            builder.with_no_client_auth()
        };
        // The builder refuses certificates that clients would not accept.
        let key = rustls::crypto::ring::sign::any_supported_type(&key).unwrap();
        let pair = CertifiedKey::new(vec![certificate], key);
        Arc::new(builder.with_cert_resolver(Arc::new(SingleCertAndKey::from(pair))))
    }

    pub fn serve(&self, script: impl IntoIterator<Item = Exchange>) -> Server {
        Server::start_tls(self.config(), script)
    }
}

/// A run by ID over HTTPS. `host` is a name or an address for 127.0.0.1.
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

/// The message about a server that cannot be reached.
pub fn unreached(url: &str, cause: &str, hint: &str) -> String {
    format!(
        "Error: failed to update status of authorization with ID \"{ID}\": cannot reach {url}: {cause}\nHint: {hint}\n"
    )
}

pub const TRUST: &str = "--tls-ca or INFLUX_TLS_CA names a file with the certificate of the authority, or with that of the server; --skip-verify trusts any server";
pub const NAME: &str =
    "--host must be one of the names in the certificate; --skip-verify does not check it";

/// The exchange that deactivates [`ID`], with a client that uses the name `host` for the server.
pub fn deactivated_as(host: &str) -> Exchange {
    deactivated().called(host)
}

/// A server that serves one connection: it reads the first message, sends these bytes and closes the
/// connection. Returns its URL.
pub fn says(bytes: &[u8]) -> (String, Once<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let bytes = bytes.to_vec();
    let thread = serve_once(listener, move |mut stream| {
        let mut head = [0; 5];
        stream.read_exact(&mut head).unwrap();
        let mut hello = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
        stream.read_exact(&mut hello).unwrap();
        stream.write_all(&bytes).unwrap();
        // The client's answer is read as well, because a close with unread bytes is a reset.
        _ = stream.read_to_end(&mut Vec::new());
    });
    (format!("https://{address}"), thread)
}
