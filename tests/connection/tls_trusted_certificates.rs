//! Where trusted certificates come from, and files without usable certificates.

use crate::fixtures::*;
use crate::harness::{Dir, TOKEN, Test};
use crate::tls_server::*;
use std::fs;
use std::path::Path;

/// With these variables, the run trusts the server.
#[track_caller]
fn trusted(env: &[(&str, String)]) {
    let server = Identity::of("server").serve([deactivated()]);
    let run = secure("127.0.0.1", &server).stdout(deactivated_row());
    with(run, env).code(0);
}

/// With these variables, the run does not trust the server's CA.
#[track_caller]
fn untrusted(env: &[(&str, String)]) {
    let server = Identity::of("server").serve([]);
    let cause = "the server's certificate is signed by a CA that is not trusted";
    let stderr = cannot_reach(&url("127.0.0.1", &server), cause, TRUST_HINT);
    with(secure("127.0.0.1", &server).stderr(stderr), env).code(4);
}

/// With these variables, the run ends with exit code 3 and this error before it connects.
#[track_caller]
fn unusable(env: &[(&str, String)], error: &str) {
    let run = Test::new(["v1", "auth", "set-inactive", "--id", ID, "--token", TOKEN])
        .args(["--host", "https://127.0.0.1:9"])
        .stderr(format!("Error: {error}\n"));
    with(run, env).code(3);
}

fn with(test: Test, env: &[(&str, String)]) -> Test {
    env.iter()
        .fold(test, |test, (name, value)| test.env(name, value))
}

/// A PEM section with invalid content.
const INVALID_PEM: &str = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

