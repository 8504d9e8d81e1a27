//! A stand-in for an HTTP proxy that follows a script: for each connection the exact head of the
//! CONNECT, and what is done about it. A test fails at once where a head differs, is missing or is
//! one too many.

use super::scripted::{Connection, Scripted, Stream};
use super::scripted_server::Server;
use rustls::ServerConfig;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// What the proxy does when it has a CONNECT.
pub enum Then {
    /// Sends these bytes, then hands on what comes, both ways, to an address.
    Tunnel(Vec<u8>, String),
    /// Sends these bytes, then closes.
    Send(Vec<u8>),
    /// Sends these bytes one by one, this far apart.
    Drip(Vec<u8>, Duration),
    /// Sends nothing, until the client gives up.
    Hang,
}

/// The way to a server of the tests, whatever name the client knows it by.
pub fn to(server: &Server) -> Then {
    to_with("HTTP/1.1 200 Connection established\r\n\r\n", server)
}

/// The same with an answer of its own.
pub fn to_with(answer: &str, server: &Server) -> Then {
    Then::Tunnel(answer.into(), server.host())
}

/// An answer with this status, as proxies give it.
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

/// The head of a CONNECT to this host and port.
pub fn connect(target: &str) -> String {
    connect_as(target, "")
}

/// The same with this behind `Basic`, where there is any.
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

/// The proxy. When it is dropped, the script must be done.
pub struct Proxy(Scripted);

impl Proxy {
    pub fn start(script: impl IntoIterator<Item = (String, Then)>) -> Proxy {
        Proxy::start_with(None, script)
    }

    /// The same, reached over TLS.
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
            // A client that does not like the proxy's certificate says nothing.
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
        Then::Tunnel(answer, address) => {
            if stream.write_all(&answer).is_ok() {
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

/// Hands on what comes, both ways, until either side closes. `socket` is what `stream` stands on.
pub fn relay(stream: &mut (impl Read + Write), socket: &TcpStream, address: &str) {
    let mut server = TcpStream::connect(address).unwrap();
    server.set_nodelay(true).unwrap();
    // TLS cannot be read and written at the same time, so each side gets its turn.
    for side in [socket, &server] {
        side.set_read_timeout(Some(Duration::from_millis(2)))
            .unwrap();
    }
    while hand_on(stream, &mut server) && hand_on(&mut server, stream) {}
}

/// Hands on what there is; false at the end.
fn hand_on(from: &mut impl Read, to: &mut impl Write) -> bool {
    let mut buffer = [0; 16 * 1024];
    match from.read(&mut buffer) {
        Ok(0) => false,
        Ok(length) => to.write_all(&buffer[..length]).is_ok() && to.flush().is_ok(),
        Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    }
}
