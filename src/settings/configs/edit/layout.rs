//! The white space and comments between entries.

use toml_edit::{Item, KeyMut, RawString};

/// Calls `act` with the white space and comments above an entry, and replaces them by what it returns.
pub fn with_text_above(
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
pub fn join(above: Option<String>, below: &str, is_at_start: bool) -> String {
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

pub fn ends_with_blank_line(text: &str) -> bool {
    let last = text.lines().last();
    last.is_some_and(|line| line.trim().is_empty())
}

/// White space and comments; empty if toml_edit would use its default.
pub fn text_of(decor: Option<&RawString>) -> &str {
    decor.and_then(RawString::as_str).unwrap_or_default()
}
