//! Answers in JSON that are a list, which is handed on entry by entry.

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// An answer such as `{"authorizations": [...]}`, its entries handed on one by one as they are read:
/// a list of any length costs the memory of one entry.
pub struct Entries<T, F> {
    key: &'static str,
    each: F,
    entry: PhantomData<T>,
}

impl<T, F: FnMut(T) -> bool> Entries<T, F> {
    /// Hands each entry of the list under `key` to `each`, until that returns false: the rest is
    /// not read, and reading ends in an error.
    pub fn new(key: &'static str, each: F) -> Self {
        let entry = PhantomData;
        Entries { key, each, entry }
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> bool> DeserializeSeed<'de> for Entries<T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> bool> Visitor<'de> for Entries<T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the list `{}`", self.key)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.key {
                map.next_value_seed(List(&mut self))?;
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
struct List<'e, T, F>(&'e mut Entries<T, F>);

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> bool> DeserializeSeed<'de> for List<'_, T, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>, F: FnMut(T) -> bool> Visitor<'de> for List<'_, T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(entry) = seq.next_element()? {
            if !(self.0.each)(entry) {
                return Err(serde::de::Error::custom("enough"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry of a list.
    #[derive(Deserialize)]
    struct Entry {
        id: String,
    }

    #[test]
    fn a_list_is_handed_on_one_by_one() {
        let mut ids = Vec::new();
        let json = r#"{"links":{"x":[1]},"authorizations":[{"id":"1","status":"a"},{"id":"2","status":"b"}]}"#;
        let mut reader = serde_json::Deserializer::from_str(json);
        let read = Entries::new("authorizations", |a: Entry| {
            ids.push(a.id);
            true
        })
        .deserialize(&mut reader);
        assert!(read.is_ok());
        assert_eq!(ids, ["1", "2"]);
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        for json in [
            "null",
            "[]",
            "{}",
            r#"{"authorizations":{}}"#,
            r#"{"authorizations":[{}]}"#,
            r#"{"authorizations":null}"#,
        ] {
            let mut reader = serde_json::Deserializer::from_str(json);
            let read = Entries::new("authorizations", |_: Entry| true).deserialize(&mut reader);
            assert!(read.is_err(), "{json}");
        }
    }
}
