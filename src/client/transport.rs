//! Turns a failed request into an error with exit code, message and hint.

use super::resolver::LookupFailed;
use super::tls::explain::{self, PROXY, Peer};
use super::{Call, Client, Effect, MAX_BODY, MAX_HEAD};
use crate::error::{Cause, Code, Error, io_reason};
use crate::text::{cut, duration, escape, quote};
use std::io::{self, ErrorKind};
use ureq::http::StatusCode;

const CLOSED_EARLY: &str = "the connection was closed before the end of the response";

impl Client {
    /// The error for a request that got no response, or only a part of it.
    pub(super) fn transport_error(&self, call: &Call, error: ureq::Error) -> Error {
        let base = self.base.as_str();
        match error {
            ureq::Error::Timeout(_) => {
                let limit = duration(self.limit.get().unwrap_or_default());
                let what = if self.progress.sent.happened() {
                    "did not send a complete response".to_string()
                } else {
                    format!("was not reached{}", self.via_proxy())
                };
                let error = Error::new(Code::Unreachable, format!("{base} {what} within {limit}"));
                self.note_unknown_outcome_if_sent(call, error)
                    .with_cause(Cause::Timeout)
                    .hint("--timeout or INFLUX_TIMEOUT sets the limit, and 0 means no limit")
            }
            ureq::Error::Rustls(error) => self.tls_failed(call, &error),
            ureq::Error::ConnectProxyFailed(reason) => self.proxy_refused(call, &reason),
            ureq::Error::Protocol(_) if self.progress.tls_alert.happened() => self
                .unexpected("it is TLS, not HTTP")
                .hint("this port expects HTTPS, so --host must begin with https://"),
            ureq::Error::Io(error) if self.progress.received.happened() => {
                self.incomplete(call, &self.cause(&error, CLOSED_EARLY))
            }
            // The connection was closed inside the framing of a chunk, such as its size line.
            ureq::Error::BodyStalled => self.incomplete(call, CLOSED_EARLY),
            ureq::Error::Io(error) => self.no_response(call, &error),
            ureq::Error::HostNotFound => self.unreachable("the host name has no address"),
            ureq::Error::LargeResponseHeader(..) => {
                let reason = format!("its headers are larger than {} KiB", MAX_HEAD / 1024);
                note_unknown_outcome_if_once(call, self.unexpected(&reason))
            }
            ureq::Error::BodyExceedsLimit(_) => {
                let reason = format!("it is larger than {} MiB", MAX_BODY / 1024 / 1024);
                note_unknown_outcome_if_once(call, self.unexpected(&reason))
            }
            ureq::Error::Protocol(error) => {
                let reason = self.clean(&error.to_string());
                match self.peer() {
                    Peer::Proxy => {
                        self.unreachable(&format!("its response is not valid HTTP ({reason})"))
                    }
                    Peer::Server => {
                        let reason = format!("it is not valid HTTP ({reason})");
                        note_unknown_outcome_if_once(call, self.unexpected(&reason))
                    }
                }
            }
            ureq::Error::Other(error) => match error.downcast_ref() {
                Some(LookupFailed(reason)) => self.name_not_found(reason),
                None => self.cannot_send(&error.to_string()),
            },
            error => self.cannot_send(&error.to_string()),
        }
    }

    fn cannot_send(&self, reason: &str) -> Error {
        let (base, reason) = (self.base.as_str(), self.clean(reason));
        let what = format!("cannot send the request to {base}: {reason}");
        Error::new(Code::Other, what)
    }

    fn cause(&self, error: &io::Error, closed: &str) -> String {
        match error.kind() {
            ErrorKind::UnexpectedEof => closed.to_string(),
            _ => self.clean(&io_reason(error)),
        }
    }

    fn incomplete(&self, call: &Call, cause: &str) -> Error {
        let what = format!(
            "the response from {} is incomplete: {cause}",
            self.base.as_str()
        );
        self.note_unknown_outcome_if_sent(call, Error::new(Code::Unexpected, what))
    }

    fn unexpected(&self, reason: &str) -> Error {
        let base = self.base.as_str();
        Error::new(
            Code::Unexpected,
            format!("the response from {base} cannot be used: {reason}"),
        )
    }

