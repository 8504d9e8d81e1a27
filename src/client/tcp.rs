//! TCP as a link of ureq's chain of connectors. ureq's own sends the head and the body of a request
//! apart, and makes twice as many system calls.

use super::buffers::Held;
use super::wire::Progress;
use rustix::io::Errno;
use rustix::net::sockopt::{self, Timeout};
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::{Duration, Instant};
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport,
};

/// The steps in which the kernel is told how long to wait, in milliseconds: mostly it is told
/// already, and a request ends at most so much too late.
const STEP: u64 = 50;

/// The link of the chain: opens a connection, unless a proxy's tunnel takes its place.
#[derive(Debug)]
pub struct Tcp {
    /// Shared with the client.
    pub progress: Arc<Progress>,
}

impl<In: Transport> Connector<In> for Tcp {
    type Out = Either<In, Socket>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        if let Some(tunnel) = chained {
            return Ok(Some(Either::A(tunnel)));
        }
        let size = (
            details.config.input_buffer_size(),
            details.config.output_buffer_size(),
        );
        let buffers = Held::new(size.0, size.1);
        let limit = Limit::from(details.timeout);
        Socket::open(&details.addrs, &limit, buffers, self.progress.clone())
            .map(|socket| Some(Either::B(socket)))
    }
}

/// How long something may take from now on.
struct Limit {
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
    fn left(&self) -> Result<Option<Duration>, Error> {
        let left = |end: Instant| end.saturating_duration_since(Instant::now());
        match self.end.map(left) {
            Some(Duration::ZERO) => Err(self.over()),
            left => Ok(left),
        }
    }

    fn over(&self) -> Error {
        Error::Timeout(self.reason)
    }
}

impl From<NextTimeout> for Limit {
    fn from(timeout: NextTimeout) -> Limit {
        let after = (!timeout.after.is_not_happening()).then_some(*timeout.after);
        Limit::new(after, timeout.reason)
    }
}

/// A TCP connection.
///
/// Nagle's algorithm stays on, for it delays nothing: what is written is sent when the answer is
/// awaited, all of it at once, and by the next time that answer has come.
#[derive(Debug)]
pub struct Socket {
    socket: OwnedFd,
    buffers: Held,
    progress: Arc<Progress>,
    /// How long the kernel waits when it sends and receives, in steps; 0 is without an end.
    send_steps: u64,
    receive_steps: u64,
    /// Why no more can be sent.
    broke: Option<Errno>,
    /// Bytes have come since someone asked whether the connection is open.
    fresh: bool,
}

impl Socket {
    /// Connects to the first of `addresses` that can be reached. As long as others are left, each
    /// gets half the time, about.
    fn open(
        addresses: &[SocketAddr],
        limit: &Limit,
        buffers: Held,
        progress: Arc<Progress>,
    ) -> Result<Socket, Error> {
        let mut failure = Error::HostNotFound;
        for (at, address) in addresses.iter().enumerate() {
            let share = limit.left()?.map(|left| share(left, addresses.len() - at));
            match connect(address, &Limit::new(share, ureq::Timeout::Connect)) {
                Ok((socket, send_steps)) => {
                    return Ok(Socket {
                        socket,
                        buffers,
                        progress,
                        send_steps,
                        receive_steps: 0,
                        broke: None,
                        fresh: false,
                    });
                }
                Err(error) if is_of_the_address(&error) => failure = error,
                Err(error) => return Err(error),
            }
        }
        Err(failure)
    }

    /// Sends what was held back. What the server does not want to read is dropped: the reason may
    /// stand in an answer that it gave before it had all.
    fn send(&mut self, limit: &Limit) -> Result<(), Error> {
        let mut rest = self.buffers.held();
        while !rest.is_empty() && self.broke.is_none() {
            let left = limit.left()?;
            allow(&self.socket, Timeout::Send, &mut self.send_steps, left)?;
            self.progress.note_leaving();
            match rustix::net::send(&self.socket, rest, SendFlags::NOSIGNAL) {
                Ok(sent) => rest = &rest[sent..],
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return Err(limit.over()),
                Err(errno @ (Errno::PIPE | Errno::CONNRESET)) => self.broke = Some(errno),
                Err(errno) => return Err(Error::Io(errno.into())),
            }
        }
        self.buffers.let_go();
        Ok(())
    }

