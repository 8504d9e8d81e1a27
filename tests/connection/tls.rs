//! HTTPS: which servers are trusted, and what is said of those that are not.

use crate::fixtures::*;
use crate::harness::Test;
use crate::support::scripted::serve_once;
use crate::tls_server::*;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

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
    let cause = "the server's certificate is signed by an authority that is not trusted";
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
    let clock = "is this machine's clock right? --skip-verify trusts the certificate anyway";
    let renew = "the server needs a new certificate; --skip-verify trusts it anyway";
    let future = format!(
        "the server's certificate is not valid for another {} days",
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
            TRUST,
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
            expired.as_str(),
            renew,
        ),
        (
            "self-signed-other-name",
            "self-signed-other-name",
            "the server's certificate is not for 127.0.0.1: it is for influx.example",
            NAME,
        ),
        (
            "self-signed-unnamed",
            "self-signed-unnamed",
            "the server's certificate is not for 127.0.0.1: it has no subjectAltName, and so no host name at all",
            "the server needs a certificate with a subjectAltName; --skip-verify does not check it",
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

/// It has no host names, so trusting it would not help.
#[test]
fn a_certificate_of_x509_version_1_is_refused_as_such() {
    let cause = "the server's certificate is of X.509 version 1, which has no host names";
    let hint = "the server needs a certificate of version 3 with a subjectAltName; --skip-verify does not check it";
    for (variable, trusted) in [
        ("INFLUX_TLS_CA", "version-1"),
        ("SSL_CERT_FILE", "version-1"),
        ("INFLUX_TLS_CA", "root"),
    ] {
        let server = Identity::of("version-1").serve([]);
        let url = url("127.0.0.1", &server);
        secure("127.0.0.1", &server)
            .env(variable, pem(trusted))
            .stderr(unreached(&url, cause, hint))
            .code(4);
    }
    let server = Identity::of("version-1").serve([deactivated()]);
    secure("127.0.0.1", &server)
        .args(["--skip-verify"])
        .stdout(deactivated_row())
        .code(0);
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

#[test]
fn who_does_not_speak_tls_as_we_do() {
    let plain = "if the port speaks plain HTTP, --host must begin with http://";
    let old = "no older version is supported here: the server has to be upgraded";
    let no_newer = "the server does not support TLS 1.2 or 1.3";
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
        "Error: failed to update status of authorization with ID \"{ID}\": the response from {base} cannot be used: it is TLS\n\
         Hint: the port speaks HTTPS: --host must begin with https://\n"
    );
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &base])
        .stderr(stderr)
        .code(7);
}

#[test]
fn a_handshake_does_not_outlive_the_timeout() {
    // Silence after the hello of the client, and a record that comes byte by byte.
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