    /// The error if no byte of the response arrived.
    fn no_response(&self, call: &Call, error: &io::Error) -> Error {
        if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return self.tls_failed(call, error);
        }
        if self.progress.certificate_requested.happened() {
            let (cause, hint) =
                explain::refused_after_handshake(self.peer(), self.has_client_certificate);
            return self.connection_failed(call, &cause).hint(hint);
        }
        self.connection_failed(call, &self.cause(error, "the connection was closed"))
    }

    fn tls_failed(&self, call: &Call, error: &rustls::Error) -> Error {
        let requested = self.progress.certificate_requested.happened();
        let (what, hint) =
            explain::tls_error(error, self.peer(), requested, self.has_client_certificate);
        let what = self.clean(&what);
        // A server that refuses the client certificate has not read the request.
        let error = if requested {
            self.unreachable(&what)
        } else {
            self.connection_failed(call, &what)
        };
        error.hint(hint)
    }

    fn connection_failed(&self, call: &Call, cause: &str) -> Error {
        if !self.progress.sent.happened() {
            return self.unreachable(cause);
        }
        let what = format!("no response from {}: {cause}", self.base.as_str());
        self.note_unknown_outcome_if_sent(call, Error::new(Code::Unreachable, what))
    }

    fn proxy_refused(&self, call: &Call, reason: &str) -> Error {
        let status = reason.rsplit_once('/').map(|(_, status)| status.parse());
        let Some(Ok::<StatusCode, _>(status)) = status else {
            return self.unreachable("the proxy did not respond");
        };
        let summary = self.summary(call, status, &[]);
        let error = self.unreachable(&format!("the proxy responded with {summary}"));
        error.hint(match status {
            StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                "put the username and password into the proxy URL, as in http://user:password@proxy:port"
            }
            _ => "the proxy must allow CONNECT to this host and port; NO_PROXY lists hosts that need no proxy",
        })
    }

    /// The other end of the connection, for error messages. It is the proxy until the tunnel to the
    /// server is open.
    fn peer(&self) -> Peer {
        if self.proxy.is_some()
            && !self.progress.sent.happened()
            && !self.progress.reached.happened()
        {
            Peer::Proxy
        } else {
            Peer::Server
        }
    }

    fn via_proxy(&self) -> String {
        match &self.proxy {
            Some(proxy) => format!(" through the proxy {proxy}"),
            None => String::new(),
        }
    }

    fn unreachable(&self, reason: &str) -> Error {
        self.cannot_reach(reason).hint(match self.peer() {
            Peer::Proxy => PROXY,
            Peer::Server => "is InfluxDB running there? --host or INFLUX_HOST sets the address",
        })
    }

    fn name_not_found(&self, reason: &str) -> Error {
        let (whose, hint) = match self.peer() {
            Peer::Proxy => ("the name of the proxy", PROXY),
            Peer::Server => ("the host name", "--host or INFLUX_HOST sets the address"),
        };
        let reason = self.clean(reason);
        self.cannot_reach(&format!("{whose} was not found ({reason})"))
            .hint(hint)
    }

    fn cannot_reach(&self, reason: &str) -> Error {
        let (base, via_proxy) = (self.base.as_str(), self.via_proxy());
        let what = format!("cannot reach {base}{via_proxy}: {reason}");
        Error::new(Code::Unreachable, what)
    }

    /// Adds a note to `error` if the request was sent. [`Client::note_unknown_outcome_if_lost`] adds the
    /// note if the request was sent twice.
    fn note_unknown_outcome_if_sent(&self, call: &Call, error: Error) -> Error {
        if self.progress.sent.happened() && !self.progress.response_lost.happened() {
            return note_unknown_outcome(call.effect, error);
        }
        error
    }

    /// Adds a note to `error` if the response to the first attempt was lost, because that attempt may
    /// have been carried out.
    pub(super) fn note_unknown_outcome_if_lost(&self, call: &Call, error: Error) -> Error {
        if self.progress.response_lost.happened() {
            return note_unknown_outcome(call.effect, error);
        }
        error
    }

    /// Quotes the start of a text from the server for messages, without secrets.
    pub fn quoted(&self, text: &str) -> String {
        quote(&cut(&self.redactor.clean(text)))
    }

    fn clean(&self, text: &str) -> String {
        escape(&self.redactor.clean(text)).into_owned()
    }
}

/// Adds a note to `error` if the request is a creation, because the response does not confirm it.
pub(super) fn note_unknown_outcome_if_once(call: &Call, error: Error) -> Error {
    if call.effect == Effect::Once {
        return note_unknown_outcome(call.effect, error);
    }
    error
}

/// Notes that the request may have been carried out.
fn note_unknown_outcome(effect: Effect, error: Error) -> Error {
    match effect {
        Effect::None => error,
        Effect::Repeatable | Effect::Removal => {
            error.append("the request may have been carried out, and repeating it is safe")
        }
        Effect::Once => error.append("the request may have been carried out"),
    }
}
