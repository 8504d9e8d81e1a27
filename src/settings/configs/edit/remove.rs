//! What an edit takes out of the text of a configs file.

use super::Entry;
use super::layout::{self, Piece, after_blank_line, comma, indentation, line_end, line_start};
use std::ops::Range;

/// The text without an entry: without its headers and assignments and what stands between them.
pub fn without_entry(text: &str, pieces: &[Piece<'_>], name: &str) -> String {
    let mut edited = text.to_string();
    // From the end, so that the places before stay what they are.
    for run in pieces.chunk_by(|a, b| a.owner == b.owner).rev() {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        if first.owner != name {
            continue;
        }
        let mut start = line_start(text, first.start);
        let mut end = line_end(text, last.end);
        // Of the blank lines on both sides those in front are enough, at the end none.
        while after_blank_line(text, start) && end < text.len() && layout::is_blank(text, end) {
            end = line_end(text, end);
        }
        while end == text.len() && layout::blank_line_before(text, start).is_some() {
            start = layout::blank_line_before(text, start).unwrap_or(start);
        }
        edited.replace_range(start..end, "");
    }
    edited
}

/// The text without an assignment that has lines of its own.
pub fn without_line(text: &str, key: Range<usize>, value: Range<usize>) -> String {
    let mut edited = text.to_string();
    let (start, end) = (line_start(text, key.start), line_end(text, value.end));
    // Behind a value there is nothing but a comment.
    match text[value.end..end].find('#') {
        Some(comment) => {
            let start = start + indentation(text, key.start).len();
            edited.replace_range(start..value.end + comment, "");
        }
        None => edited.replace_range(start..end, ""),
    }
    edited
}

/// The text without an assignment of an inline table.
pub fn without_inline(
    text: &str,
    entry: &Entry<'_>,
    key: Range<usize>,
    value: Range<usize>,
) -> String {
    // Between two values there are a comma, white space and, since TOML 1.1, comments.
    let kept = |gap: Range<usize>| match &text[gap] {
        gap if gap.contains('#') => gap,
        _ => "",
    };
    let siblings = layout::pieces(entry.table);
    let before = siblings.iter().rev().find(|piece| piece.end <= key.start);
    let before = before.and_then(|piece| comma(text, piece.end));
    let behind = comma(text, value.end);
    let (head, gap, tail) = match (before, behind) {
        // On one line the comma in front goes, and what follows stays as it is.
        (Some(comma), _) if !text[comma..key.start].contains('\n') => {
            (comma, "", &text[value.end..])
        }
        (_, Some(comma)) => {
            let tail = text[comma + 1..].trim_start_matches([' ', '\t']);
            (key.start, kept(value.end..comma), tail)
        }
        (Some(comma), None) => (comma, kept(comma + 1..key.start), &text[value.end..]),
        (None, None) => {
            let tail = text[value.end..].trim_start_matches([' ', '\t']);
            (key.start, "", tail)
        }
    };
    [&text[..head], gap, tail].concat()
}
