//! Client certificates: the keys there are, what is wrong with a pair, and servers that want one.

use crate::fixtures::*;
use crate::harness::{Dir, TOKEN, Test};
use crate::scripted_server::Server;
use crate::support::expected_failures::SAFE;
use crate::tls_server::*;
use rustls::ServerConnection;
use std::net::TcpListener;
use std::time::Duration;

const GIVE: &str =
    "--tls-cert and --tls-key, or INFLUX_TLS_CERT and INFLUX_TLS_KEY, give a client certificate";
const FIT: &str = "--tls-cert and --tls-key must name a certificate that the server's authority has signed, and its key";
const WITHOUT: &str =
    "the server asked for a client certificate, and closed the connection without one";
const WITH: &str = "the server asked for a client certificate, and closed the connection after it received this one";

fn wanting(old: bool) -> Identity {
    Identity {
        old,
        wants_client: true,
        ..Identity::of("server")
    }
}

/// The flags for a certificate of `tests/support/tls` and a key of there.
fn pair(certificate: &str, key: &str) -> [String; 4] {
    [
        "--tls-cert".into(),
        pem(certificate),
        "--tls-key".into(),
        pem(key),
    ]
}

/// A run against a port that nobody need listen on.
fn unsent() -> Test {
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--token", TOKEN]).args([
        "--host",
        "https://127.0.0.1:9",
        "--tls-ca",
        &pem("root"),
    ])
}

#[test]
fn every_form_of_key_opens_the_way() {
    for old in [false, true] {
        for (certificate, key) in [
            ("client", "client.key"),
            ("client", "client-sec1.key"),
            ("client-pkcs1", "client-pkcs1.key"),
        ] {
            let server = wanting(old).serve([deactivated()]);
            secure("127.0.0.1", &server)
                .args(["--tls-ca", &pem("root")])
                .args(pair(certificate, key))
                .stdout(deactivated_row())
                .code(0);
        }
    }
}

#[test]
fn it_goes_with_an_unverified_server_and_with_the_environment() {
    for old in [false, true] {
        let server = wanting(old).serve([deactivated(), deactivated()]);
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
fn the_flag_comes_before_the_variable() {
    let server = wanting(false).serve([deactivated()]);
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
fn a_server_that_does_not_ask_gets_none() {
    let server = Identity::of("server").serve([deactivated()]);
    secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root")])
        .args(pair("client", "client.key"))
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn without_one_the_message_says_what_the_server_wants() {
    // With TLS 1.2 the alert ends the handshake.
    let server = wanting(true).serve([]);
    let at = url("127.0.0.1", &server);
    secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root")])
        .stderr(unreached(&at, WITHOUT, GIVE))
        .code(4);
    // With TLS 1.3 it comes while the request is sent: as an alert, or the reset behind it.
    let server = wanting(false).serve([]);
    let run = secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root")])
        .run();
    let end = [
        format!(": {WITHOUT}\nHint: {GIVE}\n"),
        format!(": {WITHOUT}{SAFE}\nHint: {GIVE}\n"),
    ];
    run.assert(
        run.code == 4
            && run.stdout.is_empty()
            && end.iter().any(|end| run.stderr.ends_with(end))
            && run.stderr.lines().count() == 2,
        "the want of a certificate",
    );
}

/// A TLS 1.3 server that ends the handshake and then resets the connection, without a word.
fn resets_after_the_handshake(
    identity: Identity,
    wait_for: fn(&ServerConnection) -> bool,
) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let mut connection = ServerConnection::new(identity.config()).unwrap();
        loop {
            while connection.wants_write() {
                connection.write_tls(&mut stream).unwrap();
            }
            if wait_for(&connection) || connection.read_tls(&mut stream).unwrap() == 0 {
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
fn a_bare_reset_says_it_too() {
    let at = resets_after_the_handshake(wanting(false), |_| false);
    let no_answer = |at: &str, cause: &str, hint: &str| {
        unreached(at, &format!("{cause}{SAFE}"), hint).replace("cannot reach ", "no response from ")
    };
    let run = Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &at])
        .args(["--tls-ca", &pem("root")])
        .stderr(no_answer(&at, WITHOUT, GIVE));
    run.code(4);
    // The client's certificate is one of another authority.
    let at = resets_after_the_handshake(wanting(false), |_| false);
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--host", &at])
        .args(["--tls-ca", &pem("root")])
        .args(pair("self-signed", "self-signed.key"))
        .stderr(no_answer(&at, WITH, FIT))
        .code(4);
}

#[test]
fn one_of_another_authority_is_refused_by_the_server() {
    let server = wanting(true).serve([]);
    let at = url("127.0.0.1", &server);
    let run = secure("127.0.0.1", &server)
        .args(["--tls-ca", &pem("root")])
        .args(pair("self-signed", "self-signed.key"))
        .run();
    // The alert, or the reset behind it where that comes first.
    let alert = "the server refuses the client certificate (CertificateUnknown)";
    let told = [alert, WITH].map(|cause| unreached(&at, cause, FIT));
    run.assert(
        run.code == 4 && run.stdout.is_empty() && told.contains(&run.stderr),
        "the server's refusal",
    );
}

#[test]
fn half_a_pair_is_a_mistake() {
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
fn a_pair_that_cannot_be_used_is_refused_before_anything_is_sent() {
    let dir = Dir::new();
    let empty = dir.file("empty", "").display().to_string();
    let missing = dir.path().join("missing").display().to_string();
    let key = std::fs::read_to_string(pem("client.key")).unwrap();
    let cut = dir.file("cut", &key[..key.len() / 2]).display().to_string();
    let junk = key.replace("MI", "!!");
    let junk = dir.file("junk", junk).display().to_string();
    // As OpenSSL's older commands encrypt a key.
    let legacy = "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n";
    let legacy = dir.file("legacy", legacy).display().to_string();
    let encrypted = "it is encrypted; use a key without a passphrase";
    let none = "it has no private key in PEM form";
    let client = pem("client");
    for (key, reason) in [
        (&missing, "No such file or directory"),
        (&dir.path().display().to_string(), "is a directory"),
        (&empty, none),
        (&client, none),
        (&cut, "it is cut off: a section has no END line"),
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
            "the first one is damaged, or of a version before X.509 v3",
        ),
        (&missing, "No such file or directory"),
        (&empty, "it is empty"),
        (&pem("client.key"), "it is PEM, but has no certificate"),
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
fn over_plain_http_no_file_is_read() {
    let server = Server::start([deactivated()]);
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--token", TOKEN])
        .args(["--host", &server.url(), "--tls-ca", "/nowhere"])
        .args(["--tls-cert", "/nowhere", "--tls-key", "/nowhere"])
        .stdout(deactivated_row())
        .code(0);
}
