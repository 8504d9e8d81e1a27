//! The error type of the whole program. This module prints nothing.

use std::fmt;
use std::io;

/// The exit codes. [`Code::ALL`] has their meanings. Scripts rely on the numbers, so they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Code {
    Done = 0,
    Other = 1,
    Usage = 2,
    Config = 3,
    Unreachable = 4,
    Refused = 5,
    NotFound = 6,
    Unexpected = 7,
}

impl Code {
    /// All codes in numerical order. The help and the README show the meanings.
    pub const ALL: [(Code, &str); 8] = [
        (Code::Done, "done"),
        (
            Code::Other,
            "any other failure, for example if output could not be written, or if several targets failed for different reasons",
        ),
        (
            Code::Usage,
            "the command line or an environment variable is wrong",
        ),
        (
            Code::Config,
            "the configs file, or a token, password or certificate file, is missing, unreadable or invalid",
        ),
        (
            Code::Unreachable,
            "the server could not be reached or did not respond in time",
        ),
        (
            Code::Refused,
            "the server refused the credentials (401, 403), or the username exists but the token is not allowed to see it",
        ),
        (
            Code::NotFound,
            "what you named does not exist on the server, or nothing matches --match",
        ),
        (
            Code::Unexpected,
            "the server reported another error, or its response does not confirm the request",
        ),
    ];
}

/// Distinguishes errors with the same exit code, for callers that handle them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Other,
    /// The request took longer than its time limit.
    Timeout,
    /// The server refused well-formed credentials. They may lack a permission.
    Denied,
    /// A 404 says that the target of the request does not exist.
    TargetMissing,
    /// InfluxDB cannot find the organization or v2 user of the authorization.
    OwnerGone,
}

/// An exit code, a message for the line `Error: ` and an optional hint for the line `Hint: `.
///
/// Messages start in lower case and have no final period. Code that creates an error escapes text from
/// outside (see [`crate::text`]) and removes secrets (see [`crate::secret`]). Callers check the code,
/// the cause and the status, but never the message.
#[derive(Debug)]
pub struct Error {
    pub code: Code,
    /// Boxed to keep `Result<T, Error>` small.
    details: Box<Details>,
}

#[derive(Debug)]
struct Details {
    message: String,
    hint: Option<String>,
    cause: Cause,
    status: Option<u16>,
}

impl Error {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let details = Details {
            message: message.into(),
            hint: None,
            cause: Cause::Other,
            status: None,
        };
        Error {
            code,
            details: Box::new(details),
        }
    }

    pub fn with_cause(mut self, cause: Cause) -> Self {
        self.details.cause = cause;
        self
    }

    pub fn cause(&self) -> Cause {
        self.details.cause
    }

    /// Whether the authorization belongs to an organization or v2 user that was deleted.
    pub fn is_owner_gone(&self) -> bool {
        self.cause() == Cause::OwnerGone
    }

    /// Stores the HTTP status of the response.
    pub fn with_status(mut self, status: u16) -> Self {
        self.details.status = Some(status);
        self
    }

    /// The HTTP status, if the error was derived from it. If the content of a successful response
    /// cannot be used, the error has no status, except after `Client::any_status` and
    /// `Client::accepted_or_denied`.
    pub fn status(&self) -> Option<u16> {
        self.details.status
    }

    /// An invalid command line or environment variable (exit code 2).
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(Code::Usage, message)
    }

    /// A file that cannot be used (exit code 3).
    pub fn config(message: impl Into<String>) -> Self {
        Error::new(Code::Config, message)
    }

    /// Adds a hint, or replaces the previous hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.details.hint = Some(hint.into());
        self
    }

    /// Changes the message to `context: message`.
    pub fn context(mut self, context: &str) -> Self {
        self.details.message = format!("{context}: {}", self.details.message);
        self
    }

    /// Changes the message to `message; more`.
    pub fn append(mut self, more: &str) -> Self {
        self.details.message.push_str("; ");
        self.details.message.push_str(more);
        self
    }

    pub fn advice(&self) -> Option<&str> {
        self.details.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.details.message)
    }
}

/// The reason of an I/O error, without the suffix ` (os error 2)` that Rust adds.
pub fn io_reason(error: &io::Error) -> String {
    let text = error.to_string();
    let (reason, _) = text.split_once(" (os error").unwrap_or((&text, ""));
    reason.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_listed_in_numerical_order() {
        for (number, (code, _)) in Code::ALL.iter().enumerate() {
            assert_eq!(*code as usize, number);
        }
    }
}
