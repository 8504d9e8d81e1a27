//! What a command works with. Each setting comes from its flag, else its environment variable, else the
//! active config, else its default.

pub mod configs;
pub mod configs_path;
pub mod files;
pub mod flags;
pub mod host;
pub mod login;
mod timeout;
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

/// How the program identifies itself to the server.
#[derive(Debug)]
pub enum Credentials {
    /// Not at all: a gateway may add a token.
    None,
    /// With an API token.
    Token(Secret),
    /// With a username and password in each request.
    Basic(Login),
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
    pub fn resolve_anonymous(args: &Args) -> Result<Settings, Error> {
        Settings::resolve_with(args, Needs::Host).map(|(settings, _)| settings)
    }

    /// The same, and the organization of the active config. It is in the configs file alone, which is
    /// read even if flags or variables give the rest.
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
        "{given} also needs --{}",
        missing.long
    )))
}
