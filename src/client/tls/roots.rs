//! Chooses the trusted certificates. They come from the first of these sources that is available:
//! the user's bundle, the environment variables, the system's bundle, the built-in Mozilla roots.

use crate::error::{Error, io_reason};
use crate::settings::files;
use crate::text;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The paths of the system's bundle, copied from Go's `crypto/x509`. In this order: Debian and Alpine,
/// Fedora and RHEL 6, openSUSE, OpenELEC, RHEL 7, Alpine.
const SYSTEM_BUNDLES: [&str; 6] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// The certificates that are trusted for the connection.
#[derive(Debug)]
pub struct Roots {
    /// The trusted CAs.
    pub store: RootCertStore,
    /// The same certificates in DER. A server may present one of them as its own certificate.
    pub certificates: Vec<CertificateDer<'static>>,
}

impl Roots {
    /// Skips damaged certificates. Returns `None` if no other certificate is left.
    fn of(certificates: Vec<CertificateDer<'static>>) -> Option<Roots> {
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(certificates.iter().cloned());
        (!store.is_empty()).then_some(Roots {
            store,
            certificates,
        })
    }
}

/// Reads the trusted certificates. Unusable bundles of the system are skipped.
///
/// # Errors
/// Exit code 3 if the user's bundle or `SSL_CERT_FILE` cannot be read, if the user's bundle has a
/// damaged certificate, or if the environment variables have no usable certificate.
pub fn load(bundle: Option<&Path>, env: &dyn Fn(&str) -> Option<OsString>) -> Result<Roots, Error> {
    load_or(bundle, env, &SYSTEM_BUNDLES)
}

fn load_or(
    bundle: Option<&Path>,
    env: &dyn Fn(&str) -> Option<OsString>,
    system_bundles: &[&str],
) -> Result<Roots, Error> {
    if let Some(path) = bundle {
        return user_bundle(path);
    }
    if let Some(roots) = from_environment(env)? {
        return Ok(roots);
    }
    let system = system_bundles.iter().find_map(|path| {
        let found = certificates("", Path::new(path)).ok()?;
        Roots::of(found)
    });
    Ok(system.unwrap_or_else(|| Roots {
        store: RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        },
        certificates: Vec::new(),
    }))
}

/// The certificates of `--tls-ca`. Here, unlike in other bundles, a damaged certificate is an error.
fn user_bundle(path: &Path) -> Result<Roots, Error> {
    let certificates = certificates("", path)?;
    let mut store = RootCertStore::empty();
    for (at, certificate) in certificates.iter().enumerate() {
        store.add(certificate.clone()).map_err(|_| {
            let reason = format!("certificate {} in it is damaged", at + 1);
            unusable("", path, &reason)
        })?;
    }
    Ok(Roots {
        store,
        certificates,
    })
}

/// The certificates of `SSL_CERT_FILE` and `SSL_CERT_DIR` together. They replace the system's bundle.
fn from_environment(env: &dyn Fn(&str) -> Option<OsString>) -> Result<Option<Roots>, Error> {
    let set = |name| env(name).filter(|value| !value.is_empty());
    let (file, directories) = (set("SSL_CERT_FILE"), set("SSL_CERT_DIR"));
    if file.is_none() && directories.is_none() {
        return Ok(None);
    }
    let mut found = Vec::new();
    if let Some(file) = &file {
        found = certificates("SSL_CERT_FILE ", Path::new(file))?;
    }
    for file in directories.iter().flat_map(regular_files) {
        // Certificate directories also have files without certificates.
        found.extend(certificates("", &file).unwrap_or_default());
    }
    if let Some(roots) = Roots::of(found) {
        return Ok(Some(roots));
    }
    let variables = [("SSL_CERT_FILE", file), ("SSL_CERT_DIR", directories)];
    let named: Vec<String> = variables
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name} {}", text::path(value?.as_ref()))))
        .collect();
    let verb = if named.len() > 1 {
        "contain"
    } else {
        "contains"
    };
    Err(Error::config(format!(
        "{} {verb} no usable certificate",
        named.join(" and ")
    )))
}

