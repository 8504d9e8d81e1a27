//! The settings of a command. Each setting comes from the first of these sources that has it: the flag,
//! its environment variable, the active config, the default.

pub mod configs;
pub mod configs_path;
pub mod files;
pub mod flags;
pub mod host;
pub mod login;
pub mod timeout;
pub mod token;

use crate::cli::args::Args;
use crate::error::Error;
use crate::header::{self, check_length, check_value};
use crate::secret::{Redactor, Secret};
use crate::url::{BaseUrl, check_name};
use configs::Config;
use flags::{
    ACTIVE_CONFIG, EXTRA_HTTP_HEADER, HOST, HTTP_DEBUG, SKIP_VERIFY, TLS_CA, TLS_CERT, TLS_KEY,
    TRACE_DEBUG_ID,
};
use login::Login;
use std::path::PathBuf;
use std::time::Duration;
use ureq::http::HeaderMap;

/// How the program authenticates to the server.
#[derive(Debug)]
pub enum Credentials {
    /// No credentials. A gateway may add a token.
    None,
    Token(Secret),
    /// Basic authentication in each request.
    Basic(Login),
    /// The username and password of the active config. They open a session.
    Login(Login),
}

/// The settings for all requests of a run.
#[derive(Debug)]
pub struct Settings {
    pub host: BaseUrl,
    pub credentials: Credentials,
    /// Extra headers. They replace the program's own headers of the same name.
    pub headers: HeaderMap,
    /// The time limit for each request. `None` means no limit.
    pub timeout: Option<Duration>,
    pub skip_verify: bool,
    /// PEM file with the trusted certificates. `None` means the default certificates.
    pub tls_ca: Option<PathBuf>,
    /// PEM files with the client certificate and its key.
    pub client_certificate: Option<(PathBuf, PathBuf)>,
    pub http_debug: bool,
    /// Removes secrets from messages. The client adds the secrets that it sends.
    pub redactor: Redactor,
}

/// The settings that a command reads from the active config if no flag or variable has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Host,
    /// The host and the credentials.
    Credentials,
    /// The host, the credentials and the organization.
    Organization,
}

impl Settings {
    /// Reads flags and variables. Reads the token file and the configs file only if they are needed.
    ///
    /// # Errors
    /// Exit code 2 if flags or variables contradict each other, and 3 if a file cannot be used.
    pub fn resolve(args: &Args) -> Result<Settings, Error> {
        Settings::resolve_with(args, Needs::Credentials).map(|(settings, _)| settings)
    }

    /// Like [`Settings::resolve`], but ignores the credentials in the configs file.
    pub fn resolve_anonymous(args: &Args) -> Result<Settings, Error> {
        Settings::resolve_with(args, Needs::Host).map(|(settings, _)| settings)
    }

    /// Like [`Settings::resolve`], but also returns the organization of the active config. So this
    /// always reads the configs file.
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
            wanted => configs::load(&configs_path::from_args(args), wanted)?,
        };
        let credentials = match (token, &config) {
            (Some(token), _) => Credentials::Token(token),
            (None, Some(config)) if needs != Needs::Host => config_credentials(config)?,
            (None, _) => Credentials::None,
        };
        let mut redactor = Redactor::default();
        if let Some(config) = &config {
            for secret in [&config.token, &config.cookie].into_iter().flatten() {
                redactor.add_token(secret.expose());
            }
        }
        let settings = Settings {
            host: host::from_args(args, config.as_ref())?,
            credentials,
            headers: headers(args)?,
            timeout: timeout::from_args(args)?,
            skip_verify: args.is_on(&SKIP_VERIFY),
            tls_ca: args.path(&TLS_CA).map(PathBuf::from),
            client_certificate: client_certificate(args)?,
            http_debug: args.is_on(&HTTP_DEBUG),
            redactor,
        };
        let org = match &config {
            Some(config) if needs == Needs::Organization => config_org(config)?,
            _ => None,
        };
        Ok((settings, org))
    }
}

fn headers(args: &Args) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::new();
    if let Some(id) = args.text(&TRACE_DEBUG_ID) {
        // The Go client sends both headers.
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

fn config_org(config: &Config) -> Result<Option<String>, Error> {
    if let Some(org) = &config.org {
        check_name(org).map_err(|reason| config.error("org", &reason))?;
    }
    Ok(config.org.clone())
}

fn config_credentials(config: &Config) -> Result<Credentials, Error> {
    if let Some(token) = &config.token {
        check_value(token.expose()).map_err(|reason| config.error("token", &reason))?;
        return Ok(Credentials::Token(token.clone()));
    }
    if let Some(cookie) = &config.cookie {
        let login = check_length(cookie.expose()).and_then(|()| Login::from_cookie(cookie));
        return login
            .map(Credentials::Login)
            .map_err(|reason| config.error("cookie", &reason));
    }
    Ok(Credentials::None)
}

/// Requires both flags or neither.
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
        "{given} also needs --{}",
        missing.long
    )))
}
