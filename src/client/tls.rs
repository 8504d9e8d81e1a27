//! Which servers are trusted over HTTPS.

use crate::error::{Error, io_reason};
use crate::files;
use crate::settings::Settings;
use crate::text;
use std::path::Path;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// The settings for HTTPS; for plain HTTP no file is read.
///
/// # Errors
/// Exit code 3 where the bundle cannot be read or holds no certificate.
pub fn config(settings: &Settings) -> Result<TlsConfig, Error> {
    let builder = TlsConfig::builder();
    if !settings.host.is_https() {
        return Ok(builder.build());
    }
    let roots = match &settings.tls_ca {
        Some(path) => RootCerts::new_with_certs(&bundle(path)?),
        None => RootCerts::WebPki,
    };
    Ok(builder
        .root_certs(roots)
        .disable_verification(settings.skip_verify)
        .build())
}

fn bundle(path: &Path) -> Result<Vec<Certificate<'static>>, Error> {
    let shown = text::path(path);
    let wrong =
        |reason: &str| Error::config(format!("cannot take certificates from {shown}: {reason}"));
    let pem = files::read(path).map_err(|error| wrong(&io_reason(&error)))?;
    let mut certificates = Vec::new();
    for item in parse_pem(&pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(_) => return Err(wrong("it is not well-formed PEM")),
        }
    }
    match certificates.is_empty() {
        true => Err(wrong("it holds no certificate in PEM form")),
        false => Ok(certificates),
    }
}
