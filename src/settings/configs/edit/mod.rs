//! Changes to the text of a configs file. Only what changes is touched: comments, order, unknown
//! keys, blank lines and line endings stay.

#[cfg(test)]
mod tests;

use crate::text::json_shown;
use std::collections::BTreeSet;
use toml_edit::{Decor, DocumentMut, Item, Key, KeyMut, RawString, Table, Value};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// What the Go client writes in front of a key.
const INDENTATION: &str = "  ";

/// A configs file that can be changed.
pub struct Document {
    toml: DocumentMut,
    has_byte_order_mark: bool,
    has_crlf: bool,
}

/// The change would touch more than it is about.
#[derive(Debug, PartialEq, Eq)]
pub struct CannotEdit;

impl Document {
    /// Refuses a text that would come out differently even without a change: one that mixes LF and
    /// CRLF, or scatters the dotted keys of an entry.
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

    /// The text of the file as it is now.
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
        // Comments at the end of the file stay where they are.
        let mut above = text_of(Some(self.toml.trailing())).to_string();
        self.toml.set_trailing("");
        if !above.is_empty() && !above.ends_with('\n') {
            above.push('\n');
        }
        let is_first = above.is_empty() && self.toml.is_empty();
        if !is_first && !ends_with_blank_line(&above) {
            above.push('\n');
        }
        let mut entry = Table::new();
        entry.decor_mut().set_prefix(above);
        // After the tables of all other entries, in whatever order they are.
        entry.set_position(Some(isize::MAX));
        self.toml.insert(name, Item::Table(entry));
    }

    /// Sets a key of an entry to a string.
    pub fn set_text(&mut self, name: &str, key: &str, text: &str) -> Result<(), CannotEdit> {
        // A string of JSON is also one of TOML, and has no line break that could become CRLF.
        let value = json_shown(text).parse();
        let value = value.unwrap_or_else(|_| Value::from(text));
        self.set(name, key, value)
    }

    /// Sets a key of an entry to `true`.
    pub fn set_true(&mut self, name: &str, key: &str) -> Result<(), CannotEdit> {
        self.set(name, key, Value::from(true))
    }

    /// Sets a key, and unsets the one that excludes it. The new key takes the other one's place.
    fn set(&mut self, name: &str, key: &str, value: Value) -> Result<(), CannotEdit> {
        let opposite = opposite(key);
        let item = self.toml.get_mut(name).ok_or(CannotEdit)?;
        let entry = item.as_table_like_mut().ok_or(CannotEdit)?;
        if let Some(old) = entry.get_mut(key) {
            replace(old.as_value_mut().ok_or(CannotEdit)?, value);
        } else if entry.contains_key(opposite) {
            rename(item, opposite, key, value)?;
        } else {
            append(item, key, value);
        }
        self.unset(name, opposite)
    }

    /// Removes a key of an entry if it is there.
    pub fn unset(&mut self, name: &str, key: &str) -> Result<(), CannotEdit> {
        let item = self.toml.get_mut(name).ok_or(CannotEdit)?;
        let entry = item.as_table_like_mut().ok_or(CannotEdit)?;
        // Without its last dotted key, the entry would be gone.
        let is_whole_entry = entry.is_dotted() && entry.len() == 1;
        let Some((mut name, item)) = entry.get_key_value_mut(key) else {
            return Ok(());
        };
        let value = item.as_value_mut().ok_or(CannotEdit)?;
        let has_comment = text_of(name.leaf_decor_mut().prefix()).contains('#')
            || text_of(value.decor().suffix()).contains('#');
        if has_comment || is_whole_entry {
            // This means the same, and the comment keeps its place.
            let empty = if value.is_bool() {
                Value::from(false)
            } else {
                Value::from("")
            };
            replace(value, empty);
        } else {
            entry.remove(key);
        }
        Ok(())
    }

    /// Removes entries. Comments above and below them stay.
    pub fn remove(&mut self, names: &BTreeSet<&str>) {
        // What was above removed entries, and goes above the next one that stays.
        let mut carried = None;
        let mut is_at_start = true;
        for (key, item) in self.toml.iter_mut() {
            let is_removed = names.contains(key.get());
            with_text_above(key, item, &mut |above| {
                if is_removed {
                    // The last line is the indentation of what is removed.
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
            let ends_blank = below.trim().is_empty();
            let mut below = join(carried, below, is_at_start);
            if ends_blank {
                let length = below.trim_end_matches(['\r', '\n']).len();
                below.truncate(length);
            }
            if !below.is_empty() && !below.ends_with('\n') {
                below.push('\n');
            }
            self.toml.set_trailing(below);
        }
    }
}

/// The key that must not be in an entry together with `key`.
fn opposite(key: &str) -> &'static str {
    match key {
        "token" => "cookie",
        "cookie" => "token",
        "active" => "previous",
        "previous" => "active",
        _ => "",
    }
}

/// Puts a value in the place of another, with the comment after it.
fn replace(old: &mut Value, mut new: Value) {
    let is_same = match (&*old, &new) {
        (Value::String(old), Value::String(new)) => old.value() == new.value(),
        (Value::Boolean(old), Value::Boolean(new)) => old.value() == new.value(),
        _ => false,
    };
    if !is_same {
        *new.decor_mut() = old.decor().clone();
        *old = new;
    }
}

/// Puts a key and value in the place of another key, with the comments around it. toml_edit cannot
/// rename a key, so all keys of the entry are inserted once more.
fn rename(entry: &mut Item, old: &str, new: &str, value: Value) -> Result<(), CannotEdit> {
    let table = entry.as_table_like_mut().ok_or(CannotEdit)?;
    let mut pairs = Vec::new();
    for (name, item) in table.iter() {
        let (mut key, mut item) = (table.key(name).ok_or(CannotEdit)?.clone(), item.clone());
        if name == old {
            replace(item.as_value_mut().ok_or(CannotEdit)?, value.clone());
            key = Key::new(new)
                .with_leaf_decor(key.leaf_decor().clone())
                .with_dotted_decor(key.dotted_decor().clone());
        }
        pairs.push((key, item));
    }
    table.clear();
    for (key, item) in pairs {
        match (&mut *entry, item) {
            (Item::Value(Value::InlineTable(table)), Item::Value(value)) => {
                table.insert_formatted(&key, value);
            }
            (Item::Table(table), item) => {
                table.insert_formatted(&key, item);
            }
            _ => return Err(CannotEdit),
        }
    }
    Ok(())
}

/// Adds a key after the others, indented as they are.
fn append(entry: &mut Item, key: &str, value: Value) {
    match entry {
        Item::Value(Value::InlineTable(table)) => {
            // The space in front of the closing bracket.
            if let Some((_, last)) = table.iter_mut().last()
                && text_of(last.decor().suffix()).trim().is_empty()
            {
                last.decor_mut().set_suffix("");
            }
            table.insert(key, value);
        }
        Item::Table(table) => {
            let indentation = match table.get_values().last().and_then(|(path, _)| path.last()) {
                Some(neighbour) => {
                    let above = text_of(neighbour.leaf_decor().prefix());
                    above.rsplit('\n').next().unwrap_or_default().to_string()
                }
                None => INDENTATION.to_string(),
            };
            let key = Key::new(key).with_leaf_decor(Decor::new(indentation, " "));
            table.insert_formatted(&key, Item::Value(value));
        }
        _ => {}
    }
}

/// Calls `act` with the white space and comments above an entry, and replaces them by what it returns.
fn with_text_above(
    mut key: KeyMut<'_>,
    item: &mut Item,
    act: &mut dyn FnMut(&str) -> Option<String>,
) {
    let decor = match item {
        Item::Table(table) if table.is_implicit() || table.is_dotted() => {
            if let Some((key, item)) = table.iter_mut().next() {
                with_text_above(key, item, act);
            }
            return;
        }
        Item::Table(table) => table.decor_mut(),
        Item::ArrayOfTables(tables) => match tables.iter_mut().next() {
            Some(first) => first.decor_mut(),
            None => return,
        },
        _ => key.leaf_decor_mut(),
    };
    if let Some(above) = act(text_of(decor.prefix())) {
        decor.set_prefix(above);
    }
}

/// Joins what was above a removed entry and what comes after it. Of the blank lines on both sides,
/// those above are enough.
fn join(above: Option<String>, below: &str, is_at_start: bool) -> String {
    let Some(mut text) = above else {
        return below.to_string();
    };
    let mut below = below;
    if ends_with_blank_line(&text) || (is_at_start && text.is_empty()) {
        while let Some((line, rest)) = below.split_once('\n')
            && line.trim().is_empty()
        {
            below = rest;
        }
    }
    text.push_str(below);
    text
}

fn ends_with_blank_line(text: &str) -> bool {
    let last = text.lines().last();
    last.is_some_and(|line| line.trim().is_empty())
}

/// White space and comments; empty if toml_edit would use its default.
fn text_of(decor: Option<&RawString>) -> &str {
    decor.and_then(RawString::as_str).unwrap_or_default()
}
