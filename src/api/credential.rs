//! What can be deactivated: the two kinds of authorizations, and whatever else has an ID and a status.

use crate::client::{Resource, SecretIn};
use crate::error::{Code, Error};
use crate::text::quote;
use serde::de::DeserializeOwned;

/// Something that gives access until it is deactivated, as the server answers with it.
pub trait Credential: DeserializeOwned {
    fn id(&self) -> &str;

    /// The name that it can be found by, if its kind has names.
    fn name(&self) -> &str;

    /// `active` or `inactive`.
    fn status(&self) -> &str;

    /// What `--match` compares besides the name.
    fn description(&self) -> &str {
        ""
    }

    /// Drops the token, which only its creation shows.
    fn forget_token(&mut self) {}

    /// One of which only the ID is known, because the server cannot show the rest.
    fn from_id(id: &str) -> Self;
}

/// A kind of credentials, and what sets it apart from the others.
#[derive(Debug)]
pub struct Kind {
    /// Path of the list. One of them has this path and its ID.
    pub(super) path: &'static str,
    /// The key of the list in an answer, and the plural in messages.
    pub(super) key: &'static str,
    /// The singular in messages.
    pub(super) noun: &'static str,
    /// The word for its name in messages.
    pub(super) name_noun: &'static str,
    /// The query parameter that finds one by name.
    pub(super) name_parameter: &'static str,
    /// What a request about one of them names.
    pub(super) resource: &'static [Resource],
    /// The server may answer with tokens.
    pub(super) has_tokens: bool,
    /// The list comes in pages, each after the last ID of the one before.
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

    /// Which body is secret if the server answers with these credentials.
    pub(super) fn secret_in(&self) -> SecretIn {
        if self.has_tokens {
            SecretIn::Answer
        } else {
            SecretIn::Neither
        }
    }

    /// The error if a list lacks the name or ID that was asked for. If the server did not know it, it
    /// would have answered 404.
    pub fn not_shown(&self, by: By) -> Error {
        let (word, noun) = (self.word(by), self.noun);
        let what =
            format!("the server knows this {word}, but does not show its {noun} to this token");
        Error::new(Code::Refused, what).hint(self.not_shown_hint)
    }
}

/// How a target is named.
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
