//! Client certificates: key formats, unusable certificates and keys, and servers that require one.

use crate::fixtures::*;
use crate::harness::{Dir, TOKEN, Test};
use crate::scripted_server::Server;
use crate::support::expected_failures::SAFE_TO_REPEAT;
use crate::tls_server::*;
use rustls::ServerConnection;
use std::net::TcpListener;
use std::time::Duration;

const MISSING_HINT: &str =
    "set a client certificate with --tls-cert and --tls-key, or INFLUX_TLS_CERT and INFLUX_TLS_KEY";
const REFUSED_HINT: &str = "--tls-cert and --tls-key must name a certificate signed by a CA that the server trusts, and its key";
const MISSING: &str = "the server asked for a client certificate and then closed the connection";
const REFUSED: &str =
    "the server asked for a client certificate, and closed the connection after it received yours";

/// A server that requires a client certificate.
fn mutual_tls(tls12: bool) -> Identity {
    Identity {
        tls12,
        requires_client_certificate: true,
        ..Identity::of("server")
    }
}

/// The flags for a certificate and a key from `tests/support/tls`.
fn pair(certificate: &str, key: &str) -> [String; 4] {
    [
        "--tls-cert".into(),
        pem(certificate),
        "--tls-key".into(),
        pem(key),
    ]
}

/// A run that must fail before it connects.
fn unsent() -> Test {
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--token", TOKEN]).args([
        "--host",
        "https://127.0.0.1:9",
        "--tls-ca",
        &pem("root"),
    ])
}

#[test]
fn every_key_format_is_accepted() {
    for tls12 in [false, true] {
        for (certificate, key) in [
            ("client", "client.key"),
            ("client", "client-sec1.key"),
            ("client-pkcs1", "client-pkcs1.key"),
        ] {
            let server = mutual_tls(tls12).serve([deactivated()]);
            secure("127.0.0.1", &server)
                .args(["--tls-ca", &pem("root")])
                .args(pair(certificate, key))
                .stdout(deactivated_row())
                .code(0);
        }
    }
}

#[test]
fn client_certificates_work_with_skip_verify_and_variables() {
    for tls12 in [false, true] {
        let server = mutual_tls(tls12).serve([deactivated(), deactivated()]);
        secure("127.0.0.1", &server)
            .args(["--skip-verify"])
            .args(pair("client", "client.key"))
            .stdout(deactivated_row())
            .code(0);
        secure("127.0.0.1", &server)
            .env("INFLUX_TLS_CA", pem("root"))
            .env("INFLUX_TLS_CERT", pem("client"))
            .env("INFLUX_TLS_KEY", pem("client.key"))
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn flags_take_precedence_over_variables() {
    let server = mutual_tls(false).serve([deactivated()]);
    secure("127.0.0.1", &server)
        .env("INFLUX_TLS_CA", "/nowhere")
        .env("INFLUX_TLS_CERT", "/nowhere")
        .env("INFLUX_TLS_KEY", "/nowhere")
        .args(["--tls-ca", &pem("root")])
        .args(pair("client", "client.key"))
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn a_client_certificate_may_be_given_even_if_the_server_does_not_ask_for_one() {
    let server = Identity::of("server").serve([deactivated()]);
    secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root")])
        .args(pair("client", "client.key"))
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn a_missing_client_certificate_is_reported() {
    // With TLS 1.2 the alert ends the handshake.
    let server = mutual_tls(true).serve([]);
    let at = url("127.0.0.1", &server);
    secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root")])
        .stderr(cannot_reach(&at, MISSING, MISSING_HINT))
        .code(4);
    // With TLS 1.3, the alert or the reset after it comes while the request is sent.
    let server = mutual_tls(false).serve([]);
    let run = secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root")])
        .run();
    let end = [
        format!(": {MISSING}\nHint: {MISSING_HINT}\n"),
        format!(": {MISSING}{SAFE_TO_REPEAT}\nHint: {MISSING_HINT}\n"),
    ];
    run.assert(
        run.code == 4
            && run.stdout.is_empty()
            && end.iter().any(|end| run.stderr.ends_with(end))
            && run.stderr.lines().count() == 2,
        "the message about the missing certificate",
    );
}

/// A TLS 1.3 server that resets the connection after the handshake without sending an alert.
fn resets_without_an_alert(identity: Identity) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let mut connection = ServerConnection::new(identity.config()).unwrap();
        loop {
            while connection.wants_write() {
                connection.write_tls(&mut stream).unwrap();
            }
            if connection.read_tls(&mut stream).unwrap() == 0 {
                break;
            }
            if connection.process_new_packets().is_err() {
                break;
            }
        }
        rustix::net::sockopt::set_socket_linger(&stream, Some(Duration::ZERO)).unwrap();
    });
    url
}

#[test]
fn a_reset_without_an_alert_is_reported_like_an_alert() {
    let at = resets_without_an_alert(mutual_tls(false));
    let no_response = |at: &str, cause: &str, hint: &str| {
        cannot_reach(at, &format!("{cause}{SAFE_TO_REPEAT}"), hint)
            .replace("cannot reach ", "no response from ")
    };
    let run = Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &at])
        .args(["--tls-ca", &pem("root")])
        .stderr(no_response(&at, MISSING, MISSING_HINT));
    run.code(4);
    // The client certificate is from another CA.
    let at = resets_without_an_alert(mutual_tls(false));
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &at])
        .args(["--tls-ca", &pem("root")])
        .args(pair("self-signed", "self-signed.key"))
        .stderr(no_response(&at, REFUSED, REFUSED_HINT))
        .code(4);
}

