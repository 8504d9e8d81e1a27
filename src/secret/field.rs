//! Takes the value of a field out of JSON, whatever it is: nobody knows it beforehand.

use super::REDACTED;
use std::borrow::Cow;
use std::ops::Range;

/// `text` without the values of the fields called `name`, which are strings. It may be any text with
/// JSON in it, cut off anywhere, its quotation marks escaped.
pub fn without<'a>(text: &'a str, name: &str) -> Cow<'a, str> {
    let mut clean = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(found) = text[at..].find(name) {
        let start = at + found;
        at = start + name.len();
        if text[..start].ends_with('"')
            && let Some(value) = value(text, at)
        {
            clean.push_str(&text[kept..value.start]);
            clean.push_str(REDACTED);
            kept = value.end;
            at = kept;
        }
    }
    match kept {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(clean + &text[kept..]),
    }
}

/// Where the value is of the field whose name ends at `at`; `None` where it is empty or no string.
fn value(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut start, mut colon) = (at, false);
    loop {
        match bytes.get(start)? {
            b'"' if colon => break,
            b':' => colon = true,
            b'"' | b'\\' | b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => return None,
        }
        start += 1;
    }
    // In JSON within JSON the quotation marks are escaped themselves.
    let within = bytes[start - 1] == b'\\';
    start += 1;
    let mut end = start;
    let mut escaped = false;
    while let Some(byte) = bytes.get(end)
        && (*byte != b'"' || escaped && !within)
    {
        escaped = *byte == b'\\' && !escaped;
        end += 1;
    }
    (end > start).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without(text, "token"), expected);
    }

    #[test]
    fn values_are_taken_out() {
        check(
            r#"{"token":"abc","id":"1"}"#,
            r#"{"token":"[redacted]","id":"1"}"#,
        );
        check(
            "[{\"token\": \"abc\"},\n{\"token\"\n:\n\"d\\\"e\\\\\"}]",
            "[{\"token\": \"[redacted]\"},\n{\"token\"\n:\n\"[redacted]\"}]",
        );
    }

    #[test]
    fn values_that_are_cut_off_or_escaped_too() {
        check(r#"{"token":"ab"#, r#"{"token":"[redacted]"#);
        check(r#"{"token":"ab\"#, r#"{"token":"[redacted]"#);
        check(
            r#"{"message":"{\"token\":\"abc\",\"id\":1}"}"#,
            r#"{"message":"{\"token\":\"[redacted]",\"id\":1}"}"#,
        );
    }

    #[test]
    fn all_else_is_left() {
        for text in [
            "",
            "token",
            r#""token""#,
            r#""token":"#,
            r#""token":""#,
            r#"{"token":"","id":"1"}"#,
            r#"{"token":null,"id":"1"}"#,
            r#"{"tokens":"a","atoken":"b","x":"token"}"#,
            "no \"token\" was sent",
        ] {
            assert!(matches!(without(text, "token"), Cow::Borrowed(_)), "{text}");
        }
    }
}
