//! Percent-encoding of paths and queries, and decoding.

use super::escapes_are_whole;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Decodes `text`. `None` if two hex digits do not follow every `%`, or if the bytes are not UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    escapes_are_whole(text).then(|| decoded.into_owned())
}

/// Appends `text` as one path segment. `.` and `..` are encoded too, because they would be steps in the
/// path.
pub fn push_segment(url: &mut String, text: &str) {
    if matches!(text, "." | "..") {
        url.push_str(&text.replace('.', "%2E"));
    } else {
        url.extend(utf8_percent_encode(text, RESERVED));
    }
}

/// Appends a query of names that need no encoding, and their values. A space becomes `+`, as with Go's
/// `url.Values`.
pub fn push_query(url: &mut String, query: &[(&str, &str)]) {
    for (at, (name, value)) in query.iter().enumerate() {
        url.push(if at == 0 { '?' } else { '&' });
        url.push_str(name);
        url.push('=');
        let encoded = utf8_percent_encode(value, RESERVED).to_string();
        url.push_str(&encoded.replace("%20", "+"));
    }
}

/// Everything but the unreserved characters.
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
        push_query(&mut url, &[("a", "sp ace/&?=+%20"), ("b", "")]);
        assert_eq!(url, "?a=sp+ace%2F%26%3F%3D%2B%2520&b=");
    }
}
