//! Checks header names and values before a request is sent.

use ureq::http::{HeaderMap, HeaderName, HeaderValue};

const NOT_ASCII: &str =
    "contains a character that is not allowed in a header (only printable ASCII can be sent)";

/// The maximum number of extra headers. `HeaderMap` can hold 50 % more, which leaves room for the
/// program's own headers.
const MAX_HEADERS: usize = 16 * 1024;

/// The longest value, in bytes. InfluxDB has the same limit for all headers together.
const MAX_VALUE: usize = 1024 * 1024;

/// Headers that describe the framing or encoding of bodies. With other values, the response could not be
/// read.
const RESERVED: [&str; 7] = [
    "accept-encoding",
    "content-length",
    "expect",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Parses `NAME:VALUE` and sets this header. The error does not show the value.
pub fn add(text: &str, headers: &mut HeaderMap) -> Result<(), String> {
    let (name, text) = text
        .split_once(':')
        .ok_or("expected NAME:VALUE, but there is no colon")?;
    let name = HeaderName::from_bytes(name.trim().as_bytes())
        .map_err(|_| "the text before the colon is not a header name")?;
    if RESERVED.contains(&name.as_str()) {
        return Err(format!(
            "{name} cannot be set, because it determines how the body is sent"
        ));
    }
    if headers.len() >= MAX_HEADERS && !headers.contains_key(&name) {
        return Err(format!("there are more than {MAX_HEADERS} headers"));
    }
    headers.insert(name, value(text)?);
    Ok(())
}

/// Trims and checks the value of a header. The error does not show the value.
pub fn value(text: &str) -> Result<HeaderValue, String> {
    let text = text.trim();
    check_value(text)?;
    let mut value = HeaderValue::from_str(text).map_err(|_| NOT_ASCII)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Returns an error if the value is too long. The error does not show the value.
pub fn check_length(value: &str) -> Result<(), String> {
    if value.len() > MAX_VALUE {
        return Err("is longer than 1 MiB, more than InfluxDB accepts".to_string());
    }
    Ok(())
}

/// Returns an error if a header cannot have this value. The error does not show the value.
pub fn check_value(value: &str) -> Result<(), String> {
    check_length(value)?;
    if value.contains(['\r', '\n']) {
        return Err("contains a line break, which is not allowed in a header".to_string());
    }
    if value
        .bytes()
        .any(|b| b != b'\t' && !(b' '..=b'~').contains(&b))
    {
        return Err(NOT_ASCII.to_string());
    }
    Ok(())
}
