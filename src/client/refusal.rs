//! The error for a response whose status is not a success: its exit code, its message and a hint.

use super::json::{Object, null_is_empty};
use super::transport::add_doubt_if_once;
use super::{AuthMethod, Call, Client, Effect, Resource, SecretIn, status_404};
use crate::error::{Cause, Code, Error};
use crate::settings::token;
use crate::text::{cut, escape, one_line, quote};
use serde::Deserialize;
use ureq::http::StatusCode;
use ureq::http::response::Parts;

impl Client {
    /// The error for a response whose status is not a success.
    pub(super) fn refusal(&self, call: &Call, parts: &Parts, content: &[u8]) -> Error {
        let status = parts.status;
        let answer = self.answer(call, status, content);
        let failure = Failure::read(content);
        let error = match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                self.denied(call, status, &failure.message, answer)
            }
            StatusCode::NOT_FOUND => {
                status_404::error(call, &failure.code, &failure.message, answer)
            }
            StatusCode::BAD_REQUEST if !self.base.is_https() && wants_https(content) => {
                Error::new(Code::Unexpected, answer)
                    .hint("the port speaks HTTPS: --host must begin with https://")
            }
            StatusCode::SERVICE_UNAVAILABLE if failure.status == "starting" => {
                Error::new(Code::Unexpected, answer)
                    .hint("InfluxDB is starting; `influx ping --wait 60s` waits until it is up")
            }
            status if status.is_redirection() => self.redirect(parts, &answer),
            // InfluxDB's own errors have a code. A gateway does not know what InfluxDB has done.
            status if status.is_server_error() && failure.code.is_empty() => {
                add_doubt_if_once(call, Error::new(Code::Unexpected, answer))
            }
            _ => Error::new(Code::Unexpected, answer),
        };
        error.with_status(status.as_u16())
    }

    fn denied(&self, call: &Call, status: StatusCode, message: &str, answer: String) -> Error {
        let error = Error::new(Code::Refused, answer);
        if message == "User is inactive" {
            let user = match self.auth_method {
                AuthMethod::Login | AuthMethod::Session => "the user of the active config's cookie",
                _ => "the user who owns the token",
            };
            return error
                .append(&format!("{user} is deactivated"))
                .hint("use a token of another user, or activate this user again");
        }
        if message == "password change required" && self.auth_method == AuthMethod::Login {
            return error.hint("sign in to InfluxDB in a browser to set a new password, then store it with `influx config set`");
        }
        if status == StatusCode::UNAUTHORIZED
            && let Some(prefix) = self.in_front_of_token()
        {
            return error.hint(format!(
                "the token begins with {prefix}, and is sent as it is; leave that out"
            ));
        }
        let error = error.hint(self.credentials_hint(call));
        if self.auth_method == AuthMethod::Nothing {
            return error;
        }
        error.with_cause(Cause::Denied)
    }

    fn redirect(&self, parts: &Parts, answer: &str) -> Error {
        let target = parts.headers.get("location").map(|target| {
            let target = String::from_utf8_lossy(target.as_bytes());
            quote(&cut(&self.redactor.clean(&target)))
        });
        let target = target.unwrap_or_else(|| "an address that it does not name".to_string());
        Error::new(Code::Unexpected, format!("{answer}: the server redirects to {target}"))
            .hint("redirects are not followed, because the token is meant for one host only; set --host to the right address")
    }

    /// What is in front of the token by mistake, such as a quotation mark.
    fn in_front_of_token(&self) -> Option<&'static str> {
        let (_, value) = self
            .credentials
            .as_ref()
            .filter(|_| self.auth_method == AuthMethod::Token)?;
        token::in_front_of_token(value.expose().strip_prefix("Token ")?)
    }

    fn credentials_hint(&self, call: &Call) -> &'static str {
        match self.auth_method {
            AuthMethod::Nothing => {
                "no token was sent: give one with --token, --token-file, INFLUX_TOKEN, INFLUX_TOKEN_FILE or the active config"
            }
            AuthMethod::Token if call.named.contains(&Resource::Mapping) => {
                "is the token the right one for this server, and may it read and write mappings (dbrp) and their buckets?"
            }
            AuthMethod::Token => {
                "is the token the right one for this server, and may it read and write authorizations and users?"
            }
            AuthMethod::Login => "are the user and password of the active config's cookie right?",
            AuthMethod::Session => {
                "may the user of the active config's cookie read and write authorizations and users?"
            }
            AuthMethod::ExtraHeader => "is the Authorization header of --extra-http-header right?",
        }
    }

    /// The response as errors show it: `404 Not Found: authorization not found`. That is the status with
    /// InfluxDB's message, or else with the start of the body.
    pub(super) fn answer(&self, call: &Call, status: StatusCode, content: &[u8]) -> String {
        let mut answer = status.as_str().to_string();
        if let Some(reason) = status.canonical_reason() {
            answer = format!("{answer} {reason}");
        }
        let message = self.message(call, status, content);
        if !message.is_empty() {
            answer = format!("{answer}: {}", escape(&cut(&message)));
        }
        answer
    }

    /// What a response says, without secrets. A body that may have a token is not quoted, except for the
    /// message of an error.
    fn message(&self, call: &Call, status: StatusCode, content: &[u8]) -> String {
        let holds_token = call.secret_in == SecretIn::Answer;
        // A token that was created may come back in any form, unless the request was refused.
        let creates = call.effect == Effect::Once && !status.is_client_error();
        if holds_token && (status.is_success() || creates) {
            return String::new();
        }
        let message = Failure::read(content).message;
        if message.is_empty() && !holds_token {
            one_line(&self.redactor.clean(&String::from_utf8_lossy(content)))
        } else {
            self.redactor.clean(&message).into_owned()
        }
    }
}

/// What InfluxDB says about an error.
#[derive(Default, Deserialize)]
struct Failure {
    #[serde(default, deserialize_with = "null_is_empty")]
    code: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    message: String,
    /// Only while InfluxDB starts.
    #[serde(default, deserialize_with = "null_is_empty")]
    status: String,
}

impl Failure {
    /// Empty if the content is something else.
    fn read(content: &[u8]) -> Failure {
        let read = serde_json::from_slice(content);
        read.map(|Object(failure)| failure).unwrap_or_default()
    }
}

/// Whether this is what servers written in Go, and others, answer to plain HTTP on a port for HTTPS.
fn wants_https(content: &[u8]) -> bool {
    content.windows(5).any(|word| word == b"HTTPS")
}
