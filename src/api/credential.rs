//! What can be deactivated: both kinds of authorizations, and v2 users.

use crate::client::{Resource, SecretIn};
use crate::error::{Code, Error};
use crate::text::quote;
use serde::de::DeserializeOwned;

/// Something that gives access until it is deactivated, parsed from a response.
pub trait Credential: DeserializeOwned {
    fn id(&self) -> &str;

    /// The name that it can be looked up by, if its kind has names.
    fn name(&self) -> &str;

    /// `active` or `inactive`.
    fn status(&self) -> &str;

    /// What `--match` compares besides the name.
    fn description(&self) -> &str {
        ""
    }

    /// Drops the token. Only the command that creates a token shows it.
    fn forget_token(&mut self) {}

    /// A credential with nothing but its ID, for use if the server cannot return the rest.
    fn from_id(id: &str) -> Self;
}

/// A kind of credential: its paths, its quirks and its words for messages.
#[derive(Debug)]
pub struct Kind {
    /// The path of the list. The path of one credential is this path and its ID.
    pub(super) path: &'static str,
    /// The key of the list in a response, and the plural in messages.
    pub(super) key: &'static str,
    /// The singular in messages.
    pub(super) noun: &'static str,
    /// The word for a name in messages.
    pub(super) name_noun: &'static str,
    /// The query parameter for a lookup by name.
    pub(super) name_parameter: &'static str,
    /// The resources that a request for one credential names.
    pub(super) resource: &'static [Resource],
    /// Responses may contain tokens.
    pub(super) has_tokens: bool,
    /// The list has pages. Each page starts after the last ID of the page before.
    pub(super) is_paged: bool,
    /// The hint if the server says that an ID is malformed.
    pub(super) id_hint: &'static str,
    /// The hint if the server knows a name or an ID, but does not list it.
    pub(super) not_shown_hint: &'static str,
}

impl Kind {
    /// `authorization with ID "X"`, for messages.
    pub fn describe(&self, by: By, target: &str) -> String {
        format!("{} with {} {}", self.noun, self.word(by), quote(target))
    }

    /// What messages call an ID or a name.
    pub fn word(&self, by: By) -> &'static str {
        match by {
            By::Id => "ID",
            By::Name => self.name_noun,
        }
    }

    /// Which body is secret if the response contains these credentials.
    pub(super) fn secret_in(&self) -> SecretIn {
        if self.has_tokens {
            SecretIn::Response
        } else {
            SecretIn::Neither
        }
    }

    /// The error if a list lacks the requested name or ID. If the server did not know it, the
    /// response would have been a 404.
    pub fn not_shown(&self, by: By) -> Error {
        let (word, noun) = (self.word(by), self.noun);
        let what =
            format!("the server knows this {word}, but does not show its {noun} to this token");
        Error::new(Code::Refused, what).hint(self.not_shown_hint)
    }
}

/// How a target is identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Id,
    Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Active,
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
