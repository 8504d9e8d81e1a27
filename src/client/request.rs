//! What a request consists of.

use super::Resource;
use ureq::http::Method;

/// What a request changes. It decides whether the request may be repeated, and what is said if nobody
/// knows whether it was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// Something that stays the same when the request is repeated.
    Repeatable,
    /// A removal. If its response was lost and a repeat says 'not found', it is done.
    Removal,
    /// Something that must not be done twice, such as a creation. The request is never repeated.
    Once,
}

/// A request, without the parts that all requests share.
pub struct Call<'a> {
    pub method: Method,
    /// Path and query after the base URL, percent-encoded.
    pub path: String,
    /// JSON, or empty for a POST without content.
    pub body: Option<&'a str>,
    pub effect: Effect,
    /// What the user named in it, first the target. If a 404 says that one of these does not exist, the
    /// exit code is 6.
    pub named: &'a [Resource],
    pub secret_in: SecretIn,
}

/// Which body of an exchange has a password or a token. `--http-debug` does not print it, and no error
/// quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretIn {
    Neither,
    Request,
    Answer,
}

impl<'a> Call<'a> {
    /// A GET. `named` is what the user named in it.
    pub fn get(path: String, named: &'a [Resource]) -> Self {
        Call {
            method: Method::GET,
            path,
            body: None,
            effect: Effect::None,
            named,
            secret_in: SecretIn::Neither,
        }
    }
}
