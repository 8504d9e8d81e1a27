//! Edits the text of a configs file. Keeps comments, order, unknown keys, blank lines and line endings.

mod keys;
mod layout;

use crate::settings::files::BYTE_ORDER_MARK;
use crate::text::to_json;
use layout::{ends_with_blank_line, join, text_of, with_text_above};
use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item, Table, Value};

/// A configs file that can be edited.
pub struct Document {
    toml: DocumentMut,
    has_byte_order_mark: bool,
    has_crlf: bool,
}

/// The edit would also change other parts of the file.
pub struct CannotEdit;

impl Document {
    /// Returns an error if toml_edit cannot reproduce the text. This happens if the text mixes LF and
    /// CRLF, or has the dotted keys of an entry in several places.
    pub fn parse(text: &str) -> Result<Document, CannotEdit> {
        let document = Document {
            toml: text.replace("\r\n", "\n").parse().map_err(|_| CannotEdit)?,
            has_byte_order_mark: text.starts_with(BYTE_ORDER_MARK),
            has_crlf: text.contains("\r\n"),
        };
        // toml_edit adds a final line break.
        let unchanged = document.to_text();
        if unchanged.trim_end_matches(['\r', '\n']) == text.trim_end_matches(['\r', '\n']) {
            Ok(document)
        } else {
            Err(CannotEdit)
        }
    }

    /// The text with all edits.
    pub fn to_text(&self) -> String {
        let mut text = self.toml.to_string();
        if self.has_crlf {
            text = text.replace('\n', "\r\n");
        }
        if self.has_byte_order_mark {
            text.insert(0, BYTE_ORDER_MARK);
        }
        text
    }

    /// Appends an entry without keys.
    pub fn create(&mut self, name: &str) {
        // Comments at the end of the file stay above the new entry.
        let mut above = text_of(Some(self.toml.trailing())).to_string();
        self.toml.set_trailing("");
        end_line(&mut above);
        let is_first = above.is_empty() && self.toml.is_empty();
        if !is_first && !ends_with_blank_line(&above) {
            above.push('\n');
        }
        let mut entry = Table::new();
        entry.decor_mut().set_prefix(above);
        // Puts the entry after the tables of all other entries.
        entry.set_position(Some(isize::MAX));
        self.toml.insert(name, Item::Table(entry));
    }

    /// Sets a key of an entry to a string.
    pub fn set_text(&mut self, name: &str, key: &str, text: &str) -> Result<(), CannotEdit> {
        // A JSON string is also a TOML string. It has no line breaks, which could become CRLF.
        let value = to_json(text).parse();
        let value = value.unwrap_or_else(|_| Value::from(text));
        keys::set(self.entry(name)?, key, value)
    }

    /// Sets a key of an entry to `true`.
    pub fn set_true(&mut self, name: &str, key: &str) -> Result<(), CannotEdit> {
        keys::set(self.entry(name)?, key, Value::from(true))
    }

    /// Unsets a key of an entry.
    pub fn unset(&mut self, name: &str, key: &str) -> Result<(), CannotEdit> {
        keys::unset(self.entry(name)?, key)
    }

    fn entry(&mut self, name: &str) -> Result<&mut Item, CannotEdit> {
        self.toml.get_mut(name).ok_or(CannotEdit)
    }

    /// Removes entries. Keeps the comments above and below them.
    pub fn remove(&mut self, names: &BTreeSet<&str>) {
        // The text above removed entries. It moves above the next entry that stays.
        let mut carried = None;
        let mut is_at_start = true;
        for (key, item) in self.toml.iter_mut() {
            let is_removed = names.contains(key.get());
            with_text_above(key, item, &mut |above| {
                if is_removed {
                    // The last line is the indentation of the removed entry.
                    let lines = above.rfind('\n').map_or("", |end| &above[..=end]);
                    carried = Some(join(carried.take(), lines, is_at_start));
                    None
                } else {
                    let carried = carried.take()?;
                    Some(join(Some(carried), above, is_at_start))
                }
            });
            is_at_start &= is_removed;
        }
        self.toml.retain(|name, _| !names.contains(name));
        if carried.is_some() {
            let below = text_of(Some(self.toml.trailing()));
            let is_blank = below.trim().is_empty();
            let mut below = join(carried, below, is_at_start);
            if is_blank {
                let length = below.trim_end_matches(['\r', '\n']).len();
                below.truncate(length);
            }
            end_line(&mut below);
            self.toml.set_trailing(below);
        }
    }
}

/// Ends the last line with a line break, unless it already does.
fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
