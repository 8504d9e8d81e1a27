//! The configs file, in the TOML format of the Go client. Each entry is a table with the keys `url`,
//! `token`, `org`, `active`, `previous` and `cookie`. Tokens and cookies are never shown.

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

/// The values of an entry for commands that send requests. Empty strings count as missing.
#[derive(Debug)]
pub struct Config {
    path: PathBuf,
    name: String,
    pub url: Option<String>,
    pub token: Option<Secret>,
    pub org: Option<String>,
    /// The base64 of `user:password`. It opens a session if there is no token.
    pub cookie: Option<Secret>,
}

impl Config {
    /// Creates the error `KEY of config NAME in PATH: REASON`.
    pub fn error(&self, key: &str, reason: &str) -> Error {
        let (name, path) = (quote(&self.name), text::path(&self.path));
        Error::config(format!("{key} of config {name} in {path}: {reason}"))
    }
}

/// Reads the entry to use. See [`ConfigsFile::choose`] for `wanted`. Returns `None` if the file is
/// missing or has no entries.
///
/// # Errors
/// Exit code 3 if the file cannot be read or parsed, or does not say which entry to use.
pub fn load(path: &Path, wanted: Option<&str>) -> Result<Option<Config>, Error> {
    let text = read(path)?;
    let file = ConfigsFile::parse(path, &text)?;
    let chosen = file.choose(wanted)?;
    chosen.map(|entry| file.config(entry)).transpose()
}

/// Reads the file. The text of a missing file is empty.
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
