//! Deserialization helpers for the JSON objects of `api`.

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// A JSON object. A derived `Deserialize` alone would also accept an array of the field values.
#[derive(Debug)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
}

/// Reads an [`Object`], for `deserialize_with` on a field.
pub fn object<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Object::deserialize(deserializer).map(|Object(object)| object)
}

/// Reads `null` as the default value, for `deserialize_with` on fields that a server may send as `null`.
pub fn null_is_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Pair {
        id: String,
        #[serde(default, deserialize_with = "null_is_empty")]
        name: String,
    }

    fn read(json: &str) -> Option<Pair> {
        serde_json::from_str(json)
            .ok()
            .map(|Object(pair): Object<Pair>| pair)
    }

    #[test]
    fn an_object_is_read_and_unknown_keys_are_skipped() {
        let pair = read(r#"{"links":{"id":[{}]},"id":"é\n","x":-1.5,"name":null}"#).unwrap();
        assert_eq!((pair.id.as_str(), pair.name.as_str()), ("é\n", ""));
    }

    #[test]
    fn anything_else_is_an_error() {
        for json in [
            "null",
            "7",
            "\"a\"",
            "[]",
            r#"["a","b"]"#,
            "{}",
            r#"{"id":1}"#,
            r#"{"id":"a","name":true}"#,
            r#"{"id":"a","id":"a"}"#,
            r#"{"id":"a"}}"#,
        ] {
            assert!(read(json).is_none(), "{json}");
        }
    }
}
