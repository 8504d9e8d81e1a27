//! The stand-in InfluxDB of `make demo` and of the measurements: a few authorizations and the mappings
//! that are made, held in memory, and the requests of the program about them.

mod api;
mod mappings;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::error::Error;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

pub const TOKEN: &str = "demo-token";
/// ID and username of what the server holds at the start, all of it active.
pub const HELD: [(&str, &str); 3] = [
    ("0e1f2a3b4c5d6001", "telegraf"),
    ("0e1f2a3b4c5d6002", "grafana"),
    ("0e1f2a3b4c5d6003", "collector"),
];

/// ID and description of the tokens that the server holds at the start, the first of them [`TOKEN`].
pub const TOKENS: [(&str, &str); 2] = [
    ("0e1f2a3b4c5d7001", "operator"),
    ("0e1f2a3b4c5d7002", "telegraf agent"),
];
/// The second of them.
pub const AGENT_TOKEN: &str = "demo-token-of-telegraf";

type Rows = Arc<Mutex<api::Held>>;

/// How many requests there have been, and the last one's bytes, for `GET /seen`.
static SEEN: Mutex<(usize, String)> = Mutex::new((0, String::new()));

/// The stand-in server, a thread.
pub struct Server {
    /// Its address.
    pub url: String,
    address: SocketAddr,
    rows: Rows,
    over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Server {
    pub fn start() -> io::Result<Server> {
        Server::start_with(None)
    }

    /// The same over TLS, with a certificate and its key in PEM files.
    pub fn start_tls(certificate: &OsStr, key: &OsStr) -> Result<Server, Box<dyn Error>> {
        let chain = CertificateDer::pem_file_iter(certificate)?.collect::<Result<_, _>>()?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::from_pem_file(key)?)?;
        Ok(Server::start_with(Some(Arc::new(config)))?)
    }

    fn start_with(tls: Option<Arc<ServerConfig>>) -> io::Result<Server> {
        let scheme = if tls.is_some() { "https" } else { "http" };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let rows: Rows = Arc::new(Mutex::new(at_the_start()));
        let over = Arc::new(AtomicBool::new(false));
        let (held, ended) = (rows.clone(), over.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                // One client at a time is all there is; one that breaks off is its own problem.
                _ = stream.and_then(|stream| serve(stream, tls.as_ref(), &held));
            }
        });
        Ok(Server {
            url: format!("{scheme}://{address}"),
            address,
            rows,
            over,
            thread,
        })
    }

    pub fn stop(self) -> Result<(), Box<dyn Error>> {
        self.over.store(true, Ordering::SeqCst);
        // Wakes it from its wait for a connection.
        drop(TcpStream::connect(self.address)?);
        self.thread
            .join()
            .map_err(|_| "the server's thread panicked".into())
    }

    pub fn status(&self, id: &str) -> Option<String> {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = rows.usernames.iter().chain(&rows.tokens);
        let row = all.find(|row| row["id"] == id)?;
        row["status"].as_str().map(String::from)
    }

    pub fn table(&self) -> String {
        let mut table = format!("  {:<18}{:<12}{}\n", "ID", "Username", "Status");
        for (id, name) in HELD {
            let status = self.status(id).unwrap_or_default();
            table += &format!("  {id:<18}{name:<12}{status}\n");
        }
        table += &format!("\n  {:<18}{:<17}{}\n", "ID", "Token", "Status");
        for (id, description) in TOKENS {
            let status = self.status(id).unwrap_or_default();
            table += &format!("  {id:<18}{description:<17}{status}\n");
        }
        table
    }
}

fn at_the_start() -> api::Held {
    let token =
        |(id, description): &(&str, &str)| api::row(id, "", description, &api::read_bucket());
    let secrets = [TOKEN, AGENT_TOKEN].into_iter().zip(TOKENS);
    api::Held {
        usernames: HELD.iter().map(held).collect(),
        tokens: TOKENS.iter().map(token).collect(),
        secrets: secrets
            .map(|(secret, (id, _))| (secret.into(), id.into()))
            .collect(),
        mappings: Vec::new(),
    }
}

/// An authorization that there is at the start.
fn held((id, username): &(&str, &str)) -> serde_json::Value {
    let description = format!("{username} of plant 7");
    api::row(id, username, &description, &api::read_bucket())
}

/// Serves one connection until the client closes it.
fn serve(stream: TcpStream, tls: Option<&Arc<ServerConfig>>, rows: &Rows) -> io::Result<()> {
    // So that a client that hangs cannot hang the demo.
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.set_nodelay(true)?;
    let Some(config) = tls else {
        return converse(stream, rows);
    };
    let connection = ServerConnection::new(config.clone()).map_err(io::Error::other)?;
    converse(StreamOwned::new(connection, stream), rows)
}

/// Answers the requests of one connection.
fn converse(stream: impl Read + Write, rows: &Rows) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            match line.trim_end() {
                "" => break,
                text => lines.push(text.to_string()),
            }
        }
        let header = |name: &str| {
            let mut headers = lines.iter().filter_map(|line| line.split_once(": "));
            headers
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value)
        };
        let length = header("content-length").and_then(|length| length.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        match header("transfer-encoding") {
            // As the Go client sends it.
            Some("chunked") => body = chunks(&mut reader)?,
            _ => reader.read_exact(&mut body)?,
        }
        let line = lines.first().map_or("", String::as_str);
        let seen = match line.starts_with("GET /seen ") {
            true => {
                let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
                Some(format!("{}\n{}", seen.0, seen.1))
            }
            false => {
                let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
                let body = String::from_utf8_lossy(&body);
                *seen = (seen.0 + 1, format!("{}\r\n\r\n{body}", lines.join("\r\n")));
                None
            }
        };
        let token = header("authorization").and_then(|value| value.strip_prefix("Token "));
        let (status, answer) = match seen {
            Some(seen) => ("200 OK", seen),
            None if line.starts_with("GET /health ") => api::health(),
            None => {
                let mut rows = rows.lock().unwrap_or_else(PoisonError::into_inner);
                api::act(line, &body, token.unwrap_or_default(), &mut rows)
            }
        };
        let about = match answer.is_empty() {
            true => String::new(),
            false => format!(
                "Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n",
                answer.len()
            ),
        };
        let head = format!("HTTP/1.1 {status}\r\n{about}\r\n");
        reader.get_mut().write_all((head + &answer).as_bytes())?;
    }
}

/// A body in chunks, put together.
fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let size = usize::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)?;
        let start = body.len();
        // The line break behind it goes too.
        body.resize(start + size + 2, 0);
        reader.read_exact(&mut body[start..])?;
        body.truncate(start + size);
        if size == 0 {
            return Ok(body);
        }
    }
}
