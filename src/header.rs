//! Checks header names and values before anything is sent.

use ureq::http::{HeaderMap, HeaderName, HeaderValue};

const NOT_ASCII: &str =
    "contains a character that no header may hold (only printable ASCII can be sent)";

/// The most headers. A request has room for half as many again, including our own.
const MAX_HEADERS: usize = 16 * 1024;

/// The longest value, in bytes. InfluxDB accepts no more for all headers together.
const MAX_VALUE: usize = 1024 * 1024;

/// Headers that describe the framing or coding of bodies. Changed ones would make the response
/// unreadable.
const RESERVED: [&str; 7] = [
    "accept-encoding",
    "content-length",
    "expect",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Reads `NAME:VALUE`, and adds it or replaces the header of that name. The error does not show it.
pub fn add(text: &str, headers: &mut HeaderMap) -> Result<(), String> {
    let (name, text) = text
        .split_once(':')
        .ok_or("expected NAME:VALUE, but there is no colon")?;
    let name = HeaderName::from_bytes(name.trim().as_bytes())
        .map_err(|_| "the name before the colon is not that of a header")?;
    if RESERVED.contains(&name.as_str()) {
        return Err(format!(
            "{name} says how the message is framed or coded, and cannot be set"
        ));
    }
    if headers.len() >= MAX_HEADERS && !headers.contains_key(&name) {
        return Err(format!("there are more than {MAX_HEADERS} headers"));
    }
    headers.insert(name, value(text)?);
    Ok(())
}

/// The value of a header, without white space around it. The error does not show it.
pub fn value(text: &str) -> Result<HeaderValue, String> {
    let text = text.trim();
    check_value(text)?;
    let mut value = HeaderValue::from_str(text).map_err(|_| NOT_ASCII)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Refuses a value that is too long. The error does not show it.
pub fn check_length(value: &str) -> Result<(), String> {
    if value.len() > MAX_VALUE {
        return Err("is longer than 1 MiB, more than InfluxDB takes".to_string());
    }
    Ok(())
}

/// Refuses a value that cannot be sent in a header. The error does not show it.
pub fn check_value(value: &str) -> Result<(), String> {
    check_length(value)?;
    if value.contains(['\r', '\n']) {
        return Err("contains a line break, which no header may hold".to_string());
    }
    if value
        .bytes()
        .any(|b| b != b'\t' && !(b' '..=b'~').contains(&b))
    {
        return Err(NOT_ASCII.to_string());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is sent of these.
    fn sent(given: &[&str]) -> Result<Vec<(String, String)>, String> {
        let mut headers = HeaderMap::new();
        for text in given {
            add(text, &mut headers)?;
        }
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let pairs = headers.iter();
        Ok(pairs
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect())
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_string(), value.to_string())
    }

    #[test]
    fn splits_at_the_first_colon_and_trims() {
        let sent = sent(&[" X-Tenant :  plant 7:a "]);
        assert_eq!(sent, Ok(vec![pair("x-tenant", "plant 7:a")]));
    }

    #[test]
    fn refuses_without_showing() {
        for wrong in [
            "hunter2",
            ":hunter2",
            "a b:hunter2",
            "X:hunter2\r\nY:1",
            "X:hunter2\u{1}",
            "X:hünter2",
            "Content-Length:hunter2",
            "TE:hunter2",
        ] {
            let reason = sent(&[wrong]).err();
            assert!(
                reason.is_some_and(|reason| !reason.contains("nter2")),
                "{wrong:?}"
            );
        }
    }

    #[test]
    fn the_last_of_a_name_wins() {
        let sent = sent(&["A:1", "B:2", "a:3"]);
        assert_eq!(sent, Ok(vec![pair("a", "3"), pair("b", "2")]));
    }

    #[test]
    fn there_is_a_limit() {
        let many: Vec<_> = (0..MAX_HEADERS)
            .map(|number| format!("X-{number}:v"))
            .collect();
        let mut many: Vec<_> = many.iter().map(String::as_str).collect();
        many.push("X-0:again");
        assert_eq!(sent(&many).map(|sent| sent.len()), Ok(MAX_HEADERS));
        many.push("X-One-More:v");
        assert_eq!(
            sent(&many),
            Err("there are more than 16384 headers".to_string())
        );
    }

    #[test]
    fn debug_shows_no_value() {
        let value = value("hunter2").map(|value| format!("{value:?}"));
        assert_eq!(value, Ok("Sensitive".to_string()));
    }
}
