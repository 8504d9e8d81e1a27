//! Implements `--http-debug`. It prints requests and responses on standard error, without secrets. It
//! does not print the headers that ureq adds itself (user-agent, accept, content-length).

use super::{Call, Client, MAX_DEBUG_BODY, SecretIn};
use crate::secret::REDACTED;
use crate::text::escape;
use std::borrow::Cow;
use std::io::{self, Write};
use ureq::Body;
use ureq::http::{HeaderMap, Request, Response};

/// Headers whose values are secrets. The values of extra headers are hidden too.
const SECRET_HEADERS: [&str; 4] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "set-cookie",
];

/// Printed instead of a body that has a password or a token.
const NOT_SHOWN: &str = "(the body is not shown, because it may contain a secret)";

impl Client {
    pub(super) fn show_request<B>(&self, call: &Call, request: &Request<B>) {
        if !self.debug {
            return;
        }
        let target = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        self.show('>', &format!("{} {target} HTTP/1.1", request.method()));
        if let Some(host) = request.uri().authority()
            && !request.headers().contains_key("host")
        {
            self.show('>', &format!("host: {host}"));
        }
        self.show_headers('>', request.headers());
        match call.body {
            None | Some("") => {}
            Some(_) if call.secret_in == SecretIn::Request => self.show('>', NOT_SHOWN),
            Some(body) => self.show('>', body),
        }
    }

    pub(super) fn show_response(&self, response: &Response<Body>) {
        if !self.debug {
            return;
        }
        let status = response.status();
        let reason = status.canonical_reason().unwrap_or_default();
        self.show(
            '<',
            &format!("{:?} {} {reason}", response.version(), status.as_str()),
        );
        self.show_headers('<', response.headers());
    }

    /// `truncated` means that `content` is only the start of the body.
    pub(super) fn show_body(&self, call: &Call, content: &[u8], truncated: bool) {
        if !self.debug {
            return;
        }
        if call.secret_in == SecretIn::Response {
            self.show('<', NOT_SHOWN);
            return;
        }
        let text = String::from_utf8_lossy(content);
        let text = self.redactor.clean(&text);
        let end = text.char_indices().nth(MAX_DEBUG_BODY).map(|(at, _)| at);
        let start = &text[..end.unwrap_or(text.len())];
        for line in start.lines() {
            self.show('<', &line.replace('\t', "  "));
        }
        if truncated || start.len() < text.len() {
            self.show('<', "(the rest is not shown)");
        }
    }

    fn show_headers(&self, mark: char, headers: &HeaderMap) {
        for (name, value) in headers {
            let is_secret =
                SECRET_HEADERS.contains(&name.as_str()) || self.headers.contains_key(name);
            let value = if is_secret {
                Cow::Borrowed(REDACTED)
            } else {
                String::from_utf8_lossy(value.as_bytes())
            };
            self.show(mark, &format!("{name}: {value}"));
        }
    }

    fn show(&self, mark: char, line: &str) {
        let line = format!("{mark} {}\n", escape(&self.redactor.clean(line)));
        // A failed write must not make the command fail.
        _ = io::stderr().write_all(line.as_bytes());
    }
}
