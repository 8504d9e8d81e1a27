//! Text from outside made safe to show: control characters escaped, length bounded.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;

/// Characters of an answer that is not InfluxDB's JSON which an error shows.
const SHOWN: usize = 200;

/// `text` with C0, DEL and C1 control characters as `\n`, `\t`, `\r` or `\u{1b}`, so that it can
/// neither break a line nor drive a terminal.
pub fn escape(text: &str) -> Cow<'_, str> {
    // Most text is ASCII, whose bytes are told apart faster.
    let plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if plain || !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_escaped(&mut escaped, c);
    }
    Cow::Owned(escaped)
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        // Writing to a String cannot fail.
        c if c.is_control() => _ = write!(out, "\\u{{{:x}}}", c as u32),
        c => out.push(c),
    }
}

/// A path as it is shown, escaped.
pub fn path(path: &Path) -> String {
    escape(&path.to_string_lossy()).into_owned()
}

/// `text` in double quotes, escaped, with `"` and `\` escaped too: as Go's `%q`, which the
/// messages of the Go client use.
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        push_escaped(&mut quoted, c);
    }
    quoted.push('"');
    quoted
}

/// `text` as a string of JSON.
pub fn json_string(text: &str) -> String {
    // Text can always be written so.
    serde_json::to_string(text).unwrap_or_default()
}

/// `text` on one line: runs of white space as one space, other control characters left out.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(4096));
    for word in text.split_whitespace() {
        let before = line.len();
        if before > 0 {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !c.is_control()));
    }
    line
}

/// The first [`SHOWN`] characters of `text`, with `...` where more was cut.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_every_control_character_and_nothing_else() {
        assert_eq!(
            escape("a\tb\nc\rd\u{1b}[31m\u{7f}\u{9b}ü"),
            "a\\tb\\nc\\rd\\u{1b}[31m\\u{7f}\\u{9b}ü"
        );
        for c in (0..=0x10_ffffu32).filter_map(char::from_u32) {
            let text = c.to_string();
            let escaped = escape(&text);
            assert_eq!(*escaped != *text, c.is_control(), "{c:?}");
            assert!(!escaped.chars().any(char::is_control), "{c:?}");
        }
    }

    #[test]
    fn quotes_like_go() {
        assert_eq!(quote(r#"a"b\c"#), r#""a\"b\\c""#);
        assert_eq!(quote("a\u{1b}"), "\"a\\u{1b}\"");
    }

    #[test]
    fn one_line_folds_white_space_and_drops_controls() {
        assert_eq!(one_line("<html>\r\n\t <b>\u{7}x</b> "), "<html> <b>x</b>");
    }

    #[test]
    fn cuts_by_characters_not_bytes() {
        let long = "ü".repeat(SHOWN + 1);
        assert_eq!(cut(&long), "ü".repeat(SHOWN) + "...");
        let fits = "ü".repeat(SHOWN);
        assert_eq!(cut(&fits), fits);
    }
}
