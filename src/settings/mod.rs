//! From what was given to what holds: flag, then environment, then active config, then default.

pub mod configs;
pub mod files;
pub mod flags;
pub mod login;
pub mod token;

use crate::cli::args::Args;
use crate::cli::flag::Flag;
use crate::cli::values::duration;
use crate::error::Error;
use crate::header::{self, check_length, check_value};
use crate::secret::{Redactor, Secret};
use crate::text::{self, quote};
use crate::url::BaseUrl;
use crate::url::check_name;
use configs::Entry;
use flags::{
    ACTIVE_CONFIG, CONFIGS_PATH, EXTRA_HTTP_HEADER, HOST, HTTP_DEBUG, SKIP_VERIFY, TIMEOUT, TLS_CA,
    TLS_CERT, TLS_KEY, TRACE_DEBUG_ID,
};
use login::Login;
use std::path::PathBuf;
use std::time::Duration;
use ureq::http::HeaderMap;

/// How long a request may take where nothing else is said.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// How the program shows who it is.
#[derive(Debug)]
pub enum Credentials {
    /// Not at all: a gateway may add its own.
    None,
    /// With an API token.
    Token(Secret),
    /// With a session, opened with the user and password of the active config.
    Login(Login),
}

/// Everything a request needs, resolved.
#[derive(Debug)]
pub struct Settings {
    /// The server.
    pub host: BaseUrl,
    /// Who asks.
    pub credentials: Credentials,
    /// Headers of the user's own, which replace ours of the same name.
    pub headers: HeaderMap,
    /// Limit for each request; `None` is no limit.
    pub timeout: Option<Duration>,
    /// Do not check the server's certificate.
    pub skip_verify: bool,
    /// PEM file with the roots to trust; `None` is the system's or those built in.
    pub tls_ca: Option<PathBuf>,
    /// PEM files with the client's certificate and its key.
    pub client_certificate: Option<(PathBuf, PathBuf)>,
    /// Show the exchange on standard error.
    pub http_debug: bool,
    /// The secrets that messages must not show. The client adds those that it sends.
    pub redactor: Redactor,
}

/// What a command needs, and takes from the active config where nothing else gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// The address.
    Host,
    /// The address and who asks.
    Credentials,
    /// These and the organization.
    Organization,
}

impl Settings {
    /// Resolves what was given, and reads the token and configs files where they are needed.
    ///
    /// # Errors
    /// Exit code 2 where flags or variables contradict each other, 3 for the files.
    pub fn resolve(args: &Args) -> Result<Settings, Error> {
        Settings::resolve_with(args, Needs::Credentials).map(|(settings, _)| settings)
    }

    /// The same without credentials: only the way to the server counts.
    ///
    /// # Errors
    /// As for [`Settings::resolve`].
    pub fn resolve_anonymous(args: &Args) -> Result<Settings, Error> {
        Settings::resolve_with(args, Needs::Host).map(|(settings, _)| settings)
    }

    /// The same, and the organization of the active config, for which the file is read even where
    /// flags or variables give all else.
    ///
    /// # Errors
    /// As for [`Settings::resolve`].
    pub fn resolve_with_org(args: &Args) -> Result<(Settings, Option<String>), Error> {
        Settings::resolve_with(args, Needs::Organization)
    }