/// The regular files of the directories in a colon-separated list, without duplicates. Certificate
/// directories usually have several links to each file.
fn regular_files(list: &OsString) -> Vec<PathBuf> {
    use std::os::unix::fs::MetadataExt;
    let mut files = Vec::new();
    let mut seen = Vec::new();
    for directory in std::env::split_paths(list) {
        let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let Ok(metadata) = std::fs::metadata(&path) else {
                continue;
            };
            let identity = (metadata.dev(), metadata.ino());
            if metadata.is_file() && !seen.contains(&identity) {
                seen.push(identity);
                files.push(path);
            }
        }
    }
    files
}

/// The certificates of a PEM file. A file without certificates is an error. The error shows `variable`
/// before the path.
pub fn certificates(variable: &str, path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let unusable = |reason: &str| unusable(variable, path, reason);
    let content = files::read(path).map_err(|error| unusable(&io_reason(&error)))?;
    if content.starts_with(b"\xef\xbb\xbf") {
        // The parser would not recognize the first BEGIN line and would silently skip this certificate.
        return Err(unusable(
            "it begins with a byte order mark; save the file without it",
        ));
    }
    let found = CertificateDer::pem_slice_iter(&content).collect::<Result<Vec<_>, _>>();
    let found = found.map_err(|error| unusable(pem_error(&error)))?;
    if found.is_empty() {
        return Err(unusable(no_certificate_reason(&content)));
    }
    Ok(found)
}

/// Explains a PEM error. The library's own message is a list of bytes.
pub fn pem_error(error: &PemError) -> &'static str {
    match error {
        PemError::MissingSectionEnd { .. } => "it is incomplete: a section has no END line",
        PemError::Base64Decode(_) => "it is damaged: the text between BEGIN and END is not base64",
        _ => "it is not well-formed PEM",
    }
}

/// Explains why a file has no certificate in PEM form.
fn no_certificate_reason(content: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(content);
    if content.is_empty() {
        "it is empty"
    } else if text.contains("-----BEGIN TRUSTED CERTIFICATE-----") {
        "it has a TRUSTED CERTIFICATE, which only OpenSSL reads: convert it with `openssl x509`"
    } else if text.contains("-----BEGIN ") {
        "it is PEM, but contains no certificate"
    } else if content.starts_with(b"\x30") {
        "it is DER: convert it to PEM with `openssl x509 -inform der`"
    } else {
        "it has no certificate in PEM form"
    }
}

/// The error for a file whose certificates cannot be used.
pub fn unusable(variable: &str, path: &Path, reason: &str) -> Error {
    let path = text::path(path);
    Error::config(format!(
        "cannot read certificates from {variable}{path}: {reason}"
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

    /// The subjects of the trusted roots if the user gives no bundle.
    fn chosen(system_bundles: &[&str]) -> Vec<Vec<u8>> {
        let roots = load_or(None, &|_| None, system_bundles).unwrap();
        let subjects = roots.store.roots.iter().map(|root| root.subject.to_vec());
        subjects.collect()
    }

    #[test]
    fn the_first_usable_bundle_of_the_system_is_chosen() {
        assert_eq!(chosen(&["/nowhere", KEY, ROOT, OTHER]), chosen(&[ROOT]));
        assert_ne!(chosen(&[ROOT]), chosen(&[OTHER]));
    }

    #[test]
    fn the_mozilla_roots_are_the_fallback() {
        let subjects = chosen(&["/nowhere", KEY]);
        assert!(subjects.len() > 100, "{}", subjects.len());
        for known in ["ISRG Root X1", "DigiCert Global Root G2"] {
            let contains = |subject: &Vec<u8>| String::from_utf8_lossy(subject).contains(known);
            assert!(subjects.iter().any(contains), "{known}");
        }
    }
}
