//! What InfluxDB's answers hold, as far as the program reads them.

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// A 1.x-compatible authorization. `id` and `status` must be there; another field that the server
/// leaves out, or answers with `null`, is empty.
#[derive(Debug, Default, Deserialize)]
pub struct Authorization {
    /// Sixteen hex digits.
    pub id: String,
    /// `active` or `inactive`.
    pub status: String,
    /// Free text.
    #[serde(default, deserialize_with = "or_null")]
    pub description: String,
    /// The username: the field is called so for it stands in place of a token.
    #[serde(default, deserialize_with = "or_null")]
    pub token: String,
    /// Name of the v2 user it belongs to.
    #[serde(default, deserialize_with = "or_null")]
    pub user: String,
    /// ID of the v2 user it belongs to.
    #[serde(default, rename = "userID", deserialize_with = "or_null")]
    pub user_id: String,
    /// ID of the organization it belongs to.
    #[serde(default, rename = "orgID", deserialize_with = "or_null")]
    pub org_id: String,
    /// Name of that organization.
    #[serde(default, deserialize_with = "or_null")]
    pub org: String,
    /// What it allows.
    #[serde(default, deserialize_with = "or_null")]
    pub permissions: Vec<Permission>,
}

/// One thing that an authorization allows.
#[derive(Debug, Deserialize)]
pub struct Permission {
    action: String,
    resource: Resource,
}

#[derive(Debug, Deserialize)]
struct Resource {
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    #[serde(rename = "orgID")]
    org_id: Option<String>,
}

impl Permission {
    /// Appends `read:orgs/ORG/buckets/ID`, as `Permission.String` of the Go client has it, to the
    /// slash that stands in front of a type without an organization.
    pub fn push_to(&self, text: &mut String) {
        let resource = &self.resource;
        text.push_str(&self.action);
        text.push(':');
        if let Some(org) = &resource.org_id {
            text.push_str("orgs/");
            text.push_str(org);
        }
        text.push('/');
        text.push_str(&resource.kind);
        if let Some(id) = &resource.id {
            text.push('/');
            text.push_str(id);
        }
    }
}

/// An error as InfluxDB says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Failure {
    /// Such as `not found` or `unauthorized`.
    pub code: String,
    /// The sentence for the user.
    pub message: String,
}

/// `null` as the empty value: Go writes an empty list so.
fn or_null<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// A JSON object: the derived types alone would take a list of their fields in order as well.
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

/// An entry of a list, as far as one is looked for by its name.
#[derive(Debug, Deserialize)]
pub struct Named {
    /// Sixteen hex digits.
    #[serde(default, deserialize_with = "or_null")]
    pub id: String,
    /// The username, of an authorization.
    #[serde(default, deserialize_with = "or_null")]
    pub token: String,
    /// The name, of an organization or bucket.
    #[serde(default, deserialize_with = "or_null")]
    pub name: String,
}

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

    fn shown(json: &str) -> Option<String> {
        let permission: Permission = serde_json::from_str(json).ok()?;
        let mut text = String::new();
        permission.push_to(&mut text);
        Some(text)
    }

    #[test]
    fn permissions_read_like_the_go_clients() {
        let bucket =
            r#"{"action":"read","resource":{"type":"buckets","id":"c1","orgID":"a1","name":"m"}}"#;
        assert_eq!(shown(bucket), Some("read:orgs/a1/buckets/c1".into()));
        let org = r#"{"action":"write","resource":{"type":"buckets","orgID":"a1"}}"#;
        assert_eq!(shown(org), Some("write:orgs/a1/buckets".into()));
        let all = r#"{"action":"read","resource":{"type":"users","id":null}}"#;
        assert_eq!(shown(all), Some("read:/users".into()));
        let one = r#"{"action":"read","resource":{"type":"users","id":"b1"}}"#;
        assert_eq!(shown(one), Some("read:/users/b1".into()));
    }

    #[test]
    fn a_list_is_handed_on_one_by_one() {
        let mut ids = Vec::new();
        let json = r#"{"links":{"x":[1]},"authorizations":[{"id":"1","status":"a"},{"id":"2","status":"b"}]}"#;
        let mut reader = serde_json::Deserializer::from_str(json);
        let read = Entries::new("authorizations", |a: Authorization| {
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
            let read =
                Entries::new("authorizations", |_: Authorization| true).deserialize(&mut reader);
            assert!(read.is_err(), "{json}");
        }
    }
}
