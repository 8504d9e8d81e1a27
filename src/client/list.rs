//! Reads lists entry by entry, so that memory use does not depend on their length.

use super::json::Object;
use super::json_stream::{JsonStream, Problem};
use super::{Call, Client, MAX_DEBUG_BODY};
use crate::error::Error;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use std::io::Read;

impl Client {
    /// Sends a request whose response is an object with a list under `key`. Calls `each` for every entry
    /// as soon as it is read, until `each` returns false. If there is an error, `each` has already been
    /// called for the entries before it. `plural` names the entries in errors. Returns whether the server
    /// has a next page.
    pub fn list<T: DeserializeOwned>(
        &self,
        call: &Call,
        key: &str,
        plural: &str,
        each: &mut dyn FnMut(T) -> bool,
    ) -> Result<bool, Error> {
        let response = self.send(call)?;
        let status = response.status();
        let mut json = JsonStream::new(response.into_body().into_reader());
        let read = read_list(&mut json, key, each);
        let start = json.start();
        let truncated = start.len() == MAX_DEBUG_BODY;
        let start = self.redactor.without_cut_secret(start, MAX_DEBUG_BODY);
        self.show_body(call, start, truncated);
        read.map_err(|problem| match problem {
            Problem::Io(error) => self.transport_error(call, error.into()),
            Problem::Json(category) => {
                let what = format!("list of {plural}");
                self.unusable(call, status, start, category, &what)
            }
        })
    }
}

#[derive(Deserialize)]
struct Links {
    next: Option<String>,
}

/// Reads a response such as `{"links": {...}, "authorizations": [...]}`.
fn read_list<T: DeserializeOwned>(
    json: &mut JsonStream<impl Read>,
    key: &str,
    each: &mut dyn FnMut(T) -> bool,
) -> Result<bool, Problem> {
    let mut found = false;
    let mut links = None;
    let mut has_member = json.begin(b'{', b'}')?;
    while has_member {
        let name: String = json.value()?;
        json.expect(b':')?;
        if name == "links" && links.is_none() {
            links = Some(json.value::<Option<Links>>()?);
        } else if name == "links" || name == key && found {
            // A key that occurs twice could hide entries or a next page.
            return Err(Problem::Json(Category::Data));
        } else if name != key {
            json.value::<IgnoredAny>()?;
        } else {
            found = true;
            let mut has_entry = json.begin(b'[', b']')?;
            while has_entry {
                let Object(entry) = json.value()?;
                if !each(entry) {
                    return Ok(false);
                }
                has_entry = json.has_next(b']')?;
            }
        }
        has_member = json.has_next(b'}')?;
    }
    // The connection can only be reused if the body was read to its end.
    json.end()?;
    if !found {
        return Err(Problem::Json(Category::Data));
    }
    let next = links.flatten().and_then(|links| links.next);
    Ok(next.is_some_and(|link| !link.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Entry {
        id: String,
    }

    /// The first `max` IDs in the list `authorizations`, and the error if there was one.
    fn ids(json: &str, max: usize) -> (Vec<String>, Option<Category>) {
        let mut ids = Vec::new();
        let read = read_list(
            &mut JsonStream::new(json.as_bytes()),
            "authorizations",
            &mut |entry: Entry| {
                ids.push(entry.id);
                ids.len() < max
            },
        );
        let category = match read {
            Ok(_) => None,
            Err(Problem::Json(category)) => Some(category),
            Err(Problem::Io(_)) => Some(Category::Io),
        };
        (ids, category)
    }

    #[test]
    fn the_callback_gets_one_entry_at_a_time() {
        let json = r#" {"links":{"x":[1]}, "n":12,"authorizations" : [{"id":"1","a":2} , {"id":"2"}],"z":null} "#;
        assert_eq!(ids(json, 3), (vec!["1".into(), "2".into()], None));
        assert_eq!(ids(json, 1), (vec!["1".into()], None));
        assert_eq!(ids(r#"{"authorizations":[]}"#, 1), (Vec::new(), None));
    }

    #[test]
    fn malformed_and_incomplete_json_are_different_errors() {
        for (json, category) in [
            ("", Category::Eof),
            (r#"{"authorizations":[,]}"#, Category::Syntax),
            (r#"{"authorizations":[] "a":1}"#, Category::Syntax),
            (r#"{"authorizations" []}"#, Category::Syntax),
            (r#"{"authorizations":[],}"#, Category::Syntax),
            (r#"{"authorizations":[]}}"#, Category::Syntax),
            (r#"{"authorizations":[]"#, Category::Eof),
            (r#"{"authorizations":[{"id":"#, Category::Eof),
            (r#"{"a":1"#, Category::Eof),
            (r#"{"a":{"a":{"a":"#, Category::Eof),
        ] {
            assert_eq!(ids(json, 3), (Vec::new(), Some(category)), "{json}");
        }
    }
}
