//! Tracks how far a request got, so that error messages can say whether it may have been carried out.

use super::deadline::Deadline;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use ureq::Error;
use ureq::http::Uri;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport,
};

/// A shared flag for something that happens at most once during a request.
#[derive(Debug, Default)]
pub struct Event(AtomicBool);

impl Event {
    pub fn note(&self) {
        self.0.store(true, Relaxed);
    }

    pub fn happened(&self) -> bool {
        self.0.load(Relaxed)
    }

    pub fn reset(&self) {
        self.0.store(false, Relaxed);
    }
}

/// The progress of the current request. The client and the connectors share it.
#[derive(Debug, Default)]
pub struct Progress {
    /// The authority of the base URL.
    server: String,
    /// The deadline of the request.
    pub deadline: Deadline,
    /// The next request must look up the host again and open a new connection.
    pub start_over: Event,
    /// A new connection was opened. The connection of the previous request was not reused.
    pub opened: Event,
    /// A connection to the server was established, directly or through a proxy.
    pub reached: Event,
    /// Bytes of the request may have been sent.
    pub sent: Event,
    /// Bytes of the response were received.
    pub received: Event,
    /// The response to a first attempt was lost, and the request was sent again. The first attempt may
    /// have been carried out.
    pub response_lost: Event,
    /// The peer requested a client certificate. With TLS 1.3, the client has already sent the request
    /// when a refusal arrives. It is often just a reset.
    pub certificate_requested: Event,
    /// The response to plain HTTP was a TLS alert.
    pub tls_alert: Event,
}

impl Progress {
    /// `server` is the authority of the base URL, such as `host:8086`.
    pub fn new(server: &str) -> Progress {
        Progress {
            server: server.to_string(),
            ..Progress::default()
        }
    }

    /// Starts a new request with the time limit `limit`.
    pub fn start(&self, limit: Option<Duration>) {
        self.clear();
        self.response_lost.reset();
        self.deadline.set(limit);
    }

    /// Starts a second attempt because the first response was lost. The deadline stays the same.
    pub fn repeat(&self) {
        self.clear();
        self.response_lost.note();
    }

    fn clear(&self) {
        let per_attempt = [
            &self.opened,
            &self.reached,
            &self.sent,
            &self.received,
            &self.tls_alert,
        ];
        per_attempt.into_iter().for_each(Event::reset);
    }

    /// Whether the request was sent on a reused connection and no response arrived.
    pub fn idle_connection_broke(&self) -> bool {
        self.sent.happened() && !self.opened.happened() && !self.received.happened()
    }

    /// Whether `uri` is the URI of the server. Otherwise it is the URI of the proxy.
    pub fn is_server(&self, uri: &Uri) -> bool {
        let authority = uri.authority();
        authority.is_some_and(|authority| authority.as_str() == self.server)
    }
}

/// The last connector in ureq's chain. Records when the request is sent and the response arrives.
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
        // ureq also runs the whole chain for the connection to the proxy. The CONNECT that it sends
        // there is not the request.
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
        // Recorded before the write, because a failed write may have sent some bytes.
        self.progress.sent.note();
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        // Only a response head can fill the buffer. ureq would read 0 bytes into the full buffer and
        // report that the connection was closed.
        let full = self.inner.buffers().input_append_buf().is_empty();
        let length = self.inner.buffers().input().len();
        if full && length > 0 {
            return Err(Error::LargeResponseHeader(length, length));
        }
        let more = self.inner.await_input(timeout)?;
        if more && !self.progress.received.happened() {
            self.progress.received.note();
            // A TLS record with content type alert (21) and version 3.x.
            if !self.inner.is_tls() && self.inner.buffers().input().starts_with(&[21, 3]) {
                self.progress.tls_alert.note();
            }
        }
        Ok(more)
    }

    /// ureq calls this before it reuses a connection.
    fn is_open(&mut self) -> bool {
        !self.progress.start_over.happened() && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
