//! The TLS connector in ureq's chain. ureq's own connector does not accept a certificate verifier,
//! panics if the client certificate and key do not match, and does not report that the server requested
//! a client certificate.

mod certificate;
pub mod explain;
mod roots;
mod verifier;

use crate::client::progress::Progress;
use crate::error::{Error, io_reason};
use crate::settings::Settings;
use crate::settings::files;
use crate::text;
use rustls::client::{ResolvesClientCert, Resumption};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{PrivateKeyDer, ServerName};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, ClientConnection, SignatureScheme, StreamOwned};
use std::ffi::OsString;
use std::fmt;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport,
    TransportAdapter,
};
use verifier::{SkipVerification, Verifier};

/// Reads the trusted certificates and the client certificate.
///
/// # Errors
/// Exit code 3 if a file cannot be used.
pub fn config(
    settings: &Settings,
    progress: &Arc<Progress>,
    env: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Arc<ClientConfig>, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let internal = |error: rustls::Error| Error::config(format!("cannot prepare TLS: {error}"));
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(internal)?
        .dangerous();
    let builder = if settings.skip_verify {
        builder.with_custom_certificate_verifier(Arc::new(SkipVerification))
    } else {
        let roots = roots::load(settings.tls_ca.as_deref(), env)?;
        builder.with_custom_certificate_verifier(Arc::new(Verifier {
            roots,
            algorithms: provider.signature_verification_algorithms,
        }))
    };
    let own = match &settings.client_certificate {
        Some((certificate, key)) => Some(identity(certificate, key, &provider)?),
        None => None,
    };
    let mut config = builder.with_client_cert_resolver(Arc::new(Identity {
        own,
        progress: progress.clone(),
    }));
    // A run rarely opens more than one connection, so session resumption would not pay off.
    config.resumption = Resumption::disabled();
    Ok(Arc::new(config))
}

/// Reads the client certificate and its key.
fn identity(
    certificate: &Path,
    key: &Path,
    provider: &rustls::crypto::CryptoProvider,
) -> Result<Arc<CertifiedKey>, Error> {
    let chain = roots::certificates("", certificate)?;
    let wrong = |reason: &str| unusable_key(key, reason);
    let content = files::read(key).map_err(|error| wrong(&io_reason(&error)))?;
    let private = PrivateKeyDer::from_pem_slice(&content)
        .map_err(|error| wrong(key_error(&error, &content)))?;
    let mismatch = |error: rustls::Error| match error {
        rustls::Error::InconsistentKeys(_) => wrong(&format!(
            "it is not the key of the certificate in {}",
            text::path(certificate)
        )),
        rustls::Error::InvalidCertificate(_) => roots::unusable(
            "",
            certificate,
            "the first certificate is damaged or older than X.509 v3",
        ),
        error => wrong(&format!("it cannot be used ({error})")),
    };
    CertifiedKey::from_der(chain, private, provider)
        .map(Arc::new)
        .map_err(mismatch)
}

fn unusable_key(path: &Path, reason: &str) -> Error {
    let path = text::path(path);
    Error::config(format!(
        "cannot read the client's key from {path}: {reason}"
    ))
}

fn key_error(error: &pem::Error, content: &[u8]) -> &'static str {
    // PKCS#8 has this word in the BEGIN line. Older formats have it in a header below the BEGIN line.
    if String::from_utf8_lossy(content).contains("ENCRYPTED") {
        return "it is encrypted; use a key without a passphrase";
    }
    match error {
        pem::Error::NoItemsFound => "it has no private key in PEM form",
        error => roots::pem_error(error),
    }
}

/// Gives the client certificate to rustls and records that the server requested it.
#[derive(Debug)]
struct Identity {
    own: Option<Arc<CertifiedKey>>,
    progress: Arc<Progress>,
}

impl ResolvesClientCert for Identity {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.progress.certificate_requested.note();
        self.own.clone()
    }

    fn has_certs(&self) -> bool {
        self.own.is_some()
    }
}

/// The TLS connector. It wraps the connection in TLS if the URL is HTTPS. The configuration is `None` if
/// neither the server nor the proxy uses HTTPS.
#[derive(Debug)]
pub struct Tls(pub Option<Arc<ClientConfig>>);

impl<In: Transport> Connector<In> for Tls {
    type Out = Either<In, TlsTransport>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let Some(transport) = chained else {
            return Ok(None);
        };
        if !details.needs_tls() {
            return Ok(Some(Either::A(transport)));
        }
        let config = self.0.clone().ok_or(ureq::Error::TlsRequired)?;
        let host = details.uri.host().unwrap_or_default();
        let without_brackets = host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(without_brackets.to_string())
            .map_err(|_| ureq::Error::Tls("a certificate cannot have this host name"))?;
        let mut connection = ClientConnection::new(config, name)?;
        let mut socket = TransportAdapter::new(transport.boxed(), details.current_time.clone());
        socket.set_timeout(details.timeout);
        connection.complete_io(&mut socket)?;
        Ok(Some(Either::B(TlsTransport {
            buffers: LazyBuffers::new(
                details.config.input_buffer_size(),
                details.config.output_buffer_size(),
            ),
            stream: StreamOwned::new(connection, socket),
        })))
    }
}

pub struct TlsTransport {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl Transport for TlsTransport {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        self.stream.write_all(&self.buffers.output()[..amount])?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

/// `Debug` cannot be derived, because ureq's adapter does not implement it.
impl fmt::Debug for TlsTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TlsTransport")
    }
}
