//! The TCP connector in ureq's chain. It wraps ureq's own and enforces the deadline of the request.

use super::progress::Progress;
use std::sync::Arc;
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, NextTimeout, TcpConnector, Transport,
};

#[derive(Debug)]
pub struct TimedTcp {
    pub progress: Arc<Progress>,
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
        // For a proxy, ureq does not subtract the time that the lookup took.
        let with_deadline = ConnectionDetails {
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
        self.progress.opened.note();
        let connected = self.tcp.connect(&with_deadline, chained);
        let Some(inner) = connected.map_err(|error| deadline.kernel_timeout(error))? else {
            return Ok(None);
        };
        if self.progress.is_server(details.uri) {
            self.progress.reached.note();
        }
        Ok(Some(TimedTransport {
            inner,
            progress: self.progress.clone(),
        }))
    }
}

/// A TCP connection or the tunnel through a proxy. Its reads and writes end at the deadline.
#[derive(Debug)]
pub struct TimedTransport<T> {
    inner: T,
    progress: Arc<Progress>,
}

impl<T: Transport> Transport for TimedTransport<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    /// After a partial write, ureq restarts the timeout for the rest. So if the request is larger than
    /// the kernel's buffer, a server that stops reading can take up to twice the time left.
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
    use std::net::TcpListener;
    use std::time::{Duration, Instant};
    use ureq::Agent;
    use ureq::config::Config;
    use ureq::unversioned::resolver::DefaultResolver;

    const LIMIT: Duration = Duration::from_millis(200);

    #[test]
    fn a_request_to_a_server_that_stops_reading_ends_at_the_deadline() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let server = listener.local_addr().unwrap().to_string();
        let progress = Arc::new(Progress::new(&server));
        let connector = ().chain(TimedTcp {
            progress: progress.clone(),
            tcp: TcpConnector::default(),
        });
        let agent = Agent::with_parts(Config::default(), connector, DefaultResolver::default());
        progress.start(Some(LIMIT));
        let start = Instant::now();
        // Far more than the kernel's buffer. ureq itself has no timeout here.
        let body = vec![7; 32 * 1024 * 1024];
        let failed = agent.post(format!("http://{server}/")).send(&body);
        let took = start.elapsed();
        assert!(matches!(failed, Err(Error::Timeout(_))), "{failed:?}");
        assert!(took >= LIMIT && took < LIMIT * 5, "{took:?}");
        assert!(progress.reached.happened());
    }
}
