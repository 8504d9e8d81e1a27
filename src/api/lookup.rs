//! Looks up organizations, buckets and users by name, and checks the IDs and lists that the server sends.

use crate::client::{Call, Client, Resource, null_is_empty};
use crate::error::{Code, Error};
use crate::text::quote;
use crate::url::{check_name, is_id, push_query};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// An organization, a bucket or a user.
#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    name: String,
    /// Only buckets have it.
    #[serde(default, deserialize_with = "null_is_empty", rename = "orgID")]
    org_id: String,
}

/// Finds the requested entry in the list under `key`. The server may list others too.
///
/// Exit code 7 if several entries match.
pub fn find_unique<T: DeserializeOwned>(
    client: &Client,
    call: &Call,
    key: &'static str,
    is_match: impl Fn(&T) -> bool,
) -> Result<Option<T>, Error> {
    let mut found = None;
    let mut count = 0;
    let has_next_page = client.list(call, key, key, &mut |entry| {
        if is_match(&entry) {
            count += 1;
            found = Some(entry);
        }
        true
    })?;
    check_complete(has_next_page)?;
    if count > 1 {
        let what = format!("the server lists {count} {key} with this name; nothing was changed");
        return Err(Error::new(Code::Unexpected, what)
            .hint("use an ID instead of the name, for example with --id or --org-id"));
    }
    Ok(found)
}

/// The ID of the entry called `name` in `/api/v2/KEY`. If `org_id` is given, only entries of that
/// organization match.
///
/// Exit code 6 if no entry matches, and 7 if several do.
pub fn id_of(
    client: &Client,
    key: &'static str,
    query: &[(&str, &str)],
    named: &[Resource],
    name: &str,
    org_id: Option<&str>,
) -> Result<String, Error> {
    let mut path = format!("/api/v2/{key}");
    push_query(&mut path, query);
    let call = Call::new(path, named);
    let found = find_unique(client, &call, key, |entry: &Named| {
        entry.name == name && org_id.is_none_or(|id| entry.org_id.eq_ignore_ascii_case(id))
    })?;
    let Named { id, .. } = found
        .ok_or_else(|| Error::new(Code::NotFound, "the server lists no entry with this name"))?;
    check_usable_id(&id)?;
    Ok(id)
}

/// All resource types that a token can have permissions for.
pub fn resources(client: &Client) -> Result<Vec<String>, Error> {
    let call = Call::new("/api/v2/resources".to_string(), &[]);
    client.texts(&call, "list of resources")
}

/// Adds `hint` to `error` if the server says that `id` is malformed.
pub fn explain_id(error: Error, id: &str, hint: &'static str) -> Error {
    let refused = error.status() == Some(400);
    if refused && !is_id(id) && error.advice().is_none() {
        return error.hint(hint);
    }
    error
}

/// Exit code 7 if the list has another page. InfluxDB sends these lists as a whole.
pub fn check_complete(has_next_page: bool) -> Result<(), Error> {
    if has_next_page {
        let what =
            "the list is incomplete: the server has a next page, which this program cannot read";
        return Err(Error::new(Code::Unexpected, what));
    }
    Ok(())
}

/// The error for a page that the server has sent before. Otherwise the list would never end.
pub fn repeated_page() -> Error {
    let what = "the list is incomplete: the server sends a page again";
    Error::new(Code::Unexpected, what)
}

/// Exit code 7 if the ID in the response to a creation is malformed.
pub fn check_created_id(id: &str) -> Result<(), Error> {
    if is_id(id) {
        return Ok(());
    }
    Err(malformed_id().append("the creation may have succeeded"))
}

/// Adds to an error that the object was created nevertheless, and its ID.
pub fn add_created_id(error: Error, id: &str) -> Error {
    error.append(&format!("it exists, with ID {}", quote(id)))
}

/// Exit code 7 if an ID from the server cannot be sent back in a request. It need not have 16 hex
/// digits.
pub fn check_usable_id(id: &str) -> Result<(), Error> {
    if id.is_empty() || id.contains('\n') || check_name(id).is_err() {
        return Err(malformed_id());
    }
    Ok(())
}

fn malformed_id() -> Error {
    Error::new(Code::Unexpected, "the server returned a malformed ID")
}
