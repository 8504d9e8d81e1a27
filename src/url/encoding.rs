//! Percent-encodes paths and queries, and decodes text.

use super::has_valid_escapes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Decodes `text`. Returns `None` if a `%` is not followed by two hex digits or if the result is not
/// UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    has_valid_escapes(text).then(|| decoded.into_owned())
}

/// Appends `text` as one path segment. Also encodes `.` and `..`, because they would change the path.
pub fn push_segment(url: &mut String, text: &str) {
    if matches!(text, "." | "..") {
        url.push_str(&text.replace('.', "%2E"));
    } else {
        url.extend(utf8_percent_encode(text, RESERVED));
    }
}

/// Appends a query. Only the values are encoded. A space becomes `+`, as in Go's `url.Values`.
pub fn push_query(url: &mut String, query: &[(&str, &str)]) {
    for (at, (name, value)) in query.iter().enumerate() {
        url.push(if at == 0 { '?' } else { '&' });
        url.push_str(name);
        url.push('=');
        let encoded = utf8_percent_encode(value, RESERVED).to_string();
        url.push_str(&encoded.replace("%20", "+"));
    }
}

/// All characters except the unreserved ones of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_segments_are_encoded() {
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
    fn query_values_are_encoded_like_in_go() {
        let mut url = String::new();
        push_query(&mut url, &[("a", "sp ace/&?=+%20"), ("b", "")]);
        assert_eq!(url, "?a=sp+ace%2F%26%3F%3D%2B%2520&b=");
    }
}
