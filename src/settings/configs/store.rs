//! Lists, creates, changes, switches and removes entries of the configs file, for `influx config`.

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

/// Names that a new entry cannot have, because they are subcommands of `config` or look like one.
const RESERVED_NAMES: [&str; 11] = [
    "config", "ls", "list", "create", "set", "update", "rm", "delete", "remove", "switch", "help",
];

/// The part of an entry that may be shown. It has no token, cookie or password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub name: String,
    /// The base URL without `user:password@`. It is empty if the key is missing or not a string.
    pub url: String,
    /// The name of the organization. It is empty if the key is missing or not a string.
    pub org: String,
    /// Commands use this entry by default.
    pub active: bool,
    /// This entry was active before the last switch.
    pub previous: bool,
}

/// Changes to an entry.
#[derive(Debug, Default)]
pub struct Changes<'a> {
    /// Keys and values. A new entry has the keys in this order.
    pub values: Vec<(&'static str, &'a str)>,
    /// Makes this entry active.
    pub active: bool,
}

/// The result of [`remove`].
#[derive(Debug, Default)]
pub struct Removed {
    /// The removed entries, in the order of the arguments.
    pub entries: Vec<Summary>,
    /// An error for each name that is not in the file.
    pub unknown: Vec<Error>,
}

/// All entries, in the order of the file. Several entries marked as active are not an error here.
///
/// # Errors
/// Exit code 3 if the file cannot be read or parsed.
pub fn list(path: &Path) -> Result<Vec<Summary>, Error> {
    let text = read(path)?;
    let mut entries = ConfigsFile::parse(path, &text)?.entries;
    entries.sort_by_key(|entry| entry.start);
    Ok(entries.iter().map(summary).collect())
}

/// The entry that commands use. If the file has no entries, this describes the defaults of commands.
///
/// # Errors
/// Exit code 3 if the file cannot be read or parsed, or does not say which entry to use.
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

/// # Errors
/// Exit code 2 if the name is not valid. Exit code 3 if the file already has this entry, or cannot be
/// read, parsed or written.
pub fn create(path: &Path, name: &str, changes: &Changes<'_>) -> Result<Summary, Error> {
    check_name(name)?;
    edit_one(path, &mut |file, document| {
        if file.find(name).is_some() {
            let error = file.error(&format!("already has an entry {}", quote(name)));
            return Err(error.hint("`config set` changes it"));
        }
        document.create(name);
        apply(changes, name, file, document)?;
        Ok(name.to_string())
    })
}

/// Changes an entry. If there are no changes, this does not write the file.
///
/// # Errors
/// Exit code 3 if the file does not have the entry, or cannot be read, parsed or written.
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

/// Makes an entry active. The formerly active entry becomes the previous one. `-` means the previous
/// entry.
///
/// # Errors
/// Exit code 3 if the file does not have the entry, or cannot be read, parsed or written.
pub fn switch(path: &Path, wanted: &str) -> Result<Summary, Error> {
    edit_one(path, &mut |file, document| {
        let chosen = file.choose(Some(wanted))?;
        let name = chosen.map_or(wanted, |entry| &entry.name);
        activate(name, file, document)?;
        Ok(name.to_string())
    })
}

/// Removes entries. An unknown name does not stop the removal of the others.
///
/// # Errors
/// Exit code 3 if the file cannot be read, parsed or written.
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
                None => removed.unknown.push(file.no_entry(name)),
            }
        }
        document.remove(&seen);
        Ok(removed)
    })
}

/// Edits the file while it is locked. If there is an error, the file does not change.
fn edit<T: Default>(
    path: &Path,
    act: &mut dyn FnMut(&ConfigsFile<'_>, &mut Document) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut outcome = T::default();
    atomic_file::update(path, &mut |text| {
        let file = ConfigsFile::parse(path, text)?;
        // Every edit fails if several entries are marked as active.
        file.active()?;
        let mut document = Document::parse(text).map_err(|error| cannot_edit(&file, error))?;
        outcome = act(&file, &mut document)?;
        Ok(document.to_text())
    })?;
    Ok(outcome)
}

/// Edits one entry. `act` returns its name. The result is the entry after the edit.
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

/// Marks `name` as active and the formerly active entry as previous. Removes all other marks.
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
    let error = file.error("cannot be edited without changing other parts of it");
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

/// Removes `user:password@` from a URL. A valid base URL has no such part, so it is not changed. In an
/// invalid URL, the password may have any character, so everything up to the last `@` is removed.
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
        name if RESERVED_NAMES.contains(&name) => "it is reserved for commands of `config`",
        name if name.chars().any(char::is_control) => "it has a control character",
        _ => return Ok(()),
    };
    let name = quote(name);
    Err(Error::usage(format!(
        "{name} is not a valid config name: {reason}"
    )))
}
