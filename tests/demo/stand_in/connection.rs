//! Reads requests from a connection and writes the responses.

use super::api;
use super::http_messages::Request;
use super::store::Store;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The number of requests so far and the bytes of the last one. `GET /seen` returns them.
static SEEN: Mutex<(usize, String)> = Mutex::new((0, String::new()));

/// Serves one connection until the client closes it.
pub fn serve(
    stream: TcpStream,
    tls: Option<&Arc<ServerConfig>>,
    store: &Mutex<Store>,
) -> io::Result<()> {
    // Without a timeout, a client that hangs would block the server.
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.set_nodelay(true)?;
    let Some(config) = tls else {
        return serve_stream(stream, store);
    };
    let connection = ServerConnection::new(config.clone()).map_err(io::Error::other)?;
    serve_stream(StreamOwned::new(connection, stream), store)
}

fn serve_stream(stream: impl Read + Write, store: &Mutex<Store>) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some((lines, body)) = read_request(&mut reader)? {
        let line = lines.first().map_or("", String::as_str);
        let (status, body) = if line.starts_with("GET /seen ") {
            let seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
            ("200 OK", format!("{}\n{}", seen.0, seen.1))
        } else {
            record(&lines, &body);
            let authorization = header(&lines, "authorization").unwrap_or_default();
            let request = Request::new(line, authorization, &body);
            let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
            api::answer(&request, &mut store)
        };
        let headers = if body.is_empty() {
            String::new()
        } else {
            format!(
                "Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n",
                body.len()
            )
        };
        let head = format!("HTTP/1.1 {status}\r\n{headers}\r\n");
        reader.get_mut().write_all((head + &body).as_bytes())?;
        // HTTP/1.0 clients expect the server to close the connection.
        if line.ends_with("HTTP/1.0") {
            break;
        }
    }
    Ok(())
}

fn record(lines: &[String], body: &[u8]) {
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let body = String::from_utf8_lossy(body);
    *seen = (seen.0 + 1, format!("{}\r\n\r\n{body}", lines.join("\r\n")));
}

/// Returns the request line with the headers, and the body. Returns `None` if the client has closed the
/// connection.
fn read_request(reader: &mut impl BufRead) -> io::Result<Option<(Vec<String>, Vec<u8>)>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end() {
            "" => break,
            text => lines.push(text.to_string()),
        }
    }
    // InfluxData's client uses chunked encoding.
    if header(&lines, "transfer-encoding") == Some("chunked") {
        let body = read_chunks(reader)?;
        return Ok(Some((lines, body)));
    }
    let length = header(&lines, "content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Some((lines, body)))
}

fn header<'a>(lines: &'a [String], name: &str) -> Option<&'a str> {
    let mut headers = lines.iter().filter_map(|line| line.split_once(": "));
    let (_, value) = headers.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some(value)
}

/// Reads a body in chunked encoding.
fn read_chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let size = usize::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)?;
        let start = body.len();
        // A line break follows each chunk.
        body.resize(start + size + 2, 0);
        reader.read_exact(&mut body[start..])?;
        body.truncate(start + size);
        if size == 0 {
            return Ok(body);
        }
    }
}
