//! The description of a request.

use ureq::http::Method;

/// What a request changes. This determines whether the request may be repeated, and what the error says
/// if the outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// A change that is idempotent.
    Repeatable,
    /// A removal. If the first response was lost and the second response is "not found", the
    /// removal succeeded.
    Removal,
    /// A change that must not be made twice, such as a creation. The request is never repeated.
    Once,
}

/// A kind of resource that a request can name. InfluxDB's 404 says which one does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    Authorization,
    Organization,
    User,
    Bucket,
    /// A mapping of a database and retention policy.
    Mapping,
}

/// The parts of a request that differ between requests.
pub struct Call<'a> {
    pub method: Method,
    /// Path and query, percent-encoded. They are appended to the base URL.
    pub path: String,
    /// JSON, or an empty string for a POST without content.
    pub body: Option<&'a str>,
    pub effect: Effect,
    /// The kinds of resources that the user named. The target comes first. If a 404 says that one of
    /// them does not exist, the exit code is 6.
    pub named: &'a [Resource],
    pub secret_in: SecretIn,
}

/// Which body has a password or a token. `--http-debug` does not print this body, and errors do not
/// quote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretIn {
    Neither,
    Request,
    Response,
}

impl<'a> Call<'a> {
    /// A GET request without a body. Other requests replace these fields.
    pub fn new(path: String, named: &'a [Resource]) -> Self {
        Call {
            method: Method::GET,
            path,
            body: None,
            effect: Effect::None,
            named,
            secret_in: SecretIn::Neither,
        }
    }

    /// Whether the response may have a new token, in any header and anywhere in its body.
    pub fn creates_token(&self) -> bool {
        self.effect == Effect::Once && self.secret_in == SecretIn::Response
    }
}
