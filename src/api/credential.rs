//! What can be deactivated: the two kinds of authorizations, and whatever else has an ID and a status.

use crate::client::{Resource, SecretIn};
use crate::error::{Code, Error};
use crate::text::quote;
use serde::de::DeserializeOwned;

/// Something that gives access until it is deactivated, as the server answers with it.
pub trait Credential: DeserializeOwned {
    /// Sixteen hex digits.
    fn id(&self) -> &str;

    /// The name that it can be found by, if its kind has names.
    fn name(&self) -> &str;

    /// `active` or `inactive`.
    fn status(&self) -> &str;

    /// Forgets the token, which only its creation shows.
    fn forget_token(&mut self) {}
}

/// A kind of credentials, and what sets it apart from the others.
#[derive(Debug)]
pub struct Kind {
    /// Path of the list; that of one of them is this and its ID.
    pub(super) path: &'static str,
    /// The key of the list in an answer, which is also what messages call several of them.
    pub(super) key: &'static str,
    /// What messages call one of them.
    pub(super) noun: &'static str,
    /// What messages call its name.
    pub(super) name_noun: &'static str,
    /// The query parameter that finds one by name.
    pub(super) name_parameter: &'static str,
    /// What a request about one of them names.
    pub(super) resource: &'static [Resource],
    /// The server may answer with tokens.
    pub(super) has_tokens: bool,
    /// The list can be filtered by ID.
    pub lists_by_id: bool,
    /// The hint if the server does not take something for an ID.
    pub(super) id_hint: &'static str,
    /// What is said if the server knows a name, but does not list it.
    pub(super) not_shown: &'static str,
    /// The hint about that.
    pub(super) not_shown_hint: &'static str,
}

impl Kind {
    /// `authorization with ID "X"`, for messages.
    pub fn describe(&self, by: By, target: &str) -> String {
        let named = match by {
            By::Id => "ID",
            By::Username => self.name_noun,
        };
        format!("{} with {named} {}", self.noun, quote(target))
    }

    /// Which body holds a secret if a request is answered with these credentials.
    pub(super) fn secret_in(&self) -> SecretIn {
        if self.has_tokens {
            SecretIn::Answer
        } else {
            SecretIn::Neither
        }
    }

    /// The error for a list without the name asked for. InfluxDB answers 404 to one that it does not
    /// know.
    pub fn not_shown(&self) -> Error {
        Error::new(Code::Refused, self.not_shown).hint(self.not_shown_hint)
    }
}

/// How a credential is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By ID.
    Id,
    /// By username.
    Username,
}

/// What a credential can be set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Requests with it are answered.
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
