//! Percent-encoding of what is put behind a base URL, and its undoing.

use super::escapes_are_whole;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// `text` with its percent-encoding undone; `None` where a `%` has no two hex digits behind it, or
/// the bytes are not UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    escapes_are_whole(text).then(|| decoded.into_owned())
}

/// Appends `text` as one path segment: everything but unreserved characters percent-encoded.
/// A segment of dots alone is encoded too, or it would be a step up the path.
pub fn push_segment(url: &mut String, text: &str) {
    if matches!(text, "." | "..") {
        url.push_str(&text.replace('.', "%2E"));
    } else {
        url.extend(utf8_percent_encode(text, RESERVED));
    }
}

/// Appends `text` as the value of a query parameter, a space as `+`, as Go's `url.Values` does.
fn push_query_value(url: &mut String, text: &str) {
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            url.push('+');
        }
        url.extend(utf8_percent_encode(word, RESERVED));
    }
}

/// Appends a query of names that need no encoding, and their values.
pub fn push_query(url: &mut String, query: &[(&str, &str)]) {
    for (at, (name, value)) in query.iter().enumerate() {
        url.push(if at == 0 { '?' } else { '&' });
        url.push_str(name);
        url.push('=');
        push_query_value(url, value);
    }
}

/// What is percent-encoded: everything but the unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_one_segment() {
        let encoded = |text| {
            let mut url = String::new();
            push_segment(&mut url, text);
            url
        };
        assert_eq!(encoded("../a b?c#d%"), "..%2Fa%20b%3Fc%23d%25");
        assert_eq!(encoded(".."), "%2E%2E");
        assert_eq!(encoded("."), "%2E");
        assert_eq!(encoded("ü\n~"), "%C3%BC%0A~");
    }

    #[test]
    fn encodes_query_values_like_go() {
        let mut url = String::new();
        push_query_value(&mut url, "sp ace/slash&amp?x=y+");
        assert_eq!(url, "sp+ace%2Fslash%26amp%3Fx%3Dy%2B");
    }
}
