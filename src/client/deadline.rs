//! `--timeout` as a deadline. ureq limits most steps of a request one by one, so a slow proxy or
//! handshake could take the full time several times. Here everything that waits on a socket ends at
//! the deadline of the request.

use super::progress::Progress;
use rustix::io::Errno;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::Error;
use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, NextTimeout, TcpConnector, Transport,
};

/// When the current request has to be done, if it has a limit.
#[derive(Debug, Default)]
pub struct Deadline(Mutex<Option<Instant>>);

impl Deadline {
    /// Sets it to `limit` from now.
    pub fn set(&self, limit: Option<Duration>) {
        let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = deadline;
    }

    /// The time left, or `None` without a limit.
    pub fn left(&self) -> Option<Duration> {
        let deadline = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// `timeout`, but no longer than the time left.
    ///
    /// # Errors
    /// A timeout if no time is left.
    fn shorten(&self, mut timeout: NextTimeout) -> Result<NextTimeout, Error> {
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

    /// ureq reports a connection that the kernel gave up as a timeout. Without a limit, that is not the
    /// timeout of the request.
    fn kernel_timeout(&self, error: Error) -> Error {
        match error {
            Error::Timeout(_) if self.left().is_none() => {
                Error::Io(io::Error::from(Errno::TIMEDOUT))
            }
            error => error,
        }
    }
}

/// The TCP link of ureq's chain of connectors: ureq's own, held to the deadline.
#[derive(Debug)]
pub struct TimedTcp {
    /// Shared with the client.
    pub progress: Arc<Progress>,
    /// ureq's own link.
    pub tcp: TcpConnector,
}

impl<In: Transport> Connector<In> for TimedTcp {
    type Out = TimedTransport<<TcpConnector as Connector<In>>::Out>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let deadline = &self.progress.deadline;
        // For a proxy, ureq does not subtract the time that the look-up of its name took.
        let in_time = ConnectionDetails {
            uri: details.uri,
            addrs: details.addrs.clone(),
            config: details.config,
            request_level: details.request_level,
            resolver: details.resolver,
            now: (details.current_time)(),
            timeout: deadline.shorten(details.timeout)?,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        self.progress.note_opened();
        let connected = self.tcp.connect(&in_time, chained);
        let Some(inner) = connected.map_err(|error| deadline.kernel_timeout(error))? else {
            return Ok(None);
        };
        self.progress.note_connected(details.uri);
        Ok(Some(TimedTransport {
            inner,
            progress: self.progress.clone(),
        }))
    }
}

/// A TCP connection or a proxy's tunnel, on which nothing waits longer than to the deadline.
#[derive(Debug)]
pub struct TimedTransport<T> {
    inner: T,
    progress: Arc<Progress>,
}

impl<T: Transport> Transport for TimedTransport<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    /// After a partial write, ureq gives the rest the same time again. So a server that stops reading
    /// can take up to twice the time left, if the request is larger than the kernel's buffer.
    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        let deadline = &self.progress.deadline;
        let sent = self
            .inner
            .transmit_output(amount, deadline.shorten(timeout)?);
        sent.map_err(|error| deadline.kernel_timeout(error))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let deadline = &self.progress.deadline;
        let received = self.inner.await_input(deadline.shorten(timeout)?);
        received.map_err(|error| deadline.kernel_timeout(error))
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::names::Names;
    use std::net::TcpListener;
    use ureq::Agent;

    const LIMIT: Duration = Duration::from_millis(200);

    #[test]
    fn a_server_that_stops_reading_ends_with_the_deadline() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let server = listener.local_addr().unwrap().to_string();
        let progress = Arc::new(Progress::new(&server));
        let connector = ().chain(TimedTcp {
            progress: progress.clone(),
            tcp: TcpConnector::default(),
        });
        let agent = Agent::with_parts(ureq::config::Config::default(), connector, Names::default());
        progress.start(Some(LIMIT));
        let start = Instant::now();
        // Far more than the kernel takes. ureq itself has no limit here.
        let body = vec![7; 32 * 1024 * 1024];
        let failed = agent.post(format!("http://{server}/")).send(&body);
        let took = start.elapsed();
        assert!(matches!(failed, Err(Error::Timeout(_))), "{failed:?}");
        assert!(took >= LIMIT && took < LIMIT * 5, "{took:?}");
        assert!(progress.reached());
    }

    #[test]
    fn no_step_gets_more_than_the_time_left() {
        let deadline = Deadline::default();
        let hour = NextTimeout {
            after: Limit::from_secs(3600),
            ..NextTimeout::default()
        };
        assert_eq!(deadline.shorten(hour).unwrap().after, hour.after);
        deadline.set(Some(LIMIT));
        assert!(*deadline.shorten(hour).unwrap().after <= LIMIT);
        assert!(*deadline.shorten(NextTimeout::default()).unwrap().after <= LIMIT);
        deadline.set(Some(Duration::ZERO));
        assert!(matches!(deadline.shorten(hour), Err(Error::Timeout(_))));
    }

    #[test]
    fn without_a_deadline_only_the_kernel_gives_up() {
        let deadline = Deadline::default();
        let error = || Error::Timeout(ureq::Timeout::Connect);
        let shown = deadline.kernel_timeout(error());
        assert!(matches!(shown, Error::Io(error) if error.kind() == io::ErrorKind::TimedOut));
        deadline.set(Some(LIMIT));
        assert!(matches!(
            deadline.kernel_timeout(error()),
            Error::Timeout(_)
        ));
    }
}
