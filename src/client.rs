//! One request to InfluxDB and its answer. What ureq would do on its own account, and an operator
//! would not expect, is turned off here: redirects, proxies, statuses as errors, gzip.

mod debug;
mod failure;
mod tls;
mod wire;

use crate::args::MAX_TARGET;
use crate::error::{Code, Error};
use crate::header::Header;
use crate::secret::{Redactor, Secret};
use crate::session::Login;
use crate::settings::{Credentials, Settings};
use crate::url::BaseUrl;
use serde::de::{DeserializeOwned, DeserializeSeed};
use std::io::{BufReader, Cursor, Read};
use std::sync::Arc;
use std::time::Duration;
use ureq::http::{Method, Request, Response, StatusCode};
use ureq::unversioned::transport::{Connector, RustlsConnector, TcpConnector};
use ureq::{Agent, AsSendBody, Body};
use wire::{Layer, Names, Progress, Watch};

/// The largest answer about one authorization, in bytes.
const ONE: u64 = 1024 * 1024;

/// How much of an answer that is not a success is read, in bytes.
const FAILURE: u64 = 64 * 1024;

/// The largest head of an answer, in bytes; InfluxDB's have a few hundred.
const HEAD: usize = 16 * 1024;

/// The longest session cookie that can be sent, in bytes; InfluxDB's have about a hundred.
const COOKIE: usize = 4096;

/// What a request changes, for the message when its fate is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// Something that stays the same when the request is repeated.
    Repeatable,
}

/// A request, but for what all have in common.
pub struct Call<'a> {
    /// Method.
    pub method: Method,
    /// Path and query behind the base URL, percent-encoded.
    pub path: String,
    /// JSON, where there is a body.
    pub body: Option<&'a str>,
    /// What it changes.
    pub effect: Effect,
}

/// A server and the way to it. Requests go one after another over one connection.
pub struct Client {
    agent: Agent,
    base: BaseUrl,
    /// The header that says who asks.
    credentials: Option<(&'static str, Secret)>,
    headers: Vec<Header>,
    timeout: Option<Duration>,
    progress: Arc<Progress>,
    redactor: Redactor,
    debug: bool,
}

impl Client {
    /// Prepares the way to the server; sends nothing, but for the sign-in where a session takes
    /// the place of a token.
    ///
    /// # Errors
    /// Exit code 3 where the certificates to trust cannot be used; those of a request for the
    /// sign-in.
    pub fn open(settings: Settings) -> Result<Client, Error> {
        let tls = tls::config(&settings)?;
        let mut redactor = Redactor::default();
        for header in &settings.headers {
            redactor.add(header.value.expose());
        }
        let (credentials, login) = match settings.credentials {
            Credentials::None => (None, None),
            Credentials::Token(token) => {
                redactor.add(token.expose());
                let value = Secret::new(format!("Token {}", token.expose()));
                (Some(("authorization", value)), None)
            }
            Credentials::Login(login) => (None, Some(login)),
        };
        let known = credentials.iter().map(|(_, value)| value.expose().len());
        let given = settings.headers.iter().map(Header::len);
        let session = login
            .iter()
            .map(|login| login.basic().expose().len().max(COOKIE));
        // The head of a request goes out in one piece: ours, an ID of which each byte takes three,
        // and what comes from the user.
        let output = 1024
            + 3 * MAX_TARGET
            + settings.host.as_str().len()
            + known.chain(given).chain(session).sum::<usize>();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(concat!("influx/", env!("CARGO_PKG_VERSION")))
            .accept("application/json")
            .timeout_global(settings.timeout)
            .max_response_header_size(HEAD)
            .input_buffer_size(HEAD)
            .output_buffer_size(output)
            .tls_config(tls)
            .build();
        let progress = Arc::new(Progress::default());
        let watch = |layer| Watch {
            progress: progress.clone(),
            layer,
        };
        let connector =
            ().chain(TcpConnector::default())
                .chain(watch(Layer::Socket))
                .chain(RustlsConnector::default())
                .chain(watch(Layer::Http));
        let mut client = Client {
            agent: Agent::with_parts(config, connector, Names::default()),
            base: settings.host,
            credentials,
            headers: settings.headers,
            timeout: settings.timeout,
            progress,
            redactor,
            debug: settings.http_debug,
        };
        if let Some(login) = login {
            client.sign_in(&login).map_err(|error| {
                error.context("failed to sign in with the active config's cookie")
            })?;
        }
        Ok(client)
    }

    /// Knows the secrets that no output may show.
    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// Sends a request and reads its answer, which is JSON about one thing.
    ///
    /// # Errors
    /// Exit codes 4 to 7; `what` says what the answer should have been.
    pub fn one<T: DeserializeOwned>(&self, call: &Call, what: &str) -> Result<T, Error> {
        let response = self.send(call)?;
        let status = response.status();
        let content = response
            .into_body()
            .into_with_config()
            .limit(ONE)
            .read_to_vec()
            .map_err(|error| self.transport(call, error))?;
        self.show_body(&content);
        serde_json::from_slice(&content).map_err(|_| self.unusable(status, &content, what))
    }

