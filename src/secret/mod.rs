//! Secrets as a type that cannot be printed, and (below) their removal from everything that is.

mod field;
mod forms;
mod redactor;
mod within;

pub use redactor::Redactor;
use std::borrow::Borrow;
use std::fmt;

/// What stands where a secret was.
pub const REDACTED: &str = "[redacted]";

/// A token, password, cookie or header value. It has no `Display`; its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Secret(String);

impl Secret {
    /// Takes the secret over. It may be empty: callers refuse that where it makes no sense.
    pub fn new(value: impl Into<String>) -> Self {
        Secret(value.into())
    }

    /// The secret itself, to be sent and never shown.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Borrow<[u8]> for Secret {
    fn borrow(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}
