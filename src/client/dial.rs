//! Opens TCP connections, and sees to it that neither that nor what follows takes longer than it may.

use rustix::io::Errno;
use rustix::net::sockopt::{self, Timeout};
use rustix::net::{AddressFamily, SocketFlags, SocketType};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};
use ureq::Error;
use ureq::unversioned::transport::NextTimeout;

/// The steps in which the kernel is told how long to wait, in milliseconds: mostly it is told
/// already, and what has an end ends at most so much too late.
const STEP: u64 = 50;

/// How long something may take from now on.
pub struct Limit {
    end: Option<Instant>,
    /// What ureq calls it.
    reason: ureq::Timeout,
}

impl Limit {
    fn new(after: Option<Duration>, reason: ureq::Timeout) -> Limit {
        // An end that the clock does not reach is none.
        let end = after.and_then(|after| Instant::now().checked_add(after));
        Limit { end, reason }
    }

    /// What is left of it: `None` where there is no end.
    ///
    /// # Errors
    /// [`Limit::over`] where nothing is left.
    fn left(&self) -> Result<Option<Duration>, Error> {
        let left = |end: Instant| end.saturating_duration_since(Instant::now());
        match self.end.map(left) {
            Some(Duration::ZERO) => Err(self.over()),
            left => Ok(left),
        }
    }

    /// The error of what takes longer.
    pub fn over(&self) -> Error {
        Error::Timeout(self.reason)
    }
}

impl From<NextTimeout> for Limit {
    fn from(timeout: NextTimeout) -> Limit {
        let after = (!timeout.after.is_not_happening()).then_some(*timeout.after);
        Limit::new(after, timeout.reason)
    }
}

/// How long the kernel waits for one thing on a socket, as far as it was told.
#[derive(Debug)]
pub struct Wait {
    what: Timeout,
    /// 0 is without an end, as for every new socket.
    steps: u64,
}

impl Wait {
    /// Nothing was told for a new socket.
    pub fn new(what: Timeout) -> Wait {
        Wait { what, steps: 0 }
    }

    /// Lets the kernel wait to the limit: never shorter, and longer by a step at most.
    ///
    /// # Errors
    /// [`Limit::over`] where nothing is left.
    pub fn until(&mut self, socket: &OwnedFd, limit: &Limit) -> Result<(), Error> {
        let steps = limit.left()?.map_or(0, steps);
        if steps != self.steps {
            let time = (steps > 0).then(|| Duration::from_millis(steps.saturating_mul(STEP)));
            sockopt::set_socket_timeout(socket, self.what, time).map_err(io)?;
            self.steps = steps;
        }
        Ok(())
    }
}

fn steps(left: Duration) -> u64 {
    u64::try_from(left.as_millis()).unwrap_or(u64::MAX) / STEP + 1
}

/// Connects to the first of `addresses` that can be reached. As long as others are left, each gets
/// half the time, about. With the socket comes how long it waits when it sends.
///
/// # Errors
/// That of the last address; that of the first that no other address would help.
pub fn connect(addresses: &[SocketAddr], limit: &Limit) -> Result<(OwnedFd, Wait), Error> {
    let mut failure = Error::HostNotFound;
    for (at, address) in addresses.iter().enumerate() {
        let share = limit.left()?.map(|left| share(left, addresses.len() - at));
        match connect_to(address, &Limit::new(share, ureq::Timeout::Connect)) {
            Err(error) if is_of_the_address(&error) => failure = error,
            connected => return connected,
        }
    }
    Err(failure)
}

/// The time for the first of `addresses`: half of what is left, about, and all of it for the last.
fn share(left: Duration, addresses: usize) -> Duration {
    let whole = 1_u32 << addresses.clamp(1, 31);
    left / (whole - 1) * (whole / 2)
}

