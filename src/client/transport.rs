//! The error for a request that got no response, or not all of it: its exit code, its message and a hint.

use super::resolver::LookUpFailed;
use super::tls::explain::{self, PROXY, Peer};
use super::{Call, Client, Effect, MAX_BODY, MAX_HEAD};
use crate::error::{Cause, Code, Error, io_reason};
use crate::text::{duration, escape, quote};
use std::io::{self, ErrorKind};
use ureq::http::StatusCode;

const CLOSED_IN_THE_MIDDLE: &str = "the connection was closed in the middle";

impl Client {
    /// The error for a request that got no answer, or not all of it.
    pub(super) fn transport(&self, call: &Call, error: ureq::Error) -> Error {
        let base = self.base.as_str();
        match error {
            ureq::Error::Timeout(_) => {
                let limit = duration(self.limit.get().unwrap_or_default());
                let what = if self.progress.sent.happened() {
                    "did not respond completely".to_string()
                } else {
                    format!("was not reached{}", self.through())
                };
                let error = Error::new(Code::Unreachable, format!("{base} {what} within {limit}"));
                self.add_doubt_if_sent(call, error)
                    .with_cause(Cause::Timeout)
                    .hint("--timeout or INFLUX_TIMEOUT sets the limit, and 0 means no limit")
            }
            ureq::Error::Rustls(error) => self.tls_failed(call, &error),
            ureq::Error::ConnectProxyFailed(reason) => self.proxy_refused(call, &reason),
            ureq::Error::Protocol(_) if self.progress.tls_alert.happened() => self
                .unexpected("it is TLS")
                .hint("the port speaks HTTPS: --host must begin with https://"),
            ureq::Error::Io(error) if self.progress.received.happened() => {
                self.incomplete(call, &self.cause(&error, CLOSED_IN_THE_MIDDLE))
            }
            // The connection was closed inside the framing of a chunk.
            ureq::Error::BodyStalled => self.incomplete(call, CLOSED_IN_THE_MIDDLE),
            ureq::Error::Io(error) => self.no_answer(call, &error),
            ureq::Error::HostNotFound => self.unreached("the host name has no address"),
            ureq::Error::LargeResponseHeader(..) => {
                let reason = format!("its headers are larger than {} KiB", MAX_HEAD / 1024);
                add_doubt_if_once(call, self.unexpected(&reason))
            }
            ureq::Error::BodyExceedsLimit(_) => {
                let reason = format!("it is larger than {} MiB", MAX_BODY / 1024 / 1024);
                add_doubt_if_once(call, self.unexpected(&reason))
            }
            ureq::Error::Protocol(error) => {
                let reason = self.clean(&error.to_string());
                match self.peer() {
                    Peer::Proxy => {
                        self.unreached(&format!("its response is not valid HTTP ({reason})"))
                    }
                    Peer::Server => {
                        let reason = format!("it is not valid HTTP ({reason})");
                        add_doubt_if_once(call, self.unexpected(&reason))
                    }
                }
            }
            ureq::Error::Other(error) => match error.downcast_ref() {
                Some(LookUpFailed(reason)) => self.name_not_found(reason),
                None => self.not_made(&error.to_string()),
            },
            error => self.not_made(&error.to_string()),
        }
    }

    fn not_made(&self, reason: &str) -> Error {
        let (base, reason) = (self.base.as_str(), self.clean(reason));
        let what = format!("cannot make the request to {base}: {reason}");
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
        self.add_doubt_if_sent(call, Error::new(Code::Unexpected, what))
    }

    fn unexpected(&self, reason: &str) -> Error {
        let base = self.base.as_str();
        Error::new(
            Code::Unexpected,
            format!("the response from {base} cannot be used: {reason}"),
        )
    }