#[test]
fn a_refused_client_certificate_is_reported() {
    let server = mutual_tls(true).serve([]);
    let at = url("127.0.0.1", &server);
    let run = secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root")])
        .args(pair("self-signed", "self-signed.key"))
        .run();
    // The client sees the alert, or the reset after it if that comes first.
    let alert = "the server refuses the client certificate (CertificateUnknown)";
    let told = [alert, REFUSED].map(|cause| cannot_reach(&at, cause, REFUSED_HINT));
    run.assert(
        run.code == 4 && run.stdout.is_empty() && told.contains(&run.stderr),
        "the message about the refused certificate",
    );
}

#[test]
fn certificate_and_key_must_be_given_together() {
    let cert = || unsent().args(["--tls-cert", &pem("client")]);
    let key = || unsent().args(["--tls-key", &pem("client.key")]);
    let needs = |one: &str, other: &str| format!("Error: {one} also needs {other}\n");
    cert().stderr(needs("--tls-cert", "--tls-key")).code(2);
    key().stderr(needs("--tls-key", "--tls-cert")).code(2);
    unsent()
        .env("INFLUX_TLS_KEY", pem("client.key"))
        .stderr(needs("INFLUX_TLS_KEY", "--tls-cert"))
        .code(2);
    cert()
        .env("INFLUX_TLS_KEY", "")
        .stderr(needs("--tls-cert", "--tls-key"))
        .code(2);
}

#[test]
fn an_unusable_client_certificate_or_key_exits_with_3() {
    let dir = Dir::new();
    let empty = dir.file("empty", "").display().to_string();
    let missing = dir.path().join("missing").display().to_string();
    let key = std::fs::read_to_string(pem("client.key")).unwrap();
    let cut = dir.file("cut", &key[..key.len() / 2]).display().to_string();
    let junk = key.replace("MI", "!!");
    let junk = dir.file("junk", junk).display().to_string();
    // OpenSSL's older commands encrypt keys like this.
    let legacy = "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n";
    let legacy = dir.file("legacy", legacy).display().to_string();
    let encrypted = "it is encrypted; use a key without a passphrase";
    let no_key = "it has no private key in PEM form";
    let client = pem("client");
    for (key, reason) in [
        (&missing, "No such file or directory"),
        (&dir.path().display().to_string(), "is a directory"),
        (&empty, no_key),
        (&client, no_key),
        (&cut, "it is incomplete: a section has no END line"),
        (
            &junk,
            "it is damaged: the text between BEGIN and END is not base64",
        ),
        (&legacy, encrypted),
        (&pem("client-encrypted.key"), encrypted),
        (
            &pem("server.key"),
            &format!("it is not the key of the certificate in {client}"),
        ),
        (
            &pem("client-pkcs1.key"),
            &format!("it is not the key of the certificate in {client}"),
        ),
    ] {
        unsent()
            .args(["--tls-cert", &client, "--tls-key", key])
            .stderr(format!(
                "Error: cannot read the client's key from {key}: {reason}\n"
            ))
            .code(3);
    }
    let odd = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let odd = dir.file("odd", odd).display().to_string();
    for (certificate, reason) in [
        (
            &odd,
            "the first certificate is damaged or older than X.509 v3",
        ),
        (&missing, "No such file or directory"),
        (&empty, "it is empty"),
        (&pem("client.key"), "it is PEM, but contains no certificate"),
    ] {
        unsent()
            .args(["--tls-cert", certificate, "--tls-key", &pem("client.key")])
            .stderr(format!(
                "Error: cannot read certificates from {certificate}: {reason}\n"
            ))
            .code(3);
    }
}

#[test]
fn certificate_files_are_not_read_for_plain_http() {
    let server = Server::start([deactivated()]);
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--token", TOKEN])
        .args(["--host", &server.url(), "--tls-ca", "/nowhere"])
        .args(["--tls-cert", "/nowhere", "--tls-key", "/nowhere"])
        .stdout(deactivated_row())
        .code(0);
}
