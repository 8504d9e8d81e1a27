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
        let value = text[..start].ends_with('"').then(|| value(&text[at..]));
        if let Some(Range { start, end }) = value.flatten() {
            clean.push_str(&text[kept..at + start]);
            clean.push_str(REDACTED);
            kept = at + end;
            at = kept;
        }
    }
    match kept {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(clean + &text[kept..]),
    }
}

/// Where the value is in what follows the name of a field; `None` where it is empty or no string.
fn value(behind: &str) -> Option<Range<usize>> {
    let unquoted = |text: &'_ str| -> Option<usize> {
        let rest = text.trim_start_matches('\\').strip_prefix('"')?;
        Some(text.len() - rest.len())
    };
    let rest = behind[unquoted(behind)?..].trim_start();
    let rest = rest.strip_prefix(':')?.trim_start();
    let escaped = rest.starts_with('\\');
    let value = &rest[unquoted(rest)?..];
    let mut before = ' ';
    let ends = |c: char| {
        let end = c == '"' && (escaped || before != '\\');
        // Of two in a row the second escapes nothing.
        before = if c == '\\' && before == '\\' { ' ' } else { c };
        end
    };
    let length = value.find(ends).unwrap_or(value.len());
    let start = behind.len() - value.len();
    (length > 0).then_some(start..start + length)
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
