//! The fields of a mapping: JSON keys in order, and table columns.

use crate::api::mappings::Mapping;
use crate::output::layout::{Layout, Record, Value, column};

/// The Go client prints virtual mappings as a second table, without the column `Virtual`.
pub static MAPPING: Layout = Layout {
    columns: &[
        column("ID", "id"),
        column("Database", "database"),
        column("Bucket ID", "bucketID"),
        column("Retention Policy", "retention_policy"),
        column("Default", "default"),
        column("Organization ID", "orgID"),
        column("Virtual", "virtual"),
    ],
    keys: &[
        "bucketID",
        "database",
        "default",
        "id",
        "orgID",
        "retention_policy",
        "virtual",
    ],
    quiet: "id",
    list: None,
    free_text: None,
};

impl Record for Mapping {
    fn value(&self, name: &str) -> Value<'_> {
        match name {
            "id" => Value::Text(&self.id),
            "bucketID" => Value::Text(&self.bucket_id),
            "database" => Value::Text(&self.database),
            "default" => Value::Bool(self.default),
            "orgID" => Value::Text(&self.org_id),
            "retention_policy" => Value::Text(&self.retention_policy),
            "virtual" => Value::Bool(self.is_virtual),
            _ => Value::Text(""),
        }
    }
}
