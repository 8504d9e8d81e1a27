//! Parses requests to the stand-in, and builds its responses.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// A status code with its reason phrase, and a body, which may be empty.
pub type Response = (&'static str, String);

pub enum Credentials {
    Nothing,
    Token(String),
    /// The username and password of a 1.x client.
    Login(String, String),
}

pub struct Request {
    pub method: String,
    pub path: String,
    query: String,
    /// The body as JSON, or `null` if it is empty or not JSON.
    pub body: Value,
    pub credentials: Credentials,
}

impl Request {
    /// `line` is the request line. `authorization` is the value of the header, or empty.
    pub fn new(line: &str, authorization: &str, body: &[u8]) -> Request {
        let mut words = line.split(' ').map(String::from);
        let (method, target) = (words.next().unwrap_or_default(), words.next());
        let target = target.unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let mut request = Request {
            method,
            path: path.into(),
            query: query.into(),
            body: serde_json::from_slice(body).unwrap_or_default(),
            credentials: Credentials::Nothing,
        };
        let parameters = (request.parameter("u"), request.parameter("p"));
        request.credentials = if let Some(token) = authorization.strip_prefix("Token ") {
            Credentials::Token(token.into())
        } else if let Some((name, password)) = basic(authorization) {
            Credentials::Login(name, password)
        } else if let (Some(name), Some(password)) = parameters {
            Credentials::Login(name, password)
        } else {
            Credentials::Nothing
        };
        request
    }

    /// The value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(key, _)| *key == name)?;
        Some(decode(value))
    }
}

/// The username and password of basic authentication.
fn basic(authorization: &str) -> Option<(String, String)> {
    let encoded = authorization.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (name, password) = decoded.split_once(':')?;
    Some((name.into(), password.into()))
}

/// Decodes `%XX` and `+` in a part of a URL.
pub fn decode(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap_or(0), rest.next().unwrap_or(0)];
                let digits = String::from_utf8_lossy(&digits).into_owned();
                u8::from_str_radix(&digits, 16).unwrap_or(b'?')
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

pub fn ok(body: &Value) -> Response {
    ("200 OK", body.to_string())
}

pub fn no_content() -> Response {
    ("204 No Content", String::new())
}

pub fn invalid(message: &str) -> Response {
    ("400 Bad Request", failure("invalid", message))
}

pub fn unauthorized(message: &str) -> Response {
    ("401 Unauthorized", failure("unauthorized", message))
}

pub fn forbidden(message: &str) -> Response {
    ("403 Forbidden", failure("forbidden", message))
}

pub fn not_found(message: &str) -> Response {
    ("404 Not Found", failure("not found", message))
}

/// The body of an error, formatted like most errors of InfluxDB. For the others, see `unauthorized_compact`.
pub fn failure(code: &str, message: &str) -> String {
    let (code, message) = (json!(code), json!(message));
    format!("{{\n\t\"code\": {code},\n\t\"message\": {message}\n}}")
}

/// Fails like InfluxDB if `id` is malformed.
pub fn check_id(id: &str) -> Result<(), Response> {
    if id.len() != 16 {
        return Err(invalid("id must have a length of 16 bytes"));
    }
    if !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(invalid("invalid ID"));
    }
    Ok(())
}

/// Fails like InfluxDB if the password is too short or too long.
pub fn check_password(body: &Value) -> Result<(), Response> {
    let length = body["password"].as_str().unwrap_or_default().len();
    if !(8..=72).contains(&length) {
        return Err(invalid(
            "passwords must be between 8 and 72 characters long",
        ));
    }
    Ok(())
}
