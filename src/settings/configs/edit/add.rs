//! What an edit adds to the text of a configs file.

use super::layout::{self, Piece, after_blank_line, indentation, line_end, line_start, part};
use super::{Entry, Splice, Value};
use crate::text::json_shown;

/// One more key in an entry, behind those that it has. `None` where the entry has no place of its
/// own, only tables below it.
pub fn with_key(
    text: &str,
    pieces: &[Piece<'_>],
    entry: &Entry<'_>,
    assignment: &str,
) -> Option<Splice> {
    if entry.is_inline() {
        if let Some(last) = layout::pieces(entry.table).last() {
            return Some((last.end..last.end, [", ", assignment].concat()));
        }
        let at = entry.value.start + 1;
        let space = if part(text, at, text.len()).starts_with('}') {
            " "
        } else {
            ""
        };
        return Some((at..at, [" ", assignment, space].concat()));
    }
    let header = pieces
        .iter()
        .position(|piece| piece.header && piece.start == entry.value.start);
    // The entry's own pieces stand behind its header, else in front of all headers.
    let body = &pieces[header.map_or(0, |at| at + 1)..];
    let body = body.iter().take_while(|piece| !piece.header);
    let last = body.filter(|piece| piece.owner == entry.name).last();
    let (last, more) = match (header, last) {
        (_, Some(last)) => (last, ""),
        (Some(header), None) => (&pieces[header], "  "),
        (None, None) => return None,
    };
    let (prefix, dot) = match header {
        Some(_) => (String::new(), ""),
        None => (key(entry.name), "."),
    };
    let (at, eol) = (line_end(text, last.end), layout::eol(text));
    let (before, behind) = match part(text, 0, at).ends_with('\n') {
        true => ("", eol),
        false => (eol, ""),
    };
    let indentation = indentation(text, last.start);
    let line = [before, indentation, more, &prefix, dot, assignment, behind];
    Some((at..at, line.concat()))
}

/// A new entry at the end of the text, behind a blank line, with one key or none.
pub fn with_block(text: &str, name: &str, assignment: &str) -> Splice {
    let (eol, end) = (layout::eol(text), text.len());
    let last_line = line_start(text, end);
    let (before, after_blank) = match last_line < end {
        true => (eol, layout::is_blank(text, last_line)),
        false => ("", after_blank_line(text, end)),
    };
    let blank = if after_blank { "" } else { eol };
    let (indentation, behind) = match assignment {
        "" => ("", ""),
        _ => ("  ", eol),
    };
    let name = key(name);
    let block = [
        before,
        blank,
        "[",
        &name,
        "]",
        eol,
        indentation,
        assignment,
        behind,
    ];
    (end..end, block.concat())
}

/// A value as TOML has it.
pub fn written(value: Value<'_>) -> String {
    match value {
        // A basic string of TOML takes all that a string of JSON does, but for some control
        // characters, which are escaped here.
        Value::Text(text) => json_shown(text),
        Value::True => "true".to_string(),
    }
}

/// A key as TOML has it: bare where that is possible.
fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    match !name.is_empty() && name.bytes().all(bare) {
        true => name.to_string(),
        false => json_shown(name),
    }
}
