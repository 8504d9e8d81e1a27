//! What an edit takes out of the text of a configs file.

use super::layout::{
    self, Piece, after_blank_line, behind_blanks, comma, indentation, line_end, line_start, part,
};
use super::{Entry, Splice};
use std::ops::Range;

/// The text without an entry: without its headers and assignments and what stands between them.
pub fn without_entry(text: &str, pieces: &[Piece<'_>], name: &str) -> Splice {
    let mut kept = String::new();
    let mut done = 0;
    for run in pieces.chunk_by(|a, b| a.owner == b.owner) {
        let [first, ..] = run else { continue };
        if first.owner != name {
            continue;
        }
        let mut start = line_start(text, first.start);
        let mut end = line_end(text, run[run.len() - 1].end);
        // Of the blank lines on both sides those in front are enough, at the end none.
        while after_blank_line(text, start) && end < text.len() && layout::is_blank(text, end) {
            end = line_end(text, end);
        }
        while end == text.len()
            && let Some(before) = layout::blank_line_before(text, start)
        {
            start = before;
        }
        kept.push_str(part(text, done, start));
        done = end;
    }
    (0..done, kept)
}

/// The text without an assignment that has lines of its own.
pub fn without_line(text: &str, key: Range<usize>, value: Range<usize>) -> Splice {
    let (start, end) = (line_start(text, key.start), line_end(text, value.end));
    // Behind a value there is nothing but a comment.
    let range = match part(text, value.end, end).find('#') {
        Some(comment) => start + indentation(text, key.start).len()..value.end + comment,
        None => start..end,
    };
    (range, String::new())
}

/// The text without an assignment of an inline table.
pub fn without_inline(
    text: &str,
    entry: &Entry<'_>,
    key: Range<usize>,
    value: Range<usize>,
) -> Splice {
    // Between two values there are a comma, white space and, since TOML 1.1, comments.
    let kept = |start, end| match part(text, start, end) {
        gap if gap.contains('#') => gap,
        _ => "",
    };
    let siblings = layout::pieces(entry.table);
    let before = siblings.iter().rev().find(|piece| piece.end <= key.start);
    let before = before.and_then(|piece| comma(text, piece.end));
    let behind = comma(text, value.end);
    let (start, gap, end) = match (before, behind) {
        // On one line the comma in front goes, and what follows stays as it is.
        (Some(comma), _) if !part(text, comma, key.start).contains('\n') => (comma, "", value.end),
        (_, Some(comma)) => {
            let end = behind_blanks(text, comma + 1);
            (key.start, kept(value.end, comma), end)
        }
        (Some(comma), None) => (comma, kept(comma + 1, key.start), value.end),
        (None, None) => (key.start, "", behind_blanks(text, value.end)),
    };
    (start..end, gap.to_string())
}
