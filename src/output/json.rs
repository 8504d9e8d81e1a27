//! A result as JSON, indented with tabs as the Go client prints it.

use super::layout::{Layout, Value};
use crate::text::json_shown;
use std::fmt::Write;

/// Appends the object of a result. `indent` is a line break and the tabs in front of the object.
pub fn push_object(text: &mut String, layout: &Layout, row: &[Value], indent: &str) {
    let mut separator = "{";
    for (key, place) in layout.keys {
        // Writing to a String cannot fail.
        _ = write!(text, "{separator}{indent}\t\"{key}\": ");
        push_value(text, &row[*place], indent);
        separator = ",";
    }
    text.push_str(indent);
    text.push('}');
}

fn push_value(text: &mut String, value: &Value, indent: &str) {
    match value {
        Value::Text(value) => text.push_str(&json_shown(value)),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::List(values) if values.is_empty() => text.push_str("[]"),
        Value::List(values) => {
            let mut separator = "[";
            for value in values {
                _ = write!(text, "{separator}{indent}\t\t{}", json_shown(value));
                separator = ",";
            }
            _ = write!(text, "{indent}\t]");
        }
    }
}
