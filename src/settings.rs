//! From what was given to what holds: flag, then environment, then active config, then default.

use crate::args::{Args, DASH, Origin, check_target};
use crate::configs::{self, Entry};
use crate::error::{Error, io_reason};
use crate::files;
use crate::header::{check_length, check_value};
use crate::secret::{Redactor, Secret};
use crate::session::Login;
use crate::text::{self, quote};
use crate::url::BaseUrl;
use std::path::{Path, PathBuf};
use std::time::Duration;
use ureq::http::HeaderMap;

/// How long a request may take where nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(30);

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
    /// How many names and IDs stand in the path and query of a request at most.
    pub names: usize,
    /// Knows what may be a secret, whatever it was given as.
    pub redactor: Redactor,
}

/// The form of the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// JSON in place of the table.
    pub json: bool,
    /// No header line in the table.
    pub hide_headers: bool,
    /// IDs alone, one a line, in place of either.
    pub quiet: bool,
}

impl Format {
    /// Takes the form from what was given; the default is a table with a header line.
    pub fn from_args(args: &Args) -> Format {
        Format {
            json: args.json.unwrap_or(false),
            hide_headers: args.hide_headers.unwrap_or(false),
            quiet: false,
        }
    }
}

impl Settings {
    /// Resolves what was given, and reads the token and configs files where they are needed.
    ///
    /// # Errors
    /// Exit code 2 where flags or variables contradict each other, 3 for the files.
    pub fn resolve(args: &Args) -> Result<Settings, Error> {
        Settings::resolve_with(args, false).map(|(settings, _)| settings)
    }

    /// The same, and the organization of the active config, for which the file is read even where
    /// flags or variables give all else.
    ///
    /// # Errors
    /// As for [`Settings::resolve`].
    pub fn resolve_with_org(args: &Args) -> Result<(Settings, Option<String>), Error> {
        Settings::resolve_with(args, true)
    }

    fn resolve_with(args: &Args, org: bool) -> Result<(Settings, Option<String>), Error> {
        let token = token(args)?;
        let entry = match (&args.active_config, &args.host, &token) {
            (None, Some(_), Some(_)) if !org => None,
            (wanted, ..) => configs::load(&configs_path(args), wanted.as_deref())?,
        };
        let credentials = match (token, &entry) {
            (Some(token), _) => Credentials::Token(token),
            (None, Some(entry)) => entry_credentials(entry, args)?,
            (None, None) => Credentials::None,
        };
        let mut headers = HeaderMap::new();
        if let Some(id) = &args.trace_debug_id {
            // Both, as the Go client has it.
            for name in ["influx-debug-id", "zap-trace-span"] {
                headers.insert(name, id.clone());
            }
        }
        for (name, value) in &args.extra_headers {
            headers.insert(name, value.clone());
        }
        let settings = Settings {
            host: host(args, entry.as_ref())?,
            credentials,
            headers,
            timeout: args.timeout.unwrap_or(Some(TIMEOUT)),
            skip_verify: args.skip_verify.unwrap_or(false),
            tls_ca: args.tls_ca.clone(),
            client_certificate: client_certificate(args)?,
            http_debug: args.http_debug.unwrap_or(false),
            names: 1,
            redactor: args.redactor.clone(),
        };
        let org = match &entry {
            Some(entry) if org => entry_org(entry, args)?,
            _ => None,
        };
        Ok((settings, org))
    }
}

fn configs_path(args: &Args) -> PathBuf {
    match &args.configs_path {
        Some(path) => configs::expand(path.clone()),
        None => configs::default_path(),
    }
}

fn host(args: &Args, entry: Option<&Entry>) -> Result<BaseUrl, Error> {
    if let Some(host) = &args.host {
        return Ok(host.clone());
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
        check_target(org).map_err(|reason| {
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
    let half = |origin: &Origin, other: &str| {
        Err(Error::usage(format!(
            "{origin} needs {other}, and neither is of use alone"
        )))
    };
    match (&args.tls_cert, &args.tls_key) {
        (Some((certificate, _)), Some((key, _))) => Ok(Some((certificate.clone(), key.clone()))),
        (Some((_, origin)), None) => half(origin, "--tls-key"),
        (None, Some((_, origin))) => half(origin, "--tls-cert"),
        (None, None) => Ok(None),
    }
}

/// The token by flag or variable, in itself or in a file.
fn token(args: &Args) -> Result<Option<Secret>, Error> {
    match (&args.token, &args.token_file) {
        (Some((_, one)), Some((_, other))) => {
            Err(Error::usage(format!("specify {one} or {other}, not both")))
        }
        (Some((token, _)), None) => Ok(Some(token.clone())),
        (None, Some((path, origin))) => token_from(path, *origin).map(Some),
        (None, None) => Ok(None),
    }
}

fn token_from(path: &Path, origin: Origin) -> Result<Secret, Error> {
    let shown = text::path(path);
    let content = if path.as_os_str() == DASH {
        files::read_stdin()
    } else {
        files::read_text(path)
    };
    let wrong = |reason: String| {
        Error::config(format!(
            "cannot take the token from {origin} {shown}: {reason}"
        ))
    };
    let token = files::secret_in(&content.map_err(|error| wrong(io_reason(&error)))?);
    if token.expose().is_empty() {
        return Err(wrong("it is empty".to_string()));
    }
    check_value(token.expose()).map_err(|reason| wrong(format!("it {reason}")))?;
    Ok(token)
}
