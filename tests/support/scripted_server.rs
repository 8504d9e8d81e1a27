//! A server that follows a script, which has the exact bytes of each request and the reply. A test
//! fails at once if a request is wrong, missing or unexpected.

pub use super::scripted_listener::read_request;
use super::scripted_listener::{Connection, Scripted, Stream, reset};
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
    /// Calls a function of the test with the connection, then closes it.
    Do(Box<dyn FnOnce(&mut TcpStream) + Send>),
}

/// A request of the script, and the reply.
pub struct Exchange {
    request: String,
    reply: Reply,
}

impl Exchange {
    /// The same request from a client that uses this name for the server, such as `localhost` or
    /// `[::1]`.
    pub fn with_host_name(mut self, name: &str) -> Exchange {
        self.request = self.request.replace("HOST", &format!("{name}:PORT"));
        self
    }
}

/// A request of exactly these bytes, and the reply. `HOST` in it stands for the server's address.
pub fn exchange(request: impl Into<String>, reply: Reply) -> Exchange {
    Exchange {
        request: request.into(),
        reply,
    }
}

/// A response with a JSON body.
pub fn json(status: &str, body: &str) -> Reply {
    Reply::Send(http_response(
        status,
        "application/json; charset=utf-8",
        body.as_bytes(),
    ))
}

/// The bytes of a response with a `Content-Length`.
pub fn http_response(status: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nX-Influxdb-Build: OSS\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend(body);
    bytes
}

/// The server. When this is dropped, all expected requests must have arrived.
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
                && send_reply(replies.pop_front().unwrap(), stream, &connection.socket)
            {
            }
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

/// Replies to a request. Returns false if the connection ends with that.
fn send_reply(reply: Reply, stream: &mut dyn Stream, socket: &TcpStream) -> bool {
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
