//! TLS as a link of ureq's chain of connectors. ureq's own link takes no verifier, panics on a
//! client certificate whose key is another's, and forgets that the server asked for one.

pub mod failure;
mod roots;
mod verifier;

use crate::client::buffers::{DeferredBuffers, Room};
use crate::client::wire::Progress;
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
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport, TransportAdapter,
};
use verifier::{TrustsAnyone, Verifier};

/// Prepares TLS: reads the roots and the client's certificate.
///
/// # Errors
/// Exit code 3 where a file cannot be used.
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
        builder.with_custom_certificate_verifier(Arc::new(TrustsAnyone))
    } else {
        let roots = roots::load(settings.tls_ca.as_deref(), env)?;
        builder.with_custom_certificate_verifier(Arc::new(Verifier {
            roots: roots.store,
            pinned: roots.pinned,
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
    // A run opens one connection, or a second when the first is closed on it: not worth a store.
    config.resumption = Resumption::disabled();
    Ok(Arc::new(config))
}

/// The client's certificate with its key.
fn identity(
    certificate: &Path,
    key: &Path,
    provider: &rustls::crypto::CryptoProvider,
) -> Result<Arc<CertifiedKey>, Error> {
    let chain = roots::certificates(certificate, files::read(certificate))?;
    let wrong = |reason: &str| unusable_key(key, reason);
    let content = files::read(key).map_err(|error| wrong(&io_reason(&error)))?;
    let private = PrivateKeyDer::from_pem_slice(&content)
        .map_err(|error| wrong(key_damage(&error, &content)))?;
    let unfit = |error: rustls::Error| match error {
        rustls::Error::InconsistentKeys(_) => wrong(&format!(
            "it is not the key of the certificate in {}",
            text::path(certificate)
        )),
        rustls::Error::InvalidCertificate(_) => roots::unusable(
            certificate,
            "the first one is damaged, or of a version before X.509 v3",
        ),
        error => wrong(&format!("it cannot be used ({error})")),
    };
    CertifiedKey::from_der(chain, private, provider)
        .map(Arc::new)
        .map_err(unfit)
}

fn unusable_key(path: &Path, reason: &str) -> Error {
    let path = text::path(path);
    Error::config(format!(
        "cannot take the client's key from {path}: {reason}"
    ))
}

fn key_damage(error: &pem::Error, content: &[u8]) -> &'static str {
    // PKCS#8 names it in the section's title, the older forms in a header within.
    if content.windows(9).any(|window| window == b"ENCRYPTED") {
        return "it is encrypted, and nobody is asked for a passphrase: take a key without one";
    }
    match error {
        pem::Error::NoItemsFound => "it holds no private key in PEM form",
        error => roots::damage(error),
    }
}

/// Hands out the client's certificate, and notes that the server asked for one.
struct Identity {
    own: Option<Arc<CertifiedKey>>,
    progress: Arc<Progress>,
}

debug_by_name!(Identity);

impl ResolvesClientCert for Identity {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.progress.note_certificate_asked();
        self.own.clone()
    }

    fn has_certs(&self) -> bool {
        self.own.is_some()
    }
}

/// The link of the chain: wraps a connection in TLS where the URL says so.
pub struct Tls {
    /// Absent where neither server nor proxy is reached by HTTPS.
    pub config: Option<Arc<ClientConfig>>,
    /// Shared with the client.
    pub room: Room,
}

debug_by_name!(Tls);

impl<In: Transport> Connector<In> for Tls {
    type Out = Either<In, Secured>;

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
        let config = self.config.clone().ok_or(ureq::Error::TlsRequired)?;
        let host = details.uri.host().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(bare.to_string()).map_err(|_| {
            ureq::Error::Tls("the host name is not one that a certificate can hold")
        })?;
        let mut connection = ClientConnection::new(config, name)?;
        let mut socket = TransportAdapter::new(transport.boxed(), details.current_time.clone());
        socket.set_timeout(details.timeout);
        connection.complete_io(&mut socket)?;
        Ok(Some(Either::B(Secured {
            buffers: DeferredBuffers::new(details.config.input_buffer_size(), &self.room),
            stream: StreamOwned::new(connection, socket),
        })))
    }
}

/// A connection wrapped in TLS.
pub struct Secured {
    buffers: DeferredBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

debug_by_name!(Secured);

impl Secured {
    /// Sends what was held back, and not just to the socket: an answer may be here already, and must
    /// not be taken for that to a request which never left.
    fn send(&mut self, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        if !self.buffers.held().is_empty() {
            self.stream.write_all(self.buffers.held())?;
            self.buffers.let_go();
            self.stream.sock.get_mut().transmit_output(0, timeout)?;
        }
        Ok(())
    }
}

impl Transport for Secured {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    /// As for the socket beneath, which holds back what this sends until it is told to let go.
    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        match self.buffers.hold(amount) {
            true => self.send(timeout),
            false => Ok(()),
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.send(timeout)?;
        if self.buffers.can_use_input() {
            return Ok(true);
        }
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
