//! Why a request got no answer that can be used, in a sentence and an exit code.

use super::tls::failure as tls_failure;
use super::{Call, Client, Effect, HEAD, ONE};
use crate::error::{Code, Error, io_reason};
use crate::text::{duration, escape, quote};
use std::io::{self, ErrorKind};
use ureq::http::StatusCode;

/// The hint where it is the proxy that fails.
const PROXY: &str =
    "is HTTPS_PROXY, HTTP_PROXY or ALL_PROXY right? NO_PROXY lists the hosts that need none";

impl Client {
    /// The error for a request that got no answer, or not all of it.
    pub(super) fn transport(&self, call: &Call, error: ureq::Error) -> Error {
        let base = self.base.as_str();
        match error {
            ureq::Error::Timeout(_) => {
                let limit = duration(self.timeout.get().unwrap_or_default());
                let what = match self.progress.sent() {
                    true => "did not answer fully".to_string(),
                    false => format!("was not reached{}", self.through()),
                };
                let error = Error::new(Code::Unreachable, format!("{base} {what} within {limit}"));
                self.fate(call, error)
                    .hint("--timeout or INFLUX_TIMEOUT gives it longer, 0 any time it takes")
            }
            ureq::Error::Rustls(error) => self.tls_failed(call, &error),
            ureq::Error::ConnectProxyFailed(reason) => self.proxy_refused(call, &reason),
            ureq::Error::Protocol(_) if self.progress.tls_alert() => self
                .unexpected("it is TLS")
                .hint("the port speaks HTTPS: --host must begin with https://"),
            ureq::Error::Io(error) if self.progress.received() => {
                let cause = self.cause(&error, "the connection was closed in the middle");
                let what = format!("the answer of {base} is incomplete: {cause}");
                self.fate(call, Error::new(Code::Unexpected, what))
            }
            ureq::Error::Io(error) => self.no_answer(call, &error),
            ureq::Error::HostNotFound => self.unreached("the host name has no address"),
            ureq::Error::LargeResponseHeader(..) => {
                self.unexpected(&format!("its head is larger than {} KiB", HEAD / 1024))
            }
            ureq::Error::BodyExceedsLimit(_) => {
                self.unexpected(&format!("it is larger than {} MiB", ONE / 1024 / 1024))
            }
            ureq::Error::Protocol(error) if self.at_proxy() => {
                let reason = self.clean(&error.to_string());
                self.unreached(&format!(
                    "its answer is not HTTP as it should be ({reason})"
                ))
            }
            ureq::Error::Protocol(error) => {
                let reason = self.clean(&error.to_string());
                self.unexpected(&format!("it is not HTTP as it should be ({reason})"))
            }
            error => {
                let what = format!(
                    "cannot make the request to {base}: {}",
                    self.clean(&error.to_string())
                );
                Error::new(Code::Other, what)
            }
        }
    }

    fn cause(&self, error: &io::Error, closed: &str) -> String {
        match error.kind() {
            ErrorKind::UnexpectedEof => closed.to_string(),
            _ => self.clean(&io_reason(error)),
        }
    }

    fn unexpected(&self, reason: &str) -> Error {
        let base = self.base.as_str();
        Error::new(
            Code::Unexpected,
            format!("the answer of {base} cannot be used: {reason}"),
        )
    }

