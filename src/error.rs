//! The one error type: an exit code, a sentence, perhaps a hint, and what callers decide by. Nothing
//! here prints.

use std::fmt;
use std::io;

/// Exit codes, which are never renumbered. [`Code::ALL`] has their meanings.
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
    /// Every code in numerical order, with its meaning for the help and the README.
    pub const ALL: [(Code, &str); 8] = [
        (Code::Done, "done"),
        (
            Code::Other,
            "any other failure: output could not be written, or several targets failed for different reasons",
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

/// Tells errors apart that share an exit code, for callers that go on differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Other,
    /// The request took longer than its time limit.
    Timeout,
    /// The server refuses credentials that look right. They may lack a permission.
    Denied,
    /// InfluxDB says that the target of the request does not exist, and not something else in it.
    TargetMissing,
    /// InfluxDB does not find the organization or v2 user of the authorization.
    OwnerGone,
}

/// What went wrong: one line for `Error: `, and one for `Hint: ` if there is advice.
///
/// Texts are lower-case without a final period. Whoever creates one escapes text from outside
/// (see [`crate::text`]) and removes secrets (see [`crate::secret`]). Callers decide by the code, the
/// cause and the status, never by the text.
#[derive(Debug)]
pub struct Error {
    pub code: Code,
    /// Boxed, so that a result is small if nothing is wrong.
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

    /// The same for a response with this HTTP status.
    pub fn with_status(mut self, status: u16) -> Self {
        self.details.status = Some(status);
        self
    }

    /// The HTTP status of the response, if there was one that tells what the error is.
    pub fn status(&self) -> Option<u16> {
        self.details.status
    }

    /// A mistake in the command line or the environment (exit code 2).
    pub fn usage(message: impl Into<String>) -> Self {
        Error::new(Code::Usage, message)
    }

    /// A file that cannot be used (exit code 3).
    pub fn config(message: impl Into<String>) -> Self {
        Error::new(Code::Config, message)
    }

    /// The same with a line of advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.details.hint = Some(hint.into());
        self
    }

    /// The same with what was being done in front: `doing: cause`.
    pub fn context(mut self, doing: &str) -> Self {
        self.details.message = format!("{doing}: {}", self.details.message);
        self
    }

    /// The same with more at the end: `message; more`.
    pub fn append(mut self, more: &str) -> Self {
        self.details.message.push_str("; ");
        self.details.message.push_str(more);
        self
    }

    /// The line of advice, if there is one.
    pub fn advice(&self) -> Option<&str> {
        self.details.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.details.message)
    }
}

/// The system's reason without the ` (os error 2)` that Rust adds.
pub fn io_reason(error: &io::Error) -> String {
    let text = error.to_string();
    let (reason, _) = text.split_once(" (os error").unwrap_or((&text, ""));
    reason.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_numbered_as_published() {
        for (number, (code, _)) in Code::ALL.iter().enumerate() {
            assert_eq!(*code as usize, number);
        }
    }
}
