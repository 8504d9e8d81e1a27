//! What was typed or set in the environment, checked but not yet resolved, and the setters of
//! the flag table. Setters report a reason without naming the flag or the value: the parser does.

use crate::header::{Header, check_value};
use crate::secret::{Redactor, Secret};
use crate::url::BaseUrl;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

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
    pub trace_debug_id: Option<Secret>,
    /// `--extra-http-header`, in order.
    pub extra_headers: Vec<Header>,
    /// `--id`, in order, `-` among them.
    pub ids: Vec<(String, Origin)>,
    /// `--username`, in order, `-` among them.
    pub usernames: Vec<(String, Origin)>,
    /// Knows what may be a secret, whatever it was given as.
    pub redactor: Redactor,
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
    let token = text(given)?;
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
    let id = text(given)?;
    check_value(&id)?;
    args.trace_debug_id = Some(Secret::new(id));
    Ok(())
}

pub fn extra_http_header(args: &mut Args, given: Given) -> Result<(), String> {
    let several = matches!(given.origin, Origin::Variable(_));
    let value = text(given)?;
    if several {
        for one in value.split(',').filter(|one| !one.trim().is_empty()) {
            Header::parse(one)?.add_to(&mut args.extra_headers);
        }
    } else {
        Header::parse(&value)?.add_to(&mut args.extra_headers);
    }
    Ok(())
}

pub fn id(args: &mut Args, given: Given) -> Result<(), String> {
    target(&mut args.ids, given)
}

pub fn username(args: &mut Args, given: Given) -> Result<(), String> {
    target(&mut args.usernames, given)
}

fn target(targets: &mut Vec<(String, Origin)>, given: Given) -> Result<(), String> {
    let origin = given.origin;
    let value = text(given)?;
    check_target(&value)?;
    targets.push((value, origin));
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

fn text(given: Given) -> Result<String, String> {
    given
        .value
        .into_string()
        .map_err(|_| "is not UTF-8".to_string())
}

/// The spellings of Go's `strconv.ParseBool`.
fn boolean(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(false),
        _ => Err("expected true or false".to_string()),
    }
}

/// A whole number and `ms`, `s`, `m` or `h`; `0` is no limit.
fn duration(text: &str) -> Result<Option<Duration>, String> {
    let expected =
        || "expected a whole number and ms, s, m or h, as in 500ms or 30s, or 0".to_string();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let number: u64 = match number.parse() {
        Ok(number) => number,
        Err(_) if number.is_empty() => return Err(expected()),
        Err(_) => return Err("the number is too large".to_string()),
    };
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60 * 1000,
        "h" => 60 * 60 * 1000,
        "" if number == 0 => 1,
        _ => return Err(expected()),
    };
    // A century is more than any wait, and far below what the clock's arithmetic holds.
    const MOST: u64 = 100 * 365 * 24 * 60 * 60 * 1000;
    match number.checked_mul(milliseconds) {
        Some(0) => Ok(None),
        Some(total) if total <= MOST => Ok(Some(Duration::from_millis(total))),
        _ => Err("the number is too large".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let limit = |text| duration(text).ok().flatten();
        assert_eq!(limit("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(limit("30s"), Some(Duration::from_secs(30)));
        assert_eq!(limit("2m"), Some(Duration::from_secs(120)));
        assert_eq!(limit("1h"), Some(Duration::from_secs(3600)));
        for none in ["0", "0s", "0ms", "00h"] {
            assert_eq!(duration(none), Ok(None), "{none}");
        }
        for wrong in [
            "", "30", "s", "-1s", "+1s", "1.5s", "1 s", "1d", "1S", "1m30s", "30s ", "１s",
        ] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
        for large in [
            "18446744073709551616ms",
            "18446744073709551615h",
            "9999999h",
        ] {
            assert_eq!(
                duration(large),
                Err("the number is too large".into()),
                "{large}"
            );
        }
    }

    #[test]
    fn booleans_are_those_of_go() {
        for yes in ["1", "t", "T", "TRUE", "true", "True"] {
            assert_eq!(boolean(yes), Ok(true));
        }
        for no in ["0", "f", "F", "FALSE", "false", "False"] {
            assert_eq!(boolean(no), Ok(false));
        }
        for wrong in ["", "yes", "no", "tRUE", "2", " true"] {
            assert!(boolean(wrong).is_err(), "{wrong}");
        }
    }
}
