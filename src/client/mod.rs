//! A server and the way to it. What ureq would do on its own account, and an operator would not expect,
//! is turned off here: redirects, proxies, statuses as errors, gzip.

mod answer;
mod deadline;
mod debug;
mod failure;
mod json;
mod json_stream;
mod list;
mod names;
mod not_found;
mod progress;
mod proxy;
mod refusal;
mod request;
mod sign_in;
mod tls;

use crate::error::Error;
use crate::secret::{Redactor, Secret};
use crate::settings::{Credentials, Settings};
use crate::url::BaseUrl;
use deadline::TimedTcp;
pub use json::{null_is_empty, object};
use names::Names;
pub use not_found::Resource;
use progress::{Progress, Tracker};
use proxy::Proxy;
pub use request::{Call, Effect, SecretIn};
use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;
use tls::Tls;
use ureq::Agent;
use ureq::http::HeaderMap;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, TcpConnector};

/// The largest answer about one thing, and the largest entry of a list, in bytes.
const MAX_BODY: u64 = 1024 * 1024;

/// How much is read of an answer that is not a success, in bytes.
const MAX_ERROR_BODY: u64 = 64 * 1024;

/// The largest head of an answer, in bytes; InfluxDB's have a few hundred.
const HEAD: usize = 16 * 1024;

/// More than the request line can have, in bytes: the base URL and the names in a query are limited.
const MAX_REQUEST_LINE: usize = 64 * 1024;

/// How much of an answer `--http-debug` shows, in bytes.
const SHOWN: usize = 16 * 1024;

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
}

impl Client {
    /// Prepares the way to the server. Sends nothing, unless a session takes the place of a token: then
    /// it signs in. The client is leaked on purpose: the process exits next, and the kernel closes its
    /// connections.
    ///
    /// # Errors
    /// Exit code 2 if the proxy's variable is malformed, 3 if the certificates to trust cannot be used,
    /// and 4 to 7 for the sign-in.
    pub fn open(settings: Settings) -> Result<&'static Client, Error> {
        let env = |name: &str| std::env::var_os(name);
        let host = &settings.host;
        let proxy = proxy::for_server(host.is_https(), host.host(), host.port(), &env)?;
        let progress = Arc::new(Progress::new(host.authority()));
        let is_https = host.is_https() || proxy.as_ref().is_some_and(|proxy| proxy.https);
        let tls = Tls {
            config: if is_https {
                Some(tls::config(&settings, &progress, &env)?)
            } else {
                None
            },
        };
        let agent = agent(&settings, proxy.as_ref(), &progress, tls)?;
        let mut redactor = settings.redactor;
        if let Some(login) = proxy.as_ref().and_then(|proxy| proxy.login.as_ref()) {
            login.add_to(&mut redactor);
        }
        for (name, value) in &settings.headers {
            redactor.add_header(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
        }
        let auth_method = if settings.headers.contains_key("authorization") {
            AuthMethod::OwnHeader
        } else {
            AuthMethod::Nothing
        };
        let mut client = Client {
            agent,
            base: settings.host,
            own_certificate: settings.client_certificate.is_some(),
            proxy: proxy.map(|proxy| proxy.shown()),
            credentials: None,
            auth_method,
            headers: settings.headers,
            timeout: Cell::new(settings.timeout),
            progress,
            redactor,
            debug: settings.http_debug,
        };
        client.authenticate(settings.credentials)?;
        Ok(Box::leak(Box::new(client)))
    }

    fn authenticate(&mut self, credentials: Credentials) -> Result<(), Error> {
        match credentials {
            Credentials::None => {}
            Credentials::Token(token) => {
                self.redactor.add_token(token.expose());
                let value = Secret::new(format!("Token {}", token.expose()));
                self.credentials = Some(("authorization", value));
                // A header of the user's own is sent in its place.
                if self.auth_method != AuthMethod::OwnHeader {
                    self.auth_method = AuthMethod::Token;
                }
            }
            Credentials::Login(login) => {
                self.sign_in(&login).map_err(|error| {
                    error.context("failed to sign in with the active config's cookie")
                })?;
            }
        }
        Ok(())
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
}

/// ureq, without what it would do on its own account.
fn agent(
    settings: &Settings,
    proxy: Option<&Proxy>,
    progress: &Arc<Progress>,
    tls: Tls,
) -> Result<Agent, Error> {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(proxy.map(Proxy::to_ureq).transpose()?)
        .user_agent(concat!("influx/", env!("CARGO_PKG_VERSION")))
        .accept("application/json")
        .timeout_global(settings.timeout)
        .max_response_header_size(HEAD)
        .input_buffer_size(HEAD)
        .output_buffer_size(output_size(settings))
        .build();
    let connector = ()
        .chain(ConnectProxyConnector::default())
        .chain(TimedTcp {
            progress: progress.clone(),
            tcp: TcpConnector::default(),
        })
        .chain(tls)
        .chain(Tracker {
            progress: progress.clone(),
        });
    Ok(Agent::with_parts(config, connector, Names::default()))
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

/// The hint if the answer does not seem to come from InfluxDB.
const WRONG_HOST: &str = "is --host the address of InfluxDB, with its path prefix if it has one?";
