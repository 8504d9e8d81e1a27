//! The two kinds of authorizations that InfluxDB has, and how one is created.

use super::authorization::Authorization;
use super::collection::Collection;
pub use super::credential::{By, Kind, Status};
use super::look_up::usable;
use crate::client::{Call, Effect, Resource};
use crate::error::{Code, Error};
use ureq::http::Method;

/// The authorizations of a kind that a server has.
pub type Authorizations<'c> = Collection<'c, Authorization>;

/// Usernames and passwords of the 1.x-compatible API.
pub static LEGACY: Kind = Kind {
    path: "/private/legacy/authorizations",
    key: "authorizations",
    noun: "authorization",
    name_noun: "username",
    name_parameter: "token",
    resource: &[Resource::Authorization],
    has_tokens: false,
    lists_by_id: true,
    id_hint: "an ID has 16 hex digits; a name goes with --username, several IDs with several --id",
    not_shown: "the server knows this username, but does not show its authorization to this token",
    not_shown_hint: "only an operator token sees the authorizations of other v2 users; or the \
                     organization or v2 user of this one was deleted, and only `delete --id` frees \
                     the username",
};

/// Tokens of the v2 API. They have no names: in place of the username there is the token.
pub static TOKENS: Kind = Kind {
    path: "/api/v2/authorizations",
    has_tokens: true,
    lists_by_id: false,
    id_hint: "an ID has 16 hex digits; a description goes with --match, several IDs with several --id",
    ..LEGACY
};

impl Authorizations<'_> {
    /// Creates what `body` says, and returns it as the server has it, its token included. `username`
    /// is its name, if the kind has names.
    ///
    /// # Errors
    /// Exit code 7 if the answer is about another authorization or lacks the token.
    pub fn create(&self, body: &str, username: Option<&str>) -> Result<Authorization, Error> {
        let call = Call {
            method: Method::POST,
            body: Some(body),
            effect: Effect::Once,
            ..self.reading(self.kind.path.to_string(), &[])
        };
        let made: Authorization = self.client.one(&call, self.kind.noun)?;
        usable(&made.id)?;
        if let Some(username) = username {
            let id = made.id.clone();
            return self.check_is(By::Username, username, &id, made);
        }
        if made.token.is_empty() {
            let id = self.client.quoted(&made.id);
            let what =
                format!("the server has made one with ID {id}, but answers without its token");
            return Err(Error::new(Code::Unexpected, what));
        }
        Ok(made)
    }
}
