//! Reads the API token from the flags, the variables or a file.

use super::files;
use super::flags::{TOKEN, TOKEN_FILE};
use crate::cli::args::{Args, DASH, Origin};
use crate::error::{Error, io_reason};
use crate::header::check_value;
use crate::secret::Secret;
use crate::text;
use std::path::Path;

/// The token from `--token` or from the file of `--token-file`, or from their variables.
///
/// # Errors
/// Exit code 2 if both are given, and 3 if the file cannot be used.
pub fn from_args(args: &Args) -> Result<Option<Secret>, Error> {
    args.not_both(&TOKEN, &TOKEN_FILE)?;
    if let Some(token) = args.text(&TOKEN) {
        return Ok(Some(Secret::new(token)));
    }
    let file = args.path(&TOKEN_FILE).zip(args.origin(&TOKEN_FILE));
    file.map(|(path, origin)| from_file(path, origin))
        .transpose()
}

fn from_file(path: &Path, origin: Origin) -> Result<Secret, Error> {
    let wrong = |reason: String| {
        let path = text::path(path);
        Error::config(format!(
            "cannot read the token from {origin} {path}: {reason}"
        ))
    };
    let content = if path.as_os_str() == DASH {
        files::read_stdin()
    } else {
        files::read_text(path)
    };
    let content = content.map_err(|error| wrong(io_reason(&error)))?;
    let token = content.strip_prefix(files::BYTE_ORDER_MARK);
    let token = token.unwrap_or(&content).trim_end();
    if token.is_empty() {
        return Err(wrong("it is empty".to_string()));
    }
    check_value(token).map_err(|reason| wrong(format!("it {reason}")))?;
    Ok(Secret::new(token))
}

/// Describes what was copied in front of the token by mistake, from an environment file or a header.
pub fn stray_prefix(token: &str) -> Option<&'static str> {
    if token.starts_with(['"', '\'']) {
        return Some("a quotation mark");
    }
    if let Some((name, value)) = token.split_once('=') {
        let name = name.strip_prefix("export ").unwrap_or(name).trim_end();
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        // The padding of a token also has `=`.
        if is_name && !value.trim_matches('=').is_empty() {
            return Some("a variable's name");
        }
    }
    let (scheme, _) = token.split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "token" => Some("`Token `"),
        "bearer" => Some("`Bearer `"),
        _ => None,
    }
}
