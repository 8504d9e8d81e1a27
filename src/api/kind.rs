//! The two kinds of authorizations that InfluxDB has, and what differs between them.

use crate::client::SecretIn;

/// A kind of authorizations.
#[derive(Debug)]
pub struct Kind {
    /// Path of the list.
    pub(super) path: &'static str,
    /// The field `token` of an answer is a token, which is shown by nothing but its creation. Else it
    /// is a username.
    pub(super) token_is_secret: bool,
    /// The server looks for an authorization by its ID in a list too.
    pub lists_by_id: bool,
    /// What is said where an ID is none.
    pub(super) no_id: &'static str,
}

impl Kind {
    /// Which body holds a secret if a request is answered with authorizations.
    pub(super) fn secret_in(&self) -> SecretIn {
        if self.token_is_secret {
            SecretIn::Answer
        } else {
            SecretIn::Neither
        }
    }
}

/// Usernames and passwords of the 1.x-compatible API.
pub static LEGACY: Kind = Kind {
    path: "/private/legacy/authorizations",
    token_is_secret: false,
    lists_by_id: true,
    no_id: "an ID has 16 hex digits; a name goes with --username, several IDs with several --id",
};

/// Tokens of the v2 API.
pub static TOKENS: Kind = Kind {
    path: "/api/v2/authorizations",
    token_is_secret: true,
    lists_by_id: false,
    no_id: "an ID has 16 hex digits; a description goes with --match, several IDs with several --id",
};