    /// The error for a connection that failed before a byte of the response.
    fn no_answer(&self, call: &Call, error: &io::Error) -> Error {
        if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return self.tls_failed(call, error);
        }
        if self.progress.certificate_asked.happened() {
            let (cause, hint) = explain::refused_late(self.peer(), self.own_certificate);
            return self.cut_off(call, &cause).hint(hint);
        }
        self.cut_off(call, &self.cause(error, "the connection was closed"))
    }

    fn tls_failed(&self, call: &Call, error: &rustls::Error) -> Error {
        let peer = self.peer();
        let (asked, own) = (
            self.progress.certificate_asked.happened(),
            self.own_certificate,
        );
        let (what, hint) = explain::tls_error(error, peer, asked, own);
        let what = self.clean(&what);
        // A server that refuses the client does so before it reads a request.
        let error = if asked {
            self.unreached(&what)
        } else {
            self.cut_off(call, &what)
        };
        error.hint(hint)
    }

    /// The connection failed before any of the response came.
    fn cut_off(&self, call: &Call, cause: &str) -> Error {
        if !self.progress.sent.happened() {
            return self.unreached(cause);
        }
        let what = format!("no response from {}: {cause}", self.base.as_str());
        self.add_doubt_if_sent(call, Error::new(Code::Unreachable, what))
    }

    fn proxy_refused(&self, call: &Call, reason: &str) -> Error {
        let status = reason
            .rsplit('/')
            .next()
            .and_then(|status| status.parse().ok());
        let Some(status) = status.and_then(|status: u16| StatusCode::from_u16(status).ok()) else {
            return self.unreached("the proxy did not answer");
        };
        let answer = self.answer(call, status, &[]);
        let error = self.unreached(&format!("the proxy answered {answer}"));
        error.hint(match status {
            StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                "put the user and password into the proxy's variable: http://user:password@proxy:port"
            }
            _ => "the proxy must allow CONNECT to this host and port; NO_PROXY lists hosts that need no proxy",
        })
    }

    /// Who is at fault if the request got nowhere: the proxy, unless the request got past it.
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

    fn through(&self) -> String {
        match &self.proxy {
            Some(proxy) => format!(" through the proxy {proxy}"),
            None => String::new(),
        }
    }

    /// The request did not get to the server.
    fn unreached(&self, reason: &str) -> Error {
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
        self.cannot_reach(&format!("{whose} is not found ({reason})"))
            .hint(hint)
    }

    fn cannot_reach(&self, reason: &str) -> Error {
        let (base, through) = (self.base.as_str(), self.through());
        let what = format!("cannot reach {base}{through}: {reason}");
        Error::new(Code::Unreachable, what)
    }

    /// `error`, and that the request may have been carried out if it was sent. If it was sent twice,
    /// [`Client::add_doubt_if_lost`] says so.
    fn add_doubt_if_sent(&self, call: &Call, error: Error) -> Error {
        if self.progress.sent.happened() && !self.progress.lost.happened() {
            return add_doubt(call.effect, error);
        }
        error
    }

    /// `error`, and that the request may have been carried out if the response to an earlier attempt was
    /// lost, whatever became of the second one.
    pub(super) fn add_doubt_if_lost(&self, call: &Call, error: Error) -> Error {
        if self.progress.lost.happened() {
            return add_doubt(call.effect, error);
        }
        error
    }

    /// Text from the server in quotes, without secrets, for messages.
    pub fn quoted(&self, text: &str) -> String {
        quote(&self.redactor.clean(text))
    }

    fn clean(&self, text: &str) -> String {
        escape(&self.redactor.clean(text)).into_owned()
    }
}

/// `error`, and that a creation may have been carried out, because the response does not tell.
pub(super) fn add_doubt_if_once(call: &Call, error: Error) -> Error {
    if call.effect == Effect::Once {
        return add_doubt(call.effect, error);
    }
    error
}

/// `error`, and that the request may have been carried out.
fn add_doubt(effect: Effect, error: Error) -> Error {
    match effect {
        Effect::None => error,
        Effect::Repeatable | Effect::Removal => {
            error.append("the request may have been carried out, and repeating it is safe")
        }
        Effect::Once => error.append("the request may have been carried out"),
    }
}
