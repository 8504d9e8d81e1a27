//! An HTTP proxy that follows a script. For each connection, the script has the exact head of the
//! CONNECT request and the proxy's next action. A test fails at once if a request is wrong, missing
//! or unexpected.

use super::scripted_listener::{Connection, Scripted, Stream};
use super::scripted_server::Server;
use rustls::ServerConfig;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// What the proxy does after a CONNECT request.
pub enum Then {
    /// Sends these bytes, then forwards everything to an address and back.
    Tunnel(Vec<u8>, String),
    /// Sends these bytes, then closes.
    Send(Vec<u8>),
    /// Sends these bytes one by one, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Sends nothing until the client gives up.
    Hang,
}

/// A tunnel to a scripted server. The client may have requested any name.
pub fn to(server: &Server) -> Then {
    to_with("HTTP/1.1 200 Connection established\r\n\r\n", server)
}

/// Like [`to`], with another response to the CONNECT request.
pub fn to_with(response: &str, server: &Server) -> Then {
    Then::Tunnel(response.into(), server.host())
}

/// A refusal with this status, like that of a real proxy.
pub fn refuse(status: &str) -> Then {
    let body = "<html>no</html>";
    Then::Send(
        format!(
            "HTTP/1.1 {status}\r\nServer: squid\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes(),
    )
}

/// The head of a CONNECT request to this host and port.
pub fn connect(target: &str) -> String {
    connect_as(target, "")
}

/// Like [`connect`], with these credentials for HTTP Basic authentication unless they are empty.
pub fn connect_as(target: &str, basic: &str) -> String {
    let login = match basic {
        "" => String::new(),
        basic => format!("Proxy-Authorization: Basic {basic}\r\n"),
    };
    let agent = concat!("influx/", env!("CARGO_PKG_VERSION"));
    format!(
        "CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: {agent}\r\nProxy-Connection: Keep-Alive\r\n{login}\r\n"
    )
}

/// The proxy. When this is dropped, all expected requests must have arrived.
pub struct Proxy(Scripted);

impl Proxy {
    pub fn start(script: impl IntoIterator<Item = (String, Then)>) -> Proxy {
        Proxy::start_with(None, script)
    }

    /// Like `start`, but clients connect to the proxy with TLS.
    pub fn start_tls(
        tls: Arc<ServerConfig>,
        script: impl IntoIterator<Item = (String, Then)>,
    ) -> Proxy {
        Proxy::start_with(Some(tls), script)
    }

    fn start_with(
        tls: Option<Arc<ServerConfig>>,
        script: impl IntoIterator<Item = (String, Then)>,
    ) -> Proxy {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let (expected, then): (_, Vec<Then>) = script.into_iter().unzip();
        let mut then = then.into_iter();
        let serve = move |stream: &mut dyn Stream, connection: &Connection| {
            // A client that refuses the proxy's certificate sends nothing.
            if connection.expect(stream) {
                follow(then.next().unwrap(), stream, &connection.socket);
            }
        };
        Proxy(Scripted::start("proxy", listener, tls, expected, serve))
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        self.0.host()
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.host())
    }
}

fn follow(then: Then, mut stream: &mut dyn Stream, socket: &TcpStream) {
    match then {
        Then::Tunnel(response, address) => {
            if stream.write_all(&response).is_ok() {
                relay(&mut stream, socket, &address);
            }
        }
        Then::Send(bytes) => _ = stream.write_all(&bytes),
        Then::Drip(bytes, pause) => {
            for byte in bytes {
                if stream.write_all(&[byte]).is_err() {
                    return;
                }
                std::thread::sleep(pause);
            }
        }
        Then::Hang => _ = stream.read(&mut [0]),
    }
}

/// Forwards everything in both directions until one side closes. `socket` is the socket of
/// `stream`.
pub fn relay(stream: &mut (impl Read + Write), socket: &TcpStream, address: &str) {
    let mut server = TcpStream::connect(address).unwrap();
    server.set_nodelay(true).unwrap();
    // A TLS stream cannot be read and written at the same time, so the directions take turns.
    for side in [socket, &server] {
        side.set_read_timeout(Some(Duration::from_millis(2)))
            .unwrap();
    }
    while forward(stream, &mut server) && forward(&mut server, stream) {}
}

/// Forwards the bytes that have arrived. Returns false at the end of the stream or after an error.
fn forward(from: &mut impl Read, to: &mut impl Write) -> bool {
    let mut buffer = [0; 16 * 1024];
    match from.read(&mut buffer) {
        Ok(0) => false,
        Ok(length) => to.write_all(&buffer[..length]).is_ok() && to.flush().is_ok(),
        Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    }
}
