//! What has a name is looked up in a list: the one entry of that name, whatever else the server lists.

use crate::client::{Call, Client, Effect, Fields, FromField, Resource, SecretIn};
use crate::error::{Code, Error};
use crate::url::{check_name, is_id, push_query};
use ureq::http::Method;

/// A request that changes nothing.
pub fn reading(path: String, named: &[Resource]) -> Call<'_> {
    Call {
        method: Method::GET,
        path,
        body: None,
        effect: Effect::None,
        named,
        secret_in: SecretIn::Neither,
    }
}

/// The only entry of the list under `key` that `is` the one looked for.
///
/// # Errors
/// Those of the request, and exit code 7 where there are several.
pub fn only<T: FromField>(
    client: &Client,
    call: &Call,
    key: &'static str,
    is: &dyn Fn(&T) -> bool,
) -> Result<Option<T>, Error> {
    let mut found = None;
    let mut count = 0;
    let what = format!("no list of {key}");
    client.list(call, key, &what, &mut |entry| {
        if is(&entry) {
            count += 1;
            found = Some(entry);
        }
        true
    })?;
    match count {
        0 | 1 => Ok(found),
        _ => Err(Error::new(
            Code::Unexpected,
            format!("the server lists {count} {key} of that name, and nothing was changed"),
        )
        .hint("name the one that is meant by its ID, as with --id or --org-id")),
    }
}

/// The ID of the one entry called `name` in `/api/v2/KEY`: organizations, buckets or users.
///
/// # Errors
/// Those of the request, exit code 6 where there is no such entry, and 7 where there are several or
/// its ID is none.
pub fn id_of(
    client: &Client,
    key: &'static str,
    query: &[(&str, &str)],
    named: &[Resource],
    name: &str,
) -> Result<String, Error> {
    let mut path = format!("/api/v2/{key}");
    push_query(&mut path, query);
    let call = reading(path, named);
    let is = |entry: &Fields| entry.text("name") == name;
    let found = only(client, &call, key, &is)?;
    let missing = || Error::new(Code::NotFound, "the server lists none of that name");
    let found = found.ok_or_else(missing)?;
    let id = found.text("id");
    usable(id).map(|()| id.to_string())
}

/// The ID of the user who asks.
///
/// # Errors
/// Those of the request, and exit code 7 where it is none.
pub fn own_id(client: &Client) -> Result<String, Error> {
    let call = reading("/api/v2/me".to_string(), &[]);
    let me = client.fields(&call, "no user", None, "id")?;
    let id = me.text("id");
    usable(id).map(|()| id.to_string())
}

/// Every kind of resource that a token can be for.
///
/// # Errors
/// Those of the request.
pub fn resources(client: &Client) -> Result<Vec<String>, Error> {
    let call = reading("/api/v2/resources".to_string(), &[]);
    client.one(&call, "no list of resources")
}

/// The same error with `hint`, what an ID is, where the server does not take `id` for one.
pub fn explain_id(error: Error, id: &str, hint: &'static str) -> Error {
    // What the server answers stands first.
    let refused = error.code == Code::Unexpected && error.to_string().starts_with("400 ");
    match refused && !is_id(id) && error.advice().is_none() {
        true => error.hint(hint),
        false => error,
    }
}

/// Refuses an ID that the server gave and that cannot be sent back.
///
/// # Errors
/// Exit code 7.
pub fn usable(id: &str) -> Result<(), Error> {
    match id.is_empty() || id.contains('\n') || check_name(id).is_err() {
        true => Err(Error::new(
            Code::Unexpected,
            "the server lists it with an ID that cannot be one",
        )),
        false => Ok(()),
    }
}
