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

/// Something that happens to a request once, or not at all.
#[derive(Debug, Default)]
pub struct Event(AtomicBool);

impl Event {
    pub fn note(&self) {
        self.0.store(true, Relaxed);
    }

    pub fn happened(&self) -> bool {
        self.0.load(Relaxed)
    }

    pub fn forget(&self) {
        self.0.store(false, Relaxed);
    }
}

/// The progress of the current request, shared by the client and the links of its connection.
#[derive(Debug, Default)]
pub struct Progress {
    /// Host and port of the server.
    server: String,
    /// When the request has to be done.
    pub deadline: Deadline,
    /// The next request looks names up again and opens a new connection.
    pub start_over: Event,
    /// A new connection was opened, instead of using the one of the request before.
    pub opened: Event,
    /// There is a connection to the server, perhaps through a proxy.
    pub reached: Event,
    /// Bytes of the request may have been sent.
    pub sent: Event,
    /// Bytes of the response were received.
    pub received: Event,
    /// The request was sent before, and its response was lost. That attempt may have been carried out,
    /// whatever happens to this one.
    pub lost: Event,
    /// The server asked for a client certificate. In TLS 1.3 it refuses one only after the request was
    /// sent, often with a reset.
    pub certificate_asked: Event,
    /// The server answered plain HTTP with a TLS alert.
    pub tls_alert: Event,
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
        self.lost.forget();
        self.deadline.set(limit);
    }

    /// Starts the same request again because its response was lost. The deadline stays.
    pub fn repeat(&self) {
        self.clear();
        self.lost.note();
    }

    fn clear(&self) {
        let of_one_attempt = [
            &self.opened,
            &self.reached,
            &self.sent,
            &self.received,
            &self.tls_alert,
        ];
        of_one_attempt.into_iter().for_each(Event::forget);
    }

    /// Whether the request was sent over a connection kept from an earlier one, without a response.
    pub fn idle_connection_broke(&self) -> bool {
        self.sent.happened() && !self.opened.happened() && !self.received.happened()
    }

    /// Whether `uri` is that of the server, and not that of a proxy.
    pub fn is_server(&self, uri: &Uri) -> bool {
        let authority = uri.authority();
        authority.is_some_and(|authority| authority.as_str() == self.server)
    }
}

/// The last link of ureq's chain of connectors: notes when the request and its response pass.
#[derive(Debug)]
pub struct Tracker {
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
        self.progress.sent.note();
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
        if more && !self.progress.received.happened() {
            self.progress.received.note();
            // A TLS record of type alert (21), version 3.x.
            if !self.inner.is_tls() && self.inner.buffers().input().starts_with(&[21, 3]) {
                self.progress.tls_alert.note();
            }
        }
        Ok(more)
    }

    /// ureq asks before it uses a connection that was kept.
    fn is_open(&mut self) -> bool {
        !self.progress.start_over.happened() && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
