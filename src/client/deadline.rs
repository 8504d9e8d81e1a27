//! `--timeout` as one deadline for the whole request. ureq's own timeouts are not used. They apply to
//! each step separately, so a slow proxy and a slow handshake could each take the full time.

use rustix::io::Errno;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::Error;
use ureq::unversioned::transport::NextTimeout;
use ureq::unversioned::transport::time::Duration as Limit;

/// The time by which the current request must finish. It is `None` if there is no time limit.
#[derive(Debug, Default)]
pub struct Deadline(Mutex<Option<Instant>>);

impl Deadline {
    /// Sets the deadline to `limit` from now.
    pub fn set(&self, limit: Option<Duration>) {
        let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = deadline;
    }

    /// The time left, or `None` if there is no time limit.
    pub fn left(&self) -> Option<Duration> {
        let deadline = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// Shortens `timeout` to the time left. Returns a timeout error if no time is left.
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

    /// ureq reports `ETIMEDOUT` from the kernel as its own timeout. If there is no time limit, this
    /// restores the I/O error.
    pub fn kernel_timeout(&self, error: Error) -> Error {
        match error {
            Error::Timeout(_) if self.left().is_none() => {
                Error::Io(io::Error::from(Errno::TIMEDOUT))
            }
            error => error,
        }
    }
}
