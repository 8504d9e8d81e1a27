//! `--http-debug`: the exchange on standard error. Header values are shown by an allow-list; what
//! is shown of anything goes through the redactor first.

use super::Client;
use crate::report;
use crate::secret::REDACTED;
use crate::text::escape;
use ureq::Body;
use ureq::http::{HeaderMap, Request, Response};

/// Headers that hold no secret, unless someone puts one there on purpose: then the redactor knows.
const SHOWN: [&str; 16] = [
    "accept",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "location",
    "retry-after",
    "server",
    "transfer-encoding",
    "user-agent",
    "vary",
    "x-influxdb-build",
    "x-influxdb-version",
    "x-platform-error-code",
    "x-request-id",
];

/// Bytes of a body that are shown.
const MOST: usize = 16 * 1024;

impl Client {
    pub(super) fn show_request<B>(&self, request: &Request<B>, body: Option<&str>) {
        if !self.debug {
            return;
        }
        let target = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        self.show('>', &format!("{} {target} HTTP/1.1", request.method()));
        self.show(
            '>',
            &format!(
                "host: {}",
                request.uri().authority().map_or("", |host| host.as_str())
            ),
        );
        self.show_headers('>', request.headers());
        if let Some(body) = body {
            self.show('>', body);
        }
    }

    pub(super) fn show_answer(&self, response: &Response<Body>) {
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

    pub(super) fn show_body(&self, content: &[u8]) {
        if !self.debug {
            return;
        }
        let text = self
            .redactor
            .clean(&String::from_utf8_lossy(content))
            .into_owned();
        let end = text.char_indices().map(|(at, _)| at).find(|at| *at >= MOST);
        for line in text[..end.unwrap_or(text.len())].lines() {
            self.show('<', &line.replace('\t', "  "));
        }
        if end.is_some() {
            self.show('<', "(more is not shown)");
        }
    }

    fn show_headers(&self, mark: char, headers: &HeaderMap) {
        for (name, value) in headers {
            let value = match SHOWN.contains(&name.as_str()) {
                true => String::from_utf8_lossy(value.as_bytes()),
                false => REDACTED.into(),
            };
            self.show(mark, &format!("{name}: {value}"));
        }
    }

    fn show(&self, mark: char, line: &str) {
        report::line(&format!("{mark} {}", escape(&self.redactor.clean(line))));
    }
}
