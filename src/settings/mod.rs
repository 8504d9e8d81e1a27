//! What a command works with. Each setting comes from its flag, else its environment variable, else the
//! active config, else its default.

pub mod configs;
pub mod files;
pub mod flags;
pub mod login;
pub mod token;

use crate::cli::args::Args;
use crate::cli::values::duration;
use crate::error::Error;
use crate::header::{self, check_length, check_value};
use crate::secret::{Redactor, Secret};
use crate::text::{self, quote};
use crate::url::BaseUrl;
use crate::url::check_name;
use configs::Config;
use flags::{
    ACTIVE_CONFIG, CONFIGS_PATH, EXTRA_HTTP_HEADER, HOST, HTTP_DEBUG, SKIP_VERIFY, TIMEOUT, TLS_CA,
    TLS_CERT, TLS_KEY, TRACE_DEBUG_ID,
};
use login::Login;
use std::path::PathBuf;
use std::time::Duration;
use ureq::http::HeaderMap;

/// The limit for a request if none is given.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// How the program identifies itself to the server.
#[derive(Debug)]
pub enum Credentials {
    /// Not at all: a gateway may add a token.
    None,
    /// With an API token.
    Token(Secret),
    /// With a session, opened with the user and password of the active config.
    Login(Login),
}

/// Everything that a request needs.
#[derive(Debug)]
pub struct Settings {
    /// The server.
    pub host: BaseUrl,
    /// Token or user and password.
    pub credentials: Credentials,
    /// Extra headers, which replace ours of the same name.
    pub headers: HeaderMap,
    /// Limit for each request; `None` is no limit.
    pub timeout: Option<Duration>,
    /// Do not check the server's certificate.
    pub skip_verify: bool,
    /// PEM file with the certificates to trust; `None` means the default ones.
    pub tls_ca: Option<PathBuf>,
    /// PEM files with the client's certificate and its key.
    pub client_certificate: Option<(PathBuf, PathBuf)>,
    /// Show requests and responses on standard error.
    pub http_debug: bool,
    /// The secrets that messages must not show. The client adds those that it sends.
    pub redactor: Redactor,
}

/// What a command needs, and takes from the active config if nothing else gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// Only the address.
    Host,
    /// Address and credentials.
    Credentials,
    /// Address, credentials and organization.
    Organization,
}

impl Settings {
    /// Resolves flags and variables, and reads the token and configs files if they are needed.
    ///
    /// # Errors
    /// Exit code 2: flags or variables contradict each other. 3: a file cannot be used.
    pub fn resolve(args: &Args) -> Result<Settings, Error> {
        Settings::resolve_with(args, Needs::Credentials).map(|(settings, _)| settings)
    }

    /// The same without credentials from the configs file.
    ///
    /// # Errors
    /// As for [`Settings::resolve`].
    pub fn resolve_anonymous(args: &Args) -> Result<Settings, Error> {
        Settings::resolve_with(args, Needs::Host).map(|(settings, _)| settings)
    }

    /// The same, and the organization of the active config. It is in the configs file alone, which is
    /// read even if flags or variables give the rest.
    ///
    /// # Errors
    /// As for [`Settings::resolve`].
    pub fn resolve_with_org(args: &Args) -> Result<(Settings, Option<String>), Error> {
        Settings::resolve_with(args, Needs::Organization)
    }