/// The same error about a file from `SSL_CERT_FILE`.
fn from_ssl_cert_file(error: &str) -> String {
    error.replace("certificates from ", "certificates from SSL_CERT_FILE ")
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn ssl_cert_file_and_ssl_cert_dir_are_read() {
    let dir = Dir::new();
    dir.file("certs/README", "not a certificate");
    let root = fs::read(pem("root")).unwrap();
    dir.file("certs/root.crt", &root);
    dir.file("elsewhere/other.pem", fs::read(pem("other")).unwrap());
    let certs = shown(&dir.path().join("certs"));
    let elsewhere = shown(&dir.path().join("elsewhere"));
    let both = format!("/nowhere:{elsewhere}:{certs}");
    trusted(&[("SSL_CERT_FILE", pem("root"))]);
    trusted(&[("SSL_CERT_DIR", certs.clone())]);
    trusted(&[("SSL_CERT_DIR", both)]);
    // If both are set, the certificates from both are trusted.
    trusted(&[
        ("SSL_CERT_FILE", pem("other")),
        ("SSL_CERT_DIR", certs.clone()),
    ]);
    trusted(&[
        ("SSL_CERT_FILE", pem("root")),
        ("SSL_CERT_DIR", elsewhere.clone()),
    ]);
    untrusted(&[("SSL_CERT_FILE", pem("other")), ("SSL_CERT_DIR", elsewhere)]);
    untrusted(&[
        ("SSL_CERT_FILE", String::new()),
        ("SSL_CERT_DIR", String::new()),
    ]);
    // Certificate directories have links named by hash. Subdirectories are not read.
    dir.file("nested/below/root.pem", &root);
    fs::create_dir(dir.path().join("links")).unwrap();
    std::os::unix::fs::symlink(pem("root"), dir.path().join("links/5ed36f99.0")).unwrap();
    trusted(&[("SSL_CERT_DIR", shown(&dir.path().join("links")))]);
    let nested = shown(&dir.path().join("nested"));
    let error = format!("SSL_CERT_DIR {nested} contains no usable certificate");
    unusable(&[("SSL_CERT_DIR", nested.clone())], &error);
    let invalid = shown(&dir.file("invalid.pem", INVALID_PEM));
    let error =
        format!("SSL_CERT_FILE {invalid} and SSL_CERT_DIR {nested} contain no usable certificate");
    unusable(
        &[("SSL_CERT_FILE", invalid), ("SSL_CERT_DIR", nested)],
        &error,
    );
    let error = "SSL_CERT_DIR /nope contains no usable certificate";
    unusable(&[("SSL_CERT_DIR", "/nope".into())], error);
}

#[test]
fn influx_tls_ca_takes_precedence_over_ssl_cert_file() {
    trusted(&[
        ("INFLUX_TLS_CA", pem("root")),
        ("SSL_CERT_FILE", "/nowhere".into()),
    ]);
    untrusted(&[
        ("INFLUX_TLS_CA", pem("other")),
        ("SSL_CERT_FILE", pem("root")),
    ]);
}

/// Such a certificate is marked as a CA. Its dates and names are checked nevertheless.
#[test]
fn a_self_signed_certificate_from_the_environment_is_trusted() {
    let dir = Dir::new();
    dir.file("certs/own.pem", fs::read(pem("self-signed")).unwrap());
    let certs = shown(&dir.path().join("certs"));
    let mixed = [pem("other"), pem("self-signed")].map(|path| fs::read_to_string(path).unwrap());
    let mixed = shown(&dir.file("mixed.pem", mixed.concat()));
    for (name, path) in [
        ("SSL_CERT_FILE", pem("self-signed")),
        ("SSL_CERT_FILE", mixed),
        ("SSL_CERT_DIR", certs),
    ] {
        for tls12 in [false, true] {
            let identity = Identity {
                tls12,
                ..Identity::of("self-signed")
            };
            let server = identity.serve([deactivated()]);
            let run = secure("127.0.0.1", &server).stdout(deactivated_row());
            run.env(name, &path).code(0);
        }
    }
    let renew = "the server needs a new certificate; --skip-verify trusts the expired one";
    let other_name =
        "the server's certificate is not for 127.0.0.1: it is for influx.example".to_string();
    let unknown = "the server's certificate is self-signed and not trusted".to_string();
    for (presented, trusted, cause, hint) in [
        (
            "self-signed-expired",
            "self-signed-expired",
            expired("server"),
            renew,
        ),
        (
            "self-signed-other-name",
            "self-signed-other-name",
            other_name,
            NAME_HINT,
        ),
        ("self-signed", "self-signed-expired", unknown, TRUST_HINT),
    ] {
        let server = Identity::of(presented).serve([]);
        secure("127.0.0.1", &server)
            .env("SSL_CERT_FILE", pem(trusted))
            .stderr(cannot_reach(&url("127.0.0.1", &server), &cause, hint))
            .code(4);
    }
}

#[test]
fn a_bundle_may_contain_keys_and_comments() {
    let dir = Dir::new();
    let read = |name: &str| fs::read_to_string(pem(name)).unwrap();
    let mixed = format!(
        "A comment\n{}\n{}{}",
        read("server.key"),
        read("other"),
        read("root")
    );
    let crlf = dir.file("crlf.pem", mixed.replace('\n', "\r\n"));
    let mixed = dir.file("mixed.pem", mixed);
    trusted(&[("INFLUX_TLS_CA", shown(&mixed))]);
    trusted(&[("INFLUX_TLS_CA", shown(&crlf))]);
}

#[test]
fn an_unusable_certificate_file_is_reported_with_the_reason() {
    let dir = Dir::new();
    let root = fs::read_to_string(pem("root")).unwrap();
    let cut = &root[..root.len() / 2];
    let of_openssl = root.replace("CERTIFICATE", "TRUSTED CERTIFICATE");
    let damaged = root.replace("MI", "!!");
    let second = format!("{root}{INVALID_PEM}");
    let files: [(&str, &[u8], &str); 10] = [
        ("empty", b"", "it is empty"),
        ("text", b"hello\n", "it has no certificate in PEM form"),
        (
            "bom",
            &[b"\xef\xbb\xbf", root.as_bytes()].concat(),
            "it begins with a byte order mark; save the file without it",
        ),
        (
            "trusted",
            of_openssl.as_bytes(),
            "it has a TRUSTED CERTIFICATE, which only OpenSSL reads: convert it with `openssl x509`",
        ),
        (
            "cut",
            cut.as_bytes(),
            "it is incomplete: a section has no END line",
        ),
        (
            "damaged",
            damaged.as_bytes(),
            "it is damaged: the text between BEGIN and END is not base64",
        ),
        (
            "key",
            &fs::read(pem("root.key")).unwrap(),
            "it is PEM, but contains no certificate",
        ),
        (
            "der",
            b"\x30\x82\x01\x0a\x02\x82",
            "it is DER: convert it to PEM with `openssl x509 -inform der`",
        ),
        (
            "invalid",
            INVALID_PEM.as_bytes(),
            "certificate 1 in it is damaged",
        ),
        (
            "second",
            second.as_bytes(),
            "certificate 2 in it is damaged",
        ),
    ];
    for (name, content, reason) in files {
        let path = shown(&dir.file(name, content));
        let error = format!("cannot read certificates from {path}: {reason}");
        unusable(&[("INFLUX_TLS_CA", path.clone())], &error);
        match name {
            // From SSL_CERT_FILE, the other certificates are used.
            "second" => trusted(&[("SSL_CERT_FILE", path)]),
            "invalid" => {
                let error = format!("SSL_CERT_FILE {path} contains no usable certificate");
                unusable(&[("SSL_CERT_FILE", path)], &error);
            }
            _ => unusable(&[("SSL_CERT_FILE", path)], &from_ssl_cert_file(&error)),
        }
    }
    let path = shown(dir.path());
    let error = |reason: &str| format!("cannot read certificates from {path}: {reason}");
    unusable(&[("INFLUX_TLS_CA", path.clone())], &error("is a directory"));
    let path = shown(&dir.path().join("missing"));
    let error = format!("cannot read certificates from {path}: No such file or directory");
    unusable(&[("INFLUX_TLS_CA", path.clone())], &error);
    unusable(&[("SSL_CERT_FILE", path)], &from_ssl_cert_file(&error));
}

#[test]
fn certificates_are_not_read_for_plain_http_or_skip_verify() {
    let server = crate::scripted_server::Server::start([deactivated()]);
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--token", TOKEN])
        .args(["--host", &server.url()])
        .env("SSL_CERT_FILE", "/nowhere")
        .stdout(deactivated_row())
        .code(0);
    let server = Identity::of("expired").serve([deactivated()]);
    secure("127.0.0.1", &server)
        .args(["--skip-verify"])
        .env("SSL_CERT_FILE", "/nowhere")
        .env("SSL_CERT_DIR", "/nowhere")
        .stdout(deactivated_row())
        .code(0);
}
