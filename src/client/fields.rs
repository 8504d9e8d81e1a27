//! The fields of a JSON object by name: one reader for all answers, where a derived type for each
//! would cost the program a reader each.

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The place of a key among those that the program reads. What else there is in an object is skipped.
/// Those before [`TEXTS`] are texts or `null`: with anything else, it is no answer of InfluxDB's.
fn place(key: &str) -> u8 {
    match key {
        "id" => 0,
        "token" => 1,
        "status" => 2,
        "description" => 3,
        "orgID" => 4,
        "org" => 5,
        "userID" => 6,
        "user" => 7,
        "action" => 8,
        "type" => 9,
        "name" => 10,
        "bucketID" => 11,
        "database" => 12,
        "retention_policy" => 13,
        "code" => 14,
        "message" => 15,
        "version" => 16,
        "commit" => 17,
        "default" => 18,
        "virtual" => 19,
        "content" => 20,
        "permissions" => 21,
        "resource" => 22,
        _ => UNKNOWN,
    }
}

const TEXTS: u8 = 18;
const UNKNOWN: u8 = 31;

/// An object's fields, as far as the program reads them.
#[derive(Debug, Default)]
pub struct Fields {
    /// Each with the place of its key.
    held: Vec<(u8, Field)>,
}

/// A value of [`Fields`].
#[derive(Debug)]
pub enum Field {
    /// `null`: Go writes what is empty so.
    Null,
    /// `true` or `false`.
    Switch(bool),
    /// A text.
    Text(String),
    /// An object.
    Fields(Fields),
    /// A list.
    List(Vec<Field>),
    /// A number.
    Number,
}

impl Fields {
    fn get(&self, key: &str) -> Option<&Field> {
        let key = place(key);
        let found = self.held.iter().find(|(at, _)| *at == key);
        found.map(|(_, field)| field)
    }

    /// The text under `key`, of a switch `true` or `false`; empty where there is none.
    pub fn text(&self, key: &str) -> &str {
        match self.get(key) {
            Some(Field::Text(text)) => text,
            Some(Field::Switch(true)) => "true",
            Some(Field::Switch(false)) => "false",
            _ => "",
        }
    }

    /// Whether the switch under `key` is there and on.
    pub fn is_on(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Field::Switch(true)))
    }

    /// The object under `key`.
    pub fn object(&self, key: &str) -> Option<&Fields> {
        match self.get(key)? {
            Field::Fields(fields) => Some(fields),
            _ => None,
        }
    }

    /// Takes what is under `key`; `null` where there is nothing.
    pub fn take(&mut self, key: &str) -> Field {
        let key = place(key);
        let mut held = self.held.iter_mut();
        let found = held.find(|(at, _)| *at == key);
        found.map_or(Field::Null, |(_, field)| {
            std::mem::replace(field, Field::Null)
        })
    }

    /// Takes the text under `key`.
    pub fn take_text(&mut self, key: &str) -> Option<String> {
        match self.take(key) {
            Field::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What the program makes of a value in an answer.
pub trait FromField: Sized {
    /// `None` where the value is of another kind.
    fn from_field(field: Field) -> Option<Self>;
}

impl FromField for Fields {
    fn from_field(field: Field) -> Option<Self> {
        match field {
            Field::Fields(fields) => Some(fields),
            _ => None,
        }
    }
}

impl FromField for Vec<String> {
    fn from_field(field: Field) -> Option<Self> {
        let text = |field| match field {
            Field::Text(text) => Some(text),
            _ => None,
        };
        match field {
            Field::List(list) => list.into_iter().map(text).collect(),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<Field, E> {
        Ok(Field::Text(text.to_string()))
    }

    fn visit_bool<E>(self, on: bool) -> Result<Field, E> {
        Ok(Field::Switch(on))
    }

    fn visit_unit<E>(self) -> Result<Field, E> {
        Ok(Field::Null)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Field, E> {
        Ok(Field::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Field, E> {
        Ok(Field::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Field, E> {
        Ok(Field::Number)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Field, A::Error> {
        let mut list = Vec::new();
        while let Some(field) = seq.next_element()? {
            list.push(field);
        }
        Ok(Field::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Field, A::Error> {
        // As many as an authorization has.
        let mut held = Vec::with_capacity(9);
        let mut seen = 0u32;
        while let Some(Name(at)) = map.next_key()? {
            if at == UNKNOWN {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let field = map.next_value()?;
            let odd = at < TEXTS && !matches!(field, Field::Null | Field::Text(_));
            if odd || seen & (1 << at) != 0 {
                return Err(A::Error::custom("no text, or twice"));
            }
            seen |= 1 << at;
            held.push((at, field));
        }
        Ok(Field::Fields(Fields { held }))
    }
}

/// The place of a key.
struct Name(u8);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(Key).map(Name)
    }
}

struct Key;

impl Visitor<'_> for Key {
    type Value = u8;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<u8, E> {
        Ok(place(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Fields> {
        Fields::from_field(serde_json::from_str(json).ok()?)
    }

    #[test]
    fn what_is_known_is_kept_and_the_rest_is_skipped() {
        let json = r#"{"a":1,"id":"é\n","links":{"id":"x"},"default":true,"virtual":false,"user":null,
            "permissions":[{"id":"in"},-2,1.5,"b"],"content":{"id":"inner"},"z":["id"]}"#;
        let mut fields = read(json).unwrap();
        assert_eq!(fields.text("id"), "é\n");
        assert!(fields.is_on("default") && !fields.is_on("virtual") && !fields.is_on("user"));
        for key in ["a", "user", "permissions", "content", "z", "token"] {
            assert_eq!(fields.text(key), "", "{key}");
        }
        assert_eq!(fields.object("content").unwrap().text("id"), "inner");
        assert!(fields.object("permissions").is_none());
        let Field::List(list) = fields.take("permissions") else {
            panic!("no list");
        };
        assert!(matches!(
            &list[..],
            [
                Field::Fields(_),
                Field::Number,
                Field::Number,
                Field::Text(_)
            ]
        ));
        assert_eq!(fields.take_text("id").as_deref(), Some("é\n"));
        assert_eq!(fields.take_text("user"), None);
        assert_eq!(fields.text("id"), "");
    }

    #[test]
    fn what_is_no_object_or_no_text_is_an_error() {
        for json in [
            "null",
            "[]",
            "\"a\"",
            "7",
            "true",
            "{\"a\"}",
            "{\"a\":1",
            r#"{"id":1}"#,
            r#"{"commit":["a"]}"#,
            r#"{"status":true}"#,
            r#"{"status":"a","status":"b"}"#,
            r#"{"content":{"token":{}}}"#,
        ] {
            assert!(read(json).is_none(), "{json}");
        }
    }

    #[test]
    fn words_are_a_list_of_texts_alone() {
        let words = |json| Vec::<String>::from_field(serde_json::from_str(json).unwrap());
        assert_eq!(words(r#"["a","b"]"#), Some(vec!["a".into(), "b".into()]));
        assert_eq!(words("[]"), Some(Vec::new()));
        for json in ["null", "{}", "\"a\"", "[1]", "[\"a\",null]"] {
            assert_eq!(words(json), None, "{json}");
        }
    }
}