    fn resolve_with(args: &Args, needs: Needs) -> Result<(Settings, Option<String>), Error> {
        let token = token::from_args(args)?;
        let has_all = args.text(&HOST).is_some()
            && match needs {
                Needs::Host => true,
                Needs::Credentials => token.is_some(),
                Needs::Organization => false,
            };
        let config = match args.text(&ACTIVE_CONFIG) {
            None if has_all => None,
            wanted => configs::load(&configs_path(args), wanted)?,
        };
        let credentials = match (token, &config) {
            (Some(token), _) => Credentials::Token(token),
            (None, Some(config)) if needs != Needs::Host => config_credentials(config, args)?,
            (None, _) => Credentials::None,
        };
        let mut redactor = Redactor::default();
        if let Some(config) = &config {
            for secret in [&config.token, &config.cookie].into_iter().flatten() {
                redactor.add_token(secret.expose());
            }
        }
        let settings = Settings {
            host: host(args, config.as_ref())?,
            credentials,
            headers: headers(args)?,
            timeout: match args.text(&TIMEOUT) {
                Some(timeout) => duration(timeout).map_err(Error::usage)?,
                None => Some(DEFAULT_TIMEOUT),
            },
            skip_verify: args.is_on(&SKIP_VERIFY),
            tls_ca: args.path(&TLS_CA).map(PathBuf::from),
            client_certificate: client_certificate(args)?,
            http_debug: args.is_on(&HTTP_DEBUG),
            redactor,
        };
        let org = match &config {
            Some(config) if needs == Needs::Organization => config_org(config, args)?,
            _ => None,
        };
        Ok((settings, org))
    }
}

/// Path of the configs file.
pub fn configs_path(args: &Args) -> PathBuf {
    match args.path(&CONFIGS_PATH) {
        Some(path) => configs::expand(path),
        None => configs::default_path(),
    }
}

fn host(args: &Args, config: Option<&Config>) -> Result<BaseUrl, Error> {
    if let Some(host) = args.text(&HOST) {
        return BaseUrl::parse(host).map_err(Error::usage);
    }
    if let Some(config) = config
        && let Some(url) = &config.url
    {
        return BaseUrl::parse(url).map_err(|reason| wrong_in_config("url", &reason, config, args));
    }
    BaseUrl::parse(BaseUrl::DEFAULT).map_err(Error::config)
}

fn headers(args: &Args) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    if let Some(id) = args.text(&TRACE_DEBUG_ID) {
        // The Go client sends both.
        for name in ["influx-debug-id", "zap-trace-span"] {
            headers.insert(name, header::value(id).map_err(Error::usage)?);
        }
    }
    for text in args.all(&EXTRA_HTTP_HEADER) {
        header::add(text, &mut headers)
            .map_err(|reason| Error::usage(format!("--{}: {reason}", EXTRA_HTTP_HEADER.long)))?;
    }
    Ok(headers)
}

/// The error `KEY of config NAME in PATH: REASON`.
fn wrong_in_config(key: &str, reason: &str, config: &Config, args: &Args) -> Error {
    let (name, path) = (quote(&config.name), text::path(&configs_path(args)));
    Error::config(format!("{key} of config {name} in {path}: {reason}"))
}

fn config_org(config: &Config, args: &Args) -> Result<Option<String>, Error> {
    if let Some(org) = &config.org {
        check_name(org).map_err(|reason| wrong_in_config("org", &reason, config, args))?;
    }
    Ok(config.org.clone())
}

fn config_credentials(config: &Config, args: &Args) -> Result<Credentials, Error> {
    if let Some(token) = &config.token {
        check_value(token.expose())
            .map_err(|reason| wrong_in_config("token", &reason, config, args))?;
        return Ok(Credentials::Token(token.clone()));
    }
    if let Some(cookie) = &config.cookie {
        let login = check_length(cookie.expose()).and_then(|()| Login::from_cookie(cookie));
        return login
            .map(Credentials::Login)
            .map_err(|reason| wrong_in_config("cookie", &reason, config, args));
    }
    Ok(Credentials::None)
}

/// Both files of the client certificate, or neither.
fn client_certificate(args: &Args) -> Result<Option<(PathBuf, PathBuf)>, Error> {
    let (given, missing) = match (args.path(&TLS_CERT), args.path(&TLS_KEY)) {
        (Some(certificate), Some(key)) => return Ok(Some((certificate.into(), key.into()))),
        (Some(_), None) => (&TLS_CERT, &TLS_KEY),
        (None, Some(_)) => (&TLS_KEY, &TLS_CERT),
        (None, None) => return Ok(None),
    };
    let given = args.origin(given).map(|origin| origin.to_string());
    let given = given.unwrap_or_default();
    Err(Error::usage(format!(
        "{given} needs --{}, and neither is of use alone",
        missing.long
    )))
}
