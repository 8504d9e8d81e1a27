//! InfluxDB's private API for 1.x-compatible authorizations: one function, one request.

use crate::api::model::{Authorization, Named};
use crate::client::{Call, Client, Effect, Resource};
use crate::error::{Code, Error};
use crate::secret::Secret;
use crate::text::{json_string, quote};
use crate::url::{check_name, is_id, push_query, push_segment};
use serde::de::DeserializeOwned;
use ureq::http::Method;

const PATH: &str = "/private/legacy/authorizations";

/// How an authorization is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By ID.
    Id,
    /// By username.
    Username,
}

/// `authorization with ID "X"`, for messages.
pub fn describe(by: By, target: &str) -> String {
    match by {
        By::Id => format!("authorization with ID {}", quote(target)),
        By::Username => format!("authorization with username {}", quote(target)),
    }
}

/// The same error with what an ID is, where the server does not take `id` for one.
pub fn explain_id(error: Error, id: &str) -> Error {
    // What the server answers stands first.
    let refused = error.code == Code::Unexpected && error.to_string().starts_with("400 ");
    match refused && !is_id(id) && error.advice().is_none() {
        true => error.hint(
            "an ID has 16 hex digits; a name goes with --username, several IDs with several --id",
        ),
        false => error,
    }
}

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

/// Sets the status of a target, and returns it as the server says it is now. By username, one
/// request looks its ID up first. The answer holds the user's name: nobody is asked for it again,
/// as the Go client does.
///
/// # Errors
/// Those of the requests and of [`id_of`], and exit code 7 where the answer is about another
/// authorization or does not say `status`.
pub fn set_status(
    client: &Client,
    by: By,
    target: &str,
    status: Status,
) -> Result<Authorization, Error> {
    let id = id_of(client, by, target)?;
    patch(client, &id, status)
        .and_then(|now| check_is(client, by, target, &id, now))
        .and_then(|now| check_status(client, status, now))
        .map_err(|error| {
            let described = describe(by, &client.redactor().clean(target));
            error.context(&format!("failed to update status of {described}"))
        })
}

fn patch(client: &Client, id: &str, status: Status) -> Result<Authorization, Error> {
    let call = Call {
        method: Method::PATCH,
        path: path_of(id),
        body: Some(match status {
            Status::Active => r#"{"status":"active"}"#,
            Status::Inactive => r#"{"status":"inactive"}"#,
        }),
        effect: Effect::Repeatable,
        named: &[Resource::Authorization],
    };
    client
        .one(&call, "no authorization")
        .map_err(|error| explain_id(error, id))
}

fn check_status(
    client: &Client,
    status: Status,
    now: Authorization,
) -> Result<Authorization, Error> {
    let word = status.word();
    if now.status == word {
        return Ok(now);
    }
    let said = quote(&client.redactor().clean(&now.status));
    Err(Error::new(
        Code::Unexpected,
        format!("the server says that the status is {said}, not \"{word}\""),
    ))
}

/// The answer about one authorization, where it is about the one asked for: `id` is its own, and by
/// username the `target` too. InfluxDB takes capital hex digits and answers with small ones.
///
/// # Errors
/// Exit code 7 where it is about another.
fn check_is(
    client: &Client,
    by: By,
    target: &str,
    id: &str,
    answer: Authorization,
) -> Result<Authorization, Error> {
    let other = match by {
        _ if !answer.id.eq_ignore_ascii_case(id) => &answer.id,
        By::Username if answer.token != target => &answer.token,
        _ => return Ok(answer),
    };
    let other = quote(&client.redactor().clean(other));
    let what = format!("the server answers with another authorization, {other}");
    Err(Error::new(Code::Unexpected, what))
}

/// The ID of a target. By username, only an entry whose `token` is that name counts, whatever else
/// the server lists.
///
/// # Errors
/// Those of the request, exit code 5 where no such entry is shown, and 7 where there are several or
/// its ID is none.
pub fn id_of(client: &Client, by: By, target: &str) -> Result<String, Error> {
    if by == By::Id {
        return Ok(target.to_string());
    }
    let entry = find(client, target, &|entry: &Named| entry.token == target);
    let id = entry.and_then(|entry| usable(&entry.id).map(|()| entry.id));
    id.map_err(|error| not_found(client, by, target, error))
}

