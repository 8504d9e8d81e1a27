//! The white space and comments between entries.

use toml_edit::{Item, KeyMut, RawString};

/// Passes the white space and comments above an entry to `act`, and replaces them by its result.
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

/// Joins the text above a removed entry and the text below it. If both have blank lines at the joint,
/// this removes those of the text below.
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

/// The white space and comments in `decor`. The text is empty if toml_edit would use its default.
pub fn text_of(decor: Option<&RawString>) -> &str {
    decor.and_then(RawString::as_str).unwrap_or_default()
}
