//! The configs file: TOML with `name -> {url, token, org, active, previous, cookie}`, as the Go client
//! writes it. Tokens and cookies in it are never shown.

mod atomic_file;
mod edit;
mod entries;
pub mod store;

use crate::error::{Error, io_reason};
use crate::secret::Secret;
use crate::settings::files;
use crate::text::{self, quote};
use entries::ConfigsFile;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What an entry says to commands that talk to a server. Empty strings count as missing.
#[derive(Debug)]
pub struct Config {
    /// The configs file.
    path: PathBuf,
    /// Name of the entry.
    name: String,
    /// Base URL of the server.
    pub url: Option<String>,
    /// API token.
    pub token: Option<Secret>,
    /// Name of the organization.
    pub org: Option<String>,
    /// Base64 of `user:password`, for a session instead of a token.
    pub cookie: Option<Secret>,
}

impl Config {
    /// The error `KEY of config NAME in PATH: REASON`.
    pub fn error(&self, key: &str, reason: &str) -> Error {
        let (name, path) = (quote(&self.name), text::path(&self.path));
        Error::config(format!("{key} of config {name} in {path}: {reason}"))
    }
}

/// The entry to use: the one `wanted` by name (`-` is the previous one), else the active one, else
/// the only one. `None` if the file is missing or has no entry.
///
/// # Errors
/// Exit code 3: the file cannot be read or parsed, or does not say which entry is meant.
pub fn load(path: &Path, wanted: Option<&str>) -> Result<Option<Config>, Error> {
    let text = read(path)?;
    let file = ConfigsFile::parse(path, &text)?;
    let chosen = file.choose(wanted)?;
    chosen.map(|entry| file.config(entry)).transpose()
}

/// The text of the file, empty if it is missing.
fn read(path: &Path) -> Result<String, Error> {
    read_or_empty(path).map_err(|error| cannot_read(path, &error))
}

fn read_or_empty(path: &Path) -> io::Result<String> {
    match files::read_text(path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(String::new())
        }
        read => read,
    }
}

fn cannot_read(path: &Path, error: &io::Error) -> Error {
    let (path, reason) = (text::path(path), io_reason(error));
    Error::config(format!("cannot read the configs file {path}: {reason}"))
}
