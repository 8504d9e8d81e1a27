//! What ureq leaves open on a connection: every read and write keeps to the deadline of its request
//! and notes how far the request has come.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::Error;
use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// How far the request under way has come. It tells 'not reached' from 'perhaps carried out'.
#[derive(Debug, Default)]
pub struct Progress {
    /// A connection was opened for it; else it goes over one kept from the request before.
    opened: AtomicBool,
    /// The socket, or a proxy's tunnel, has reached the server.
    reached: AtomicBool,
    /// Bytes of the request were handed down to the socket, which may hold them back.
    written: AtomicBool,
    /// Bytes of the request may have left.
    sent: AtomicBool,
    /// Bytes of the answer have come.
    received: AtomicBool,
    /// The request was sent before, and its answer was lost.
    lost: AtomicBool,
    /// The server has asked for a client certificate.
    certificate_asked: AtomicBool,
    /// What came is no HTTP but the alert with which TLS answers plain text.
    tls_alert: AtomicBool,
    deadline: Mutex<Option<Instant>>,
}

impl Progress {
    /// Starts a new request, which `limit` gives that long.
    pub fn start(&self, limit: Option<Duration>) {
        self.clear();
        self.lost.store(false, Relaxed);
        let mut deadline = self.deadline.lock().unwrap_or_else(PoisonError::into_inner);
        *deadline = limit.map(|limit| Instant::now() + limit);
    }

    /// Starts the same request again, now that the answer to it was lost, within the time that it
    /// has left.
    pub fn repeat(&self) {
        self.clear();
        self.lost.store(true, Relaxed);
    }

    /// Whether the request was sent before and its answer was lost: it may have been carried out,
    /// whatever becomes of this attempt.
    pub fn lost(&self) -> bool {
        self.lost.load(Relaxed)
    }

    fn clear(&self) {
        for flag in [
            &self.opened,
            &self.reached,
            &self.written,
            &self.sent,
            &self.received,
            &self.tls_alert,
        ] {
            flag.store(false, Relaxed);
        }
    }

    /// Whether the request went over a connection kept from an earlier one, and nothing came back.
    pub fn idle_connection_broke(&self) -> bool {
        self.sent() && !self.opened.load(Relaxed) && !self.received()
    }

    /// Whether there is a connection to the server, and not just to a proxy.
    pub fn reached(&self) -> bool {
        self.reached.load(Relaxed)
    }

    /// Whether the server may have got the request.
    pub fn sent(&self) -> bool {
        self.sent.load(Relaxed)
    }

    /// Bytes of the request are handed down to the socket, which may hold them back.
    pub fn note_written(&self) {
        self.written.store(true, Relaxed);
    }

    /// The socket is about to send what was handed down to it.
    pub fn note_leaving(&self) {
        if self.written.load(Relaxed) {
            self.sent.store(true, Relaxed);
        }
    }

    /// Whether any of the answer has come.
    pub fn received(&self) -> bool {
        self.received.load(Relaxed)
    }

    /// Remembers that the server asked for a client certificate: with TLS 1.3 its refusal comes
    /// after the request was sent, often as a reset.
    pub fn note_certificate_asked(&self) {
        self.certificate_asked.store(true, Relaxed);
    }

    /// Whether the server asked for a client certificate.
    pub fn certificate_asked(&self) -> bool {
        self.certificate_asked.load(Relaxed)
    }

    /// Whether the server answered plain HTTP with an alert of TLS.
    pub fn tls_alert(&self) -> bool {
        self.tls_alert.load(Relaxed)
    }

    /// What is left of the time, where there is a limit.
    pub fn left(&self) -> Option<Duration> {
        let deadline = self.deadline.lock().unwrap_or_else(PoisonError::into_inner);
        deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// `timeout`, but no longer than to the request's deadline.
    ///
    /// # Errors
    /// That the time is over.
    pub fn within(&self, mut timeout: NextTimeout) -> Result<NextTimeout, Error> {
        if let Some(left) = self.left() {
            if left.is_zero() {
                return Err(Error::Timeout(timeout.reason));
            }
            if timeout.after.is_not_happening() || *timeout.after > left {
                timeout.after = Limit::Exact(left);
            }
        }
        Ok(timeout)
    }
}

/// A link of ureq's chain of connectors which watches the transport that the links before made.
pub struct Tracker {
    /// Shared with the client.
    pub progress: Arc<Progress>,
    /// The server. ureq runs the whole chain for a proxy too, whose talk is not the request's.
    pub server: Arc<str>,
    /// What passes at this place of the chain.
    pub layer: Layer,
}

debug_by_name!(Tracker);

/// Where in the chain a [`Tracker`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Above the socket: all that waits does so there, and keeps to the deadline. ureq grants each
    /// read of a handshake its full time.
    Socket,
    /// Above TLS: what passes is the request and its answer.
    Http,
}

impl<In: Transport> Connector<In> for Tracker {
    type Out = TrackedTransport<In>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let direct = details
            .uri
            .authority()
            .is_some_and(|authority| authority.as_str() == &*self.server);
        self.progress.opened.store(true, Relaxed);
        if direct && chained.is_some() {
            self.progress.reached.store(true, Relaxed);
        }
        Ok(chained.map(|inner| TrackedTransport {
            inner,
            progress: self.progress.clone(),
            layer: if direct { self.layer } else { Layer::Socket },
        }))
    }
}

/// A transport under watch.
pub struct TrackedTransport<T> {
    inner: T,
    progress: Arc<Progress>,
    layer: Layer,
}

debug_by_name!(TrackedTransport<T>);

impl<T: Transport> Transport for TrackedTransport<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if self.layer == Layer::Socket {
            let timeout = self.progress.within(timeout)?;
            return self.inner.transmit_output(amount, timeout);
        }
        self.progress.note_written();
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        if self.layer == Layer::Socket {
            let timeout = self.progress.within(timeout)?;
            return self.inner.await_input(timeout);
        }
        // A full buffer can only be the head of an answer: ureq would read nothing into it and
        // take that for the end of the connection.
        let full = self.inner.buffers().input_append_buf().is_empty();
        let held = self.inner.buffers().input().len();
        if full && held > 0 {
            return Err(Error::LargeResponseHeader(held, held));
        }
        let more = self.inner.await_input(timeout)?;
        if more && !self.progress.received.swap(true, Relaxed) {
            // Record type 21, version 3.x.
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
