//! HTTPS: which servers are trusted, and what is said of those that are not.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};
use crate::server::{Exchange, Server};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::version::{TLS12, TLS13};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

/// The path of a file of `tests/tls`, which `.ci/certificates` makes.
pub fn pem(name: &str) -> String {
    format!("{}/tests/tls/{name}.pem", env!("CARGO_MANIFEST_DIR"))
}

/// How a server of the tests speaks TLS.
pub struct Identity {
    /// The name of its certificate.
    pub name: &'static str,
    /// TLS 1.2 in place of 1.3.
    pub old: bool,
    /// It wants a client certificate of the tests' root.
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
        Arc::new(builder.with_single_cert(vec![certificate], key).unwrap())
    }

    pub fn serve(&self, script: impl IntoIterator<Item = Exchange>) -> Server {
        Server::start_tls(self.config(), script)
    }
}

/// A run by ID over HTTPS against this host, which is 127.0.0.1 by one name or another.
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

/// The lines for a server that is not reached.
pub fn unreached(url: &str, cause: &str, hint: &str) -> String {
    format!(
        "Error: failed to update status of authorization with ID \"{ID}\": cannot reach {url}: {cause}\nHint: {hint}\n"
    )
}

pub const TRUST: &str = "--tls-ca or INFLUX_TLS_CA names the certificate to trust, that of the authority or the server's own; --skip-verify trusts any server";
pub const NAME: &str =
    "--host must be one of the names in the certificate; --skip-verify does not check it";

#[test]
fn a_certificate_of_the_given_root_is_trusted() {
    for old in [false, true] {
        let identity = Identity {
            old,
            ..Identity::of("server")
        };
        let server = identity.serve([deactivated(), deactivated()]);
        let run = || secure("127.0.0.1", &server).stdout(deactivated_row());
        run().args(["--tls-ca", &pem("root")]).code(0);
        run().env("INFLUX_TLS_CA", pem("root")).code(0);
    }
}

#[test]
fn a_kept_connection_serves_all() {
    let server = Identity::of("server").serve([deactivated(), deactivated()]);
    let rows = table(&[(ID, "telegraf", "inactive"), (ID, "telegraf", "inactive")]);
    secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root"), "--id", ID])
        .stdout(rows)
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn whom_nobody_vouches_for_is_refused() {
    let cause = "the server's certificate is signed by an authority that is not trusted here";
    for roots in [Some("other"), None] {
        let server = Identity::of("server").serve([]);
        let url = url("127.0.0.1", &server);
        let mut run = secure("127.0.0.1", &server);
        if let Some(roots) = roots {
            run = run.args(["--tls-ca", &pem(roots)]);
        }
        run.stderr(unreached(&url, cause, TRUST)).code(4);
    }
}

#[test]
fn dates_and_names_are_checked() {
    let clock = "is this machine's clock right? --skip-verify trusts the certificate all the same";
    let renew = "the server needs a new certificate; --skip-verify trusts it all the same";
    for (name, trusted, cause, hint) in [
        (
            "expired",
            "root",
            "the server's certificate expired on 2021-01-01",
            renew,
        ),
        (
            "future",
            "root",
            "the server's certificate is not valid before 2100-01-01",
            clock,
        ),
        (
            "other-name",
            "root",
            "the server's certificate is not for 127.0.0.1: it is for influx.example, db.example, 192.0.2.1",
            NAME,
        ),
        (
            "self-signed-expired",
            "self-signed-expired",
            "the server's certificate expired on 2021-01-01",
            renew,
        ),
        (
            "self-signed-other-name",
            "self-signed-other-name",
            "the server's certificate is not for 127.0.0.1: it is for influx.example",
            NAME,
        ),
        (
            "self-signed",
            "root",
            "the server's certificate is self-signed, and not among those that are trusted",
            TRUST,
        ),
    ] {
        let server = Identity::of(name).serve([]);
        let url = url("127.0.0.1", &server);
        secure("127.0.0.1", &server)
            .args(["--tls-ca", &pem(trusted)])
            .stderr(unreached(&url, cause, hint))
            .code(4);
    }
}

#[test]
fn a_certificate_of_the_bundle_itself_is_trusted() {
    // Marked as an authority or not, signed by itself or by someone unknown; by every name it has.
    for (shown, bundle) in [("self-signed", "self-signed"), ("server", "server")] {
        for host in ["127.0.0.1", "localhost"] {
            for old in [false, true] {
                let identity = Identity {
                    old,
                    ..Identity::of(shown)
                };
                let server = identity.serve([deactivated_as(host)]);
                secure(host, &server)
                    .args(["--tls-ca", &pem(bundle)])
                    .stdout(deactivated_row())
                    .code(0);
            }
        }
    }
}

/// The exchange that deactivates [`ID`], where the server is called `host`.
pub fn deactivated_as(host: &str) -> Exchange {
    deactivated().called(host)
}

#[test]
fn skip_verify_trusts_anyone() {
    for name in [
        "server",
        "expired",
        "future",
        "other-name",
        "self-signed",
        "self-signed-expired",
    ] {
        for old in [false, true] {
            let identity = Identity {
                old,
                ..Identity::of(name)
            };
            let server = identity.serve([deactivated(), deactivated()]);
            let run = || secure("127.0.0.1", &server).stdout(deactivated_row());
            run().args(["--skip-verify"]).code(0);
            // What is not needed is not read.
            run()
                .args(["--skip-verify", "--tls-ca", "/nowhere"])
                .code(0);
        }
    }
}

/// A server that takes one connection, reads what comes first, sends these bytes and closes.
/// Returns its URL.
fn says(bytes: &[u8]) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let bytes = bytes.to_vec();
    let thread = std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let mut head = [0; 5];
        stream.read_exact(&mut head).unwrap();
        let mut hello = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
        stream.read_exact(&mut hello).unwrap();
        stream.write_all(&bytes).unwrap();
        // What the client has to say about it is read too: a close with bytes unread is a reset.
        _ = stream.read_to_end(&mut Vec::new());
    });
    (format!("https://{address}"), thread)
}

#[test]
fn who_does_not_speak_tls_as_we_do() {
    let plain = "if the port speaks plain HTTP, --host must begin with http://";
    let old = "TLS 1.2 and 1.3 are spoken here: the server has to be brought up to date";
    let no_newer = "the server speaks no TLS newer than 1.1";
    // The head of a hello of TLS 1.1, then its random bytes, no session, a cipher suite.
    let mut hello = vec![22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
    hello.extend([7; 32]);
    hello.extend([0, 0xc0, 0x13, 0]);
    for (bytes, cause, hint) in [
        (
            &b"HTTP/1.1 400 Bad Request\r\n\r\n"[..],
            "the server does not speak TLS on this port",
            plain,
        ),
        (
            b"SSH-2.0-OpenSSH_9.2\r\n",
            "the server does not speak TLS on this port",
            plain,
        ),
        // An alert: fatal, protocol version.
        (&[21, 3, 1, 0, 2, 2, 70], no_newer, old),
        (&hello, no_newer, old),
    ] {
        let (url, thread) = says(bytes);
        Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &url])
            .stderr(unreached(&url, cause, hint))
            .code(4);
        thread.join().unwrap();
    }
}

#[test]
fn plain_http_on_a_tls_port() {
    let server = Identity::of("server").serve([]);
    let base = server.url();
    let stderr = format!(
        "Error: failed to update status of authorization with ID \"{ID}\": the answer of {base} cannot be used: it is TLS\n\
         Hint: the port speaks HTTPS: --host must begin with https://\n"
    );
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &base])
        .stderr(stderr)
        .code(7);
}
