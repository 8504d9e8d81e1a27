//! The HTTP client for one InfluxDB server. Some defaults of ureq would surprise users, so they are
//! turned off. ureq must not follow redirects, choose a proxy, treat statuses as errors or ask for gzip.

mod deadline;
mod debug;
mod json;
mod json_stream;
mod list;
mod progress;
mod proxy;
mod refusal;
mod request;
mod resolver;
mod response;
mod retry;
mod sign_in;
mod status_404;
mod timed_tcp;
mod tls;
mod transport;

use crate::error::Error;
use crate::secret::{Redactor, Secret};
use crate::settings::{Credentials, Settings};
use crate::url::BaseUrl;
pub use json::{null_is_empty, object};
use progress::{Progress, Tracker};
use proxy::Proxy;
pub use request::{Call, Effect, Resource, SecretIn};
use resolver::CachingResolver;
use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;
use timed_tcp::TimedTcp;
use tls::Tls;
use ureq::Agent;
use ureq::http::HeaderMap;
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, TcpConnector};

/// The largest response with a single object, and the largest entry of a list, in bytes.
const MAX_BODY: u64 = 1024 * 1024;

/// How much of an error response is read, in bytes.
const MAX_ERROR_BODY: u64 = 64 * 1024;

/// The largest response head, in bytes. InfluxDB sends a few hundred bytes.
const MAX_HEAD: usize = 16 * 1024;

/// The space for the request line in ureq's output buffer, in bytes. Every request line fits,
/// because the lengths of the base URL and of names are limited.
const MAX_REQUEST_LINE: usize = 64 * 1024;

/// How much of a response `--http-debug` shows, in bytes.
const MAX_DEBUG_BODY: usize = 16 * 1024;

/// The hint for a response that does not seem to come from InfluxDB.
pub const WRONG_HOST: &str =
    "is --host the address of InfluxDB, with its path prefix if it has one?";

/// How the program authenticates. Selects the hint if the server refuses the credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AuthMethod {
    Nothing,
    Token,
    /// The username and password that open a session.
    Login,
    /// The session cookie.
    Session,
    /// A header given with `--extra-http-header`.
    ExtraHeader,
}

/// The client for one server. It sends one request at a time and reuses its connection.
pub struct Client {
    agent: Agent,
    base: BaseUrl,
    /// Name and value of the header with the token, password or session cookie.
    credentials: Option<(&'static str, Secret)>,
    auth_method: AuthMethod,
    headers: HeaderMap,
    /// The time limit of the settings.
    timeout: Option<Duration>,
    /// The time limit of the next request.
    limit: Cell<Option<Duration>>,
    progress: Arc<Progress>,
    has_client_certificate: bool,
    /// The URL of the proxy, without credentials.
    proxy: Option<String>,
    redactor: Redactor,
    debug: bool,
}

impl Client {
    /// Creates the client. It sends nothing, unless the config has a username and password instead of a
    /// token. Then it signs in. The client is leaked on purpose, because the process exits when the
    /// command is done.
    ///
    /// # Errors
    /// Exit code 2 if the proxy variable is malformed, 3 if a certificate or key file cannot be used,
    /// and 4 to 7 if the sign-in fails.
    pub fn open(settings: Settings) -> Result<&'static Client, Error> {
        let env = |name: &str| std::env::var_os(name);
        let host = &settings.host;
        let proxy = proxy::for_server(host.is_https(), host.host(), host.port(), &env)?;
        let progress = Arc::new(Progress::new(host.authority()));
        let uses_tls = host.is_https() || proxy.as_ref().is_some_and(|proxy| proxy.https);
        let tls_config = if uses_tls {
            Some(tls::config(&settings, &progress, &env)?)
        } else {
            None
        };
        let agent = agent(&settings, proxy.as_ref(), &progress, Tls(tls_config))?;
        let mut redactor = settings.redactor;
        if let Some(login) = proxy.as_ref().and_then(|proxy| proxy.login.as_ref()) {
            login.add_to(&mut redactor);
        }
        for (name, value) in &settings.headers {
            redactor.add_header(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
        }
        let has_authorization_header = settings.headers.contains_key("authorization");
        let mut client = Client {
            agent,
            base: settings.host,
            has_client_certificate: settings.client_certificate.is_some(),
            proxy: proxy.map(|proxy| proxy.url_without_login()),
            credentials: None,
            auth_method: AuthMethod::Nothing,
            headers: settings.headers,
            timeout: settings.timeout,
            limit: Cell::new(settings.timeout),
            progress,
            redactor,
            debug: settings.http_debug,
        };
        match settings.credentials {
            Credentials::None => {}
            Credentials::Token(token) => {
                client.redactor.add_token(token.expose());
                let value = Secret::new(format!("Token {}", token.expose()));
                client.credentials = Some(("authorization", value));
                client.auth_method = AuthMethod::Token;
            }
            Credentials::Basic(login) => {
                login.add_to(&mut client.redactor);
                let value = Secret::new(format!("Basic {}", login.basic().expose()));
                client.credentials = Some(("authorization", value));
            }
            Credentials::Login(login) => client.sign_in(&login).map_err(|error| {
                error.context("failed to sign in with the active config's cookie")
            })?,
        }
        // The extra header replaces the token.
        if has_authorization_header && client.auth_method != AuthMethod::Session {
            client.auth_method = AuthMethod::ExtraHeader;
        }
        Ok(Box::leak(Box::new(client)))
    }

    /// Sets the time limit for all following requests. The time limit of the settings still applies.
    pub fn limit(&self, limit: Duration) {
        let shorter = self.timeout.map_or(limit, |timeout| timeout.min(limit));
        self.limit.set(Some(shorter));
    }

    /// Makes the next request look up the host again and open a new connection. The address of the
    /// server may have changed.
    pub fn start_over(&self) {
        self.progress.start_over.note();
    }

    /// Removes the secrets of this run from text before it is shown.
    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }
}

/// The ureq agent, with the surprising defaults turned off.
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
        .max_response_header_size(MAX_HEAD)
        .input_buffer_size(MAX_HEAD)
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
    let resolver = CachingResolver::new(progress.clone());
    Ok(Agent::with_parts(config, connector, resolver))
}

/// The size of ureq's output buffer. ureq fails if the request line or a header is larger.
fn output_size(settings: &Settings) -> usize {
    let headers = settings.headers.iter();
    let longest = headers.map(|(name, value)| name.as_str().len() + value.len());
    let credentials = match &settings.credentials {
        Credentials::None => 0,
        Credentials::Token(token) => token.expose().len(),
        Credentials::Basic(login) | Credentials::Login(login) => login.basic().expose().len(),
    };
    MAX_REQUEST_LINE + longest.max().unwrap_or(0).max(credentials)
}
