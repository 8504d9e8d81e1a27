//! What was typed or set in the environment, checked but not yet resolved, and the setters of
//! the flag table. Setters report a reason without naming the flag or the value: the parser does.

use crate::error::Error;
use crate::flags::Flag;
use crate::header::{self, check_value};
use crate::secret::{Redactor, Secret};
use crate::url::BaseUrl;
use crate::values::{boolean, duration};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;
use ureq::http::{HeaderMap, HeaderValue};

/// The word that stands for standard input, or for the previous config.
pub const DASH: &str = "-";

/// The longest ID or username taken, in bytes. InfluxDB's IDs have 16; the bound keeps the
/// request within its buffer.
pub const MAX_TARGET: usize = 1024;

/// Where a value comes from, by the name that messages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag, by its long name.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(long) => write!(f, "--{long}"),
            Origin::Variable(name) => f.write_str(name),
        }
    }
}

/// A value as it was given. A bare switch has the value `true`.
pub struct Given {
    /// Long name of its flag.
    pub long: &'static str,
    /// The value, not necessarily UTF-8, never empty but where the flag allows it.
    pub value: OsString,
    /// Where it comes from.
    pub origin: Origin,
}

/// Everything given on the command line and in the environment; `None` is 'not given'.
#[derive(Debug, Default)]
pub struct Args {
    /// `--host`, with where it comes from.
    pub host: Option<BaseUrl>,
    /// `--token`.
    pub token: Option<(Secret, Origin)>,
    /// `--token-file`.
    pub token_file: Option<(PathBuf, Origin)>,
    /// `--active-config`.
    pub active_config: Option<String>,
    /// `--configs-path`.
    pub configs_path: Option<PathBuf>,
    /// `--skip-verify`.
    pub skip_verify: Option<bool>,
    /// `--tls-ca`.
    pub tls_ca: Option<PathBuf>,
    /// `--tls-cert`.
    pub tls_cert: Option<(PathBuf, Origin)>,
    /// `--tls-key`.
    pub tls_key: Option<(PathBuf, Origin)>,
    /// `--timeout`; the inner `None` is `0`, no limit.
    pub timeout: Option<Option<Duration>>,
    /// `--json`.
    pub json: Option<bool>,
    /// `--hide-headers`.
    pub hide_headers: Option<bool>,
    /// `--http-debug`.
    pub http_debug: Option<bool>,
    /// `--trace-debug-id`.
    pub trace_debug_id: Option<HeaderValue>,
    /// `--extra-http-header`, in order; of a name given twice the last one, in place of the first.
    pub extra_headers: HeaderMap,
    /// `--id`, in order, `-` among them.
    pub ids: Vec<(String, Origin)>,
    /// `--username`, in order, `-` among them.
    pub usernames: Vec<(String, Origin)>,
    /// `--password`.
    pub password: Option<(Secret, Origin)>,
    /// `--password-file`, perhaps `-`.
    pub password_file: Option<(PathBuf, Origin)>,
    /// The flags that single commands declare, in order: long name, value and where it comes from.
    pub own: Vec<(&'static str, OsString, Origin)>,
    /// Knows what may be a secret, whatever it was given as.
    pub redactor: Redactor,
}

impl Args {
    /// The values of a flag that [`keep`], [`keep_text`] or [`keep_switch`] stored, in order.
    pub fn all(&self, flag: &Flag) -> impl Iterator<Item = &str> {
        let long = flag.long;
        let own = self.own.iter().filter(move |(name, ..)| *name == long);
        own.filter_map(|(_, value, _)| value.to_str())
    }

    /// The value of such a flag that counts, the last one.
    pub fn text(&self, flag: &Flag) -> Option<&str> {
        self.all(flag).last()
    }

    /// Whether such a flag, a switch, is on; the default is off.
    pub fn is_on(&self, flag: &Flag) -> bool {
        self.text(flag)
            .is_some_and(|text| boolean(text) == Ok(true))
    }

    /// Where the value of such a flag comes from, if it was given.
    pub fn origin(&self, flag: &Flag) -> Option<Origin> {
        let mut own = self.own.iter().rev();
        own.find(|(name, ..)| *name == flag.long)
            .map(|(.., origin)| *origin)
    }

    /// What is to come from standard input, at most one thing.
    ///
    /// # Errors
    /// Exit code 2 where it is wanted twice.
    pub fn stdin(&self) -> Result<Option<Origin>, Error> {
        let targets = self.ids.iter().chain(&self.usernames);
        let targets = targets.map(|(word, origin)| (OsStr::new(word), *origin));
        let files = [&self.token_file, &self.password_file]
            .into_iter()
            .flatten();
        let files = files.map(|(path, origin)| (path.as_os_str(), *origin));
        let mut wanted = targets
            .chain(files)
            .filter(|(word, _)| *word == DASH)
            .map(|(_, origin)| origin);
        let first = wanted.next();
        match (first, wanted.next()) {
            (Some(one), Some(other)) => Err(Error::usage(format!(
                "{one} - and {other} - both want standard input"
            ))),
            _ => Ok(first),
        }
    }
}

/// Refuses two that exclude each other.
///
/// # Errors
/// Exit code 2 where both were given.
pub fn not_both(one: Option<Origin>, other: Option<Origin>) -> Result<(), Error> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Err(Error::usage(format!("specify {one} or {other}, not both")))
        }
        _ => Ok(()),
    }
}

