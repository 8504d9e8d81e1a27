//! Changes to the text of a configs file that touch nothing else: comments, order, unknown keys,
//! white space and line ends of all the rest stay byte for byte.

mod add;
#[cfg(test)]
mod checked;
mod layout;
mod meaning;
#[cfg(test)]
mod odd_files;
mod remove;
#[cfg(test)]
mod tests;

use add::{with_block, with_key, written};
use layout::{part, pieces};
use remove::{without_entry, without_inline, without_line};
use std::ops::Range;
use toml::de::DeTable;

/// A value of an entry.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A string.
    Text(&'a str),
    /// `true`; the other mark is a key that is missing.
    True,
}

/// One change of one entry.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// Appends a new entry with these keys, in this order.
    Create {
        /// Its name.
        name: &'a str,
        /// Its keys and values.
        keys: &'a [(&'a str, Value<'a>)],
    },
    /// Sets a key of an entry.
    Put {
        /// The entry.
        name: &'a str,
        /// The key.
        key: &'a str,
        /// Its value.
        value: Value<'a>,
        /// A key that goes, if it is there: the new one takes its place.
        instead_of: Option<&'a str>,
    },
    /// Removes a key of an entry, if it is there. A comment on its line stays.
    Drop {
        /// The entry.
        name: &'a str,
        /// The key.
        key: &'a str,
    },
    /// Removes an entry with its tables. Comments above and below it stay.
    Remove {
        /// The entry.
        name: &'a str,
    },
}

impl<'a> Change<'a> {
    /// The entry that it is about.
    pub fn name(&self) -> &'a str {
        match *self {
            Change::Create { name, .. }
            | Change::Put { name, .. }
            | Change::Drop { name, .. }
            | Change::Remove { name } => name,
        }
    }
}

/// The text is not TOML, lacks the entry, or is written in a way that this module cannot change
/// without rewriting more of it.
#[derive(Debug, PartialEq, Eq)]
pub struct CannotEdit;

/// The text after the change.
///
/// # Errors
/// Nothing but the exact change is ever returned: the result is parsed and compared.
pub fn apply(text: &str, change: &Change<'_>) -> Result<String, CannotEdit> {
    let mut edited = step(text, change)?;
    // One place changes at a time.
    match *change {
        Change::Create { name, keys } => {
            for (key, value) in keys {
                let put = Change::Put {
                    name,
                    key,
                    value: *value,
                    instead_of: None,
                };
                edited = step(&edited, &put)?;
            }
        }
        Change::Put {
            name,
            instead_of: Some(key),
            ..
        } => edited = step(&edited, &Change::Drop { name, key })?,
        _ => {}
    }
    Ok(edited)
}

/// The text after the first step of a change: a new entry is empty, and a key whose opposite is there
/// too leaves that.
fn step(text: &str, change: &Change<'_>) -> Result<String, CannotEdit> {
    let before = DeTable::parse(text).map_err(|_| CannotEdit)?.into_inner();
    let (place, new) = edit(text, &before, change).ok_or(CannotEdit)?;
    let (head, tail) = (
        part(text, 0, place.start),
        part(text, place.end, text.len()),
    );
    let edited = [head, &new, tail].concat();
    match DeTable::parse(&edited) {
        Ok(after) if meaning::is_made(&before, after.get_ref(), change) => Ok(edited),
        _ => Err(CannotEdit),
    }
}

/// An entry and where it stands.
struct Entry<'a> {
    name: &'a str,
    key: Range<usize>,
    value: Range<usize>,
    table: &'a DeTable<'a>,
}

impl<'a> Entry<'a> {
    fn find(document: &'a DeTable<'a>, name: &'a str) -> Option<Self> {
        let (key, value) = document.get_key_value(name)?;
        Some(Entry {
            name,
            key: key.span(),
            value: value.span(),
            table: value.get_ref().as_table()?,
        })
    }

    /// `name = { ... }`, rather than `[name]` or `name.key = ...`.
    fn is_inline(&self) -> bool {
        self.key.end <= self.value.start
    }

    /// Where a key and its value stand. `Some(None)` where there is no such key, `None` where its
    /// value is a table that is spread over the file.
    fn place(&self, key: &str) -> Option<Option<(Range<usize>, Range<usize>)>> {
        match self.table.get_key_value(key) {
            None => Some(None),
            Some((key, value)) => {
                let (key, value) = (key.span(), value.span());
                (key.end <= value.start).then_some(Some((key, value)))
            }
        }
    }
}

/// A part of the text, and what takes its place.
type Splice = (Range<usize>, String);

fn edit(text: &str, document: &DeTable<'_>, change: &Change<'_>) -> Option<Splice> {
    let name = change.name();
    if let Change::Create { .. } = change {
        return Some(with_block(text, name, ""));
    }
    let pieces = pieces(document);
    let entry = Entry::find(document, name)?;
    let unchanged = (0..0, String::new());
    Some(match *change {
        Change::Drop { key, .. } => match entry.place(key)? {
            None => unchanged,
            Some((key, value)) if entry.is_inline() => without_inline(text, &entry, key, value),
            Some((key, value)) => without_line(text, key, value),
        },
        Change::Put {
            key,
            value,
            instead_of,
            ..
        } => {
            if let Some((_, place)) = entry.place(key)? {
                let old = entry.table.get(key).map(|old| old.get_ref());
                return Some(match old.is_some_and(|old| meaning::is(old, value)) {
                    true => unchanged,
                    false => (place, written(value)),
                });
            }
            let other = instead_of.map_or(Some(None), |other| entry.place(other))?;
            if let Some((old, place)) = other {
                let between = part(text, old.end, place.start);
                let new = [key, between, &written(value)].concat();
                return Some((old.start..place.end, new));
            }
            let assignment = [key, " = ", &written(value)].concat();
            with_key(text, &pieces, &entry, &assignment)
                .unwrap_or_else(|| with_block(text, name, &assignment))
        }
        _ => without_entry(text, &pieces, name),
    })
}
