//! The changes that users make to the configs file, and its entries as they are shown.

mod editor;
#[cfg(test)]
mod recorded;
#[cfg(test)]
mod tests;

use crate::cli::args::DASH;
use crate::error::Error;
use crate::secret::Secret;
use crate::settings::configs::edit::{Change, Value};
use crate::settings::configs::{self, File};
use crate::text::quote;
use editor::{edit, summary};
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
    /// Base URL of the server; `None` where it is missing, empty or not a string.
    pub url: Option<String>,
    /// Name of the organization; `None` as for the URL.
    pub org: Option<String>,
    /// It is the one to use.
    pub active: bool,
    /// It was the one to use before.
    pub previous: bool,
}

/// What a server is shown.
#[derive(Clone, Debug)]
pub enum Credential {
    /// An API token.
    Token(Secret),
    /// Base64 of `user:password`.
    Cookie(Secret),
}

/// What was given for an entry. The default is nothing.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Base URL of the server.
    pub url: Option<String>,
    /// Token or cookie: each takes the place of the other.
    pub credential: Option<Credential>,
    /// Name of the organization.
    pub org: Option<String>,
    /// Make the entry active.
    pub active: bool,
}

impl Given {
    /// Keys and values in the Go client's order, each with the key that it replaces.
    fn keys(&self) -> Vec<(&'static str, Value<'_>, Option<&'static str>)> {
        let (token, cookie) = match &self.credential {
            None => (None, None),
            Some(Credential::Token(token)) => (Some(token.expose()), None),
            Some(Credential::Cookie(cookie)) => (None, Some(cookie.expose())),
        };
        let mark = self.active.then_some(Value::True);
        let text = |text: Option<_>| text.map(Value::Text);
        let keys = [
            ("url", text(self.url.as_deref()), None),
            ("token", text(token), Some("cookie")),
            ("org", text(self.org.as_deref()), None),
            ("active", mark, Some("previous")),
            ("cookie", text(cookie), Some("token")),
        ];
        let given = keys.into_iter();
        given
            .filter_map(|(key, value, other)| Some((key, value?, other)))
            .collect()
    }
}

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
    let text = configs::read(path)?;
    let file = File { path, text: &text };
    let document = file.parse()?;
    let mut listed: Vec<(usize, Summary)> = Vec::new();
    for entry in file.entries(document.get_ref())? {
        let key = document.get_ref().get_key_value(entry.name);
        let start = key.map_or(0, |(key, _)| key.span().start);
        let at = listed.partition_point(|(other, _)| *other < start);
        listed.insert(at, (start, summary(&entry)));
    }
    Ok(listed.into_iter().map(|(_, summary)| summary).collect())
}

/// Appends an entry. With `active` it takes the mark from the one that has it.
///
/// # Errors
/// Exit code 2: the name cannot be one. 3: the file has an entry of that name, or cannot be read,
/// parsed or written.
pub fn create(path: &Path, name: &str, given: &Given) -> Result<Summary, Error> {
    check_name(name)?;
    let mut shown = Summary::default();
    edit(path, &mut |entries, editor| {
        if entries.iter().any(|entry| entry.name == name) {
            let error = editor
                .file
                .says(&format!("has an entry {} already", quote(name)));
            return Err(error.hint("`config set` changes it"));
        }
        if given.active {
            editor.activate(entries, name)?;
        }
        // An empty value is none.
        let keys: Vec<_> = given
            .keys()
            .into_iter()
            .filter(|(_, value, _)| !matches!(value, Value::Text("")))
            .map(|(key, value, _)| (key, value))
            .collect();
        editor.apply(&Change::Create { name, keys: &keys })?;
        shown = editor.summary(name)?;
        Ok(())
    })?;
    Ok(shown)
}

/// Changes what is given of an entry. With `active` it takes the mark from the one that has it.
///
/// # Errors
/// Exit code 2: nothing is given. 3: the file lacks the entry, or cannot be read, parsed or written.
pub fn set(path: &Path, name: &str, given: &Given) -> Result<Summary, Error> {
    let keys = given.keys();
    if keys.is_empty() {
        return Err(Error::usage(format!(
            "nothing to set for config {}",
            quote(name)
        )));
    }
    let mut shown = Summary::default();
    edit(path, &mut |entries, editor| {
        editor.file.named(entries, name)?;
        for (key, value, instead_of) in &keys {
            if *key != "active" {
                editor.apply(&Change::Put {
                    name,
                    key,
                    value: *value,
                    instead_of: *instead_of,
                })?;
            }
        }
        if given.active {
            editor.activate(entries, name)?;
        }
        shown = editor.summary(name)?;
        Ok(())
    })?;
    Ok(shown)
}

/// Makes an entry the active one, and the one that was active the previous one. `-` is the entry
/// marked previous.
///
/// # Errors
/// Exit code 3: the file lacks the entry, or cannot be read, parsed or written.
pub fn switch(path: &Path, wanted: &str) -> Result<Summary, Error> {
    let mut shown = Summary::default();
    edit(path, &mut |entries, editor| {
        let name = match wanted {
            DASH => editor.previous(entries)?,
            name => editor.file.named(entries, name)?.name,
        };
        editor.activate(entries, name)?;
        shown = editor.summary(name)?;
        Ok(())
    })?;
    Ok(shown)
}

/// Removes entries. What is named twice is removed once.
///
/// # Errors
/// Exit code 3: the file cannot be read, parsed or written. A name that it lacks is no such error:
/// see [`Removed`].
pub fn remove(path: &Path, names: &[impl AsRef<str>]) -> Result<Removed, Error> {
    let mut removed = Removed::default();
    edit(path, &mut |entries, editor| {
        removed = Removed::default();
        for (at, name) in names.iter().map(AsRef::as_ref).enumerate() {
            if names[..at].iter().any(|before| before.as_ref() == name) {
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
    Err(Error::usage(format!(
        "{} is not a valid config name: {reason}",
        quote(name)
    )))
}
