//! Makes text from outside safe to show. Escapes control characters, and truncates long text.

use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

/// How many characters errors show of text from the server.
const MAX_SHOWN: usize = 200;

/// How many characters errors show of a word from the command line.
const MAX_WORD: usize = 100;

/// Whether `c` is never shown unescaped. Control characters (C0, DEL and C1) could control a terminal.
/// Bidirectional controls could make text look like other text.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// Replaces control characters and bidirectional controls by `\n`, `\t`, `\r` or `\u{1b}`.
pub fn escape(text: &str) -> Cow<'_, str> {
    // Most text is ASCII, and a check of bytes is faster than a check of characters.
    let is_printable_ascii = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if is_printable_ascii || !text.chars().any(needs_escape) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::new();
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
        c if needs_escape(c) => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
        c => out.push(c),
    }
}

pub fn path(path: &Path) -> String {
    escape(&path.to_string_lossy()).into_owned()
}

/// Formats a duration so that flags accept it, as in `30s` or `1500ms`.
pub fn duration(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    if milliseconds.is_multiple_of(1000) {
        format!("{}s", milliseconds / 1000)
    } else {
        format!("{milliseconds}ms")
    }
}

/// Puts `text` in double quotes and escapes it. Also escapes `"` and `\`, like Go's `%q`.
pub fn quote(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        push_escaped(&mut quoted, c);
    }
    quoted.push('"');
    quoted
}

/// A string, or a struct of strings, as JSON.
pub fn to_json(value: &(impl Serialize + ?Sized)) -> String {
    // This only fails for maps whose keys are not strings.
    serde_json::to_string(value).unwrap_or_default()
}

/// Appends `text` as a JSON string that is safe for a terminal. In addition to the escapes of JSON, it
/// escapes DEL, C1 controls and the line separators of JavaScript, as in `\u009b`. JSON readers get the
/// same text.
pub fn push_json(json: &mut String, text: &str) {
    // Most text needs no escapes, and this check is fast.
    let is_plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if text.bytes().all(is_plain) {
        json.push('"');
        json.push_str(text);
        json.push('"');
        return;
    }
    for c in to_json(text).chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                json.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => json.push(c),
        }
    }
}

/// Puts `text` on one line. Replaces each run of white space by one space, and removes other control
/// characters and bidirectional controls.
pub fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !needs_escape(*c)));
    }
    line
}

/// Truncates text from the server for an error.
pub fn cut(text: &str) -> String {
    cut_to(MAX_SHOWN, text)
}

/// Truncates and quotes a word from the command line for an error.
pub fn quote_word(word: &str) -> String {
    quote(&cut_to(MAX_WORD, word))
}

/// The first `length` characters of `text`. Appends `...` if `text` is longer.
fn cut_to(length: usize, text: &str) -> String {
    match text.char_indices().nth(length) {
        Some((at, _)) => format!("{}...", &text[..at]),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_formatted_for_flags() {
        for (milliseconds, text) in [
            (500, "500ms"),
            (1000, "1s"),
            (1500, "1500ms"),
            (3_600_000, "3600s"),
        ] {
            assert_eq!(duration(Duration::from_millis(milliseconds)), text);
        }
    }

    #[test]
    fn only_control_characters_and_bidirectional_controls_are_escaped() {
        assert_eq!(
            escape("a\tb\nc\rd\u{1b}[31m\u{7f}\u{9b}ü\u{202e}"),
            "a\\tb\\nc\\rd\\u{1b}[31m\\u{7f}\\u{9b}ü\\u{202e}"
        );
        let bidi_controls = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        for c in (0..=0x10_ffffu32).filter_map(char::from_u32) {
            let text = c.to_string();
            let is_unsafe = c.is_control() || bidi_controls.contains(c);
            let escaped = escape(&text);
            assert_eq!(*escaped != *text, is_unsafe, "{c:?}");
            assert_eq!(escaped.contains(c), !is_unsafe, "{c:?}");
            assert!(!is_unsafe || !one_line(&text).contains(c), "{c:?}");
        }
    }

    #[test]
    fn json_strings_are_safe_to_show_and_keep_the_text() {
        for c in (0..=0xffffu32).filter_map(char::from_u32) {
            let text = format!("a\"{c}");
            let mut shown = String::new();
            push_json(&mut shown, &text);
            assert_eq!(serde_json::from_str::<String>(&shown).ok(), Some(text));
            assert!(!shown.contains(char::is_control), "{c:?}");
        }
    }

    #[test]
    fn text_is_quoted_like_in_go() {
        assert_eq!(quote(r#"a"b\c"#), r#""a\"b\\c""#);
        assert_eq!(quote("a\u{1b}"), "\"a\\u{1b}\"");
    }

    #[test]
    fn one_line_collapses_white_space_and_removes_control_characters() {
        assert_eq!(one_line("<html>\r\n\t <b>\u{7}x</b> "), "<html> <b>x</b>");
    }

    #[test]
    fn the_limit_counts_characters() {
        let long = "ü".repeat(MAX_SHOWN + 1);
        assert_eq!(cut(&long), "ü".repeat(MAX_SHOWN) + "...");
        let short = "ü".repeat(MAX_SHOWN);
        assert_eq!(cut(&short), short);
    }
}
