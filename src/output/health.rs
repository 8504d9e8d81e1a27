//! How the state of a server is printed.

use super::layout::{Layout, Record, Value};
use crate::api::health::Health;

/// As JSON only: nobody needs a table of it.
pub static HEALTH: Layout = Layout {
    columns: &[],
    keys: &[
        ("name", 0),
        ("status", 1),
        ("version", 2),
        ("commit", 3),
        ("message", 4),
    ],
    quiet: 0,
    list: None,
    prose: None,
};

impl Record for Health {
    fn values(&self) -> Vec<Value<'_>> {
        let keys = HEALTH.keys.iter();
        keys.map(|(key, _)| Value::Text(self.0.text(key).into()))
            .collect()
    }
}
