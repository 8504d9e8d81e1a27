//! Requests: what they consist of, and how they are sent.

use super::{Client, Resource};
use crate::error::Error;
use std::time::Duration;
use ureq::http::{Method, Request, Response};
use ureq::{AsSendBody, Body};

/// What a request changes, for the message if it is not known whether it was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// Something that stays the same when the request is repeated.
    Repeatable,
    /// A removal. It may be repeated: where its answer was lost, 'not there' means that it is done.
    Removal,
    /// Something that must not be done twice: the request is never tried again.
    Once,
}

/// A request without what all requests have in common.
pub struct Call<'a> {
    /// Method.
    pub method: Method,
    /// Path and query behind the base URL, percent-encoded.
    pub path: String,
    /// JSON, where there is a body.
    pub body: Option<&'a str>,
    /// What it changes.
    pub effect: Effect,
    /// What the user named in it: a 404 that says that one of these is not there is exit code 6.
    pub named: &'a [Resource],
    /// Which of its bodies holds a secret.
    pub secret_in: SecretIn,
}

/// Which body of an exchange holds a password or a token. `--http-debug` does not print it, and no
/// error quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretIn {
    /// Neither of them.
    Neither,
    /// The request.
    Request,
    /// The answer.
    Answer,
}

impl<'a> Call<'a> {
    /// A GET. `named` is what the user named in it.
    pub fn get(path: String, named: &'a [Resource]) -> Self {
        Call {
            method: Method::GET,
            path,
            body: None,
            effect: Effect::None,
            named,
            secret_in: SecretIn::Neither,
        }
    }
}

impl Client {
    /// Sends a request and reads the head of its answer. If a kept connection turns out closed before
    /// a byte of the answer, it is opened again, once: the server had closed it while it was idle.
    pub(super) fn exchange(&self, call: &Call) -> Result<Response<Body>, Error> {
        self.progress.start(self.timeout.get());
        let mut response = self.attempt(call, self.timeout.get());
        let may_repeat = call.effect != Effect::Once;
        if may_repeat
            && matches!(response, Err(ureq::Error::Io(_)))
            && self.progress.idle_connection_broke()
        {
            let left = self.progress.deadline.left();
            self.progress.repeat();
            response = self.attempt(call, left);
        }
        response.map_err(|error| self.transport(call, error))
    }

    fn attempt(&self, call: &Call, limit: Option<Duration>) -> Result<Response<Body>, ureq::Error> {
        match call.body {
            Some(body) => self.agent.run(self.request(call, limit, body)?),
            None if call.method == Method::POST => self.agent.run(self.request(call, limit, "")?),
            None => self.agent.run(self.request(call, limit, ())?),
        }
    }

    fn request<B: AsSendBody>(
        &self,
        call: &Call,
        limit: Option<Duration>,
        body: B,
    ) -> Result<Request<B>, ureq::Error> {
        let url = format!("{}{}", self.base.as_str(), call.path);
        let mut request = Request::builder().method(call.method.clone()).uri(url);
        let json = call.body.map(|_| ("content-type", "application/json"));
        let credentials = self.credentials.iter();
        let ours = credentials
            .map(|(name, value)| (*name, value.expose()))
            .chain(json);
        for (name, value) in ours {
            if !self.headers.contains_key(name) {
                request = request.header(name, value);
            }
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(body)?;
        self.show_request(call, &request);
        if limit == self.agent.config().timeouts().global {
            return Ok(request);
        }
        let configured = self.agent.configure_request(request);
        Ok(configured.timeout_global(limit).build())
    }
}
