//! Reads responses: as one JSON object, or only for their success.

use super::json::Object;
use super::transport::add_doubt_if_once;
use super::{Call, Client, Effect, MAX_BODY, MAX_ERROR_BODY, WRONG_HOST};
use crate::error::{Cause, Code, Error};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::io::Read;
use ureq::Body;
use ureq::http::{Response, StatusCode};

impl Client {
    /// Sends a request whose response is a JSON object, which `what` names in errors.
    pub fn one<T: DeserializeOwned>(&self, call: &Call, what: &str) -> Result<T, Error> {
        self.confirmed(call, what, Ok)
    }

    /// The same, if `check` finds that the object confirms the request.
    pub fn confirmed<T: DeserializeOwned>(
        &self,
        call: &Call,
        what: &str,
        check: impl FnOnce(T) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let response = self.exchange(call);
        let read = response.and_then(|response| self.successful(call, response));
        let read = read.and_then(|response| self.json(call, response, what));
        read.and_then(|Object(object)| check(object))
            .map_err(|error| self.add_doubt_if_lost(call, error))
    }

    /// Sends a request that changes nothing. Its answer is a JSON array of texts.
    pub fn texts(&self, call: &Call, what: &str) -> Result<Vec<String>, Error> {
        let response = self.exchange(call)?;
        let response = self.successful(call, response)?;
        self.json(call, response, what)
    }

    /// Sends a request that changes nothing. Its answer is a JSON object, whatever its status. A
    /// redirect is an error. If the response is something else, a hint asks about the host.
    pub fn any_status<T: DeserializeOwned>(
        &self,
        call: &Call,
        what: &str,
    ) -> Result<(StatusCode, T), Error> {
        self.object_if(call, what, |status| !status.is_redirection())
    }

    /// The same for an answer that says whether the credentials are accepted. Any other status is an
    /// error.
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
            self.show_answer(&response);
        } else {
            response = self.successful(call, response)?;
        }
        let status = response.status();
        match self.json(call, response, what) {
            Ok(Object(object)) => Ok((status, object)),
            Err(error) if error.advice().is_none() => Err(error.hint(WRONG_HOST)),
            Err(error) => Err(error),
        }
        .map_err(|error| error.with_status(status.as_u16()))
    }

    /// Sends a request that is done if the response is 204. Any other success is exit code 7, because it
    /// may be a login page.
    pub fn act(&self, call: &Call) -> Result<(), Error> {
        let response = self.exchange(call);
        let response = response.and_then(|response| self.successful(call, response));
        let done = response.and_then(|response| self.no_content(call, response));
        done.or_else(|error| {
            let is_gone = error.cause() == Cause::TargetMissing && call.effect == Effect::Removal;
            if is_gone && self.progress.lost.happened() {
                // The attempt whose answer was lost has removed it.
                return Ok(());
            }
            Err(self.add_doubt_if_lost(call, error))
        })
    }

    fn no_content(&self, call: &Call, response: Response<Body>) -> Result<(), Error> {
        let status = response.status();
        if status == StatusCode::NO_CONTENT {
            drain(response);
            return Ok(());
        }
        let content = self.start_of(call, response.into_body());
        let answer = self.answer(call, status, &content);
        let what = format!("the server answered {answer}; InfluxDB would have answered 204");
        Err(Error::new(Code::Unexpected, what).hint(WRONG_HOST))
    }

    /// The response if it is a success, else its error.
    pub(super) fn successful(
        &self,
        call: &Call,
        response: Response<Body>,
    ) -> Result<Response<Body>, Error> {
        self.show_answer(&response);
        if response.status().is_success() {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let content = self.start_of(call, body);
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
            .map_err(|error| self.transport(call, error))?;
        self.show_body(call, &content, false);
        serde_json::from_slice(&content)
            .map_err(|error| self.unusable(call, status, &content, error.classify(), what))
    }

    /// The start of a body. If it breaks off, the part that came is enough: the status says that the
    /// request failed.
    fn start_of(&self, call: &Call, body: Body) -> Vec<u8> {
        let mut content = Vec::new();
        let read = body
            .into_reader()
            .take(MAX_ERROR_BODY)
            .read_to_end(&mut content);
        let cut = read.is_err() || content.len() as u64 == MAX_ERROR_BODY;
        self.show_body(call, &content, cut);
        content
    }

    /// The error for a success whose content, or the start of it, is not what InfluxDB answers.
    pub(super) fn unusable(
        &self,
        call: &Call,
        status: StatusCode,
        content: &[u8],
        category: Category,
        what: &str,
    ) -> Error {
        let answer = self.answer(call, status, content.trim_ascii());
        let error = |what| add_doubt_if_once(call, Error::new(Code::Unexpected, what));
        if content.trim_ascii().is_empty() {
            return error(format!("no {what} in the response {answer}: it is empty"));
        }
        match category {
            Category::Eof => error(format!("incomplete JSON in the response {answer}")),
            Category::Syntax => error(format!("no JSON in the response {answer}")).hint(WRONG_HOST),
            Category::Data | Category::Io => {
                let error = error(format!("no {what} in the response {answer}"));
                if is_api_index(content) {
                    return error.hint(WRONG_HOST);
                }
                error
            }
        }
    }
}

/// Whether this is the index of its API that InfluxDB 2.0 answers for unknown paths below `/api/v2`. Its
/// keys are sorted.
fn is_api_index(content: &[u8]) -> bool {
    const START: &[u8] = br#"{"authorizations":"/api/v2"#;
    let compact = content.iter().filter(|byte| !byte.is_ascii_whitespace());
    compact.take(START.len()).eq(START)
}

/// Reads the body to its end, so that the connection can be used again.
pub(super) fn drain(response: Response<Body>) {
    let body = response.into_body().into_reader();
    // What is in it, and whether it is whole, makes no difference.
    _ = body.take(MAX_ERROR_BODY).read_to_end(&mut Vec::new());
}
