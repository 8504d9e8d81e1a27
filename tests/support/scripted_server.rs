//! A server that follows a script: the exact bytes of each request, and the reply to it. A test fails at once
//! if a request is wrong or missing, or if there is one too many.

pub use super::scripted::read_request;
use super::scripted::{Connection, Scripted, Stream, reset};
use rustls::ServerConfig;
use std::collections::VecDeque;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// What the server does after a request.
pub enum Reply {
    /// Sends these bytes and keeps the connection.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Sends these bytes and resets the connection.
    SendAndReset(Vec<u8>),
    /// Sends nothing until the client gives up.
    Hang,
    /// Sends these bytes one by one, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Lets the test do what it wants with the connection.
    Do(Box<dyn FnOnce(&mut TcpStream) + Send>),
}

/// One request of the script.
pub struct Exchange {
    request: String,
    reply: Reply,
}

impl Exchange {
    /// The same request from a client that uses this name for the server, such as `localhost` or `[::1]`.
    pub fn called(mut self, name: &str) -> Exchange {
        self.request = self.request.replace("HOST", &format!("{name}:PORT"));
        self
    }
}

/// A request of exactly these bytes, where `HOST` is the server's address, and the reply.
pub fn exchange(request: impl Into<String>, reply: Reply) -> Exchange {
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

/// The bytes of an answer with a `Content-Length`.
pub fn answer(status: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nX-Influxdb-Build: OSS\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend(body);
    bytes
}

/// The server. When this is dropped, its script must have been carried out.
pub struct Server(Scripted);

impl Server {
    pub fn start(script: impl IntoIterator<Item = Exchange>) -> Server {
        Server::start_with(None, script)
    }

    /// Like `start`, over TLS.
    pub fn start_tls(tls: Arc<ServerConfig>, script: impl IntoIterator<Item = Exchange>) -> Server {
        Server::start_with(Some(tls), script)
    }

    fn start_with(
        tls: Option<Arc<ServerConfig>>,
        script: impl IntoIterator<Item = Exchange>,
    ) -> Server {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let local = listener.local_addr().unwrap();
        let (mut expected, mut replies) = (VecDeque::new(), VecDeque::new());
        for Exchange { request, reply } in script {
            let request = request.replace("HOST", &local.to_string());
            expected.push_back(request.replace(":PORT", &format!(":{}", local.port())));
            replies.push_back(reply);
        }
        let serve = move |stream: &mut dyn Stream, connection: &Connection| {
            while connection.expect(stream)
                && answers(replies.pop_front().unwrap(), stream, &connection.socket)
            {}
        };
        Server(Scripted::start("server", listener, tls, expected, serve))
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.host())
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        self.0.host()
    }

    /// The number of connections so far.
    pub fn connections(&self) -> usize {
        self.0.connections()
    }
}

/// Replies to a request. False if that ends the connection.
fn answers(reply: Reply, stream: &mut dyn Stream, socket: &TcpStream) -> bool {
    match reply {
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
