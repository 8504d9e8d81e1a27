//! Users, organizations and buckets as the server sent them. All fields are kept, because `--json`
//! prints them.

use crate::client::{Call, Client, Resource};
use crate::error::{Code, Error};
use crate::url::push_query;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The maximum number of entries on a page. InfluxDB refuses more.
pub const MAX_PAGE: usize = 100;

/// A JSON object as the server sent it.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct ServerObject(pub Map<String, Value>);

impl ServerObject {
    /// The text under `key`. It is empty if there is no text.
    pub fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_default()
    }
}

/// Lists organizations or buckets page by page. Passes each to `each`, until `each` returns false.
///
/// Exit code 7 if the server sends its first page again. Otherwise the loop would never end.
pub fn list_pages(
    client: &Client,
    key: &'static str,
    query: &[(&str, &str)],
    named: &[Resource],
    each: &mut dyn FnMut(ServerObject) -> bool,
) -> Result<(), Error> {
    let limit = MAX_PAGE.to_string();
    let mut offset = 0;
    let mut first_id = String::new();
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
                repeated |= offset > 0 && length == 0 && object.text("id") == first_id;
                if repeated {
                    return false;
                }
                if offset + length == 0 {
                    first_id = object.text("id").to_string();
                }
                length += 1;
                wanted = each(object);
                wanted
            },
        )?;
        if repeated {
            let message = "the list is incomplete: the server sends its first page again";
            return Err(Error::new(Code::Unexpected, message));
        }
        offset += length;
        if !wanted || length == 0 || (length < MAX_PAGE && !has_next_page) {
            return Ok(());
        }
    }
}
