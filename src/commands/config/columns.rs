//! The columns and JSON keys of configs. Tokens and cookies are not among them.

use crate::output::layout::{Column, Layout, Record, Value, all_but_last, column};
use crate::settings::configs::store::Summary;

const KEYS: &[(&str, usize)] = &[
    ("name", 0),
    ("url", 1),
    ("org", 2),
    ("active", 3),
    ("previous", 4),
];

const COLUMNS: &[Column] = &[
    column("Active", 5),
    column("Name", 0),
    column("URL", 1),
    column("Org", 2),
    column("Deleted", 6),
];

/// Entries of the configs file.
pub static CONFIGS: Layout = Layout {
    columns: all_but_last(COLUMNS),
    keys: KEYS,
    quiet: 0,
    list: None,
    free_text: None,
};

/// Removed entries.
pub static CONFIGS_DELETED: Layout = Layout {
    columns: COLUMNS,
    ..CONFIGS
};

impl Record for Summary {
    fn values(&self) -> Vec<Value<'_>> {
        vec![
            Value::from(&self.name),
            Value::from(&self.url),
            Value::from(&self.org),
            Value::Bool(self.active),
            Value::Bool(self.previous),
            Value::Text(if self.active { "*" } else { "" }.into()),
            // Deleted
            Value::Bool(true),
        ]
    }
}
