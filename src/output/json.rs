//! A result as JSON, indented with tabs as the Go client prints it.

use super::layout::{Layout, Record, Value};
use crate::text::push_json;
use serde_json::{Map, Value as Json};

/// Appends the object of a result. `indent` is a line break and the tabs in front of the object.
pub fn push_object(json: &mut String, layout: &Layout, record: &dyn Record, indent: &str) {
    if let Some(object) = record.object() {
        return push_map(json, object, indent);
    }
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

/// Appends an object that the server sent. Its keys are sorted.
fn push_map(json: &mut String, object: &Map<String, Json>, indent: &str) {
    let inner = format!("{indent}\t");
    let mut separator = "{";
    for (key, value) in object {
        json.push_str(separator);
        json.push_str(&inner);
        push_json(json, key);
        json.push_str(": ");
        push_server_value(json, value, &inner);
        separator = ",";
    }
    json.push_str(if object.is_empty() { "{" } else { indent });
    json.push('}');
}

fn push_server_value(json: &mut String, value: &Json, indent: &str) {
    match value {
        Json::String(text) => push_json(json, text),
        Json::Object(object) => push_map(json, object, indent),
        Json::Array(values) if !values.is_empty() => {
            let inner = format!("{indent}\t");
            let mut separator = "[";
            for value in values {
                json.push_str(separator);
                json.push_str(&inner);
                push_server_value(json, value, &inner);
                separator = ",";
            }
            json.push_str(indent);
            json.push(']');
        }
        other => json.push_str(&other.to_string()),
    }
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
