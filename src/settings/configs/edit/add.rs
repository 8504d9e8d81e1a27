//! What an edit adds to the text of a configs file.

use super::layout::{self, Piece, after_blank_line, indentation, line_end, line_start};
use super::{Entry, Value};

/// The text with one more key in an entry, behind those that it has. `None` where the entry has no
/// place of its own, only tables below it.
pub fn with_key(
    text: &str,
    pieces: &[Piece<'_>],
    entry: &Entry<'_>,
    assignment: &str,
) -> Option<String> {
    let mut edited = text.to_string();
    if entry.is_inline() {
        if let Some(last) = layout::pieces(entry.table).last() {
            edited.insert_str(last.end, &format!(", {assignment}"));
        } else {
            let at = entry.value.start + 1;
            let space = if text[at..].starts_with('}') { " " } else { "" };
            edited.insert_str(at, &format!(" {assignment}{space}"));
        }
        return Some(edited);
    }
    let header = pieces
        .iter()
        .position(|piece| piece.header && piece.start == entry.value.start);
    let (last, line) = if let Some(header) = header {
        let body = pieces[header + 1..].iter().take_while(|next| !next.header);
        match body.last() {
            Some(last) => (
                last,
                format!("{}{assignment}", indentation(text, last.start)),
            ),
            None => {
                let header = &pieces[header];
                (
                    header,
                    format!("{}  {assignment}", indentation(text, header.start)),
                )
            }
        }
    } else {
        let root = pieces.iter().take_while(|piece| !piece.header);
        let last = root.filter(|piece| piece.owner == entry.name).last()?;
        let indentation = indentation(text, last.start);
        (
            last,
            format!("{indentation}{}.{assignment}", key(entry.name)),
        )
    };
    let (at, eol) = (line_end(text, last.end), layout::eol(text));
    if text[..at].ends_with('\n') {
        edited.insert_str(at, &format!("{line}{eol}"));
    } else {
        edited.insert_str(at, &format!("{eol}{line}"));
    }
    Some(edited)
}

/// The text with a new entry at its end, behind a blank line.
pub fn with_block(text: &str, name: &str, keys: &[(&str, Value<'_>)]) -> String {
    let eol = layout::eol(text);
    let mut edited = text.to_string();
    if line_start(text, text.len()) < text.len() {
        edited.push_str(eol);
    }
    if !after_blank_line(&edited, edited.len()) {
        edited.push_str(eol);
    }
    edited.push_str(&format!("[{}]{eol}", key(name)));
    for (name, value) in keys {
        edited.push_str(&format!("  {name} = {}{eol}", written(*value)));
    }
    edited
}

/// A value as TOML has it.
pub fn written(value: Value<'_>) -> String {
    match value {
        Value::Text(text) => string(text),
        Value::True => "true".to_string(),
    }
}

/// A key as TOML has it: bare where that is possible.
fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !name.is_empty() && name.bytes().all(bare) {
        name.to_string()
    } else {
        string(name)
    }
}

/// A basic string of TOML 1.0.
fn string(text: &str) -> String {
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => string.extend(['\\', c]),
            c if c.is_control() => string.push_str(&format!("\\u{:04X}", c as u32)),
            c => string.push(c),
        }
    }
    string.push('"');
    string
}