fn connect_to(address: &SocketAddr, limit: &Limit) -> Result<(OwnedFd, Wait), Error> {
    let family = match address {
        SocketAddr::V4(_) => AddressFamily::INET,
        SocketAddr::V6(_) => AddressFamily::INET6,
    };
    let (kind, flags) = (SocketType::STREAM, SocketFlags::CLOEXEC);
    let socket = rustix::net::socket_with(family, kind, flags, None).map_err(io)?;
    let mut wait = Wait::new(Timeout::Send);
    loop {
        // On Linux the time for sending is that for connecting too.
        wait.until(&socket, limit)?;
        match rustix::net::connect(&socket, address) {
            Ok(()) | Err(Errno::ISCONN) => return Ok((socket, wait)),
            // It goes on meanwhile, and the next call waits for it.
            Err(Errno::INTR) => {}
            Err(Errno::INPROGRESS | Errno::ALREADY) => return Err(limit.over()),
            Err(errno) => return Err(io(errno)),
        }
    }
}

/// Whether another address of the same host may be reached all the same.
fn is_of_the_address(error: &Error) -> bool {
    match error {
        Error::Timeout(_) => true,
        Error::Io(error) => {
            matches!(
                error.kind(),
                ErrorKind::ConnectionRefused
                    | ErrorKind::HostUnreachable
                    | ErrorKind::NetworkUnreachable
                    | ErrorKind::NetworkDown
                    | ErrorKind::AddrNotAvailable
                    | ErrorKind::TimedOut
            ) || error.raw_os_error() == Some(Errno::AFNOSUPPORT.raw_os_error())
        }
        _ => false,
    }
}

/// An error of the system as ureq has it.
pub fn io(errno: Errno) -> Error {
    Error::Io(errno.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    const SECOND: Duration = Duration::from_secs(1);

    fn limit(time: Duration) -> Limit {
        Limit::new(Some(time), ureq::Timeout::Global)
    }

    #[test]
    fn the_kernel_waits_never_shorter_and_little_longer() {
        for (millis, expected) in [(0, 1), (1, 1), (49, 1), (50, 2), (99, 2), (29_999, 600)] {
            let left = Duration::from_millis(millis);
            assert_eq!(steps(left), expected, "{left:?}");
            assert!(Duration::from_millis(expected * STEP) > left);
            assert!(Duration::from_millis((expected - 1) * STEP) <= left);
        }
        assert!(steps(Duration::MAX) > steps(Duration::from_secs(1 << 40)));
    }

    #[test]
    fn the_kernel_is_told_only_what_is_new() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (socket, mut wait) = connect(&[address], &limit(SECOND * 30)).unwrap();
        let told = || sockopt::socket_timeout(&socket, Timeout::Send).unwrap();
        assert_eq!(told(), Some(SECOND * 30));
        // Behind its back, which shows that it is not told again.
        sockopt::set_socket_timeout(&socket, Timeout::Send, Some(SECOND)).unwrap();
        wait.until(&socket, &limit(SECOND * 30)).unwrap();
        assert_eq!(told(), Some(SECOND));
        wait.until(&socket, &limit(SECOND * 20)).unwrap();
        assert_eq!(told(), Some(SECOND * 20));
        let never = Limit::new(None, ureq::Timeout::Global);
        wait.until(&socket, &never).unwrap();
        assert_eq!(told(), None);
        let over = wait.until(&socket, &limit(Duration::ZERO));
        assert!(matches!(over, Err(Error::Timeout(ureq::Timeout::Global))));
    }

    #[test]
    fn addresses_share_the_time() {
        assert_eq!(share(SECOND * 3, 1), SECOND * 3);
        assert_eq!(share(SECOND * 3, 2), SECOND * 2);
        assert_eq!(share(SECOND * 7, 3), SECOND * 4);
        assert!(share(Duration::MAX, 16) < Duration::MAX);
    }

    #[test]
    fn an_address_that_refuses_leaves_the_next() {
        let closed = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let refuses = closed.local_addr().unwrap();
        drop(closed);
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let accepts = listener.local_addr().unwrap();
        let reached = connect(&[refuses, accepts], &limit(SECOND * 30));
        assert!(reached.is_ok(), "{reached:?}");
        let none = connect(&[refuses, refuses], &limit(SECOND * 30));
        assert!(
            matches!(none, Err(Error::Io(error)) if error.kind() == ErrorKind::ConnectionRefused)
        );
    }
}