/// The whole of a target, as the server holds it.
///
/// # Errors
/// As for [`id_of`].
pub fn get(client: &Client, by: By, target: &str) -> Result<Authorization, Error> {
    let found = match by {
        By::Id => {
            let call = reading(path_of(target), &[Resource::Authorization]);
            client
                .one(&call, "no authorization")
                .map_err(|error| explain_id(error, target))
                .and_then(|found| check_is(client, by, target, target, found))
        }
        By::Username => find(client, target, &|entry: &Authorization| {
            entry.token == target
        }),
    };
    found
        .and_then(|found| usable(&found.id).map(|()| found))
        .map_err(|error| not_found(client, by, target, error))
}

/// The one entry listed for `username` that `is` it.
fn find<T: DeserializeOwned>(
    client: &Client,
    username: &str,
    is: &dyn Fn(&T) -> bool,
) -> Result<T, Error> {
    let mut path = PATH.to_string();
    push_query(&mut path, &[("token", username)]);
    let call = reading(path, &[Resource::Authorization]);
    only(client, &call, "authorizations", is)?.ok_or_else(not_shown)
}

/// The error for a list without the username asked for: InfluxDB answers 404 to one that it does not
/// know.
pub fn not_shown() -> Error {
    Error::new(
        Code::Refused,
        "the server knows this username, but does not show its authorization to this token",
    )
    .hint(
        "only an operator token sees the authorizations of other v2 users; or the organization or \
         v2 user of this one was deleted, and only `delete --id` frees the username",
    )
}

/// The only entry of the list under `key` that `is` the one looked for.
///
/// # Errors
/// Those of the request, and exit code 7 where there are several.
fn only<T: DeserializeOwned>(
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

fn not_found(client: &Client, by: By, target: &str, error: Error) -> Error {
    let described = describe(by, &client.redactor().clean(target));
    error.context(&format!("could not find {described}"))
}

/// An ID that the server gave, if it can be sent back.
fn usable(id: &str) -> Result<(), Error> {
    match id.is_empty() || check_name(id).is_err() {
        true => Err(Error::new(
            Code::Unexpected,
            "the server lists it with an ID that cannot be one",
        )),
        false => Ok(()),
    }
}

/// Lists authorizations, each handed to `each` as it comes until that returns false. The server
/// ignores some parameters, and all others beside `id` or `token`. `named` is what the query names.
///
/// # Errors
/// Those of the request.
pub fn list<T: DeserializeOwned>(
    client: &Client,
    query: &[(&str, &str)],
    named: &[Resource],
    each: &mut dyn FnMut(T) -> bool,
) -> Result<(), Error> {
    let mut path = PATH.to_string();
    push_query(&mut path, query);
    client.list(
        &reading(path, named),
        "authorizations",
        "no list of authorizations",
        each,
    )
}

/// A request that changes nothing.
fn reading(path: String, named: &[Resource]) -> Call<'_> {
    Call {
        method: Method::GET,
        path,
        body: None,
        effect: Effect::None,
        named,
    }
}

/// The ID of the one entry called `name` in a list under `key`: organizations or buckets.
///
/// # Errors
/// Those of the request, exit code 6 where there is no such entry, and 7 where there are several or
/// its ID is none.
pub fn id_in(
    client: &Client,
    key: &'static str,
    query: &[(&str, &str)],
    named: &[Resource],
    name: &str,
) -> Result<String, Error> {
    let mut path = format!("/api/v2/{key}");
    push_query(&mut path, query);
    let found = only(client, &reading(path, named), key, &|entry: &Named| {
        entry.name == name
    })?;
    let missing = || Error::new(Code::NotFound, "the server lists none of that name");
    let found = found.ok_or_else(missing)?;
    usable(&found.id).map(|()| found.id)
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
        named: &[],
    };
    let made: Authorization = client.one(&call, "no authorization")?;
    usable(&made.id)?;
    let id = made.id.clone();
    check_is(client, By::Username, username, &id, made)
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
        effect: Effect::Removal,
        named: &[Resource::Authorization],
    })
}

/// Sets the password of the authorization with `id`.
///
/// # Errors
/// Those of the request.
pub fn set_password(client: &Client, id: &str, password: &Secret) -> Result<(), Error> {
    let body = format!("{{\"password\":{}}}", json_string(password.expose()));
    let done = client.act(&Call {
        method: Method::POST,
        path: path_of(id) + "/password",
        body: Some(&body),
        effect: Effect::Repeatable,
        named: &[Resource::Authorization],
    });
    done.map_err(|error| explain_id(error, id))
}
