//! Changes the keys of one entry.

use super::CannotEdit;
use super::layout::text_of;
use toml_edit::{Decor, Item, Key, Value};

/// The indentation that the Go client uses.
const INDENTATION: &str = "  ";

/// Sets a key, and unsets the key that excludes it (`token` and `cookie`, `active` and `previous`). If
/// only the other key exists, the new key takes its place.
pub fn set(entry: &mut Item, key: &str, value: Value) -> Result<(), CannotEdit> {
    let other_key = match key {
        "token" => Some("cookie"),
        "cookie" => Some("token"),
        "active" => Some("previous"),
        "previous" => Some("active"),
        _ => None,
    };
    let table = entry.as_table_like_mut().ok_or(CannotEdit)?;
    let other_key = other_key.filter(|other_key| table.contains_key(other_key));
    match (table.get_mut(key), other_key) {
        (Some(old), _) => replace(old.as_value_mut().ok_or(CannotEdit)?, value),
        (None, Some(other_key)) => return rename(entry, other_key, key, value),
        (None, None) => append(entry, key, value),
    }
    other_key.map_or(Ok(()), |other_key| unset(entry, other_key))
}

/// Removes a key if it exists. If that would also remove a comment, a blank line or the entry itself,
/// this sets the key to `false` or an empty string instead, which means the same.
pub fn unset(entry: &mut Item, key: &str) -> Result<(), CannotEdit> {
    let table = entry.as_table_like_mut().ok_or(CannotEdit)?;
    // An entry with dotted keys disappears with its last key.
    let is_last_dotted = table.is_dotted() && table.len() == 1;
    let Some((mut name, item)) = table.get_key_value_mut(key) else {
        return Ok(());
    };
    let value = item.as_value_mut().ok_or(CannotEdit)?;
    let has_lines_above = text_of(name.leaf_decor_mut().prefix()).contains('\n');
    let has_comment = text_of(value.decor().suffix()).contains('#');
    if !has_lines_above && !has_comment && !is_last_dotted {
        table.remove(key);
    } else if value.is_bool() {
        replace(value, Value::from(false));
    } else {
        replace(value, Value::from(""));
    }
    Ok(())
}

/// Replaces a value and keeps the comment after it.
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

/// Replaces a key and its value, and keeps the comments around it. toml_edit cannot rename a key, so
/// this inserts all keys of the entry again.
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

/// Adds a key after the others, with the same indentation.
fn append(entry: &mut Item, key: &str, value: Value) {
    match entry {
        Item::Value(Value::InlineTable(table)) => {
            // Removes the space that was before the closing brace.
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
                    let prefix = text_of(neighbour.leaf_decor().prefix());
                    prefix.rsplit('\n').next().unwrap_or_default().to_string()
                }
                None => INDENTATION.to_string(),
            };
            let key = Key::new(key).with_leaf_decor(Decor::new(indentation, " "));
            table.insert_formatted(&key, Item::Value(value));
        }
        _ => {}
    }
}
