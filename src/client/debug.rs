//! `--http-debug`: the exchange on standard error. Header values are shown by an allow-list; what
//! is shown of anything goes through the redactor first. Headers that ureq adds on its own
//! (user-agent, accept, content-length) are not among them.

use super::{Client, SHOWN};
use crate::secret::REDACTED;
use crate::text::escape;
use std::io::{self, Write};
use ureq::Body;
use ureq::http::{HeaderMap, Request, Response};

/// Headers that hold no secret, unless someone puts one there on purpose: then the redactor knows.
const SHOWN_HEADERS: [&str; 16] = [
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
        if let Some(host) = request.uri().authority()
            && !request.headers().contains_key("host")
        {
            self.show('>', &format!("host: {host}"));
        }
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

    /// `cut`: there is or was more of the body than this.
    pub(super) fn show_body(&self, content: &[u8], cut: bool) {
        if !self.debug {
            return;
        }
        let start = &content[..content.len().min(SHOWN)];
        let cut = cut || start.len() < content.len();
        let text = self.text_of(start, cut);
        for line in text.lines() {
            self.show('<', &line.replace('\t', "  "));
        }
        if cut {
            self.show('<', "(more is not shown)");
        }
    }

    fn show_headers(&self, mark: char, headers: &HeaderMap) {
        // A name may be a secret too: one pasted in the wrong place.
        let small = self.redactor.in_small_letters();
        for (name, value) in headers {
            let value = match SHOWN_HEADERS.contains(&name.as_str()) {
                true => String::from_utf8_lossy(value.as_bytes()),
                false => REDACTED.into(),
            };
            let name = small.clean(name.as_str());
            self.show(mark, &format!("{name}: {value}"));
        }
    }

    fn show(&self, mark: char, line: &str) {
        let line = format!("{mark} {}\n", escape(&self.redactor.clean(line)));
        // Whether it can be written makes no difference to the work.
        _ = io::stderr().write_all(line.as_bytes());
    }
}