    /// Waits for bytes; 0 at the end of the connection.
    fn receive(&mut self, limit: &Limit) -> Result<usize, Error> {
        loop {
            let left = limit.left()?;
            allow(&self.socket, Timeout::Recv, &mut self.receive_steps, left)?;
            let room = self.buffers.input_append_buf();
            match rustix::net::recv(&self.socket, room, RecvFlags::empty()) {
                Ok((received, _)) => return Ok(received),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return Err(limit.over()),
                Err(errno) => return Err(Error::Io(errno.into())),
            }
        }
    }
}

impl Transport for Socket {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    /// Holds the bytes back until an answer is awaited. To transmit nothing sends them.
    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        match self.buffers.hold(amount) {
            true => self.send(&timeout.for_write().into()),
            false => Ok(()),
        }
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let limit = timeout.for_read().into();
        self.send(&limit)?;
        if self.buffers.can_use_input() {
            return Ok(true);
        }
        let received = match (self.receive(&limit), self.broke) {
            (Ok(0) | Err(Error::Io(_)), Some(errno)) => return Err(Error::Io(errno.into())),
            (received, _) => received?,
        };
        self.broke = None;
        self.fresh = received > 0;
        self.buffers.input_appended(received);
        Ok(received > 0)
    }

    /// ureq asks when it puts a connection by and again when it takes it up. The first time the
    /// server has just answered: only the second is worth a look.
    fn is_open(&mut self) -> bool {
        if std::mem::take(&mut self.fresh) {
            return true;
        }
        let look = RecvFlags::PEEK | RecvFlags::DONTWAIT;
        // Bytes that nobody asked for are no better than the end.
        rustix::net::recv(&self.socket, &mut [0][..], look) == Err(Errno::AGAIN)
    }
}

/// The time for the first of `addresses`: half of what is left, about, and all of it for the last.
fn share(left: Duration, addresses: usize) -> Duration {
    let whole = 1_u32 << addresses.clamp(1, 31);
    left / (whole - 1) * (whole / 2)
}

/// Opens a connection; with it comes how long it waits when it sends, in steps.
fn connect(address: &SocketAddr, limit: &Limit) -> Result<(OwnedFd, u64), Error> {
    let family = match address {
        SocketAddr::V4(_) => AddressFamily::INET,
        SocketAddr::V6(_) => AddressFamily::INET6,
    };
    let failed = |errno: Errno| Error::Io(errno.into());
    let (kind, flags) = (SocketType::STREAM, SocketFlags::CLOEXEC);
    let socket = rustix::net::socket_with(family, kind, flags, None).map_err(failed)?;
    let mut steps = 0;
    loop {
        // On Linux the time for sending is that for connecting too.
        allow(&socket, Timeout::Send, &mut steps, limit.left()?)?;
        match rustix::net::connect(&socket, address) {
            // Interrupted, it goes on meanwhile.
            Ok(()) | Err(Errno::ISCONN) => return Ok((socket, steps)),
            Err(Errno::INTR) => {}
            Err(Errno::INPROGRESS | Errno::ALREADY) => return Err(limit.over()),
            Err(errno) => return Err(failed(errno)),
        }
    }
}

/// Lets the kernel wait that long when it sends or receives: never shorter, and longer by less than
/// a step. `set` is what it is told already.
fn allow(
    socket: &OwnedFd,
    what: Timeout,
    set: &mut u64,
    left: Option<Duration>,
) -> Result<(), Error> {
    let steps = left.map_or(0, |left| {
        u64::try_from(left.as_millis()).unwrap_or(u64::MAX) / STEP + 1
    });
    if steps != *set {
        let wait = (steps > 0).then(|| Duration::from_millis(steps.saturating_mul(STEP)));
        sockopt::set_socket_timeout(socket, what, wait).map_err(|errno| Error::Io(errno.into()))?;
        *set = steps;
    }
    Ok(())
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
