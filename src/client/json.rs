//! Answers in JSON that are a list, which is handed on entry by entry.

use super::fields::Field;
use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// An answer such as `{"authorizations": [...]}`, its entries handed on one by one as they are read:
/// a list of any length costs the memory of one entry.
pub struct Entries<'e> {
    /// The key of the list.
    pub key: &'static str,
    /// Takes each entry. `Some(false)` ends the reading: that is enough. `None` ends it too: this is no
    /// such entry. Both come back as an error.
    pub each: &'e mut dyn FnMut(Field) -> Option<bool>,
}

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the list `{}`", self.key)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.key {
                map.next_value_seed(List(self.each))?;
                found = true;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match found {
            true => Ok(()),
            false => Err(serde::de::Error::missing_field(self.key)),
        }
    }
}

/// The list itself.
struct List<'e>(&'e mut dyn FnMut(Field) -> Option<bool>);

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(entry) = seq.next_element()? {
            if self.0(entry) != Some(true) {
                return Err(serde::de::Error::custom("enough, or another entry"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{Fields, FromField};

    /// The IDs in the list `authorizations`, and whether it was read to its end.
    fn ids(json: &str, most: usize) -> (Vec<String>, bool) {
        let mut ids = Vec::new();
        let mut each = |field| {
            ids.push(Fields::from_field(field)?.take_text("id")?);
            Some(ids.len() < most)
        };
        let entries = Entries {
            key: "authorizations",
            each: &mut each,
        };
        let mut reader = serde_json::Deserializer::from_str(json);
        let read = entries.deserialize(&mut reader).is_ok();
        (ids, read)
    }

    #[test]
    fn a_list_is_handed_on_one_by_one() {
        let json = r#"{"links":{"x":[1]},"authorizations":[{"id":"1","status":"a"},{"id":"2","status":"b"}]}"#;
        assert_eq!(ids(json, 3), (vec!["1".into(), "2".into()], true));
        assert_eq!(ids(json, 1), (vec!["1".into()], false));
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        for json in [
            "null",
            "[]",
            "{}",
            r#"{"authorizations":{}}"#,
            r#"{"authorizations":[{}]}"#,
            r#"{"authorizations":[null]}"#,
            r#"{"authorizations":null}"#,
        ] {
            assert_eq!(ids(json, 3), (Vec::new(), false), "{json}");
        }
    }
}