    /// Sends a request and hands its answer, JSON of any length, to `seed` as it comes.
    ///
    /// # Errors
    /// Exit codes 4 to 7; `what` says what the answer should have been.
    pub fn stream<'de, S: DeserializeSeed<'de>>(
        &self,
        call: &Call,
        seed: S,
        what: &str,
    ) -> Result<S::Value, Error> {
        let response = self.send(call)?;
        let status = response.status();
        let mut body: Box<dyn Read> = Box::new(response.into_body().into_reader());
        if self.debug {
            let mut content = Vec::new();
            let read = body.read_to_end(&mut content);
            self.show_body(&content);
            read.map_err(|error| self.transport(call, error.into()))?;
            body = Box::new(Cursor::new(content));
        }
        let mut reader = serde_json::Deserializer::from_reader(BufReader::new(body));
        let read = seed.deserialize(&mut reader);
        // To its end, or the connection could not be kept.
        let read = read.and_then(|value| reader.end().map(|()| value));
        read.map_err(|error| match error.is_io() {
            true => self.transport(call, std::io::Error::from(error).into()),
            false => self.unusable(status, &[], what),
        })
    }

    /// Opens a session, whose cookie takes the place of a token from here on.
    fn sign_in(&mut self, login: &Login) -> Result<(), Error> {
        login.add_to(&mut self.redactor);
        let basic = format!("Basic {}", login.basic().expose());
        self.credentials = Some(("authorization", Secret::new(basic)));
        let response = self.send(&Call {
            method: Method::POST,
            path: "/api/v2/signin".to_string(),
            body: None,
            effect: Effect::None,
        })?;
        let cookies = response.headers().get_all("set-cookie").iter();
        let session = cookies
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(name, _)| name.contains("influxdb"));
        match session {
            Some((name, value)) if name.len() + value.len() < COOKIE && !value.is_empty() => {
                self.redactor.add(value);
                self.credentials = Some(("cookie", Secret::new(format!("{name}={value}"))));
                Ok(())
            }
            _ => Err(self.unusable(response.status(), &[], "no session cookie that can be used")),
        }
    }

    /// Sends a request; its answer is a success.
    fn send(&self, call: &Call) -> Result<Response<Body>, Error> {
        let response = self.exchange(call)?;
        if response.status().is_success() {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        // The status has said enough: a body that breaks off is shown as far as it came.
        let mut content = Vec::new();
        _ = body.into_reader().take(FAILURE).read_to_end(&mut content);
        self.show_body(&content);
        Err(self.refusal(&parts, &content))
    }

    /// One request and the head of its answer. A kept connection that turns out closed before a
    /// byte of the answer is opened again, once: the server had closed it while it lay idle.
    fn exchange(&self, call: &Call) -> Result<Response<Body>, Error> {
        let mut response = self.attempt(call);
        if matches!(response, Err(ureq::Error::Io(_)))
            && self.progress.reused()
            && !self.progress.received()
        {
            response = self.attempt(call);
        }
        let response = response.map_err(|error| self.transport(call, error))?;
        self.show_answer(&response);
        Ok(response)
    }

    fn attempt(&self, call: &Call) -> Result<Response<Body>, ureq::Error> {
        self.progress.start(self.timeout);
        match call.body {
            Some(body) => self.run(call, body),
            None if call.method == Method::POST => self.run(call, ""),
            None => self.run(call, ()),
        }
    }

    fn run(&self, call: &Call, body: impl AsSendBody) -> Result<Response<Body>, ureq::Error> {
        let mut request = Request::builder().method(call.method.clone()).uri(format!(
            "{}{}",
            self.base.as_str(),
            call.path
        ));
        let json = call.body.map(|_| ("content-type", "application/json"));
        let credentials = self.credentials.iter();
        let ours = credentials
            .map(|(name, value)| (*name, value.expose()))
            .chain(json);
        for (name, value) in ours {
            if !self.headers.iter().any(|header| header.name == name) {
                request = request.header(name, value);
            }
        }
        for header in &self.headers {
            request = request.header(&header.name, header.value.expose());
        }
        let request = request.body(body)?;
        self.show_request(&request, call.body);
        self.agent.run(request)
    }

    /// An answer of success that does not hold `what` it should.
    fn unusable(&self, status: StatusCode, content: &[u8], what: &str) -> Error {
        let answer = self.answer(status, content);
        Error::new(Code::Unexpected, format!("{what} in the answer {answer}"))
            .hint("is --host the address of InfluxDB, with its path prefix if it has one?")
    }
}
