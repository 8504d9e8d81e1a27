//! One request to InfluxDB and its answer. What ureq would do on its own account, and an operator
//! would not expect, is turned off here: redirects, proxies, statuses as errors, gzip.

mod answer;
mod bounded;
mod deadline;
mod debug;
mod failure;
mod fields;
mod json;
mod names;
mod not_found;
mod progress;
mod proxy;
mod refusal;
mod sign_in;
mod tls;

use crate::error::Error;
use crate::secret::{Redactor, Secret};
use crate::settings::{Credentials, Settings};
use crate::url::BaseUrl;
use deadline::TimedTcp;
pub use fields::{Field, Fields, FromField};
use names::Names;
pub use not_found::Resource;
use progress::{Progress, Tracker};
use proxy::Proxy;
use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;
use tls::Tls;
use ureq::http::{HeaderMap, Method, Request, Response};
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, TcpConnector};
use ureq::{Agent, AsSendBody, Body};

/// The largest answer about one authorization, in bytes.
const ONE: u64 = 1024 * 1024;

/// How much of an answer that is not a success is read, in bytes.
const FAILURE: u64 = 64 * 1024;

/// The largest head of an answer, in bytes; InfluxDB's have a few hundred.
const HEAD: usize = 16 * 1024;

/// More than the request line can have, in bytes: the base URL and the names in a query are limited.
const MAX_REQUEST_LINE: usize = 64 * 1024;

/// How much of an answer `--http-debug` shows, in bytes.
const SHOWN: usize = 16 * 1024;

/// What a request changes, for the message when its fate is unknown.
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
    /// What the user named in it: a 404 that says that one of these is not there is exit code 6.
    pub named: &'a [Resource],
    /// Which of its bodies holds a secret.
    pub secret_in: SecretIn,
}

/// Which body of an exchange holds a password or a token. `--http-debug` does not print it, and no
/// error quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretIn {
    Neither,
    Request,
    Answer,
}

/// How the program shows who it is, for the hint when the server is not satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AuthMethod {
    /// Nothing.
    Nothing,
    /// A token.
    Token,
    /// User and password, to open a session.
    Login,
    /// The session's cookie.
    Session,
    /// A header of the user's own.
    OwnHeader,
}

