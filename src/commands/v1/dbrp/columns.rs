//! The columns and JSON keys of mappings.

use crate::api::mappings::Mapping;
use crate::output::layout::{Layout, Record, Value, column};

/// The Go client prints virtual mappings as a second table, without the column `Virtual`.
pub static MAPPING: Layout = Layout {
    columns: &[
        column("ID", 0),
        column("Database", 2),
        column("Bucket ID", 1),
        column("Retention Policy", 5),
        column("Default", 3),
        column("Organization ID", 4),
        column("Virtual", 6),
    ],
    keys: &[
        ("bucketID", 1),
        ("database", 2),
        ("default", 3),
        ("id", 0),
        ("orgID", 4),
        ("retention_policy", 5),
        ("virtual", 6),
    ],
    quiet: 0,
    list: None,
    free_text: None,
};

impl Record for Mapping {
    fn values(&self) -> Vec<Value<'_>> {
        vec![
            Value::from(&self.id),
            Value::from(&self.bucket_id),
            Value::from(&self.database),
            Value::Bool(self.default),
            Value::from(&self.org_id),
            Value::from(&self.retention_policy),
            Value::Bool(self.is_virtual),
        ]
    }
}
