//! What a configs file means, whatever it looks like: the check of every edit.

use super::{Change, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Whether `after` is what `before` means with the first step of the change made, and nothing else.
pub fn is_made(before: &DeTable<'_>, after: &DeTable<'_>, change: &Change<'_>) -> bool {
    let name = change.name();
    let (old, new) = (table(before, name), table(after, name));
    let of_entry = match (*change, old, new) {
        (Change::Create { .. }, None, Some(new)) => new.is_empty(),
        (Change::Remove { .. }, Some(_), None) => !after.contains_key(name),
        (
            Change::Put {
                key,
                value,
                instead_of,
                ..
            },
            Some(old),
            Some(new),
        ) => {
            let is_put = new.get(key).is_some_and(|new| is(new.get_ref(), value));
            match instead_of {
                Some(other) if !old.contains_key(key) => {
                    is_put && !new.contains_key(other) && same_but(old, new, &[key, other])
                }
                _ => is_put && same_but(old, new, &[key]),
            }
        }
        (Change::Drop { key, .. }, Some(old), Some(new)) => {
            !new.contains_key(key) && same_but(old, new, &[key])
        }
        _ => false,
    };
    of_entry && same_but(before, after, &[name])
}

/// An entry of the file.
fn table<'t, 'd>(document: &'t DeTable<'d>, name: &str) -> Option<&'t DeTable<'d>> {
    document.get(name)?.get_ref().as_table()
}

/// `old` already is `new`.
pub fn is(old: &DeValue<'_>, new: Value<'_>) -> bool {
    match (old, new) {
        (DeValue::String(old), Value::Text(new)) => old == new,
        (DeValue::Boolean(old), Value::True) => *old,
        _ => false,
    }
}

/// Both tables have the same keys with the same values, but for some keys.
pub(super) fn same_but(one: &DeTable<'_>, other: &DeTable<'_>, keys: &[&str]) -> bool {
    let mut ones = one
        .iter()
        .filter(|(key, _)| !keys.contains(&&**key.get_ref()));
    let mut others = other
        .iter()
        .filter(|(key, _)| !keys.contains(&&**key.get_ref()));
    loop {
        match (ones.next(), others.next()) {
            (None, None) => return true,
            (Some((key, value)), Some((key2, value2))) if key == key2 && same(value, value2) => {}
            _ => return false,
        }
    }
}

fn same(one: &Spanned<DeValue<'_>>, other: &Spanned<DeValue<'_>>) -> bool {
    match (one.get_ref(), other.get_ref()) {
        (DeValue::String(one), DeValue::String(other)) => one == other,
        (DeValue::Boolean(one), DeValue::Boolean(other)) => one == other,
        (DeValue::Datetime(one), DeValue::Datetime(other)) => one == other,
        (DeValue::Float(one), DeValue::Float(other)) => one.as_str() == other.as_str(),
        (DeValue::Integer(one), DeValue::Integer(other)) => {
            (one.as_str(), one.radix()) == (other.as_str(), other.radix())
        }
        (DeValue::Table(one), DeValue::Table(other)) => same_but(one, other, &[]),
        (DeValue::Array(one), DeValue::Array(other)) => {
            let mut pairs = one.iter().zip(other.iter());
            one.len() == other.len() && pairs.all(|(one, other)| same(one, other))
        }
        _ => false,
    }
}
