//! Where the API token comes from.

use super::files;
use super::flags::{TOKEN, TOKEN_FILE};
use crate::cli::args::{Args, DASH, Origin};
use crate::error::{Error, io_reason};
use crate::header::check_value;
use crate::secret::Secret;
use crate::text;
use std::path::Path;

/// The token by flag or variable, in itself or in a file.
///
/// # Errors
/// Exit code 2 where both are given, 3 where the file cannot be used.
pub fn from_args(args: &Args) -> Result<Option<Secret>, Error> {
    args.not_both(&TOKEN, &TOKEN_FILE)?;
    let file = args.path(&TOKEN_FILE).zip(args.origin(&TOKEN_FILE));
    match (args.text(&TOKEN), file) {
        (Some(token), _) => Ok(Some(Secret::new(token))),
        (None, Some((path, origin))) => token_from(path, origin).map(Some),
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

/// What `token` begins with, where it is hardly part of it: what an environment file or a header has
/// around a token.
pub fn in_front_of_token(token: &str) -> Option<&'static str> {
    if token.starts_with(['"', '\'']) {
        return Some("a quotation mark");
    }
    if let Some((name, value)) = token.split_once('=') {
        let name = name.strip_prefix("export ").unwrap_or(name).trim_end();
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        // Padding is no value.
        if is_name && !value.trim_matches('=').is_empty() {
            return Some("a variable's name");
        }
    }
    let schemes = [("token ", "`Token `"), ("bearer ", "`Bearer `")];
    let found = schemes.iter().find(|(word, _)| {
        let start = token.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    })?;
    Some(found.1)
}
