//! The changes that users make to the configs file, and its entries as they are shown.

mod editor;
#[cfg(test)]
mod tests;

use crate::cli::args::DASH;
use crate::error::Error;
use crate::settings::configs::edit::{Change, Value};
use crate::settings::configs::{self, File};
use crate::text::quote;
use crate::url::BaseUrl;
use editor::{edit, edit_one, summary};
use std::path::Path;

/// Names that a new entry cannot have: `influx config NAME` would not reach it.
const WORDS: [&str; 11] = [
    "config", "ls", "list", "create", "set", "update", "rm", "delete", "remove", "switch", "help",
];

/// An entry as it is shown: no token, no cookie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Its name.
    pub name: String,
    /// Base URL of the server; empty where it is missing or not a string.
    pub url: String,
    /// Name of the organization; empty as for the URL.
    pub org: String,
    /// It is the one to use.
    pub active: bool,
    /// It was the one to use before.
    pub previous: bool,
}

/// Keys of an entry with their values, in the order of the file. A token takes the place of a cookie,
/// and the other way round.
pub type Keys<'a> = [(&'static str, &'a str)];

/// What [`remove`] did.
#[derive(Debug, Default)]
pub struct Removed {
    /// The entries that are gone, as they were, in the order in which they were named. Where one
    /// was active, none is now.
    pub entries: Vec<Summary>,
    /// An error with exit code 3 for each name that the file lacks.
    pub unknown: Vec<Error>,
}

/// All entries in the order of the file; none where it is missing. Several may be marked active.
///
/// # Errors
/// Exit code 3: the file cannot be read or parsed.
pub fn list(path: &Path) -> Result<Vec<Summary>, Error> {
    let mut listed = Vec::new();
    let text = configs::read(path)?;
    File { path, text: &text }.look(&mut |entries| {
        let mut starts = Vec::new();
        for entry in entries {
            let at = starts.partition_point(|start| *start < entry.start);
            starts.insert(at, entry.start);
            listed.insert(at, summary(entry));
        }
        Ok(())
    })?;
    Ok(listed)
}

/// The entry that commands use; where there is none, what they use without one.
///
/// # Errors
/// Exit code 3: the file cannot be read or parsed, or does not say which of several entries is meant.
pub fn show(path: &Path) -> Result<Summary, Error> {
    let mut shown = Summary {
        name: "default".to_string(),
        url: BaseUrl::DEFAULT.to_string(),
        active: true,
        ..Summary::default()
    };
    let text = configs::read(path)?;
    let file = File { path, text: &text };
    file.look(&mut |entries| {
        if let Some(entry) = file.choose(entries, None)? {
            shown = summary(entry);
        }
        Ok(())
    })?;
    Ok(shown)
}

/// Appends an entry. With `active` it takes the mark from the one that has it.
///
/// # Errors
/// Exit code 2: the name cannot be one. 3: the file has an entry of that name, or cannot be read,
/// parsed or written.
pub fn create(path: &Path, name: &str, values: &Keys<'_>, active: bool) -> Result<Summary, Error> {
    check_name(name)?;
    edit_one(path, &mut |entries, editor| {
        if entries.iter().any(|entry| entry.name == name) {
            let what = ["has an entry ", &quote(name), " already"].concat();
            return Err(editor.file.says(&what).hint("`config set` changes it"));
        }
        let mut keys: Vec<_> = values
            .iter()
            .map(|(key, value)| (*key, Value::Text(value)))
            .collect();
        if active {
            editor.activate(entries, name)?;
            keys.push(("active", Value::True));
        }
        editor.apply(&Change::Create { name, keys: &keys })?;
        Ok(name.to_string())
    })
}

/// Changes what is given of an entry. With `active` it takes the mark from the one that has it.
///
/// # Errors
/// Exit code 2: nothing is given. 3: the file lacks the entry, or cannot be read, parsed or written.
pub fn set(path: &Path, name: &str, values: &Keys<'_>, active: bool) -> Result<Summary, Error> {
    if values.is_empty() && !active {
        let what = ["nothing to set for config ", &quote(name)].concat();
        return Err(Error::usage(what));
    }
    edit_one(path, &mut |entries, editor| {
        editor.file.named(entries, name)?;
        for (key, value) in values {
            editor.put(name, key, Value::Text(value))?;
        }
        if active {
            editor.activate(entries, name)?;
        }
        Ok(name.to_string())
    })
}

/// Makes an entry the active one, and the one that was active the previous one. `-` is the entry
/// marked previous.
///
/// # Errors
/// Exit code 3: the file lacks the entry, or cannot be read, parsed or written.
pub fn switch(path: &Path, wanted: &str) -> Result<Summary, Error> {
    edit_one(path, &mut |entries, editor| {
        let chosen = editor.file.choose(entries, Some(wanted))?;
        let name = chosen.map_or(wanted, |entry| entry.name);
        editor.activate(entries, name)?;
        Ok(name.to_string())
    })
}

/// Removes entries. What is named twice is removed once.
///
/// # Errors
/// Exit code 3: the file cannot be read, parsed or written. A name that it lacks is no such error:
/// see [`Removed`].
pub fn remove(path: &Path, names: &[&str]) -> Result<Removed, Error> {
    let mut removed = Removed::default();
    edit(path, &mut |entries, editor| {
        removed = Removed::default();
        for (at, name) in names.iter().copied().enumerate() {
            if names[..at].contains(&name) {
                continue;
            }
            match editor.file.named(entries, name) {
                Ok(entry) => {
                    removed.entries.push(summary(entry));
                    editor.apply(&Change::Remove { name })?;
                }
                Err(error) => removed.unknown.push(error),
            }
        }
        Ok(())
    })?;
    Ok(removed)
}

/// Checks the name of a new entry.
///
/// # Errors
/// Exit code 2: it is empty, `-`, a word of the command, or has a control character.
fn check_name(name: &str) -> Result<(), Error> {
    let reason = match name {
        "" => "it is empty",
        DASH => "`-` is the previous config",
        word if WORDS.contains(&word) => "it is a word of `config`",
        name if name.chars().any(char::is_control) => "it has a control character",
        _ => return Ok(()),
    };
    let what = [&quote(name), " is not a valid config name: ", reason].concat();
    Err(Error::usage(what))
}
