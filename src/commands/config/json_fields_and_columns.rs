//! The fields of a config: JSON keys in order, and table columns. Tokens and cookies are never
//! printed.

use crate::output::layout::{Column, Layout, Record, Value, all_but_last, column};
use crate::settings::configs::store::Summary;

/// Entries of the configs file.
pub static CONFIGS: Layout = Layout {
    columns: all_but_last(COLUMNS),
    keys: &["name", "url", "org", "active", "previous"],
    quiet: "name",
    list: None,
    free_text: None,
};

/// Removed entries.
pub static CONFIGS_DELETED: Layout = Layout {
    columns: COLUMNS,
    ..CONFIGS
};

const COLUMNS: &[Column] = &[
    column("Active", "mark"),
    column("Name", "name"),
    column("URL", "url"),
    column("Org", "org"),
    column("Deleted", "deleted"),
];

impl Record for Summary {
    fn value(&self, name: &str) -> Value<'_> {
        match name {
            "name" => Value::Text(&self.name),
            "url" => Value::Text(&self.url),
            "org" => Value::Text(&self.org),
            "active" => Value::Bool(self.active),
            "previous" => Value::Bool(self.previous),
            "mark" => Value::Text(if self.active { "*" } else { "" }),
            // It is only printed after the deletion.
            "deleted" => Value::Bool(true),
            _ => Value::Text(""),
        }
    }
}