/// A server and the way to it. Requests go one after another over one connection.
pub struct Client {
    agent: Agent,
    base: BaseUrl,
    /// The header that says who asks.
    credentials: Option<(&'static str, Secret)>,
    auth_method: AuthMethod,
    headers: HeaderMap,
    timeout: Cell<Option<Duration>>,
    progress: Arc<Progress>,
    /// There is a client certificate to show.
    own_certificate: bool,
    /// The proxy on the way, without its credentials.
    proxy: Option<String>,
    redactor: Redactor,
    debug: bool,
    /// The content of the last answer about one thing, kept so that its memory is used again.
    content: Cell<Vec<u8>>,
}

impl Client {
    /// Prepares the way to the server; sends nothing, but for the sign-in where a session takes
    /// the place of a token. It is never taken apart: the process ends with it, and the kernel closes
    /// its connections sooner.
    ///
    /// # Errors
    /// Exit code 3 where the certificates to trust cannot be used; those of a request for the
    /// sign-in.
    pub fn open(settings: Settings) -> Result<&'static Client, Error> {
        let env = |name: &str| std::env::var_os(name);
        let (https, host, port) = (
            settings.host.is_https(),
            settings.host.host(),
            settings.host.port(),
        );
        let proxy = proxy::for_server(https, host, port, &env)?;
        let progress = Arc::new(Progress::new(settings.host.authority()));
        let tls = match https || proxy.as_ref().is_some_and(|proxy| proxy.https) {
            true => Some(tls::config(&settings, &progress, &env)?),
            false => None,
        };
        let output_size = output_size(&settings);
        let mut redactor = settings.redactor;
        if let Some(login) = proxy.as_ref().and_then(|proxy| proxy.login.as_ref()) {
            login.add_to(&mut redactor);
        }
        for (name, value) in &settings.headers {
            redactor.add_header(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
        }
        let own = settings.headers.contains_key("authorization");
        let (credentials, login) = match settings.credentials {
            Credentials::None => (None, None),
            Credentials::Token(token) => {
                redactor.add_token(token.expose());
                let value = Secret::new(["Token ", token.expose()].concat());
                (Some(("authorization", value)), None)
            }
            Credentials::Login(login) => (None, Some(login)),
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(proxy.as_ref().map(Proxy::to_ureq).transpose()?)
            .user_agent(concat!("influx/", env!("CARGO_PKG_VERSION")))
            .accept("application/json")
            .timeout_global(settings.timeout)
            .max_response_header_size(HEAD)
            .input_buffer_size(HEAD)
            .output_buffer_size(output_size)
            .build();
        let connector = ()
            .chain(ConnectProxyConnector::default())
            .chain(TimedTcp {
                progress: progress.clone(),
                tcp: TcpConnector::default(),
            })
            .chain(Tls { config: tls })
            .chain(Tracker {
                progress: progress.clone(),
            });
        let auth_method = match (own, &credentials) {
            (true, _) => AuthMethod::OwnHeader,
            (false, Some(_)) => AuthMethod::Token,
            (false, None) => AuthMethod::Nothing,
        };
        let client = Box::leak(Box::new(Client {
            agent: Agent::with_parts(config, connector, Names::default()),
            base: settings.host,
            own_certificate: settings.client_certificate.is_some(),
            proxy: proxy.map(|proxy| proxy.shown()),
            credentials,
            auth_method,
            headers: settings.headers,
            timeout: Cell::new(settings.timeout),
            progress,
            redactor,
            debug: settings.http_debug,
            content: Cell::default(),
        }));
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

    /// Gives each request from here on no more than `left`, and no more than the settings do.
    pub fn limit(&self, left: Duration) {
        let configured = self.agent.config().timeouts().global;
        let least = configured.map_or(left, |configured| configured.min(left));
        self.timeout.set(Some(least));
    }

    /// One request and the head of its answer. A kept connection that turns out closed before a
    /// byte of the answer is opened again, once: the server had closed it while it lay idle.
    fn exchange(&self, call: &Call) -> Result<Response<Body>, Error> {
        self.progress.start(self.timeout.get());
        let mut response = self.attempt(call, self.timeout.get());
        let broke = || self.progress.idle_connection_broke();
        if call.effect != Effect::Once && matches!(response, Err(ureq::Error::Io(_))) && broke() {
            let left = self.progress.deadline.left();
            self.progress.repeat();
            response = self.attempt(call, left);
        }
        response.map_err(|error| self.transport(call, error))
    }

    fn attempt(&self, call: &Call, limit: Option<Duration>) -> Result<Response<Body>, ureq::Error> {
        match call.body {
            Some(body) => self.run(call, body, limit),
            None if call.method == Method::POST => self.run(call, "", limit),
            None => self.run(call, (), limit),
        }
    }

    fn run(
        &self,
        call: &Call,
        body: impl AsSendBody,
        limit: Option<Duration>,
    ) -> Result<Response<Body>, ureq::Error> {
        let url = [self.base.as_str(), &call.path].concat();
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
        let mut request = request.body(body)?;
        self.show_request(call, &request);
        if limit != self.agent.config().timeouts().global {
            let configured = self.agent.configure_request(request);
            request = configured.timeout_global(limit).build();
        }
        self.agent.run(request)
    }
}

/// The size of ureq's output buffer. Each header and the request line have to fit into it as a whole.
fn output_size(settings: &Settings) -> usize {
    let headers = settings.headers.iter();
    let longest = headers.map(|(name, value)| name.as_str().len() + value.len());
    let credentials = match &settings.credentials {
        Credentials::None => 0,
        Credentials::Token(token) => token.expose().len(),
        Credentials::Login(login) => login.basic().expose().len(),
    };
    MAX_REQUEST_LINE + longest.max().unwrap_or(0).max(credentials)
}

/// The hint where it does not seem to be InfluxDB that answers.
const WRONG_HOST: &str = "is --host the address of InfluxDB, with its path prefix if it has one?";
