//! A result as JSON, indented with tabs as the Go client prints it.

use super::layout::{Layout, Record, Value};
use crate::text::push_json;

/// Appends the object of a result. `indent` is a line break and the tabs in front of the object.
pub fn push_object(json: &mut String, layout: &Layout, record: &dyn Record, indent: &str) {
    json.push('{');
    for (number, key) in layout.keys.iter().enumerate() {
        if number > 0 {
            json.push(',');
        }
        json.push_str(indent);
        json.push('\t');
        push_json(json, key);
        json.push_str(": ");
        push_value(json, &record.value(key), indent);
    }
    json.push_str(indent);
    json.push('}');
}

/// Appends a value of an object.
pub fn push_value(json: &mut String, value: &Value, indent: &str) {
    match value {
        Value::Text(text) => push_json(json, text),
        Value::Bool(true) => json.push_str("true"),
        Value::Bool(false) => json.push_str("false"),
        Value::List(texts) if texts.is_empty() => json.push_str("[]"),
        Value::List(texts) => {
            json.push('[');
            for (number, text) in texts.iter().enumerate() {
                if number > 0 {
                    json.push(',');
                }
                json.push_str(indent);
                json.push_str("\t\t");
                push_json(json, text);
            }
            json.push_str(indent);
            json.push_str("\t]");
        }
    }
}
