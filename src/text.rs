//! Makes text from outside safe to show: escapes what could control a terminal, and limits lengths.

use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

/// How many characters of a text from the server an error shows.
const MAX_SHOWN: usize = 200;

/// How many characters of a word of the command line an error shows.
const MAX_WORD: usize = 100;

/// Whether `c` is never shown as it is: a control character (C0, DEL or C1), which could control a
/// terminal, or a bidirectional text control, which could make text read as another.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// `text` with control characters and bidirectional text controls as `\n`, `\t`, `\r` or `\u{1b}`.
pub fn escape(text: &str) -> Cow<'_, str> {
    // Lists are long, and bytes are compared faster than characters.
    let is_printable_ascii = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if is_printable_ascii || !text.chars().any(is_hidden) {
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
        c if is_hidden(c) => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
        c => out.push(c),
    }
}

/// A path, escaped.
pub fn path(path: &Path) -> String {
    escape(&path.to_string_lossy()).into_owned()
}

/// A duration as flags take it: `30s`, `1500ms`.
pub fn duration(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    if milliseconds.is_multiple_of(1000) {
        format!("{}s", milliseconds / 1000)
    } else {
        format!("{milliseconds}ms")
    }
}

/// `text` in double quotes, escaped, with `"` and `\` escaped too, like Go's `%q`.
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

/// `text` as a string of JSON.
pub fn json_string(text: &str) -> String {
    to_json(text)
}

/// A text, or a struct of texts, as JSON.
pub fn to_json(value: &(impl Serialize + ?Sized)) -> String {
    // Only maps with other keys than texts could fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// Appends [`json_string`] for a terminal: DEL, C1 controls and the two line separators of JavaScript
/// become `\u009b`. To a JSON reader, it is the same text.
pub fn push_json(json: &mut String, text: &str) {
    // Lists are long, and most text needs no escapes.
    let is_plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if text.bytes().all(is_plain) {
        json.push('"');
        json.push_str(text);
        json.push('"');
        return;
    }
    for c in json_string(text).chars() {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                json.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => json.push(c),
        }
    }
}

/// `text` on one line: runs of white space become one space, other control characters and
/// bidirectional text controls are left out.
pub fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !is_hidden(*c)));
    }
    line
}

/// The start of a text from the server, with `...` if more was cut.
pub fn cut(text: &str) -> String {
    cut_to(MAX_SHOWN, text)
}

/// A word of the command line in quotes, cut for an error.
pub fn quote_word(word: &str) -> String {
    quote(&cut_to(MAX_WORD, word))
}

/// The first `length` characters of `text`, with `...` if more was cut.
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
    fn durations_are_shown_as_flags_take_them() {
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
    fn escapes_what_drives_a_terminal_or_turns_text_and_nothing_else() {
        assert_eq!(
            escape("a\tb\nc\rd\u{1b}[31m\u{7f}\u{9b}ü\u{202e}"),
            "a\\tb\\nc\\rd\\u{1b}[31m\\u{7f}\\u{9b}ü\\u{202e}"
        );
        let turns = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        for c in (0..=0x10_ffffu32).filter_map(char::from_u32) {
            let text = c.to_string();
            let hidden = c.is_control() || turns.contains(c);
            let escaped = escape(&text);
            assert_eq!(*escaped != *text, hidden, "{c:?}");
            assert_eq!(escaped.contains(c), !hidden, "{c:?}");
            assert!(!hidden || !one_line(&text).contains(c), "{c:?}");
        }
    }

    #[test]
    fn json_that_is_shown_reads_as_the_same_text() {
        for c in (0..=0xffffu32).filter_map(char::from_u32) {
            let text = format!("a\"{c}");
            let mut shown = String::new();
            push_json(&mut shown, &text);
            assert_eq!(serde_json::from_str::<String>(&shown).ok(), Some(text));
            assert!(!shown.contains(char::is_control), "{c:?}");
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
        let long = "ü".repeat(MAX_SHOWN + 1);
        assert_eq!(cut(&long), "ü".repeat(MAX_SHOWN) + "...");
        let fits = "ü".repeat(MAX_SHOWN);
        assert_eq!(cut(&fits), fits);
    }
}
