//! How far a request has come, as seen on its connection. It tells "the server was not reached" from
//! "the request may have been carried out".

use super::deadline::Deadline;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use ureq::Error;
use ureq::http::Uri;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport,
};

/// The progress of the current request, shared by the client and the links of its connection.
#[derive(Debug, Default)]
pub struct Progress {
    /// Host and port of the server.
    server: String,
    /// When the request has to be done.
    pub deadline: Deadline,
    /// A new connection was opened, instead of using the one of the request before.
    opened: AtomicBool,
    /// There is a connection to the server, perhaps through a proxy.
    reached: AtomicBool,
    /// Bytes of the request may have been sent.
    sent: AtomicBool,
    /// Bytes of the response were received.
    received: AtomicBool,
    /// The request was sent before, and its response was lost.
    lost: AtomicBool,
    /// The server asked for a client certificate.
    certificate_asked: AtomicBool,
    /// The server answered plain HTTP with a TLS alert.
    tls_alert: AtomicBool,
}

impl Progress {
    /// The progress of requests to `server`, given as host and port.
    pub fn new(server: &str) -> Progress {
        Progress {
            server: server.to_string(),
            ..Progress::default()
        }
    }

    /// Starts a new request that may take as long as `limit`.
    pub fn start(&self, limit: Option<Duration>) {
        self.clear();
        self.lost.store(false, Relaxed);
        self.deadline.set(limit);
    }

    /// Starts the same request again because its response was lost. The deadline stays.
    pub fn repeat(&self) {
        self.clear();
        self.lost.store(true, Relaxed);
    }

    fn clear(&self) {
        for flag in [
            &self.opened,
            &self.reached,
            &self.sent,
            &self.received,
            &self.tls_alert,
        ] {
            flag.store(false, Relaxed);
        }
    }

    /// Whether an earlier attempt was sent and its response was lost. That attempt may have been
    /// carried out, whatever happens to this one.
    pub fn lost(&self) -> bool {
        self.lost.load(Relaxed)
    }

    /// Whether the request was sent over a connection kept from an earlier one, without a response.
    pub fn idle_connection_broke(&self) -> bool {
        self.sent() && !self.opened.load(Relaxed) && !self.received()
    }

    /// Whether there is a connection to the server, and not only to a proxy.
    pub fn reached(&self) -> bool {
        self.reached.load(Relaxed)
    }

    /// Whether the server may have received the request.
    pub fn sent(&self) -> bool {
        self.sent.load(Relaxed)
    }

    /// Whether any of the response was received.
    pub fn received(&self) -> bool {
        self.received.load(Relaxed)
    }

    /// Whether the server asked for a client certificate.
    pub fn certificate_asked(&self) -> bool {
        self.certificate_asked.load(Relaxed)
    }

    /// Whether the server answered plain HTTP with a TLS alert.
    pub fn tls_alert(&self) -> bool {
        self.tls_alert.load(Relaxed)
    }

    /// Notes that a new connection is about to be opened.
    pub fn note_opened(&self) {
        self.opened.store(true, Relaxed);
    }

    /// Notes that there is a connection to `uri`, which is the server or a proxy.
    pub fn note_connected(&self, uri: &Uri) {
        if self.is_server(uri) {
            self.reached.store(true, Relaxed);
        }
    }

    /// Notes that the server asked for a client certificate. In TLS 1.3 the server refuses one only
    /// after the request was sent, often with a reset.
    pub fn note_certificate_asked(&self) {
        self.certificate_asked.store(true, Relaxed);
    }

    fn is_server(&self, uri: &Uri) -> bool {
        uri.authority()
            .is_some_and(|authority| authority.as_str() == self.server)
    }
}

/// The last link of ureq's chain of connectors: notes when the request and its response pass.
#[derive(Debug)]
pub struct Tracker {
    /// Shared with the client.
    pub progress: Arc<Progress>,
}

impl<In: Transport> Connector<In> for Tracker {
    type Out = Either<In, TrackedTransport<In>>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let Some(inner) = chained else {
            return Ok(None);
        };
        // ureq runs the whole chain for a proxy too. What is said to a proxy is not the request.
        if !self.progress.is_server(details.uri) {
            return Ok(Some(Either::A(inner)));
        }
        Ok(Some(Either::B(TrackedTransport {
            inner,
            progress: self.progress.clone(),
        })))
    }
}

/// A connection to the server.
#[derive(Debug)]
pub struct TrackedTransport<T> {
    inner: T,
    progress: Arc<Progress>,
}

impl<T: Transport> Transport for TrackedTransport<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        // Before it is done: a write that fails may have sent a part.
        self.progress.sent.store(true, Relaxed);
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        // Only the head of a response can fill the buffer. ureq would read nothing into a full buffer
        // and take that for the end of the connection.
        let full = self.inner.buffers().input_append_buf().is_empty();
        let length = self.inner.buffers().input().len();
        if full && length > 0 {
            return Err(Error::LargeResponseHeader(length, length));
        }
        let more = self.inner.await_input(timeout)?;
        if more && !self.progress.received.swap(true, Relaxed) {
            // A TLS record of type alert (21), version 3.x.
            let alert = !self.inner.is_tls() && self.inner.buffers().input().starts_with(&[21, 3]);
            self.progress.tls_alert.store(alert, Relaxed);
        }
        Ok(more)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
