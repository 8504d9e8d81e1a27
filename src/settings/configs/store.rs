//! What `influx config` does with the configs file: it lists, creates, sets, switches and removes
//! entries.

use crate::cli::args::DASH;
use crate::error::Error;
use crate::settings::configs::edit::{CannotEdit, Document};
use crate::settings::configs::entries::{ConfigsFile, Entry};
use crate::settings::configs::{atomic_file, read};
use crate::settings::host;
use crate::text::quote;
use crate::url::BaseUrl;
use std::collections::BTreeSet;
use std::path::Path;

/// Names that a new entry cannot have, because `influx config NAME` would not reach it.
const RESERVED_NAMES: [&str; 11] = [
    "config", "ls", "list", "create", "set", "update", "rm", "delete", "remove", "switch", "help",
];

/// What is shown of an entry: no token, no cookie, no password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Its name.
    pub name: String,
    /// Base URL of the server without `user:password@`; empty if it is missing or not a string.
    pub url: String,
    /// Name of the organization; empty if it is missing or not a string.
    pub org: String,
    /// Commands use this entry.
    pub active: bool,
    /// Commands used this entry before the last switch.
    pub previous: bool,
}

/// What to set of an entry.
#[derive(Debug, Default)]
pub struct Changes<'a> {
    /// Keys with their values, in the order in which a new entry has them.
    pub values: Vec<(&'static str, &'a str)>,
    /// Make it the active entry.
    pub active: bool,
}

/// What [`remove`] did.
#[derive(Debug, Default)]
pub struct Removed {
    /// The removed entries as they were, in the order in which they were named.
    pub entries: Vec<Summary>,
    /// An error for each name that the file lacks.
    pub unknown: Vec<Error>,
}

/// All entries in the order of the file. Several may be marked as active.
///
/// # Errors
/// Exit code 3: the file cannot be read or parsed.
pub fn list(path: &Path) -> Result<Vec<Summary>, Error> {
    let text = read(path)?;
    let mut entries = ConfigsFile::parse(path, &text)?.entries;
    entries.sort_by_key(|entry| entry.start);
    Ok(entries.iter().map(summary).collect())
}

/// The entry that commands use, else what they use without one.
///
/// # Errors
/// Exit code 3: the file cannot be read or parsed, or does not say which entry is meant.
pub fn show(path: &Path) -> Result<Summary, Error> {
    let text = read(path)?;
    let file = ConfigsFile::parse(path, &text)?;
    Ok(match file.choose(None)? {
        Some(entry) => summary(entry),
        None => Summary {
            name: "default".to_string(),
            url: host::DEFAULT.to_string(),
            active: true,
            ..Summary::default()
        },
    })
}

/// Appends an entry.
///
/// # Errors
/// Exit code 2: the name is not valid. 3: the file has an entry of that name, or cannot be read,
/// parsed or written.
pub fn create(path: &Path, name: &str, changes: &Changes<'_>) -> Result<Summary, Error> {
    check_name(name)?;
    edit_one(path, &mut |file, document| {
        if file.find(name).is_some() {
            let error = file.error(&format!("has an entry {} already", quote(name)));
            return Err(error.hint("`config set` changes it"));
        }
        document.create(name);
        apply(changes, name, file, document)?;
        Ok(name.to_string())
    })
}

/// Changes an entry. Without changes it only returns the entry.
///
/// # Errors
/// Exit code 3: the file lacks the entry, or cannot be read, parsed or written.
pub fn set(path: &Path, name: &str, changes: &Changes<'_>) -> Result<Summary, Error> {
    if changes.values.is_empty() && !changes.active {
        let text = read(path)?;
        let file = ConfigsFile::parse(path, &text)?;
        file.active()?;
        return file.named(name).map(summary);
    }
    edit_one(path, &mut |file, document| {
        file.named(name)?;
        apply(changes, name, file, document)?;
        Ok(name.to_string())
    })
}

/// Makes an entry the active one, and the active one the previous one. `-` is the previous one.
///
/// # Errors
/// Exit code 3: the file lacks the entry, or cannot be read, parsed or written.
pub fn switch(path: &Path, wanted: &str) -> Result<Summary, Error> {
    edit_one(path, &mut |file, document| {
        let chosen = file.choose(Some(wanted))?;
        let name = chosen.map_or(wanted, |entry| &entry.name);
        activate(name, file, document)?;
        Ok(name.to_string())
    })
}

