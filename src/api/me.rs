//! Whether the server accepts a credential, and who owns the token in use.

use super::credential::Credential;
use super::lookup::check_usable_id;
use super::users::User;
use crate::client::{Call, Client, WRONG_HOST, null_is_empty};
use crate::error::{Code, Error};
use crate::url::is_id;
use serde::Deserialize;

const PATH: &str = "/api/v2/me";

/// The owner of a token that the server accepts.
pub struct TokenOwner {
    pub id: String,
    /// Empty if the token may not read its user.
    pub name: String,
}

/// The response to `/api/v2/me`: the user of the token in use, or an error message.
#[derive(Deserialize)]
struct Me {
    #[serde(default, deserialize_with = "null_is_empty")]
    id: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    name: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    message: String,
}

/// The user that the token in use belongs to. Exit code 5 if the token may not read its user.
pub fn own_user(client: &Client) -> Result<User, Error> {
    let user = get_user(client)?;
    if is_id(user.id()) {
        return Ok(user);
    }
    Err(no_user())
}

fn get_user(client: &Client) -> Result<User, Error> {
    client.one(&Call::new(PATH.to_string(), &[]), "user")
}

/// The ID of the user that the token in use belongs to. It need not have 16 hex digits.
pub fn own_user_id(client: &Client) -> Result<String, Error> {
    let user = get_user(client)?;
    check_usable_id(user.id())?;
    Ok(user.id().to_string())
}

/// Checks whether the server accepts the token in use, and returns its owner. Exit code 5 if it
/// does not. The error gives the reason.
pub fn token_owner(client: &Client) -> Result<TokenOwner, Error> {
    let call = Call::new(PATH.to_string(), &[]);
    let (status, me): (_, Me) = client.accepted_or_denied(&call, "user")?;
    if status.is_success() {
        if is_id(&me.id) {
            return Ok(TokenOwner {
                id: me.id,
                name: me.name,
            });
        }
        return Err(no_user());
    }
    // The server also accepts a token that may not read its user. In this case, the error message
    // contains the user's ID.
    if status == 401
        && let Some(id) = user_id_in(&me.message)
    {
        return Ok(TokenOwner {
            id: id.to_string(),
            name: String::new(),
        });
    }
    let reason = match (status.as_u16(), me.message.as_str()) {
        (401, "token is inactive") => "the token is inactive".to_string(),
        (401, "unauthorized access") => "the server does not know this token".to_string(),
        (403, "User is inactive") => "the user who owns the token is deactivated".to_string(),
        (_, "") => status.to_string(),
        (_, message) => format!("{status}: {}", client.quoted(message)),
    };
    Err(Error::new(Code::Refused, reason))
}

fn no_user() -> Error {
    Error::new(Code::Unexpected, "the response does not contain a user").hint(WRONG_HOST)
}

/// The ID in `read:users/ID is unauthorized`.
fn user_id_in(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("read:users/")?;
    let id = rest.strip_suffix(" is unauthorized")?;
    is_id(id).then_some(id)
}

#[derive(Deserialize)]
struct QueryResponse {
    results: Vec<StatementResult>,
}

#[derive(Deserialize)]
struct StatementResult {
    #[serde(rename = "statement_id")]
    _statement: u64,
}

/// Checks whether the server accepts the username and password of the client. Exit code 5 if it
/// does not.
pub fn check_login(client: &Client) -> Result<(), Error> {
    let call = Call::new("/query?q=SHOW+DATABASES".to_string(), &[]);
    let response: QueryResponse = client.one(&call, "query result")?;
    if response.results.is_empty() {
        let message = "no query result in the response";
        return Err(Error::new(Code::Unexpected, message).hint(WRONG_HOST));
    }
    Ok(())
}
