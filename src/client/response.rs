//! Reads responses with a JSON object, with a JSON array of strings, or without content.

use super::json::Object;
use super::transport::note_unknown_outcome_if_once;
use super::{Call, Client, Effect, MAX_BODY, MAX_ERROR_BODY, WRONG_HOST};
use crate::error::{Cause, Code, Error};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::io::Read;
use ureq::Body;
use ureq::http::{Response, StatusCode};

impl Client {
    /// Sends a request whose response is a JSON object. `what` names the object in errors.
    pub fn one<T: DeserializeOwned>(&self, call: &Call, what: &str) -> Result<T, Error> {
        self.confirmed(call, what, Ok)
    }

    /// Like [`Client::one`], but returns the error of `check` if the object does not confirm the
    /// request.
    pub fn confirmed<T: DeserializeOwned>(
        &self,
        call: &Call,
        what: &str,
        check: impl FnOnce(T) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.exchange(call)
            .and_then(|response| self.successful(call, response))
            .and_then(|response| self.json(call, response, what))
            .and_then(|Object(object)| check(object))
            .map_err(|error| self.note_unknown_outcome_if_lost(call, error))
    }

    /// Sends a read-only request whose response is a JSON array of strings.
    pub fn texts(&self, call: &Call, what: &str) -> Result<Vec<String>, Error> {
        let response = self.send(call)?;
        self.json(call, response, what)
    }

    /// Sends a read-only request whose response is a JSON object for every status, including error
    /// statuses. Redirects are errors. If the response is not such an object, the hint is
    /// [`WRONG_HOST`].
    pub fn any_status<T: DeserializeOwned>(
        &self,
        call: &Call,
        what: &str,
    ) -> Result<(StatusCode, T), Error> {
        self.object_if(call, what, |status| !status.is_redirection())
    }

    /// Like [`Client::any_status`], but every status except a success, a 401 or a 403 is an error.
    pub fn accepted_or_denied<T: DeserializeOwned>(
        &self,
        call: &Call,
        what: &str,
    ) -> Result<(StatusCode, T), Error> {
        self.object_if(call, what, |status| {
            status.is_success() || matches!(status.as_u16(), 401 | 403)
        })
    }

    fn object_if<T: DeserializeOwned>(
        &self,
        call: &Call,
        what: &str,
        is_expected: fn(StatusCode) -> bool,
    ) -> Result<(StatusCode, T), Error> {
        let mut response = self.exchange(call)?;
        if is_expected(response.status()) {
            self.show_response(&response);
        } else {
            response = self.successful(call, response)?;
        }
        let status = response.status();
        let Object(object) = self.json(call, response, what).map_err(|error| {
            let error = error.with_status(status.as_u16());
            if error.advice().is_none() {
                error.hint(WRONG_HOST)
            } else {
                error
            }
        })?;
        Ok((status, object))
    }

    /// Sends a request whose response must be a 204. Any other success is an error with exit code 7,
    /// because it may be a login page.
    pub fn act(&self, call: &Call) -> Result<(), Error> {
        let done = self
            .send(call)
            .and_then(|response| self.no_content(call, response));
        done.or_else(|error| {
            let is_gone = error.cause() == Cause::TargetMissing && call.effect == Effect::Removal;
            if is_gone && self.progress.response_lost.happened() {
                // The first attempt, whose response was lost, has removed it.
                return Ok(());
            }
            Err(self.note_unknown_outcome_if_lost(call, error))
        })
    }

    fn no_content(&self, call: &Call, response: Response<Body>) -> Result<(), Error> {
        let status = response.status();
        if status == StatusCode::NO_CONTENT {
            drain(response);
            return Ok(());
        }
        let content = self.read_start(call, response.into_body());
        let summary = self.summary(call, status, &content);
        let what = format!("the server responded with {summary}, but InfluxDB responds with 204");
        Err(Error::new(Code::Unexpected, what).hint(WRONG_HOST))
    }

    /// Sends a request. Returns an error if the response is not a success.
    pub(super) fn send(&self, call: &Call) -> Result<Response<Body>, Error> {
        let response = self.exchange(call)?;
        self.successful(call, response)
    }

    /// Returns the response if it is a success, otherwise the error for it.
    pub(super) fn successful(
        &self,
        call: &Call,
        response: Response<Body>,
    ) -> Result<Response<Body>, Error> {
        self.show_response(&response);
        if response.status().is_success() {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let content = self.read_start(call, body);
        Err(self.refusal(call, &parts, &content))
    }

    fn json<T: DeserializeOwned>(
        &self,
        call: &Call,
        response: Response<Body>,
        what: &str,
    ) -> Result<T, Error> {
        let status = response.status();
        let body = response.into_body().into_with_config().limit(MAX_BODY);
        let content = body
            .read_to_vec()
            .map_err(|error| self.transport_error(call, error))?;
        self.show_body(call, &content, false);
        serde_json::from_slice(&content)
            .map_err(|error| self.unusable(call, status, &content, error.classify(), what))
    }

    /// Reads the start of a body for an error message. A read error is ignored, because the request has
    /// already failed.
    fn read_start(&self, call: &Call, body: Body) -> Vec<u8> {
        let mut content = Vec::new();
        let read = body
            .into_reader()
            .take(MAX_ERROR_BODY)
            .read_to_end(&mut content);
        let truncated = read.is_err() || content.len() as u64 == MAX_ERROR_BODY;
        let start = self
            .redactor
            .without_cut_secret(&content, MAX_ERROR_BODY as usize);
        content.truncate(start.len());
        self.show_body(call, &content, truncated);
        content
    }

    /// The error for a successful response whose content is not what InfluxDB sends. `content` may
    /// be only the start of the body.
    pub(super) fn unusable(
        &self,
        call: &Call,
        status: StatusCode,
        content: &[u8],
        category: Category,
        what: &str,
    ) -> Error {
        let content = content.trim_ascii();
        let summary = self.summary(call, status, content);
        let unexpected =
            |what| note_unknown_outcome_if_once(call, Error::new(Code::Unexpected, what));
        if content.is_empty() {
            return unexpected(format!("no {what} in the response {summary}: it is empty"));
        }
        match category {
            Category::Eof => unexpected(format!("incomplete JSON in the response {summary}")),
            Category::Syntax => {
                unexpected(format!("no JSON in the response {summary}")).hint(WRONG_HOST)
            }
            Category::Data | Category::Io => {
                let error = unexpected(format!("no {what} in the response {summary}"));
                if is_api_index(content) {
                    return error.hint(WRONG_HOST);
                }
                error
            }
        }
    }
}

/// Whether the body is InfluxDB's API index. InfluxDB 2.0 sends it for unknown paths below `/api/v2`.
/// Its keys are sorted.
fn is_api_index(content: &[u8]) -> bool {
    const START: &[u8] = br#"{"authorizations":"/api/v2"#;
    let compact = content.iter().filter(|byte| !byte.is_ascii_whitespace());
    compact.take(START.len()).eq(START)
}

/// Reads the body to its end, so that the connection can be reused.
pub(super) fn drain(response: Response<Body>) {
    let body = response.into_body().into_reader();
    // The content does not matter. If the read fails, the next request opens a new connection.
    _ = body.take(MAX_ERROR_BODY).read_to_end(&mut Vec::new());
}
