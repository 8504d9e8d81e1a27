//! What a configs file means, whatever it looks like: the check of every edit.

use super::{Change, Value};
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What the file must mean after the change. `None` where it cannot be made.
pub fn after<'a>(mut document: DeTable<'a>, change: &Change<'a>) -> Option<DeTable<'a>> {
    match *change {
        Change::Create { name, keys } => {
            let mut entry = DeTable::new();
            for (key, value) in keys {
                entry.insert(spanned(Cow::Borrowed(*key)), parsed(*value));
            }
            let entry = spanned(DeValue::Table(entry));
            if document.insert(spanned(name.into()), entry).is_some() {
                return None;
            }
        }
        Change::Put {
            name,
            key,
            value,
            instead_of,
        } => {
            let entry = table(&mut document, name)?;
            entry.insert(spanned(key.into()), parsed(value));
            instead_of.and_then(|other| entry.remove(other));
        }
        Change::Drop { name, key } => {
            let entry = table(&mut document, name)?;
            entry.remove(key);
        }
        Change::Remove { name } => {
            document.remove(name)?;
        }
    }
    Some(document)
}

fn table<'a, 'd>(document: &'a mut DeTable<'d>, name: &str) -> Option<&'a mut DeTable<'d>> {
    match document.get_mut(name)?.get_mut() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(0..0, value)
}

fn parsed(value: Value<'_>) -> Spanned<DeValue<'_>> {
    spanned(match value {
        Value::Text(text) => DeValue::String(text.into()),
        Value::True => DeValue::Boolean(true),
    })
}

/// `old` already is `new`.
pub fn is(old: &DeValue<'_>, new: Value<'_>) -> bool {
    same(old, parsed(new).get_ref())
}

/// Both tables have the same keys with the same values.
pub fn same_table(one: &DeTable<'_>, other: &DeTable<'_>) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|((key, value), (key2, value2))| {
            key == key2 && same(value.get_ref(), value2.get_ref())
        })
}

fn same(one: &DeValue<'_>, other: &DeValue<'_>) -> bool {
    match (one, other) {
        (DeValue::String(one), DeValue::String(other)) => one == other,
        (DeValue::Boolean(one), DeValue::Boolean(other)) => one == other,
        (DeValue::Datetime(one), DeValue::Datetime(other)) => one == other,
        (DeValue::Float(one), DeValue::Float(other)) => one.as_str() == other.as_str(),
        (DeValue::Integer(one), DeValue::Integer(other)) => {
            (one.as_str(), one.radix()) == (other.as_str(), other.radix())
        }
        (DeValue::Table(one), DeValue::Table(other)) => same_table(one, other),
        (DeValue::Array(one), DeValue::Array(other)) => {
            let pairs = || one.iter().zip(other.iter());
            one.len() == other.len()
                && pairs().all(|(one, other)| same(one.get_ref(), other.get_ref()))
        }
        _ => false,
    }
}
