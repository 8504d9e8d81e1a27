//! Authorizations: one function, one request. InfluxDB has two kinds, whose answers are alike.

use super::authorization::Authorization;
pub use super::kind::{Kind, LEGACY, TOKENS};
use super::look_up::{explain_id, only, reading, usable};
use crate::client::{Call, Client, Effect, Fields, FromField, Resource, SecretIn};
use crate::error::{Code, Error};
use crate::secret::Secret;
use crate::text::{json_string, quote};
use crate::url::{push_query, push_segment};
use ureq::http::Method;

/// How an authorization is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By ID.
    Id,
    /// By username.
    Username,
}

/// What an authorization can be set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Requests with its credential are answered.
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

/// The authorizations of a kind that a server has.
#[derive(Clone, Copy)]
pub struct Authorizations<'c> {
    client: &'c Client,
    kind: &'static Kind,
}

impl<'c> Authorizations<'c> {
    /// Those of `kind` on the server of `client`.
    pub fn new(client: &'c Client, kind: &'static Kind) -> Self {
        Authorizations { client, kind }
    }

    /// Sets the status of a target, and returns it as the server says it is now. By username, one
    /// request looks its ID up first. The answer holds the user's name: nobody is asked for it again,
    /// as the Go client does.
    ///
    /// # Errors
    /// Those of the requests and of [`Authorizations::id_of`], and exit code 7 where the answer is
    /// about another authorization or does not say `status`.
    pub fn set_status(&self, by: By, target: &str, status: Status) -> Result<Authorization, Error> {
        let id = self.id_of(by, target)?;
        let call = Call {
            method: Method::PATCH,
            path: self.path_of(&id),
            body: Some(match status {
                Status::Active => r#"{"status":"active"}"#,
                Status::Inactive => r#"{"status":"inactive"}"#,
            }),
            effect: Effect::Repeatable,
            named: &[Resource::Authorization],
            secret_in: self.kind.secret_in(),
        };
        self.one(&call, &id)
            .and_then(|now| self.check_is(by, target, &id, now))
            .and_then(|now| self.check_status(status, now))
            .map_err(|error| {
                let described = self.describe(by, target);
                error.context(&format!("failed to update status of {described}"))
            })
    }

    /// The ID of a target. By username, only an entry whose `token` is that name counts, whatever
    /// else the server lists.
    ///
    /// # Errors
    /// Those of the request, exit code 5 where no such entry is shown, and 7 where there are several
    /// or its ID is none.
    pub fn id_of(&self, by: By, target: &str) -> Result<String, Error> {
        if by == By::Id {
            return Ok(target.to_string());
        }
        let entry = self.find(target, &|entry: &Fields| entry.text("token") == target);
        let id = entry.and_then(|entry| {
            let id = entry.text("id");
            usable(id).map(|()| id.to_string())
        });
        id.map_err(|error| self.not_found(by, target, error))
    }

    /// The whole of a target, as the server holds it.
    ///
    /// # Errors
    /// As for [`Authorizations::id_of`].
    pub fn get(&self, by: By, target: &str) -> Result<Authorization, Error> {
        let found = match by {
            By::Id => self
                .one(
                    &self.reading(self.path_of(target), &[Resource::Authorization]),
                    target,
                )
                .and_then(|found| self.check_is(by, target, target, found)),
            By::Username => self.find(target, &|entry: &Authorization| entry.token == target),
        };
        found
            .and_then(|found| usable(&found.id).map(|()| found))
            .map_err(|error| self.not_found(by, target, error))
    }

    /// Lists authorizations, each handed to `each` as it comes until that returns false. The server
    /// ignores some parameters, and all others beside `id` or `token`. `named` is what the query
    /// names.
    ///
    /// # Errors
    /// Those of the request.
    pub fn list(
        &self,
        query: &[(&str, &str)],
        named: &[Resource],
        each: &mut dyn FnMut(Authorization) -> bool,
    ) -> Result<(), Error> {
        let mut path = self.kind.path.to_string();
        push_query(&mut path, query);
        let call = self.reading(path, named);
        let what = "no list of authorizations";
        self.client
            .list(&call, "authorizations", what, &mut |found| {
                each(self.without_token(found))
            })
    }

