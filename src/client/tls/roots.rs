//! Chooses the trusted certificates: those of the user's bundle, else of the environment variables, else
//! of the system, else the Mozilla roots that are built in.

use crate::error::{Error, io_reason};
use crate::settings::files;
use crate::text;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The system's bundle in different distributions, the same list as in Go's `crypto/x509`: Debian and
/// Alpine, Fedora and RHEL 6, openSUSE, OpenELEC, RHEL 7, Alpine.
const SYSTEM_BUNDLES: [&str; 6] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// What a server's certificate is checked against.
pub struct Roots {
    /// The trusted CAs.
    pub store: RootCertStore,
    /// The certificates of the user's bundle. A server may present one of them as its own.
    pub pinned: Vec<CertificateDer<'static>>,
}

/// Reads the trusted certificates.
///
/// # Errors
/// Exit code 3 if the user's bundle or a file of the environment variables cannot be used. Unusable
/// bundles of the system are skipped.
pub fn load(bundle: Option<&Path>, env: &dyn Fn(&str) -> Option<OsString>) -> Result<Roots, Error> {
    load_or(bundle, env, &SYSTEM_BUNDLES)
}

fn load_or(
    bundle: Option<&Path>,
    env: &dyn Fn(&str) -> Option<OsString>,
    system_bundles: &[&str],
) -> Result<Roots, Error> {
    if let Some(path) = bundle {
        let pinned = certificates(path, files::read(path))?;
        return Ok(Roots {
            store: store(&pinned, path)?,
            pinned,
        });
    }
    let store = match from_environment(env)? {
        Some(store) => store,
        None => system(system_bundles).unwrap_or_else(built_in),
    };
    Ok(Roots {
        store,
        pinned: Vec::new(),
    })
}

/// The certificates of `SSL_CERT_FILE` and `SSL_CERT_DIR`, which together replace those of the system.
fn from_environment(
    env: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<RootCertStore>, Error> {
    let set = |name| env(name).filter(|value| !value.is_empty());
    let (file, directories) = (set("SSL_CERT_FILE"), set("SSL_CERT_DIR"));
    if file.is_none() && directories.is_none() {
        return Ok(None);
    }
    let mut found = Vec::new();
    if let Some(file) = &file {
        let path = Path::new(file);
        found = certificates_of("SSL_CERT_FILE ", path, files::read(path))?;
    }
    for file in directories.iter().flat_map(regular_files) {
        // Other files in the directory are not an error.
        found.extend(certificates(&file, files::read(&file)).unwrap_or_default());
    }
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(found);
    if store.is_empty() {
        let variables = [("SSL_CERT_FILE", file), ("SSL_CERT_DIR", directories)];
        let named: Vec<String> = variables
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name} {}", text::path(value?.as_ref()))))
            .collect();
        let verb = if named.len() > 1 { "lead" } else { "leads" };
        return Err(Error::config(format!(
            "{} {verb} to no certificate that can be used",
            named.join(" and ")
        )));
    }
    Ok(Some(store))
}

/// The regular files of the directories in a colon-separated list. Each file comes once, although such
/// directories are full of links to the same file.
fn regular_files(list: &OsString) -> Vec<PathBuf> {
    use std::os::unix::fs::MetadataExt;
    let mut files = Vec::new();
    let mut seen = Vec::new();
    for directory in std::env::split_paths(list) {
        let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let Ok(about) = std::fs::metadata(&path) else {
                continue;
            };
            let identity = (about.dev(), about.ino());
            if about.is_file() && !seen.contains(&identity) {
                seen.push(identity);
                files.push(path);
            }
        }
    }
    files
}

/// The first of the system's bundles that has a certificate.
fn system(bundles: &[&str]) -> Option<RootCertStore> {
    bundles.iter().find_map(|path| {
        let path = Path::new(path);
        let found = certificates(path, files::read(path)).ok()?;
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(found);
        (!store.is_empty()).then_some(store)
    })
}

fn built_in() -> RootCertStore {
    RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    }
}

/// A store of these certificates. Unlike in the system's bundle, a damaged one is an error.
fn store(certificates: &[CertificateDer<'static>], path: &Path) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    for (at, certificate) in certificates.iter().enumerate() {
        store.add(certificate.clone()).map_err(|_| {
            unusable(
                path,
                &format!("number {} of its certificates is damaged", at + 1),
            )
        })?;
    }
    Ok(store)
}

/// The certificates of a PEM file. None is an error.
pub fn certificates(
    path: &Path,
    content: std::io::Result<Vec<u8>>,
) -> Result<Vec<CertificateDer<'static>>, Error> {
    certificates_of("", path, content)
}

