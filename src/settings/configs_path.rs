//! The path of the configs file.

use super::flags::CONFIGS_PATH;
use crate::cli::args::Args;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The path from the flag or the variable. The default is `~/.influxdbv2/configs`.
pub fn from_args(args: &Args) -> PathBuf {
    match args.path(&CONFIGS_PATH) {
        Some(path) => expand(path),
        None => home().join(".influxdbv2").join("configs"),
    }
}

/// Expands a leading `~/`, because no shell expands it in a container manifest.
fn expand(path: &Path) -> PathBuf {
    match path.as_os_str().as_bytes() {
        [b'~', rest @ ..] if matches!(rest, [] | [b'/', ..]) => {
            let slashes = rest.iter().take_while(|byte| **byte == b'/').count();
            home().join(OsStr::from_bytes(&rest[slashes..]))
        }
        _ => path.to_path_buf(),
    }
}

/// `$HOME`, otherwise the home directory from the user database, otherwise the working directory.
fn home() -> PathBuf {
    std::env::home_dir().unwrap_or_default()
}
