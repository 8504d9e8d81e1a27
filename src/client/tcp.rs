//! TCP as a link of ureq's chain of connectors. ureq's own sends the head and the body of a request
//! apart, and makes twice as many system calls.

use super::buffers::{DeferredBuffers, Room};
use super::dial::{self, Limit, Wait};
use super::wire::Progress;
use rustix::io::Errno;
use rustix::net::sockopt::Timeout;
use rustix::net::{RecvFlags, SendFlags};
use std::net::SocketAddr;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport,
};

/// The link of the chain: opens a connection, unless a proxy's tunnel takes its place.
pub struct Tcp {
    /// Shared with the client.
    pub progress: Arc<Progress>,
    /// Shared with the client.
    pub room: Room,
}

debug_by_name!(Tcp);

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
        let buffers = DeferredBuffers::new(details.config.input_buffer_size(), &self.room);
        // The name of a proxy may have taken its time.
        let limit = self.progress.within(details.timeout)?.into();
        let progress = self.progress.clone();
        Socket::open(&details.addrs, &limit, buffers, progress)
            .map(|socket| Some(Either::B(socket)))
    }
}

/// A TCP connection.
///
/// Nagle's algorithm stays on, for it delays nothing: all that is written is sent at once when the
/// answer is awaited, and by the next time that answer has come. Only what is too much to be held
/// goes out in several pieces.
pub struct Socket {
    socket: OwnedFd,
    buffers: DeferredBuffers,
    progress: Arc<Progress>,
    send: Wait,
    receive: Wait,
    /// Why no more can be sent.
    broke: Option<Errno>,
    /// Bytes have come since someone asked whether the connection is open.
    fresh: bool,
}

debug_by_name!(Socket);

impl Socket {
    fn open(
        addresses: &[SocketAddr],
        limit: &Limit,
        buffers: DeferredBuffers,
        progress: Arc<Progress>,
    ) -> Result<Socket, Error> {
        let (socket, send) = dial::connect(addresses, limit)?;
        Ok(Socket {
            socket,
            buffers,
            progress,
            send,
            receive: Wait::new(Timeout::Recv),
            broke: None,
            fresh: false,
        })
    }

    /// Sends what was held back. What the server does not want to read is dropped: the reason may
    /// stand in an answer that it gave before it had all.
    fn send(&mut self, limit: &Limit) -> Result<(), Error> {
        let mut rest = self.buffers.held();
        while !rest.is_empty() && self.broke.is_none() {
            self.send.until(&self.socket, limit)?;
            self.progress.note_leaving();
            match rustix::net::send(&self.socket, rest, SendFlags::NOSIGNAL) {
                Ok(sent) => rest = &rest[sent..],
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return Err(limit.over()),
                Err(errno @ (Errno::PIPE | Errno::CONNRESET)) => self.broke = Some(errno),
                Err(errno) => return Err(dial::io(errno)),
            }
        }
        self.buffers.let_go();
        Ok(())
    }

