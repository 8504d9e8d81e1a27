//! InfluxDB's private API for 1.x-compatible authorizations: one function, one request.

use crate::args::check_target;
use crate::client::{Call, Client, Effect};
use crate::error::{Code, Error};
use crate::model::{Authorization, Named};
use crate::text::quote;
use crate::url::{push_query_value, push_segment};
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
}

/// Sets the status of the authorization with `id`, and returns it as the server says it is now.
/// The answer holds the user's name: nobody is asked for it again, as the Go client does.
///
/// # Errors
/// Those of the request, and exit code 7 where the answer does not say `status`.
pub fn set_status(client: &Client, id: &str, status: Status) -> Result<Authorization, Error> {
    let word = status.word();
    let mut path = format!("{PATH}/");
    push_segment(&mut path, id);
    let call = Call {
        method: Method::PATCH,
        path,
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

/// The ID of the authorization with `username`. Only an entry whose `token` is that name counts,
/// whatever else the server lists.
///
/// # Errors
/// Those of the request, exit code 6 where there is no such entry, and 7 where its ID is none.
pub fn find(client: &Client, username: &str) -> Result<String, Error> {
    let mut path = format!("{PATH}?token=");
    push_query_value(&mut path, username);
    let call = Call {
        method: Method::GET,
        path,
        body: None,
        effect: Effect::None,
    };
    let mut found = None;
    client.list(&call, "no list of authorizations", |entry: Named| {
        if entry.token == username && found.is_none() {
            found = Some(entry.id);
        }
    })?;
    match found {
        Some(id) if id.is_empty() || check_target(&id).is_err() => Err(Error::new(
            Code::Unexpected,
            "the server lists it with an ID that cannot be one",
        )),
        Some(id) => Ok(id),
        None => Err(
            Error::new(Code::NotFound, "the server lists no such authorization")
                .hint("a token that may not read an authorization does not see it in the list"),
        ),
    }
}