    /// The error for a connection that failed before a byte of the answer.
    fn no_answer(&self, call: &Call, error: &io::Error) -> Error {
        if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return self.tls_failed(call, error);
        }
        let asked = self.progress.certificate_asked();
        let (cause, hint) = match asked {
            true => tls_failure::refused_late(self.own_certificate),
            false => (self.cause(error, "the connection was closed"), ""),
        };
        let error = match self.progress.sent() {
            true => self.silent(call, &cause),
            false => self.unreached(&cause),
        };
        match asked {
            true => error.hint(hint),
            false => error,
        }
    }

    fn tls_failed(&self, call: &Call, error: &rustls::Error) -> Error {
        let (asked, own) = (self.progress.certificate_asked(), self.own_certificate);
        let (what, hint) = tls_failure::explain(error, asked, own);
        let what = self.clean(&what);
        if self.at_proxy() {
            let error = self.unreached(&what.replace("the server", "the proxy"));
            return match hint.contains("--host") {
                true => error,
                false => error.hint(hint.replace("the server", "the proxy")),
            };
        }
        // A server that refuses the client does so before it reads a request.
        let error = match self.progress.sent() && !asked {
            true => self.silent(call, &what),
            false => self.unreached(&what),
        };
        error.hint(hint)
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
                "user and password stand in the proxy's variable: http://user:password@proxy:port"
            }
            _ => "the proxy must allow CONNECT to this host and port; NO_PROXY lists the hosts that need none",
        })
    }

    /// Whether it is the proxy that a request did not get past.
    fn at_proxy(&self) -> bool {
        self.proxy.is_some() && !self.progress.sent() && !self.progress.reached()
    }

    fn through(&self) -> String {
        match &self.proxy {
            Some(proxy) => format!(" through the proxy {proxy}"),
            None => String::new(),
        }
    }

    /// The request did not get to the server.
    fn unreached(&self, reason: &str) -> Error {
        let (base, through) = (self.base.as_str(), self.through());
        let error = |reason: &str| {
            let what = format!("cannot reach {base}{through}: {reason}");
            Error::new(Code::Unreachable, what)
        };
        let at_proxy = self.at_proxy();
        if let Some(reason) = reason.strip_prefix("failed to lookup address information: ") {
            return match at_proxy {
                true => {
                    error(&format!("the name of the proxy is not found ({reason})")).hint(PROXY)
                }
                false => error(&format!("the host name is not found ({reason})"))
                    .hint("--host or INFLUX_HOST sets the address"),
            };
        }
        error(reason).hint(match at_proxy {
            true => PROXY,
            false => "is InfluxDB running there? --host or INFLUX_HOST sets the address",
        })
    }

    /// The error for a request that was sent and got no answer.
    fn silent(&self, call: &Call, cause: &str) -> Error {
        let what = format!("no answer from {}: {cause}", self.base.as_str());
        self.fate(call, Error::new(Code::Unreachable, what))
    }

    /// `error`, with what may have become of the request where it was sent. Where it was sent twice,
    /// [`Client::settle`] says so.
    fn fate(&self, call: &Call, error: Error) -> Error {
        match self.progress.sent() && !self.progress.lost() {
            true => doubt(call.effect, error, "the request"),
            false => error,
        }
    }

    /// What came of a request. Where the answer to an earlier attempt was lost, the doubt stays,
    /// whatever became of the repeat.
    ///
    /// # Errors
    /// The one given.
    pub(super) fn settle<T>(&self, call: &Call, came: Result<T, Error>) -> Result<T, Error> {
        came.map_err(|error| match self.progress.lost() {
            true if error.code == Code::Unreachable && self.progress.sent() => {
                doubt(call.effect, error, "the request")
            }
            true => doubt(call.effect, error, "the first attempt"),
            false => error,
        })
    }

    /// Text from the server in quotes, without secrets, for messages.
    pub fn quoted(&self, text: &str) -> String {
        quote(&self.redactor.clean(text))
    }

    fn clean(&self, text: &str) -> String {
        escape(&self.redactor.clean(text)).into_owned()
    }
}

/// `error`, with the doubt about a change that `attempt` may have made.
fn doubt(effect: Effect, error: Error, attempt: &str) -> Error {
    match effect {
        Effect::None => error,
        Effect::Repeatable | Effect::Removal => error.append(&format!(
            "{attempt} may have been carried out, and repeating it is safe"
        )),
        Effect::Once => error.append(&format!("{attempt} may have been carried out")),
    }
}
