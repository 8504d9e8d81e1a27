//! Where the parts of a configs file stand: its headers and assignments, and the lines they fill.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A header such as `[a]`, or an assignment such as `key = "value"`, from its last key to the end
/// of its value. Each fills lines of its own, unless it stands in an inline table.
#[derive(Debug)]
pub struct Piece<'a> {
    /// The key of the root that it belongs to.
    pub owner: &'a str,
    /// Its first byte.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// A header rather than an assignment.
    pub header: bool,
}

/// All headers and assignments of a table, in the order of the text. Those inside an inline table
/// or an array are part of its assignment.
pub fn pieces<'a>(table: &'a DeTable<'a>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    collect(None, table, &mut pieces);
    pieces
}

/// Puts a piece where it belongs. There are few of them, and a sort would be 6 KB of code.
fn insert<'a>(pieces: &mut Vec<Piece<'a>>, owner: &'a str, place: Range<usize>, header: bool) {
    let Range { start, end } = place;
    let at = pieces.partition_point(|other| other.start < start);
    pieces.insert(
        at,
        Piece {
            owner,
            start,
            end,
            header,
        },
    );
}

fn collect<'a>(owner: Option<&'a str>, table: &'a DeTable<'a>, pieces: &mut Vec<Piece<'a>>) {
    for (key, value) in table {
        let owner = owner.unwrap_or(key.get_ref());
        let (at, place) = (key.span(), value.span());
        if at.end <= place.start {
            insert(pieces, owner, at.start..place.end, false);
            continue;
        }
        // A table that no header names has the place of its key.
        if at != place {
            headed(owner, value, place, pieces);
        } else if let DeValue::Table(inner) = value.get_ref() {
            collect(Some(owner), inner, pieces);
        }
    }
}

/// A table below a header, or each of those below `[[headers]]`.
fn headed<'a>(
    owner: &'a str,
    value: &'a Spanned<DeValue<'a>>,
    place: Range<usize>,
    pieces: &mut Vec<Piece<'a>>,
) {
    match value.get_ref() {
        DeValue::Table(inner) => {
            insert(pieces, owner, place, true);
            collect(Some(owner), inner, pieces);
        }
        DeValue::Array(tables) => {
            for table in tables.iter() {
                headed(owner, table, table.span(), pieces);
            }
        }
        _ => {}
    }
}

/// Part of a text. Bounds that are none of a text give nothing, and then the check of the edit fails:
/// ten places that may panic are a KB of code.
#[inline(never)]
pub fn part(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// Where the line that holds byte `at` starts, behind a byte-order mark.
pub fn line_start(text: &str, at: usize) -> usize {
    let mark = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    part(text, 0, at).rfind('\n').map_or(mark, |end| end + 1)
}

/// Where the line that holds byte `at` ends, behind its line break.
pub fn line_end(text: &str, at: usize) -> usize {
    let rest = part(text, at, text.len());
    rest.find('\n').map_or(text.len(), |end| at + end + 1)
}

/// Where the blanks and tabs from byte `at` on end.
pub fn behind_blanks(text: &str, at: usize) -> usize {
    let rest = part(text, at, text.len()).bytes();
    at + rest.take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// The white space at the start of the line that holds byte `at`, where something stands.
pub fn indentation(text: &str, at: usize) -> &str {
    let start = line_start(text, at);
    part(text, start, behind_blanks(text, start))
}

/// The line that starts at byte `at` is blank.
pub fn is_blank(text: &str, at: usize) -> bool {
    part(text, at, line_end(text, at)).trim().is_empty()
}

/// Where the line before byte `at` starts, which is the start of a line, if that line is blank.
pub fn blank_line_before(text: &str, at: usize) -> Option<usize> {
    if at == line_start(text, 0) {
        return None;
    }
    let start = line_start(text, at - 1);
    is_blank(text, start).then_some(start)
}

/// Byte `at`, which is the start of a line, has a blank line or nothing before it.
pub fn after_blank_line(text: &str, at: usize) -> bool {
    at == line_start(text, 0) || blank_line_before(text, at).is_some()
}

/// The line break of the first line, which new lines get too.
pub fn eol(text: &str) -> &'static str {
    match part(text, 0, line_end(text, 0)).ends_with("\r\n") {
        true => "\r\n",
        false => "\n",
    }
}

/// The comma behind a value of an inline table that ends at byte `from`.
pub fn comma(text: &str, from: usize) -> Option<usize> {
    let mut comment = false;
    for (at, byte) in part(text, from, text.len()).bytes().enumerate() {
        match byte {
            b'\n' => comment = false,
            _ if comment => {}
            b'#' => comment = true,
            b',' => return Some(from + at),
            b' ' | b'\t' | b'\r' => {}
            _ => return None,
        }
    }
    None
}