    /// Waits for bytes; 0 at the end of the connection.
    fn receive(&mut self, limit: &Limit) -> Result<usize, Error> {
        loop {
            self.receive.until(&self.socket, limit)?;
            let room = self.buffers.input_append_buf();
            match rustix::net::recv(&self.socket, room, RecvFlags::empty()) {
                Ok((received, _)) => return Ok(received),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return Err(limit.over()),
                Err(errno) => return Err(dial::io(errno)),
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
            (Ok(0) | Err(Error::Io(_)), Some(errno)) => return Err(dial::io(errno)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{ErrorKind, Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::time::{Duration, Instant};
    use ureq::unversioned::transport::time::Duration as After;

    /// More than is held back.
    const LARGE: usize = 70_000;

    fn within(millis: u64) -> NextTimeout {
        NextTimeout {
            after: After::from_millis(millis),
            ..NextTimeout::default()
        }
    }

    const PATIENCE: u64 = 30_000;

    /// Both ends of a connection.
    fn pair() -> (Socket, TcpStream) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let room = Room::default();
        room.set(LARGE);
        let (limit, buffers) = (within(PATIENCE).into(), DeferredBuffers::new(1024, &room));
        let socket = Socket::open(&[address], &limit, buffers, Arc::default()).unwrap();
        (socket, listener.accept().unwrap().0)
    }

    fn write(socket: &mut Socket, piece: &[u8], timeout: NextTimeout) -> Result<(), Error> {
        socket.progress.note_written();
        socket.buffers().output()[..piece.len()].copy_from_slice(piece);
        socket.transmit_output(piece.len(), timeout)
    }

    fn read(socket: &mut Socket) -> Result<Vec<u8>, Error> {
        socket.maybe_await_input(within(PATIENCE))?;
        let input = socket.buffers().input().to_vec();
        socket.buffers().input_consume(input.len());
        Ok(input)
    }

    #[test]
    fn all_that_is_written_arrives_in_one_read_when_the_answer_is_awaited() {
        let (mut socket, mut server) = pair();
        for round in 0..3 {
            write(&mut socket, b"head", within(PATIENCE)).unwrap();
            write(&mut socket, b"body", within(PATIENCE)).unwrap();
            if round == 0 {
                assert!(!socket.progress.sent(), "what is held has not left");
                server.set_nonblocking(true).unwrap();
                let nothing = server.read(&mut [0]).unwrap_err();
                assert_eq!(nothing.kind(), ErrorKind::WouldBlock);
                server.set_nonblocking(false).unwrap();
            }
            let mut other = server.try_clone().unwrap();
            let answers = std::thread::spawn(move || {
                let mut request = [0; 64];
                let length = other.read(&mut request).unwrap();
                other.write_all(b"answer").unwrap();
                request[..length].to_vec()
            });
            assert_eq!(read(&mut socket).unwrap(), b"answer");
            assert_eq!(answers.join().unwrap(), b"headbody");
            assert!(socket.progress.sent());
        }
        write(&mut socket, b"more", within(PATIENCE)).unwrap();
        write(&mut socket, b"", within(PATIENCE)).unwrap();
        let mut more = [0; 4];
        server.read_exact(&mut more).unwrap();
        assert_eq!(&more, b"more", "to transmit nothing sends what is held");
    }

    #[test]
    fn a_server_that_reads_nothing_ends_with_the_timeout() {
        let (mut socket, _server) = pair();
        let start = Instant::now();
        let piece = vec![7; LARGE];
        // Buffers of the kernel take some of it, but not without end.
        let failed = (0..10_000).find_map(|_| {
            let left = Duration::from_millis(120).saturating_sub(start.elapsed());
            let left = u64::try_from(left.as_millis()).unwrap();
            write(&mut socket, &piece, within(left)).err()
        });
        assert!(matches!(failed, Some(Error::Timeout(_))), "{failed:?}");
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(119), "{took:?}");
        assert!(socket.progress.sent());
    }

    #[test]
    fn silence_ends_with_the_timeout() {
        let (mut socket, _server) = pair();
        let start = Instant::now();
        let failed = socket.await_input(within(70));
        assert!(matches!(failed, Err(Error::Timeout(_))), "{failed:?}");
        assert!(start.elapsed() >= Duration::from_millis(70));
    }

    #[test]
    fn an_answer_that_comes_before_the_request_is_sent_is_read() {
        for early in [&b"early"[..], b""] {
            let (mut socket, mut server) = pair();
            let piece = vec![7; LARGE];
            write(&mut socket, &piece, within(PATIENCE)).unwrap();
            // What it did not read makes of its end a reset.
            server.read_exact(&mut [0]).unwrap();
            server.write_all(early).unwrap();
            drop(server);
            for _ in 0..3 {
                write(&mut socket, &piece, within(PATIENCE)).unwrap();
            }
            let answer = read(&mut socket);
            match (early, answer) {
                (b"", Err(Error::Io(error))) => {
                    let kind = error.kind();
                    let broke = [ErrorKind::BrokenPipe, ErrorKind::ConnectionReset];
                    assert!(broke.contains(&kind), "{kind:?}");
                }
                (early, answer) => {
                    assert_eq!(answer.unwrap(), early);
                    assert_eq!(read(&mut socket).unwrap(), b"", "the end");
                }
            }
        }
    }

    #[test]
    fn an_idle_connection_is_open_until_something_comes() {
        for last in [&b"more"[..], b""] {
            let (mut socket, mut server) = pair();
            server.write_all(b"answer").unwrap();
            assert_eq!(read(&mut socket).unwrap(), b"answer");
            assert!(socket.is_open(), "when it is put by");
            assert!(socket.is_open(), "when it is taken up");
            server.write_all(last).unwrap();
            server.shutdown(std::net::Shutdown::Write).unwrap();
            assert!(!socket.is_open(), "after {last:?}");
        }
    }
}