    /// Makes an authorization of what `body` says, and returns it as the server holds it, its token
    /// included. `username` is its name, where the kind has names.
    ///
    /// # Errors
    /// Those of the request, and exit code 7 where the answer is another authorization.
    pub fn create(&self, body: &str, username: Option<&str>) -> Result<Authorization, Error> {
        let call = Call {
            method: Method::POST,
            path: self.kind.path.to_string(),
            body: Some(body),
            effect: Effect::Once,
            named: &[],
            secret_in: self.kind.secret_in(),
        };
        let made: Authorization = self.client.one(&call, "no authorization")?;
        usable(&made.id)?;
        let id = made.id.clone();
        match username {
            Some(username) => self.check_is(By::Username, username, &id, made),
            None if made.token.is_empty() => {
                let id = self.client.quoted(&id);
                let what =
                    format!("the server has made one with ID {id}, but answers without its token");
                Err(Error::new(Code::Unexpected, what))
            }
            None => Ok(made),
        }
    }

    /// Removes the authorization with `id`.
    ///
    /// # Errors
    /// Those of the request.
    pub fn remove(&self, id: &str) -> Result<(), Error> {
        self.client.act(&Call {
            method: Method::DELETE,
            path: self.path_of(id),
            body: None,
            effect: Effect::Removal,
            named: &[Resource::Authorization],
            secret_in: SecretIn::Neither,
        })
    }

    /// Sets the password of the authorization with `id`.
    ///
    /// # Errors
    /// Those of the request.
    pub fn set_password(&self, id: &str, password: &Secret) -> Result<(), Error> {
        let body = format!("{{\"password\":{}}}", json_string(password.expose()));
        let done = self.client.act(&Call {
            method: Method::POST,
            path: self.path_of(id) + "/password",
            body: Some(&body),
            effect: Effect::Repeatable,
            named: &[Resource::Authorization],
            secret_in: SecretIn::Request,
        });
        done.map_err(|error| self.explain_id(error, id))
    }

    /// `authorization with ID "X"`, for messages.
    pub fn describe(&self, by: By, target: &str) -> String {
        describe(by, target)
    }

    /// Path of the authorization with `id`.
    fn path_of(&self, id: &str) -> String {
        // Room for an ID that needs no encoding.
        let mut path = String::with_capacity(self.kind.path.len() + 1 + id.len());
        path.push_str(self.kind.path);
        path.push('/');
        push_segment(&mut path, id);
        path
    }

    /// A request that changes nothing, and is answered with authorizations.
    fn reading<'a>(&self, path: String, named: &'a [Resource]) -> Call<'a> {
        Call {
            secret_in: self.kind.secret_in(),
            ..reading(path, named)
        }
    }

    /// The answer to a request about the authorization with `id`.
    fn one(&self, call: &Call, id: &str) -> Result<Authorization, Error> {
        self.client
            .one(call, "no authorization")
            .map(|found| self.without_token(found))
            .map_err(|error| self.explain_id(error, id))
    }

    /// The one entry listed for `username` that `is` it.
    fn find<T: FromField>(&self, username: &str, is: &dyn Fn(&T) -> bool) -> Result<T, Error> {
        let mut path = self.kind.path.to_string();
        push_query(&mut path, &[("token", username)]);
        let call = self.reading(path, &[Resource::Authorization]);
        only(self.client, &call, "authorizations", is)?.ok_or_else(not_shown)
    }

    /// The same error with what an ID is, where the server does not take `id` for one.
    pub fn explain_id(&self, error: Error, id: &str) -> Error {
        explain_id(error, id, self.kind.no_id)
    }

    fn without_token(&self, mut found: Authorization) -> Authorization {
        if self.kind.token_is_secret {
            found.token.clear();
        }
        found
    }

    /// The answer about one authorization, where it is about the one asked for: `id` is its own, and
    /// by username the `target` too. InfluxDB takes capital hex digits and answers with small ones.
    fn check_is(
        &self,
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
        let other = self.client.quoted(other);
        let what = format!("the server answers with another authorization, {other}");
        Err(Error::new(Code::Unexpected, what))
    }

    fn check_status(&self, status: Status, now: Authorization) -> Result<Authorization, Error> {
        let word = status.word();
        if now.status == word {
            return Ok(now);
        }
        let said = self.client.quoted(&now.status);
        Err(Error::new(
            Code::Unexpected,
            format!("the server says that the status is {said}, not \"{word}\""),
        ))
    }

    fn not_found(&self, by: By, target: &str, error: Error) -> Error {
        let described = self.describe(by, target);
        error.context(&format!("could not find {described}"))
    }
}

/// `authorization with ID "X"`, for messages.
pub fn describe(by: By, target: &str) -> String {
    match by {
        By::Id => format!("authorization with ID {}", quote(target)),
        By::Username => format!("authorization with username {}", quote(target)),
    }
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
