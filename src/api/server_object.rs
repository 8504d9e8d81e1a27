//! Users, organizations and buckets as the server sent them. All fields are kept, because `--json`
//! prints them.

use super::lookup::{check_complete, repeated_page};
use crate::client::{Call, Client, Resource};
use crate::error::Error;
use crate::url::push_query;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::fmt;

/// The maximum number of entries on a page. InfluxDB refuses more.
pub const MAX_PAGE: usize = 100;

/// A JSON object as the server sent it. Each key occurs once.
#[derive(Debug)]
pub struct ServerObject(pub Map<String, Value>);

impl<'de> Deserialize<'de> for ServerObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UniqueKeys)
    }
}

/// serde_json would keep the last of several values. A response must not confirm a change and deny
/// it, too.
struct UniqueKeys;

impl<'de> Visitor<'de> for UniqueKeys {
    type Value = ServerObject;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<ServerObject, A::Error> {
        let mut object = Map::new();
        while let Some((key, value)) = entries.next_entry()? {
            if object.insert(key, value).is_some() {
                return Err(A::Error::custom("a key occurs twice"));
            }
        }
        Ok(ServerObject(object))
    }
}

impl ServerObject {
    /// The text under `key`. It is empty if there is no text.
    pub fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Lists organizations or buckets page by page. Passes each to `each`, until `each` returns false.
///
/// Exit code 7 if the server sends a page again, or an empty page with a link to a next page.
pub fn list_pages(
    client: &Client,
    key: &'static str,
    query: &[(&str, &str)],
    named: &[Resource],
    each: &mut dyn FnMut(ServerObject) -> bool,
) -> Result<(), Error> {
    let limit = MAX_PAGE.to_string();
    let mut offset = 0;
    // The first ID of each page.
    let mut starts: Vec<String> = Vec::new();
    loop {
        let start = offset.to_string();
        let mut query = query.to_vec();
        query.extend([("limit", &*limit), ("offset", &*start)]);
        let mut path = format!("/api/v2/{key}");
        push_query(&mut path, &query);
        let (mut length, mut wanted, mut repeated) = (0, true, false);
        let has_next_page = client.list(
            &Call::new(path, named),
            key,
            key,
            &mut |object: ServerObject| {
                if length == 0 {
                    let id = object.text("id").to_string();
                    repeated = starts.contains(&id);
                    starts.push(id);
                }
                if repeated {
                    return false;
                }
                length += 1;
                wanted = each(object);
                wanted
            },
        )?;
        if repeated {
            return Err(repeated_page());
        }
        offset += length;
        if !wanted || (length < MAX_PAGE && !has_next_page) {
            return Ok(());
        }
        if length == 0 {
            return check_complete(has_next_page);
        }
    }
}
