//! The common part of the scripted server and the scripted proxy. A thread serves one connection
//! after another, and compares each request with the expected one. A wrong request ends the
//! connection at once.

use super::expected_requests::{Record, lock};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a request may pause after its first byte. The program sends the rest without waiting.
const PAUSE: Duration = Duration::from_secs(1);

/// A connection, encrypted or not.
pub trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}

/// The thread of a scripted server or proxy. When this is dropped, all expected requests must have
/// arrived.
pub struct Scripted {
    port: u16,
    record: Arc<Mutex<Record>>,
    thread: Option<JoinHandle<()>>,
}

impl Scripted {
    /// Starts the thread, which calls `serve` for each connection.
    pub fn start(
        name: &'static str,
        listener: TcpListener,
        tls: Option<Arc<ServerConfig>>,
        expected: VecDeque<String>,
        serve: impl FnMut(&mut dyn Stream, &Connection) + Send + 'static,
    ) -> Scripted {
        let port = listener.local_addr().unwrap().port();
        let record = Record::start(name, expected);
        let shared = record.clone();
        let thread = std::thread::spawn(move || accept(&listener, tls.as_ref(), &shared, serve));
        Scripted {
            port,
            record,
            thread: Some(thread),
        }
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// The number of connections so far.
    pub fn connections(&self) -> usize {
        lock(&self.record).connections
    }
}

impl Drop for Scripted {
    #[expect(
        clippy::print_stderr,
        reason = "a test that already panics cannot panic again"
    )]
    fn drop(&mut self) {
        {
            let mut record = lock(&self.record);
            record.finished = true;
            // The thread may be waiting for a client. After this, it still reads what the client
            // has already sent.
            if let Some(open) = &record.open {
                _ = open.shutdown(Shutdown::Both);
            }
        }
        // The thread may be waiting for a connection, so make one.
        let waker = TcpStream::connect(self.host());
        let joined = self.thread.take().unwrap().join();
        let mut record = lock(&self.record);
        // The thread counted this connection if it served it. Otherwise, the connection was reset.
        if waker.is_ok_and(|mut waker| waker.read(&mut [0]).is_ok()) {
            record.connections -= 1;
        }
        if !std::thread::panicking() {
            joined.expect("the thread of the server or proxy must not panic");
            let failure = record.failure();
            drop(record);
            if let Some(failure) = failure {
                panic!("\n{failure}");
            }
        } else if !record.printed
            && let Some(failure) = record.failure()
        {
            eprintln!("\n{failure}");
        }
    }
}

fn accept(
    listener: &TcpListener,
    tls: Option<&Arc<ServerConfig>>,
    record: &Mutex<Record>,
    mut serve: impl FnMut(&mut dyn Stream, &Connection),
) {
    // After the test has ended, `accept` fails as soon as no client is waiting.
    while let Ok((mut stream, _)) = listener.accept() {
        {
            let mut record = lock(record);
            if record.finished {
                listener.set_nonblocking(true).unwrap();
                _ = stream.shutdown(Shutdown::Both);
            }
            if record.wrong.is_some() {
                reset(&stream);
                continue;
            }
            record.connections += 1;
            record.open = Some(stream.try_clone().unwrap());
        }
        stream.set_nodelay(true).unwrap();
        let connection = Connection {
            socket: stream.try_clone().unwrap(),
            record,
        };
        match tls {
            None => serve(&mut stream, &connection),
            Some(tls) => {
                let session = ServerConnection::new(tls.clone()).unwrap();
                let mut stream = StreamOwned::new(session, stream);
                serve(&mut stream, &connection);
                stream.conn.send_close_notify();
                _ = stream.flush();
            }
        }
        // Dropping the last handle closes the connection.
        lock(record).open = None;
    }
}

/// A connection that is being served.
pub struct Connection<'a> {
    pub socket: TcpStream,
    record: &'a Mutex<Record>,
}

impl Connection<'_> {
    /// Waits for the next request. False if the client has closed the connection or the request is
    /// wrong.
    pub fn expect(&self, stream: &mut dyn Stream) -> bool {
        let mut got = vec![0];
        // This needs no time limit, because the connection ends with the client or with the test.
        if !matches!(stream.read(&mut got), Ok(1)) {
            return false;
        }
        self.socket.set_read_timeout(Some(PAUSE)).unwrap();
        let is_whole = read_rest(stream, &mut got).is_some();
        self.socket.set_read_timeout(None).unwrap();

        let mut record = lock(self.record);
        if is_whole
            && record
                .expected
                .front()
                .is_some_and(|next| next.as_bytes() == got)
        {
            record.expected.pop_front();
            return true;
        }
        let expected = match record.expected.front() {
            Some(next) => format!("the request\n{next}"),
            None => "no further request".to_string(),
        };
        let got = String::from_utf8_lossy(&got);
        let rest = if is_whole {
            ""
        } else {
            "\n(the rest did not arrive)"
        };
        let wrong = format!(
            "the {} expected {expected}\nbut got\n{got}{rest}\n",
            record.name
        );
        record.wrong = Some(wrong);
        reset(&self.socket);
        false
    }
}

/// Makes the kernel reset the connection when it is closed, by setting a linger time of zero.
pub fn reset(stream: &TcpStream) {
    rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO)).unwrap();
}

/// Reads a request with its body. Returns `None` if the client closed the connection.
pub fn read_request(stream: &mut (impl Read + ?Sized)) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    read_rest(stream, &mut request)?;
    Some(request)
}

/// Reads the rest of a request. If the connection is closed early, `request` has the part that
/// arrived.
fn read_rest(stream: &mut (impl Read + ?Sized), request: &mut Vec<u8>) -> Option<()> {
    while !request.ends_with(b"\r\n\r\n") {
        read_byte(stream, request)?;
    }
    let head = String::from_utf8_lossy(request).to_ascii_lowercase();
    let length = head.split("content-length:").nth(1);
    let length = length.and_then(|rest| rest.lines().next()?.trim().parse().ok());
    for _ in 0..length.unwrap_or(0) {
        read_byte(stream, request)?;
    }
    Some(())
}

fn read_byte(stream: &mut (impl Read + ?Sized), request: &mut Vec<u8>) -> Option<()> {
    let mut byte = [0];
    stream.read_exact(&mut byte).ok()?;
    request.push(byte[0]);
    Some(())
}

/// Connects to a listener when it is dropped, so that a thread of the test stops waiting for a
/// connection.
pub struct Wake<'a>(pub &'a TcpListener);

impl Drop for Wake<'_> {
    fn drop(&mut self) {
        _ = TcpStream::connect(self.0.local_addr().unwrap());
    }
}

/// A thread that serves the first connection to a listener.
pub struct Once<T> {
    listener: TcpListener,
    thread: JoinHandle<T>,
}

/// Serves the first connection on a thread.
pub fn serve_once<T: Send + 'static>(
    listener: TcpListener,
    serve: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> Once<T> {
    let accepting = listener.try_clone().unwrap();
    Once {
        listener,
        thread: std::thread::spawn(move || serve(accepting.accept().unwrap().0)),
    }
}

impl<T> Once<T> {
    /// Waits until the thread ends. If no client has connected, `serve` gets a closed connection.
    pub fn join(self) -> std::thread::Result<T> {
        drop(Wake(&self.listener));
        self.thread.join()
    }
}