    fn resolve_with(args: &Args, needs: Needs) -> Result<(Settings, Option<String>), Error> {
        let token = token::from_args(args)?;
        let enough = args.text(&HOST).is_some()
            && match needs {
                Needs::Host => true,
                Needs::Credentials => token.is_some(),
                Needs::Organization => false,
            };
        let entry = match args.text(&ACTIVE_CONFIG) {
            None if enough => None,
            wanted => configs::load(&configs_path(args), wanted)?,
        };
        let credentials = match (token, &entry) {
            (Some(token), _) => Credentials::Token(token),
            (None, Some(entry)) if needs != Needs::Host => entry_credentials(entry, args)?,
            (None, _) => Credentials::None,
        };
        let mut headers = HeaderMap::new();
        if let Some(id) = args.text(&TRACE_DEBUG_ID) {
            // Both, as the Go client has it.
            for name in ["influx-debug-id", "zap-trace-span"] {
                headers.insert(name, header::value(id).map_err(Error::usage)?);
            }
        }
        for text in args.all(&EXTRA_HTTP_HEADER) {
            header::add(text, &mut headers).map_err(|reason| {
                Error::usage(format!("--{}: {reason}", EXTRA_HTTP_HEADER.long))
            })?;
        }
        let mut redactor = Redactor::default();
        if let Some(entry) = &entry {
            for secret in [&entry.token, &entry.cookie].into_iter().flatten() {
                redactor.add_token(secret.expose());
            }
        }
        let settings = Settings {
            host: host(args, entry.as_ref())?,
            credentials,
            headers,
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
        let org = match &entry {
            Some(entry) if needs == Needs::Organization => entry_org(entry, args)?,
            _ => None,
        };
        Ok((settings, org))
    }
}

/// Where the configs file is.
pub fn configs_path(args: &Args) -> PathBuf {
    match args.path(&CONFIGS_PATH) {
        Some(path) => configs::expand(path),
        None => configs::default_path(),
    }
}

fn host(args: &Args, entry: Option<&Entry>) -> Result<BaseUrl, Error> {
    if let Some(host) = args.text(&HOST) {
        return BaseUrl::parse(host).map_err(Error::usage);
    }
    match entry.and_then(|entry| Some((entry.url.as_deref()?, entry))) {
        Some((url, entry)) => BaseUrl::parse(url).map_err(|reason| {
            let of = in_entry("url", entry, args);
            Error::config(format!("{of}: {reason}"))
        }),
        None => BaseUrl::parse(BaseUrl::DEFAULT).map_err(Error::config),
    }
}

/// `url of config "a" in PATH`, for messages.
fn in_entry(key: &str, entry: &Entry, args: &Args) -> String {
    let path = text::path(&configs_path(args));
    format!("{key} of config {} in {path}", quote(&entry.name))
}

/// The organization of an entry, no longer than a request has room for.
fn entry_org(entry: &Entry, args: &Args) -> Result<Option<String>, Error> {
    if let Some(org) = &entry.org {
        check_name(org).map_err(|reason| {
            Error::config(format!("{}: {reason}", in_entry("org", entry, args)))
        })?;
    }
    Ok(entry.org.clone())
}

fn entry_credentials(entry: &Entry, args: &Args) -> Result<Credentials, Error> {
    if let Some(token) = &entry.token {
        check_value(token.expose()).map_err(|reason| {
            Error::config(format!("{}: {reason}", in_entry("token", entry, args)))
        })?;
        return Ok(Credentials::Token(token.clone()));
    }
    match &entry.cookie {
        Some(cookie) => check_length(cookie.expose())
            .and_then(|()| Login::from_cookie(cookie))
            .map(Credentials::Login)
            .map_err(|reason| {
                Error::config(format!("{}: {reason}", in_entry("cookie", entry, args)))
            }),
        None => Ok(Credentials::None),
    }
}

/// Both files of the client certificate, or neither.
fn client_certificate(args: &Args) -> Result<Option<(PathBuf, PathBuf)>, Error> {
    let half = |given: &Flag, missing: &Flag| match args.origin(given) {
        Some(origin) => Err(Error::usage(format!(
            "{origin} needs --{}, and neither is of use alone",
            missing.long
        ))),
        None => Ok(None),
    };
    match (args.path(&TLS_CERT), args.path(&TLS_KEY)) {
        (Some(certificate), Some(key)) => Ok(Some((certificate.into(), key.into()))),
        (Some(_), None) => half(&TLS_CERT, &TLS_KEY),
        (None, _) => half(&TLS_KEY, &TLS_CERT),
    }
}
