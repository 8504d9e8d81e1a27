//! What has a name is looked up in a list: the one entry of that name, whatever else the server lists.

use crate::client::{Call, Client, Resource, null_is_empty};
use crate::error::{Code, Error};
use crate::url::{check_name, is_id, push_query};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// An organization, a bucket or a user, as far as a look-up reads it.
#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    name: String,
}

/// The only entry of the list under `key` that `is` the one looked for.
///
/// # Errors
/// Exit code 7 if there are several.
pub fn only<T: DeserializeOwned>(
    client: &Client,
    call: &Call,
    key: &'static str,
    is: impl Fn(&T) -> bool,
) -> Result<Option<T>, Error> {
    let mut found = None;
    let mut count = 0;
    let what = format!("list of {key}");
    client.list(call, key, &what, &mut |entry| {
        if is(&entry) {
            count += 1;
            found = Some(entry);
        }
        true
    })?;
    if count > 1 {
        let what = format!("the server lists {count} {key} of that name, and nothing was changed");
        return Err(Error::new(Code::Unexpected, what)
            .hint("name the one that is meant by its ID, as with --id or --org-id"));
    }
    Ok(found)
}

/// The ID of the one entry called `name` in `/api/v2/KEY`: organizations, buckets or users.
///
/// # Errors
/// Exit code 6 if there is no such entry, and 7 if there are several or its ID is malformed.
pub fn id_of(
    client: &Client,
    key: &'static str,
    query: &[(&str, &str)],
    named: &[Resource],
    name: &str,
) -> Result<String, Error> {
    let mut path = format!("/api/v2/{key}");
    push_query(&mut path, query);
    let call = Call::get(path, named);
    let found = only(client, &call, key, |entry: &Named| entry.name == name)?;
    let Some(Named { id, .. }) = found else {
        let what = "the server lists none of that name";
        return Err(Error::new(Code::NotFound, what));
    };
    usable(&id).map(|()| id)
}

/// The ID of the user who asks.
///
/// # Errors
/// Exit code 7 if it is malformed.
pub fn own_id(client: &Client) -> Result<String, Error> {
    let call = Call::get("/api/v2/me".to_string(), &[]);
    let Named { id, .. } = client.one(&call, "user")?;
    usable(&id).map(|()| id)
}

/// Every kind of resource that a token can be for.
///
/// # Errors
/// Exit codes 4 to 7.
pub fn resources(client: &Client) -> Result<Vec<String>, Error> {
    let call = Call::get("/api/v2/resources".to_string(), &[]);
    client.texts(&call, "list of resources")
}

/// The same error with `hint`, what an ID is, if the server does not take `id` for one.
pub fn explain_id(error: Error, id: &str, hint: &'static str) -> Error {
    let refused = error.status() == Some(400);
    if refused && !is_id(id) && error.advice().is_none() {
        return error.hint(hint);
    }
    error
}

/// Refuses an ID of the server's that cannot be sent back.
///
/// # Errors
/// Exit code 7.
pub fn usable(id: &str) -> Result<(), Error> {
    if id.is_empty() || id.contains('\n') || check_name(id).is_err() {
        let what = "the server returned a malformed ID";
        return Err(Error::new(Code::Unexpected, what));
    }
    Ok(())
}
