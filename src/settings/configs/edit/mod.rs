//! Changes to the text of a configs file that touch nothing else: comments, order, unknown keys,
//! white space and line ends of all the rest stay byte for byte.

mod add;
mod layout;
mod meaning;
#[cfg(test)]
mod odd_files;
mod remove;
#[cfg(test)]
mod tests;

use add::{with_block, with_key, written};
use layout::pieces;
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

/// The text is not TOML, lacks the entry, or is written in a way that this module cannot change
/// without rewriting more of it.
#[derive(Debug, PartialEq, Eq)]
pub struct CannotEdit;

/// The text after the change.
///
/// # Errors
/// Nothing but the exact change is ever returned: the result is parsed and compared.
pub fn apply(text: &str, change: &Change<'_>) -> Result<String, CannotEdit> {
    let before = DeTable::parse(text).map_err(|_| CannotEdit)?.into_inner();
    if let Some((put, drop)) = in_two_steps(&before, change) {
        return apply(&apply(text, &put)?, &drop);
    }
    let edited = edit(text, &before, change).ok_or(CannotEdit)?;
    let wanted = meaning::after(before, change).ok_or(CannotEdit)?;
    match DeTable::parse(&edited) {
        Ok(after) if meaning::same_table(&wanted, after.get_ref()) => Ok(edited),
        _ => Err(CannotEdit),
    }
}

/// One place changes at a time: where both keys are there, one is set, then the other removed.
fn in_two_steps<'a>(
    document: &DeTable<'_>,
    change: &Change<'a>,
) -> Option<(Change<'a>, Change<'a>)> {
    let Change::Put {
        name,
        key,
        value,
        instead_of: Some(other),
    } = *change
    else {
        return None;
    };
    let entry = document.get(name)?.get_ref().as_table()?;
    let put = Change::Put {
        name,
        key,
        value,
        instead_of: None,
    };
    let both = entry.contains_key(key) && entry.contains_key(other);
    both.then_some((put, Change::Drop { name, key: other }))
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

fn edit(text: &str, document: &DeTable<'_>, change: &Change<'_>) -> Option<String> {
    match *change {
        Change::Create { name, keys } => Some(with_block(text, name, keys)),
        Change::Remove { name } => Some(without_entry(text, &pieces(document), name)),
        Change::Drop { name, key } => {
            let entry = Entry::find(document, name)?;
            Some(match entry.place(key)? {
                None => text.to_string(),
                Some((key, value)) if entry.is_inline() => without_inline(text, &entry, key, value),
                Some((key, value)) => without_line(text, key, value),
            })
        }
        Change::Put {
            name,
            key,
            value,
            instead_of,
        } => {
            let entry = Entry::find(document, name)?;
            let mut edited = text.to_string();
            if let Some((_, place)) = entry.place(key)? {
                let old = entry.table.get(key).map(|old| old.get_ref());
                if !old.is_some_and(|old| meaning::is(old, value)) {
                    edited.replace_range(place, &written(value));
                }
                return Some(edited);
            }
            let other = instead_of.map_or(Some(None), |other| entry.place(other))?;
            if let Some((key_place, value_place)) = other {
                edited.replace_range(value_place, &written(value));
                edited.replace_range(key_place, key);
                return Some(edited);
            }
            let assignment = format!("{key} = {}", written(value));
            let keys = [(key, value)];
            let inserted = with_key(text, &pieces(document), &entry, &assignment);
            Some(inserted.unwrap_or_else(|| with_block(text, name, &keys)))
        }
    }
}
