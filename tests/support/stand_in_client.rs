//! Sends requests to the demo's stand-in server directly, without the program.

use crate::stand_in::Server;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;

/// Sends a request, and returns the status and the JSON body, or `null` if the body is not JSON.
/// `request` is a method and a target.
pub fn send(server: &Server, authorization: &str, request: &str, body: &Value) -> (u16, Value) {
    let address = server.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    // The server closes the connection after it responds to an HTTP/1.0 client.
    let text = format!(
        "{request} HTTP/1.0\r\nAuthorization: {authorization}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(text.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or_default())
}

/// Sends a GET request with this token.
pub fn get(server: &Server, token: &str, target: &str) -> (u16, Value) {
    let authorization = format!("Token {token}");
    let request = format!("GET {target}");
    send(server, &authorization, &request, &Value::Null)
}

/// The status and the message of an error response.
pub fn refusal((status, body): (u16, Value)) -> (u16, String) {
    (status, body["message"].as_str().unwrap_or_default().into())
}
