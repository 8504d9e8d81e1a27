//! InfluxDB's private API for 1.x-compatible authorizations: one function, one request.

use crate::args::check_target;
use crate::client::{Call, Client, Effect};
use crate::error::{Code, Error};
use crate::model::{Authorization, Named};
use crate::secret::Secret;
use crate::targets::{By, describe};
use crate::text::{json_string, quote};
use crate::url::{push_query, push_segment};
use serde::de::DeserializeOwned;
use ureq::http::Method;

const PATH: &str = "/private/legacy/authorizations";

/// What an authorization can be set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Requests with its username and password are answered.
    Active,
    /// They are refused.
    Inactive,
}

impl Status {
    /// The word that InfluxDB uses.
    pub fn word(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Inactive => "inactive",
        }
    }

    /// The status that a word means.
    pub fn from_word(word: &str) -> Option<Status> {
        let all = [Status::Active, Status::Inactive];
        all.into_iter().find(|status| status.word() == word)
    }
}

/// Path of the authorization with `id`.
fn path_of(id: &str) -> String {
    // Room for an ID that needs no encoding.
    let mut path = String::with_capacity(PATH.len() + 1 + id.len());
    path.push_str(PATH);
    path.push('/');
    push_segment(&mut path, id);
    path
}

/// Sets the status of the authorization with `id`, and returns it as the server says it is now.
/// The answer holds the user's name: nobody is asked for it again, as the Go client does.
///
/// # Errors
/// Those of the request, and exit code 7 where the answer does not say `status`.
pub fn set_status(client: &Client, id: &str, status: Status) -> Result<Authorization, Error> {
    let word = status.word();
    let call = Call {
        method: Method::PATCH,
        path: path_of(id),
        body: Some(match status {
            Status::Active => r#"{"status":"active"}"#,
            Status::Inactive => r#"{"status":"inactive"}"#,
        }),
        effect: Effect::Repeatable,
    };
    let now: Authorization = client.one(&call, "no authorization")?;
    if now.status != word {
        let said = quote(&client.redactor().clean(&now.status));
        return Err(Error::new(
            Code::Unexpected,
            format!("the server says that the status is {said}, not \"{word}\""),
        ));
    }
    Ok(now)
}

/// The ID of a target. By username, only an entry whose `token` is that name counts, whatever else
/// the server lists.
///
/// # Errors
/// Those of the request, exit code 6 where there is no such entry, and 7 where its ID is none.
pub fn id_of(client: &Client, by: By, target: &str) -> Result<String, Error> {
    if by == By::Id {
        return Ok(target.to_string());
    }
    let entry = find(client, target, &|entry: &Named| entry.token == target);
    let id = entry.and_then(|entry| usable(entry.id));
    id.map_err(|error| not_found(client, by, target, error))
}

/// The whole of a target, as the server holds it.
///
/// # Errors
/// As for [`id_of`].
pub fn get(client: &Client, by: By, target: &str) -> Result<Authorization, Error> {
    let found = match by {
        By::Id => client.one(&reading(path_of(target)), "no authorization"),
        By::Username => find(client, target, &|entry: &Authorization| {
            entry.token == target
        }),
    };
    let whole = found.and_then(|found| {
        usable(found.id.clone())?;
        match by == By::Username || found.id.eq_ignore_ascii_case(target) {
            true => Ok(found),
            false => Err(another(client, &found.id)),
        }
    });
    whole.map_err(|error| not_found(client, by, target, error))
}

/// The first entry listed for `username` that `is` it.
fn find<T: DeserializeOwned>(
    client: &Client,
    username: &str,
    is: &dyn Fn(&T) -> bool,
) -> Result<T, Error> {
    let mut found = None;
    let query = [("token", username)];
    list(client, &query, &mut |entry| {
        if found.is_none() && is(&entry) {
            found = Some(entry);
        }
        true
    })?;
    found.ok_or_else(unlisted)
}

/// The error for a list without the name asked for.
pub fn unlisted() -> Error {
    Error::new(Code::NotFound, "the server lists no such authorization")
        .hint("a token that may not read an authorization does not see it in the list")
}

/// The error for an answer about an authorization that was not asked for.
fn another(client: &Client, name: &str) -> Error {
    let name = quote(&client.redactor().clean(name));
    let what = format!("the server answers with another authorization, {name}");
    Error::new(Code::Unexpected, what)
}

fn not_found(client: &Client, by: By, target: &str, error: Error) -> Error {
    let described = describe(by, &client.redactor().clean(target));
    error.context(&format!("could not find {described}"))
}

/// An ID that the server gave, if it can be sent back.
fn usable(id: String) -> Result<String, Error> {
    match id.is_empty() || check_target(&id).is_err() {
        true => Err(Error::new(
            Code::Unexpected,
            "the server lists it with an ID that cannot be one",
        )),
        false => Ok(id),
    }
}

/// Lists authorizations, each handed to `each` as it comes until that returns false. The server
/// ignores some parameters, and all others beside `id` or `token`.
///
/// # Errors
/// Those of the request.
pub fn list<T: DeserializeOwned>(
    client: &Client,
    query: &[(&str, &str)],
    each: &mut dyn FnMut(T) -> bool,
) -> Result<(), Error> {
    let mut path = PATH.to_string();
    push_query(&mut path, query);
    client.list(
        &reading(path),
        "authorizations",
        "no list of authorizations",
        each,
    )
}

/// A request that changes nothing.
fn reading(path: String) -> Call<'static> {
    Call {
        method: Method::GET,
        path,
        body: None,
        effect: Effect::None,
    }
}

/// The ID of the first entry called `name` in a list of organizations or buckets.
///
/// # Errors
/// Those of the request, exit code 6 where there is no such entry, and 7 where its ID is none.
pub fn id_in(
    client: &Client,
    key: &'static str,
    query: &[(&str, &str)],
    name: &str,
) -> Result<String, Error> {
    let mut path = format!("/api/v2/{key}");
    push_query(&mut path, query);
    let mut found = None;
    let what = format!("no list of {key}");
    client.list(&reading(path), key, &what, &mut |entry: Named| {
        if found.is_none() && entry.name == name {
            found = Some(entry.id);
        }
        true
    })?;
    let missing = || Error::new(Code::NotFound, "the server lists none of that name");
    usable(found.ok_or_else(missing)?)
}

/// Makes an authorization of what `body` says, and returns it as the server holds it.
///
/// # Errors
/// Those of the request, and exit code 7 where the answer is another authorization.
pub fn create(client: &Client, body: &str, username: &str) -> Result<Authorization, Error> {
    let call = Call {
        method: Method::POST,
        path: PATH.to_string(),
        body: Some(body),
        effect: Effect::Once,
    };
    let made: Authorization = client.one(&call, "no authorization")?;
    usable(made.id.clone())?;
    match made.token == username {
        true => Ok(made),
        false => Err(another(client, &made.token)),
    }
}

/// Removes the authorization with `id`.
///
/// # Errors
/// Those of the request.
pub fn remove(client: &Client, id: &str) -> Result<(), Error> {
    client.act(&Call {
        method: Method::DELETE,
        path: path_of(id),
        body: None,
        effect: Effect::Repeatable,
    })
}

/// Sets the password of the authorization with `id`.
///
/// # Errors
/// Those of the request.
pub fn set_password(client: &Client, id: &str, password: &Secret) -> Result<(), Error> {
    let body = format!("{{\"password\":{}}}", json_string(password.expose()));
    client.act(&Call {
        method: Method::POST,
        path: path_of(id) + "/password",
        body: Some(&body),
        effect: Effect::Repeatable,
    })
}
