//! What went wrong with a request, in a sentence and an exit code.

use super::{Call, Client, Effect, HEAD, ONE};
use crate::error::{Code, Error, io_reason};
use crate::model::Failure;
use crate::text::{cut, escape, one_line, quote};
use std::io::ErrorKind;
use ureq::http::StatusCode;
use ureq::http::response::Parts;

impl Client {
    /// The error for an answer that is no success.
    pub(super) fn refusal(&self, parts: &Parts, content: &[u8]) -> Error {
        let status = parts.status;
        let answer = self.answer(status, content);
        if status.is_redirection() {
            return self.redirect(parts, &answer);
        }
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                Error::new(Code::Refused, answer).hint(self.credentials_hint())
            }
            StatusCode::NOT_FOUND if failure(content).code == "not found" => {
                Error::new(Code::NotFound, answer)
            }
            StatusCode::NOT_FOUND => Error::new(Code::Unexpected, answer).hint(
                "this is not InfluxDB's answer: is --host its address, with its path prefix if it has one?",
            ),
            _ => Error::new(Code::Unexpected, answer),
        }
    }

    fn redirect(&self, parts: &Parts, answer: &str) -> Error {
        let target = parts.headers.get("location").map(|target| {
            let target = String::from_utf8_lossy(target.as_bytes());
            quote(&cut(&self.redactor.clean(&target)))
        });
        let target = target.unwrap_or_else(|| "an address it does not give".to_string());
        Error::new(Code::Unexpected, format!("{answer}: the server redirects to {target}"))
            .hint("redirects are not followed, for the token is for the host it was given for: set --host to the right address")
    }

    fn credentials_hint(&self) -> &'static str {
        match self.credentials {
            Some(("cookie", _)) => {
                "may the user of the active config's cookie read and write authorizations?"
            }
            Some(_) => {
                "is the token the right one for this server, and may it read and write authorizations?"
            }
            None => {
                "no token was sent: give one with --token, --token-file, INFLUX_TOKEN, INFLUX_TOKEN_FILE or the active config"
            }
        }
    }

    /// `404 Not Found: authorization not found`: the status, then InfluxDB's message, else the start
    /// of what was sent.
    pub(super) fn answer(&self, status: StatusCode, content: &[u8]) -> String {
        let mut answer = status.as_str().to_string();
        if let Some(reason) = status.canonical_reason() {
            answer.push(' ');
            answer.push_str(reason);
        }
        let message = failure(content).message;
        let message = match message.is_empty() {
            true => {
                let text = String::from_utf8_lossy(content);
                one_line(&self.redactor.clean(&text))
            }
            false => message,
        };
        if !message.is_empty() {
            answer.push_str(": ");
            answer.push_str(&escape(&cut(&self.redactor.clean(&message))));
        }
        answer
    }

    /// The error for a request that got no answer, or not all of it.
    pub(super) fn transport(&self, call: &Call, error: ureq::Error) -> Error {
        let base = self.base.as_str();
        match error {
            ureq::Error::Timeout(_) => {
                let limit = self.timeout.unwrap_or_default();
                let what = match self.progress.sent() {
                    true => "did not answer fully",
                    false => "was not reached",
                };
                self.fate(call, format!("{base} {what} within {limit:?}"))
                    .hint("--timeout or INFLUX_TIMEOUT gives it longer, 0 any time it takes")
            }
            ureq::Error::Io(error) if self.progress.received() => {
                let reason = match error.kind() {
                    ErrorKind::UnexpectedEof => {
                        "the connection was closed in the middle".to_string()
                    }
                    _ => self.clean(&io_reason(&error)),
                };
                Error::new(
                    Code::Unexpected,
                    format!("the answer of {base} is incomplete: {reason}"),
                )
            }
            ureq::Error::Io(error) if self.progress.sent() => {
                let reason = match error.kind() {
                    ErrorKind::UnexpectedEof => "the connection was closed".to_string(),
                    _ => self.clean(&io_reason(&error)),
                };
                self.fate(call, format!("no answer from {base}: {reason}"))
            }
            ureq::Error::Io(error) => self.unreached(&self.clean(&io_reason(&error))),
            ureq::Error::HostNotFound => self.unreached("the host name has no address"),
            ureq::Error::LargeResponseHeader(..) => {
                self.unexpected(&format!("its head is larger than {} KiB", HEAD / 1024))
            }
            ureq::Error::BodyExceedsLimit(_) => {
                self.unexpected(&format!("it is larger than {} MiB", ONE / 1024 / 1024))
            }
            ureq::Error::Protocol(_) => self.unexpected("it is not HTTP"),
            error if self.progress.sent() => self.unexpected(&self.clean(&error.to_string())),
            error => self.unreached(&self.clean(&error.to_string())),
        }
    }

    fn unexpected(&self, reason: &str) -> Error {
        let base = self.base.as_str();
        Error::new(
            Code::Unexpected,
            format!("the answer of {base} cannot be used: {reason}"),
        )
    }

    /// Nothing was sent.
    fn unreached(&self, reason: &str) -> Error {
        let base = self.base.as_str();
        let error =
            |reason: &str| Error::new(Code::Unreachable, format!("cannot reach {base}: {reason}"));
        if let Some(reason) = reason.strip_prefix("failed to lookup address information: ") {
            return error(&format!("the host name is not found ({reason})"))
                .hint("--host or INFLUX_HOST sets the address");
        }
        if reason.contains("invalid peer certificate") {
            return error(reason).hint("--tls-ca or INFLUX_TLS_CA names the certificates to trust; --skip-verify trusts any server");
        }
        error(reason).hint("is InfluxDB running there? --host or INFLUX_HOST sets the address")
    }

    /// Something was sent, perhaps, and nothing says what became of it.
    fn fate(&self, call: &Call, reason: String) -> Error {
        let error = Error::new(Code::Unreachable, reason);
        match call.effect {
            Effect::Repeatable if self.progress.sent() => {
                error.and("the request may have been carried out, and repeating it is safe")
            }
            _ => error,
        }
    }

    fn clean(&self, text: &str) -> String {
        escape(&self.redactor.clean(text)).into_owned()
    }
}

/// The error that InfluxDB says it is; empty where the content is something else.
fn failure(content: &[u8]) -> Failure {
    serde_json::from_slice(content).unwrap_or_default()
}
