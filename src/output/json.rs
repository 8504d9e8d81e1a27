//! A result as JSON, indented with tabs as the Go client prints it.

use super::layout::{Layout, Value};
use crate::text::json_shown;
use std::fmt::Write;

/// Appends the object of a result. `indent` is a line break, and the tabs in front of the object.
pub fn object(text: &mut String, layout: &Layout, row: &[Value], indent: &str) {
    let mut before = '{';
    for (key, value) in layout.keys {
        // Writing to a String cannot fail.
        _ = write!(text, "{before}{indent}\t\"{key}\": ");
        before = ',';
        match &row[*value] {
            Value::Text(value) => text.push_str(&json_shown(value)),
            Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Value::List(values) if values.is_empty() => text.push_str("[]"),
            Value::List(values) => {
                let mut before = '[';
                for value in values {
                    let value = json_shown(value);
                    _ = write!(text, "{before}{indent}\t\t{value}");
                    before = ',';
                }
                _ = write!(text, "{indent}\t]");
            }
        }
    }
    _ = write!(text, "{indent}}}");
}
