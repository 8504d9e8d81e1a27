//! Sends a request. Sends it again if the server had already closed the reused connection.

use super::{Call, Client, Effect};
use crate::error::Error;
use ureq::Body;
use ureq::http::{Request, Response};

impl Client {
    /// Sends a request and reads the response head. If a reused connection breaks before the first byte
    /// of the response, the server probably closed it while it was idle. Then the request is sent once
    /// more on a new connection.
    pub(super) fn exchange(&self, call: &Call) -> Result<Response<Body>, Error> {
        self.progress.start(self.limit.get());
        if call.effect == Effect::Once {
            // The server may close an idle connection at any moment, and the client could not tell
            // whether the request was carried out. So a request that is never repeated gets a new
            // connection.
            self.progress.start_over.note();
        }
        loop {
            let request = self
                .request(call)
                .map_err(|e| self.transport_error(call, e))?;
            let response = match call.body {
                Some(body) => self.agent.run(request.map(|()| body)),
                None => self.agent.run(request),
            };
            let may_repeat = call.effect != Effect::Once && !self.progress.response_lost.happened();
            let broke = matches!(response, Err(ureq::Error::Io(_)))
                && self.progress.idle_connection_broke();
            if !may_repeat || !broke {
                self.progress.start_over.reset();
                return response.map_err(|error| self.transport_error(call, error));
            }
            self.progress.repeat();
        }
    }

    fn request(&self, call: &Call) -> Result<Request<()>, ureq::Error> {
        let url = format!("{}{}", self.base.as_str(), call.path);
        let mut request = Request::builder().method(call.method.clone()).uri(url);
        let credentials = self.credentials.as_ref();
        let credentials = credentials.map(|(name, value)| (*name, value.expose()));
        let has_json = call.body.is_some_and(|body| !body.is_empty());
        let json = has_json.then_some(("content-type", "application/json"));
        for (name, value) in credentials.into_iter().chain(json) {
            // Extra headers replace the program's own headers.
            if !self.headers.contains_key(name) {
                request = request.header(name, value);
            }
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(())?;
        self.show_request(call, &request);
        Ok(request)
    }
}