/// Stores the value as it is.
pub fn keep(args: &mut Args, given: Given) -> Result<(), String> {
    args.own.push((given.long, given.value, given.origin));
    Ok(())
}

/// Stores a value that is UTF-8, no longer than a request has room for.
pub fn keep_text(args: &mut Args, given: Given) -> Result<(), String> {
    check_target(as_text(&given)?)?;
    keep(args, given)
}

/// Stores a switch.
pub fn keep_switch(args: &mut Args, given: Given) -> Result<(), String> {
    boolean(as_text(&given)?)?;
    keep(args, given)
}

/// The value as text.
pub fn as_text(given: &Given) -> Result<&str, String> {
    given
        .value
        .to_str()
        .ok_or_else(|| "is not UTF-8".to_string())
}

/// The setter of a flag that the parser handles itself.
pub fn ignore(_: &mut Args, _: Given) -> Result<(), String> {
    Ok(())
}

pub fn host(args: &mut Args, given: Given) -> Result<(), String> {
    args.host = Some(BaseUrl::parse(&text(given)?)?);
    Ok(())
}

pub fn token(args: &mut Args, given: Given) -> Result<(), String> {
    let origin = given.origin;
    let mut token = text(given)?;
    if let Origin::Variable(_) = origin {
        // As of a token file: both are filled by tools that end their output with a line break.
        token.truncate(token.trim_end().len());
        if token.is_empty() {
            return Err("holds nothing but white space".to_string());
        }
    }
    check_value(&token)?;
    args.token = Some((Secret::new(token), origin));
    Ok(())
}

pub fn token_file(args: &mut Args, given: Given) -> Result<(), String> {
    args.token_file = Some((given.value.into(), given.origin));
    Ok(())
}

pub fn active_config(args: &mut Args, given: Given) -> Result<(), String> {
    args.active_config = Some(text(given)?);
    Ok(())
}

pub fn configs_path(args: &mut Args, given: Given) -> Result<(), String> {
    args.configs_path = Some(given.value.into());
    Ok(())
}

pub fn skip_verify(args: &mut Args, given: Given) -> Result<(), String> {
    switch(&mut args.skip_verify, given)
}

pub fn tls_ca(args: &mut Args, given: Given) -> Result<(), String> {
    args.tls_ca = Some(given.value.into());
    Ok(())
}

pub fn tls_cert(args: &mut Args, given: Given) -> Result<(), String> {
    args.tls_cert = Some((given.value.into(), given.origin));
    Ok(())
}

pub fn tls_key(args: &mut Args, given: Given) -> Result<(), String> {
    args.tls_key = Some((given.value.into(), given.origin));
    Ok(())
}

pub fn timeout(args: &mut Args, given: Given) -> Result<(), String> {
    args.timeout = Some(duration(&text(given)?)?);
    Ok(())
}

pub fn json(args: &mut Args, given: Given) -> Result<(), String> {
    switch(&mut args.json, given)
}

pub fn hide_headers(args: &mut Args, given: Given) -> Result<(), String> {
    switch(&mut args.hide_headers, given)
}

pub fn http_debug(args: &mut Args, given: Given) -> Result<(), String> {
    switch(&mut args.http_debug, given)
}

pub fn trace_debug_id(args: &mut Args, given: Given) -> Result<(), String> {
    args.trace_debug_id = Some(header::value(&text(given)?)?);
    Ok(())
}

pub fn extra_http_header(args: &mut Args, given: Given) -> Result<(), String> {
    let several = matches!(given.origin, Origin::Variable(_));
    let value = text(given)?;
    if several {
        for one in value.split(',').filter(|one| !one.trim().is_empty()) {
            header::add(one, &mut args.extra_headers)?;
        }
    } else {
        header::add(&value, &mut args.extra_headers)?;
    }
    Ok(())
}

/// Refuses what cannot be an ID or username, whether typed or read from standard input.
pub fn check_target(value: &str) -> Result<(), String> {
    if value.len() > MAX_TARGET {
        return Err(format!("longer than {MAX_TARGET} bytes"));
    }
    Ok(())
}

fn switch(slot: &mut Option<bool>, given: Given) -> Result<(), String> {
    *slot = Some(boolean(&text(given)?)?);
    Ok(())
}

/// The value, taken over as text.
pub fn text(given: Given) -> Result<String, String> {
    given
        .value
        .into_string()
        .map_err(|_| "is not UTF-8".to_string())
}
