//! A stand-in server that follows a script: for each request the exact bytes it must have, and what
//! is done about it. At its end it complains about requests that differ, are missing or too many.

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What the server does when it has a request.
pub enum Reply {
    /// Sends these bytes and keeps the connection.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Sends these bytes and resets the connection.
    SendAndReset(Vec<u8>),
    /// Sends nothing, until the client gives up.
    Hang,
    /// Sends these bytes one by one, this far apart.
    Drip(Vec<u8>, Duration),
    /// Whatever the test wants.
    Do(Box<dyn FnOnce(&mut TcpStream) + Send>),
}

/// One request of the script.
pub struct Exchange {
    request: Vec<u8>,
    reply: Reply,
}

impl Exchange {
    /// The same, of a client that calls the server's address by this name: `localhost`, `[::1]`.
    pub fn called(mut self, name: &str) -> Exchange {
        let request = String::from_utf8(self.request).unwrap();
        self.request = request.replace("HOST", &format!("{name}:PORT")).into();
        self
    }
}

/// A request of exactly these bytes. `HOST` in its text stands for the server's address.
pub fn exchange(request: impl Into<Vec<u8>>, reply: Reply) -> Exchange {
    Exchange {
        request: request.into(),
        reply,
    }
}

/// An answer with a JSON body.
pub fn json(status: &str, body: &str) -> Reply {
    Reply::Send(answer(
        status,
        "application/json; charset=utf-8",
        body.as_bytes(),
    ))
}

/// The bytes of an answer with a length.
pub fn answer(status: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nX-Influxdb-Build: OSS\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend(body);
    bytes
}

/// The server. Its end is the end of the test: then the script must be done.
pub struct Server {
    port: u16,
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct State {
    script: VecDeque<Exchange>,
    connections: usize,
    complaints: Vec<String>,
    over: bool,
}

impl Server {
    pub fn start(script: impl IntoIterator<Item = Exchange>) -> Server {
        Server::start_with(None, script)
    }

    /// The same over TLS.
    pub fn start_tls(tls: Arc<ServerConfig>, script: impl IntoIterator<Item = Exchange>) -> Server {
        Server::start_with(Some(tls), script)
    }

    fn start_with(
        tls: Option<Arc<ServerConfig>>,
        script: impl IntoIterator<Item = Exchange>,
    ) -> Server {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State {
            script: script.into_iter().collect(),
            ..State::default()
        }));
        let shared = state.clone();
        let thread = std::thread::spawn(move || serve(&listener, tls, &shared));
        Server {
            port,
            state,
            thread: Some(thread),
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.host())
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Connections so far.
    pub fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.lock().unwrap().over = true;
        // Wakes the thread from its wait for a connection.
        _ = TcpStream::connect(("127.0.0.1", self.port));
        let joined = self.thread.take().unwrap().join();
        if std::thread::panicking() {
            return;
        }
        joined.expect("the server's thread ends well");
        let state = self.state.lock().unwrap();
        assert!(
            state.complaints.is_empty(),
            "{}",
            state.complaints.join("\n")
        );
        let missing = state.script.len();
        assert_eq!(missing, 0, "requests of the script that were not made");
    }
}

fn serve(listener: &TcpListener, tls: Option<Arc<ServerConfig>>, state: &Mutex<State>) {
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        {
            let mut state = state.lock().unwrap();
            if state.over {
                return;
            }
            state.connections += 1;
        }
        // Longer than any test waits: a stuck client must not become a stuck server.
        stream
            .set_read_timeout(Some(Duration::from_secs(90)))
            .unwrap();
        stream.set_nodelay(true).unwrap();
        let socket = stream.try_clone().unwrap();
        match &tls {
            None => while converse(&mut stream, &socket, state) {},
            Some(tls) => {
                let connection = ServerConnection::new(tls.clone()).unwrap();
                let mut stream = StreamOwned::new(connection, stream);
                while converse(&mut stream, &socket, state) {}
                stream.conn.send_close_notify();
                _ = stream.flush();
            }
        }
    }
}

/// One request and what follows; false at the end of the connection.
fn converse(stream: &mut (impl Read + Write), socket: &TcpStream, state: &Mutex<State>) -> bool {
    let Some(request) = read_request(stream) else {
        return false;
    };
    let local = socket.local_addr().unwrap();
    let exchange = {
        let mut state = state.lock().unwrap();
        let Some(exchange) = state.script.pop_front() else {
            let text = String::from_utf8_lossy(&request).into_owned();
            state
                .complaints
                .push(format!("a request too many:\n{text}"));
            return false;
        };
        let expected = String::from_utf8_lossy(&exchange.request)
            .replace("HOST", &local.to_string())
            .replace(":PORT", &format!(":{}", local.port()));
        let got = String::from_utf8_lossy(&request);
        if expected != got {
            let complaint = format!("expected the request\n{expected}\nbut got\n{got}\n");
            state.complaints.push(complaint);
        }
        exchange
    };
    match exchange.reply {
        Reply::Send(bytes) => stream.write_all(&bytes).is_ok(),
        Reply::SendAndClose(bytes) => {
            _ = stream.write_all(&bytes);
            false
        }
        Reply::SendAndReset(bytes) => {
            _ = stream.write_all(&bytes);
            reset(socket);
            false
        }
        Reply::Hang => {
            _ = stream.read(&mut [0]);
            false
        }
        Reply::Drip(bytes, pause) => {
            for byte in bytes {
                if stream.write_all(&[byte]).is_err() {
                    return false;
                }
                std::thread::sleep(pause);
            }
            true
        }
        Reply::Do(act) => {
            act(&mut socket.try_clone().unwrap());
            false
        }
    }
}

/// Makes the close that follows a reset: with no time to linger, the kernel sends nothing else.
fn reset(stream: &TcpStream) {
    rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO)).unwrap();
}

/// A request with its body, or nothing where the client has closed.
pub fn read_request(stream: &mut impl Read) -> Option<Vec<u8>> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => request.push(byte[0]),
            _ => return None,
        }
    }
    let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
    let length = head.split("content-length:").nth(1);
    let length = length.and_then(|rest| rest.lines().next()?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    request.extend(body);
    Some(request)
}