/// The same for a file named by a variable. The error shows `variable` before the path.
fn certificates_of(
    variable: &str,
    path: &Path,
    content: std::io::Result<Vec<u8>>,
) -> Result<Vec<CertificateDer<'static>>, Error> {
    let unusable = |path: &Path, reason: &str| unusable_of(variable, path, reason);
    let content = content.map_err(|error| unusable(path, &io_reason(&error)))?;
    if content.starts_with(b"\xef\xbb\xbf") {
        // The parser would not see the BEGIN line after it, and silently skip that certificate.
        return Err(unusable(
            path,
            "it begins with a byte order mark: save it without one",
        ));
    }
    let mut found = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(&content) {
        found.push(certificate.map_err(|error| unusable(path, damage(&error)))?);
    }
    if found.is_empty() {
        return Err(unusable(path, content_instead(&content)));
    }
    Ok(found)
}

/// What is wrong with a PEM file. The library's own message is a list of bytes.
pub fn damage(error: &rustls::pki_types::pem::Error) -> &'static str {
    use rustls::pki_types::pem::Error;
    match error {
        Error::MissingSectionEnd { .. } => "it is cut off: a section has no END line",
        Error::Base64Decode(_) => "it is damaged: what stands between BEGIN and END is not base64",
        _ => "it is not well-formed PEM",
    }
}

/// What a file without a certificate contains.
fn content_instead(content: &[u8]) -> &'static str {
    let holds = |text: &str| {
        content
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    if content.is_empty() {
        "it is empty"
    } else if holds("-----BEGIN TRUSTED CERTIFICATE-----") {
        "it holds a TRUSTED CERTIFICATE, a form of OpenSSL's own: convert it with `openssl x509`"
    } else if holds("-----BEGIN ") {
        "it holds PEM, but no certificate"
    } else if content.starts_with(b"\x30") {
        "it is DER: convert it to PEM with `openssl x509 -inform der`"
    } else {
        "it holds no certificate in PEM form"
    }
}

/// The error for a file that certificates cannot be read from.
pub fn unusable(path: &Path, reason: &str) -> Error {
    unusable_of("", path, reason)
}

fn unusable_of(variable: &str, path: &Path, reason: &str) -> Error {
    Error::config(format!(
        "cannot take certificates from {variable}{}: {reason}",
        text::path(path)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tls/root.pem");
    const OTHER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tls/other.pem");
    const KEY: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/support/tls/root.key.pem"
    );

    /// The subjects of the chosen roots, and the number of pinned certificates.
    fn chosen(
        bundle: Option<&str>,
        env: &[(&str, &str)],
        system_bundles: &[&str],
    ) -> (Vec<Vec<u8>>, usize) {
        let env = |name: &str| {
            let found = env.iter().find(|(known, _)| *known == name)?;
            Some(OsString::from(found.1))
        };
        let roots = load_or(bundle.map(Path::new), &env, system_bundles).unwrap();
        let subjects = roots.store.roots.iter().map(|root| root.subject.to_vec());
        (subjects.collect(), roots.pinned.len())
    }

    #[test]
    fn the_first_source_that_applies() {
        let named = |path: &str| chosen(Some(path), &[], &[]).0;
        assert!(named(ROOT).len() == 1 && named(ROOT) != named(OTHER));
        let file = [("SSL_CERT_FILE", OTHER)];
        assert_eq!(chosen(Some(ROOT), &file, &[OTHER]), (named(ROOT), 1));
        assert_eq!(chosen(None, &file, &[ROOT]), (named(OTHER), 0));
        assert_eq!(
            chosen(None, &[("SSL_CERT_FILE", "")], &[ROOT]),
            (named(ROOT), 0)
        );
        // Files that are missing or have no certificate are skipped.
        let system = ["/nowhere", KEY, ROOT, OTHER];
        assert_eq!(chosen(None, &[], &system), (named(ROOT), 0));
    }

    #[test]
    fn without_any_file_the_public_authorities_are_trusted() {
        let (subjects, pinned) = chosen(None, &[], &["/nowhere", KEY]);
        assert_eq!(pinned, 0);
        assert!(subjects.len() > 100, "{}", subjects.len());
        for known in ["ISRG Root X1", "DigiCert Global Root G2"] {
            let holds = |subject: &Vec<u8>| {
                subject
                    .windows(known.len())
                    .any(|window| window == known.as_bytes())
            };
            assert!(subjects.iter().any(holds), "{known}");
        }
    }
}
