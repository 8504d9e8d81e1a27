//! The configs file: TOML with `name -> {url, token, org, active, previous, cookie}`, as the Go client
//! writes it. Tokens and cookies in it are never shown.

mod atomic_file;
mod edit;
mod entries;
pub mod store;

use crate::error::{Error, io_reason};
use crate::secret::Secret;
use crate::settings::files;
use crate::text;
use entries::ConfigsFile;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// What an entry says to commands that talk to a server. Empty strings count as missing.
#[derive(Debug)]
pub struct Config {
    /// Name of the entry.
    pub name: String,
    /// Base URL of the server.
    pub url: Option<String>,
    /// API token.
    pub token: Option<Secret>,
    /// Name of the organization.
    pub org: Option<String>,
    /// Base64 of `user:password`, for a session instead of a token.
    pub cookie: Option<Secret>,
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
///
/// # Errors
/// Exit code 3: the file cannot be read.
fn read(path: &Path) -> Result<String, Error> {
    match files::read_text(path) {
        Ok(text) => Ok(text),
        Err(error) if is_missing(&error) => Ok(String::new()),
        Err(error) => Err(cannot_read(path, &error)),
    }
}

fn cannot_read(path: &Path, error: &io::Error) -> Error {
    let (path, reason) = (text::path(path), io_reason(error));
    Error::config(format!("cannot read the configs file {path}: {reason}"))
}

/// `~/.influxdbv2/configs`, where `~` is `$HOME`, else the account's home directory, else the
/// working directory.
pub fn default_path() -> PathBuf {
    home().join(".influxdbv2").join("configs")
}

/// `path` with a leading `~/` replaced: no shell does that in the manifest of a container.
pub fn expand(path: &Path) -> PathBuf {
    match path.as_os_str().as_bytes() {
        [b'~', rest @ ..] if matches!(rest, [] | [b'/', ..]) => {
            let slashes = rest.iter().take_while(|byte| **byte == b'/').count();
            home().join(OsStr::from_bytes(&rest[slashes..]))
        }
        _ => path.to_path_buf(),
    }
}

fn home() -> PathBuf {
    std::env::home_dir().unwrap_or_default()
}

fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}