/// Removes entries. The file may lack some of them.
///
/// # Errors
/// Exit code 3: the file cannot be read, parsed or written.
pub fn remove(path: &Path, names: &[&str]) -> Result<Removed, Error> {
    edit(path, &mut |file, document| {
        let mut removed = Removed::default();
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(*name) {
                continue;
            }
            match file.find(name) {
                Some(entry) => removed.entries.push(summary(entry)),
                None => removed.unknown.push(file.lacks(name)),
            }
        }
        document.remove(&seen);
        Ok(removed)
    })
}

/// Edits the file under its lock. An error leaves it as it is.
fn edit<T: Default>(
    path: &Path,
    act: &mut dyn FnMut(&ConfigsFile<'_>, &mut Document) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut outcome = T::default();
    atomic_file::update(path, &mut |text| {
        let file = ConfigsFile::parse(path, text)?;
        // Several active entries are an error for every edit.
        file.active()?;
        let mut document = Document::parse(text).map_err(|error| cannot_edit(&file, error))?;
        outcome = act(&file, &mut document)?;
        Ok(document.to_text())
    })?;
    Ok(outcome)
}

/// Edits one entry, whose name `act` returns, and returns it as it is afterwards.
fn edit_one(
    path: &Path,
    act: &mut dyn FnMut(&ConfigsFile<'_>, &mut Document) -> Result<String, Error>,
) -> Result<Summary, Error> {
    edit(path, &mut |file, document| {
        let name = act(file, document)?;
        let text = document.to_text();
        ConfigsFile::parse(path, &text)?.named(&name).map(summary)
    })
}

fn apply(
    changes: &Changes<'_>,
    name: &str,
    file: &ConfigsFile<'_>,
    document: &mut Document,
) -> Result<(), Error> {
    for (key, value) in &changes.values {
        let set = document.set_text(name, key, value);
        set.map_err(|error| cannot_edit(file, error))?;
    }
    if changes.active {
        activate(name, file, document)?;
    }
    Ok(())
}

/// Marks `name` as active and the formerly active entry as previous. No other entry keeps a mark.
fn activate(name: &str, file: &ConfigsFile<'_>, document: &mut Document) -> Result<(), Error> {
    let mut marks = || {
        for entry in &file.entries {
            if entry.name == name {
                continue;
            } else if entry.active {
                document.set_true(&entry.name, "previous")?;
            } else if entry.previous {
                document.unset(&entry.name, "previous")?;
            }
        }
        document.set_true(name, "active")
    };
    marks().map_err(|error| cannot_edit(file, error))
}

fn cannot_edit(file: &ConfigsFile<'_>, CannotEdit: CannotEdit) -> Error {
    let error = file.error("cannot be changed without touching the rest of it");
    error.hint("nothing was written; edit it by hand")
}

fn summary(entry: &Entry<'_>) -> Summary {
    Summary {
        name: entry.name.to_string(),
        url: without_user(entry.text("url")),
        org: entry.text("org").to_string(),
        active: entry.active,
        previous: entry.previous,
    }
}

/// A URL without `user:password@`. Commands refuse such a URL, so in one that they accept, `@` can only
/// be in the path. In any other, a password may have any character, a slash included.
fn without_user(url: &str) -> String {
    let scheme = ["http://", "https://"].into_iter().find(|scheme| {
        let start = url.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let (scheme, rest) = url.split_at(scheme.map_or(0, str::len));
    match rest.rsplit_once('@') {
        Some((_, address)) if BaseUrl::parse(url).is_err() => format!("{scheme}{address}"),
        _ => url.to_string(),
    }
}

fn check_name(name: &str) -> Result<(), Error> {
    let reason = match name {
        "" => "it is empty",
        DASH => "`-` is the previous config",
        name if RESERVED_NAMES.contains(&name) => "it is a word of `config`",
        name if name.chars().any(char::is_control) => "it has a control character",
        _ => return Ok(()),
    };
    let name = quote(name);
    Err(Error::usage(format!(
        "{name} is not a valid config name: {reason}"
    )))
}
