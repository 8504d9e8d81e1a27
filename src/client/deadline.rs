//! `--timeout` as a deadline. ureq would limit most steps of a request one by one, so a slow proxy or
//! handshake could take the full time several times. Its own limits stay unused: everything that waits
//! for the network ends at the deadline of the request.

use rustix::io::Errno;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::Error;
use ureq::unversioned::transport::NextTimeout;
use ureq::unversioned::transport::time::Duration as Limit;

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

    /// `timeout`, but no longer than the time left. A timeout error if no time is left.
    pub fn shorten(&self, mut timeout: NextTimeout) -> Result<NextTimeout, Error> {
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
    pub fn kernel_timeout(&self, error: Error) -> Error {
        match error {
            Error::Timeout(_) if self.left().is_none() => {
                Error::Io(io::Error::from(Errno::TIMEDOUT))
            }
            error => error,
        }
    }
}
