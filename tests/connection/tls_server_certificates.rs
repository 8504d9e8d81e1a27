//! HTTPS: which servers are trusted, and the errors about those that are not.

use crate::fixtures::*;
use crate::harness::Test;
use crate::support::scripted_listener::serve_once;
use crate::tls_server::*;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

#[test]
fn a_certificate_signed_by_the_given_ca_is_trusted() {
    for tls12 in [false, true] {
        let identity = Identity {
            tls12,
            ..Identity::of("server")
        };
        let server = identity.serve([deactivated(), deactivated()]);
        let run = || secure("127.0.0.1", &server).stdout(deactivated_row());
        run().args(["--tls-ca", &pem("root")]).code(0);
        run().env("INFLUX_TLS_CA", pem("root")).code(0);
    }
}

#[test]
fn one_connection_is_used_for_all_requests() {
    let server = Identity::of("server").serve([deactivated(), deactivated()]);
    let rows = table(&[(ID, "telegraf", "inactive"), (ID, "telegraf", "inactive")]);
    secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root"), "--id", ID])
        .stdout(rows)
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn an_untrusted_certificate_is_refused() {
    let cause = "the server's certificate is signed by a CA that is not trusted";
    for roots in [Some("other"), None] {
        let server = Identity::of("server").serve([]);
        let url = url("127.0.0.1", &server);
        let mut run = secure("127.0.0.1", &server);
        if let Some(roots) = roots {
            run = run.args(["--tls-ca", &pem(roots)]);
        }
        run.stderr(cannot_reach(&url, cause, TRUST_HINT)).code(4);
    }
}

#[test]
fn invalid_certificates_are_refused_with_a_reason() {
    let clock = "is this machine's clock right? --skip-verify trusts the certificate anyway";
    let renew = "the server needs a new certificate; --skip-verify trusts the expired one";
    let future = format!(
        "the server's certificate is not valid yet; it becomes valid in {} days",
        days_between(now(), START_OF_2100)
    );
    let expired = expired("server");
    for (name, trusted, cause, hint) in [
        ("expired", "root", expired.as_str(), renew),
        ("future", "root", future.as_str(), clock),
        (
            "critical",
            "root",
            "the server's certificate cannot be used (UnsupportedCriticalExtension)",
            TRUST_HINT,
        ),
        (
            "other-name",
            "root",
            "the server's certificate is not for 127.0.0.1: it is for influx.example, db.example, 192.0.2.1",
            NAME_HINT,
        ),
        (
            "self-signed-expired",
            "self-signed-expired",
            expired.as_str(),
            renew,
        ),
        (
            "self-signed-other-name",
            "self-signed-other-name",
            "the server's certificate is not for 127.0.0.1: it is for influx.example",
            NAME_HINT,
        ),
        (
            "self-signed-unnamed",
            "self-signed-unnamed",
            "the server's certificate is not for 127.0.0.1: it has no subjectAltName, and therefore no host name",
            "the server needs a certificate with a subjectAltName; --skip-verify turns off this check",
        ),
        (
            "self-signed",
            "root",
            "the server's certificate is self-signed and not trusted",
            TRUST_HINT,
        ),
    ] {
        let server = Identity::of(name).serve([]);
        let url = url("127.0.0.1", &server);
        secure("127.0.0.1", &server)
            .args(["--tls-ca", &pem(trusted)])
            .stderr(cannot_reach(&url, cause, hint))
            .code(4);
    }
}

/// Such a certificate has no host names, so trusting it would not help.
#[test]
fn an_x509_version_1_certificate_is_refused() {
    let cause = "the server's certificate uses X.509 version 1, which has no host names";
    let hint = "the server needs a certificate of version 3 with a subjectAltName; --skip-verify turns off this check";
    for (variable, trusted) in [
        ("INFLUX_TLS_CA", "version-1"),
        ("SSL_CERT_FILE", "version-1"),
        ("INFLUX_TLS_CA", "root"),
    ] {
        let server = Identity::of("version-1").serve([]);
        let url = url("127.0.0.1", &server);
        secure("127.0.0.1", &server)
            .env(variable, pem(trusted))
            .stderr(cannot_reach(&url, cause, hint))
            .code(4);
    }
    let server = Identity::of("version-1").serve([deactivated()]);
    secure("127.0.0.1", &server)
        .args(["--skip-verify"])
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn a_server_certificate_in_the_bundle_is_trusted() {
    // A self-signed CA certificate and one from an unknown CA, each by all of its names.
    for (shown, bundle) in [("self-signed", "self-signed"), ("server", "server")] {
        for host in ["127.0.0.1", "localhost"] {
            for tls12 in [false, true] {
                let identity = Identity {
                    tls12,
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

#[test]
fn skip_verify_trusts_any_server() {
    for name in [
        "server",
        "expired",
        "future",
        "other-name",
        "self-signed",
        "self-signed-expired",
    ] {
        for tls12 in [false, true] {
            let identity = Identity {
                tls12,
                ..Identity::of(name)
            };
            let server = identity.serve([deactivated(), deactivated()]);
            let run = || secure("127.0.0.1", &server).stdout(deactivated_row());
            run().args(["--skip-verify"]).code(0);
            // The CA file is not needed and not read.
            run()
                .args(["--skip-verify", "--tls-ca", "/nowhere"])
                .code(0);
        }
    }
}

#[test]
fn a_server_that_does_not_speak_tls_1_2_or_1_3_exits_with_4() {
    let plain = "if the port speaks plain HTTP, --host must begin with http://";
    let old = "older versions are not supported; the server has to be upgraded";
    let no_newer = "the server does not support TLS 1.2 or 1.3";
    // A ServerHello of TLS 1.1: its header, random bytes, no session ID and a cipher suite.
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
        let (url, thread) = server_sending(bytes);
        Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &url])
            .stderr(cannot_reach(&url, cause, hint))
            .code(4);
        thread.join().unwrap();
    }
}

#[test]
fn plain_http_to_a_tls_port_exits_with_7_and_a_hint() {
    let server = Identity::of("server").serve([]);
    let base = server.url();
    let stderr = format!(
        "Error: failed to update status of authorization with ID \"{ID}\": the response from {base} cannot be used: it is TLS, not HTTP
\
         Hint: this port expects HTTPS, so --host must begin with https://\n"
    );
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &base])
        .stderr(stderr)
        .code(7);
}

#[test]
fn a_slow_handshake_times_out() {
    // The server is silent after the ClientHello, or sends a record byte by byte.
    for (length, pace) in [(0, 0), (100, 20)] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let thread = serve_once(listener, move |mut stream| {
            let record = [&[22, 3, 3, 1, 0][..], &vec![2; length]].concat();
            for byte in record.iter().take(length) {
                if stream.write_all(&[*byte]).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(pace));
            }
            _ = stream.read_to_end(&mut Vec::new());
        });
        let cause = format!("{url} was not reached within 300ms");
        let start = Instant::now();
        Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &url])
            .args(["--timeout", "300ms"])
            .stderr(format!(
                "Error: failed to update status of authorization with ID \"{ID}\": {cause}\n\
                 Hint: --timeout or INFLUX_TIMEOUT sets the limit, and 0 means no limit\n"
            ))
            .code(4);
        assert!(start.elapsed() < Duration::from_millis(1500));
        thread.join().unwrap();
    }
}
