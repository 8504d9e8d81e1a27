//! Turns an error response into an error with exit code, message and hint.

use super::json::{Object, null_is_empty};
use super::transport::note_unknown_outcome_if_once;
use super::{AuthMethod, Call, Client, Resource, SecretIn, status_404};
use crate::error::{Cause, Code, Error};
use crate::settings::token;
use crate::text::{cut, escape, one_line};
use serde::Deserialize;
use ureq::http::StatusCode;
use ureq::http::response::Parts;

impl Client {
    /// The error for a response with an error status or a redirect.
    pub(super) fn refusal(&self, call: &Call, parts: &Parts, content: &[u8]) -> Error {
        let status = parts.status;
        let summary = self.summary(call, status, content);
        let body = ErrorBody::read(content);
        let error = match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                self.denied(call, status, &body.message, summary)
            }
            StatusCode::NOT_FOUND => status_404::error(call, &body.code, &body.message, summary),
            StatusCode::BAD_REQUEST if !self.base.is_https() && wants_https(content) => {
                Error::new(Code::Unexpected, summary)
                    .hint("this port expects HTTPS, so --host must begin with https://")
            }
            StatusCode::SERVICE_UNAVAILABLE if body.status == "starting" => {
                Error::new(Code::Unexpected, summary)
                    .hint("InfluxDB is starting; `influx ping --wait 60s` waits until it is up")
            }
            status if status.is_redirection() => self.redirect(call, parts, &summary),
            // An error without a code comes from a gateway, which does not know what InfluxDB did.
            status if status.is_server_error() && body.code.is_empty() => {
                note_unknown_outcome_if_once(call, Error::new(Code::Unexpected, summary))
            }
            _ => Error::new(Code::Unexpected, summary),
        };
        error.with_status(status.as_u16())
    }

    fn denied(&self, call: &Call, status: StatusCode, message: &str, summary: String) -> Error {
        let error = Error::new(Code::Refused, summary);
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
            && let Some(prefix) = self.stray_prefix()
        {
            return error.hint(format!(
                "the token begins with {prefix}, which must be removed"
            ));
        }
        let error = error.hint(self.credentials_hint(call));
        if self.auth_method == AuthMethod::Nothing {
            return error;
        }
        error.with_cause(Cause::Denied)
    }

    fn redirect(&self, call: &Call, parts: &Parts, summary: &str) -> Error {
        let target = match parts.headers.get("location") {
            _ if call.creates_token() => "another address".to_string(),
            Some(target) => self.quoted(&String::from_utf8_lossy(target.as_bytes())),
            None => "an unknown address (the response has no Location header)".to_string(),
        };
        Error::new(Code::Unexpected, format!("{summary}: the server redirects to {target}"))
            .hint("redirects are not followed, so that the token does not reach another host; set --host to the right address")
    }

    /// See [`token::stray_prefix`].
    fn stray_prefix(&self) -> Option<&'static str> {
        if self.auth_method != AuthMethod::Token {
            return None;
        }
        let (_, value) = self.credentials.as_ref()?;
        token::stray_prefix(value.expose().strip_prefix("Token ")?)
    }

    fn credentials_hint(&self, call: &Call) -> &'static str {
        match self.auth_method {
            AuthMethod::Nothing => {
                "no token was sent; set one with --token, --token-file, INFLUX_TOKEN, INFLUX_TOKEN_FILE or the active config"
            }
            AuthMethod::Token if call.named.contains(&Resource::Mapping) => {
                "is this the right token for the server, and does it have permission to read and write mappings (dbrp) and their buckets?"
            }
            AuthMethod::Token => {
                "is this the right token for the server, and does it have permission to read and write authorizations and users?"
            }
            AuthMethod::Login => "are the user and password of the active config's cookie right?",
            AuthMethod::Session => {
                "does the user of the active config's cookie have permission to read and write authorizations and users?"
            }
            AuthMethod::ExtraHeader => "is the Authorization header of --extra-http-header right?",
        }
    }

    /// The response in one line for errors, such as `404 Not Found: authorization not found`. If
    /// InfluxDB sent no message, this shows the start of the body instead.
    pub(super) fn summary(&self, call: &Call, status: StatusCode, content: &[u8]) -> String {
        let mut summary = status.as_str().to_string();
        if let Some(reason) = status.canonical_reason() {
            summary = format!("{summary} {reason}");
        }
        let message = self.message(call, status, content);
        if !message.is_empty() {
            summary = format!("{summary}: {}", escape(&cut(&message)));
        }
        summary
    }

    /// The message of a response, without secrets. If the body may have a token, only InfluxDB's
    /// `message` is quoted.
    fn message(&self, call: &Call, status: StatusCode, content: &[u8]) -> String {
        let may_have_token = call.secret_in == SecretIn::Response;
        // With a 4xx, the server has refused the request and created no token.
        let may_have_created = call.creates_token() && !status.is_client_error();
        if may_have_token && status.is_success() || may_have_created {
            return String::new();
        }
        let message = ErrorBody::read(content).message;
        if message.is_empty() && !may_have_token {
            let line = one_line(&self.redactor.clean(&String::from_utf8_lossy(content)));
            // Without its control characters, the text may have another secret.
            self.redactor.clean(&line).into_owned()
        } else {
            self.redactor.clean(&message).into_owned()
        }
    }
}

/// The body of an error response from InfluxDB.
#[derive(Default, Deserialize)]
struct ErrorBody {
    #[serde(default, deserialize_with = "null_is_empty")]
    code: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    message: String,
    /// Only set while InfluxDB starts.
    #[serde(default, deserialize_with = "null_is_empty")]
    status: String,
}

impl ErrorBody {
    /// All fields are empty if `content` is something else.
    fn read(content: &[u8]) -> ErrorBody {
        let read = serde_json::from_slice(content);
        read.map(|Object(body)| body).unwrap_or_default()
    }
}

/// Whether the body says that the port expects HTTPS. Servers written in Go, for example, send such a
/// response to plain HTTP.
fn wants_https(content: &[u8]) -> bool {
    content.windows(5).any(|word| word == b"HTTPS")
}
