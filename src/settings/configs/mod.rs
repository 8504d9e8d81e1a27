//! The configs file: TOML, a table of `name -> {url, token, org, active, previous, cookie}`, as the
//! Go client writes it. Tokens and cookies in it are never shown.

mod atomic_file;
mod edit;
pub mod store;

use crate::cli::args::DASH;
use crate::error::{Error, io_reason};
use crate::secret::Secret;
use crate::settings::files;
use crate::text::{self, quote};
use std::ffi::OsStr;
use std::io;
use std::mem::ManuallyDrop;
use std::ops::Range;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One entry. Keys that are missing or hold an empty string are `None`.
#[derive(Debug, Default)]
pub struct Entry {
    /// Its name in the file.
    pub name: String,
    /// Base URL of the server.
    pub url: Option<String>,
    /// API token.
    pub token: Option<Secret>,
    /// Name of the organization.
    pub org: Option<String>,
    /// Base64 of `user:password`, for a session in place of a token.
    pub cookie: Option<Secret>,
}

/// The entry to use: the one `wanted` by name (`-` is the one marked previous), else the one marked
/// active, else the only one. `None` where the file is missing or holds no entry.
///
/// # Errors
/// Exit code 3: the file cannot be read or parsed, lacks the wanted entry, or does not say which
/// of several entries is meant.
pub fn load(path: &Path, wanted: Option<&str>) -> Result<Option<Entry>, Error> {
    let text = read(path)?;
    let file = File { path, text: &text };
    let mut found = None;
    file.look(&mut |entries| {
        if let Some(entry) = file.choose(entries, wanted)? {
            found = Some(file.entry(entry)?);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The text of the file, empty where it is missing.
///
/// # Errors
/// Exit code 3: the file cannot be read.
pub fn read(path: &Path) -> Result<String, Error> {
    match files::read_text(path) {
        Ok(text) => Ok(text),
        Err(error) if is_missing(&error) => Ok(String::new()),
        Err(error) => Err(Error::config(format!(
            "cannot read the configs file {}: {}",
            text::path(path),
            io_reason(&error)
        ))),
    }
}

/// `~/.influxdbv2/configs`, where `~` is `$HOME`, else the account's home directory, else the
/// working directory.
pub fn default_path() -> PathBuf {
    home().join(".influxdbv2").join("configs")
}

/// `path` with a leading `~/` replaced: a variable set in a container's manifest passes no shell.
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

/// The table of one entry, and the marks that choose it.
pub struct Marked<'a> {
    /// Its name in the file.
    pub name: &'a str,
    /// Its keys, known or not.
    pub table: &'a DeTable<'a>,
    /// It is the one to use.
    pub active: bool,
    /// It was the one to use before.
    pub previous: bool,
    /// Where it begins.
    pub start: usize,
}

/// A configs file that was read: its path for messages, and its text.
#[derive(Clone, Copy)]
pub struct File<'a> {
    /// Where it is.
    pub path: &'a Path,
    /// What it holds.
    pub text: &'a str,
}

impl File<'_> {
    /// Shows the entries, sorted by name, to `act`.
    ///
    /// # Errors
    /// Those of `act`, and exit code 3: the text is not TOML, something in it is not a table, or a mark
    /// is neither true nor false.
    pub fn look(
        &self,
        act: &mut dyn FnMut(&[Marked<'_>]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let document = DeTable::parse(self.text).map_err(|error| {
            // The message is a fixed sentence; Display would show the line, which may hold a token.
            self.wrong(error.span().unwrap_or_default(), error.message())
        })?;
        // Read once or twice a run, and not worth taking apart.
        let document = ManuallyDrop::new(document);
        act(&self.entries(document.get_ref())?)
    }

    fn wrong(&self, span: Range<usize>, expected: &str) -> Error {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Error::config(format!(
            "the configs file {} is wrong in line {line}: {expected}",
            text::path(self.path)
        ))
    }

    fn entries<'a>(&self, document: &'a DeTable<'a>) -> Result<Vec<Marked<'a>>, Error> {
        let mut entries = Vec::new();
        for (name, value) in document {
            let DeValue::Table(table) = value.get_ref() else {
                return Err(self.wrong(name.span(), "expected a table such as [default]"));
            };
            entries.push(Marked {
                name: name.get_ref(),
                table,
                active: self.mark(table, "active")?,
                previous: self.mark(table, "previous")?,
                start: name.span().start,
            });
        }
        Ok(entries)
    }

    fn mark(&self, table: &DeTable<'_>, key: &str) -> Result<bool, Error> {
        match table.get(key).map(Spanned::get_ref) {
            None => Ok(false),
            Some(DeValue::Boolean(mark)) => Ok(*mark),
            Some(_) => Err(self.mistyped(table, key, "true or false")),
        }
    }

    fn mistyped(&self, table: &DeTable<'_>, key: &str, expected: &str) -> Error {
        let span = table.get(key).map(Spanned::span).unwrap_or_default();
        self.wrong(span, &format!("`{key}` is not {expected}"))
    }

    /// `the configs file PATH` and `what` it does.
    pub fn says(&self, what: &str) -> Error {
        Error::config(format!("the configs file {} {what}", text::path(self.path)))
    }

    /// The entry of that name.
    ///
    /// # Errors
    /// Exit code 3: there is none.
    pub fn named<'e, 'a>(
        &self,
        entries: &'e [Marked<'a>],
        name: &str,
    ) -> Result<&'e Marked<'a>, Error> {
        let named = entries.iter().find(|entry| entry.name == name);
        named.ok_or_else(|| {
            let error = self.says(&format!("has no entry {}", quote(name)));
            match entries {
                [] => error.hint("it is missing or empty; --configs-path names another"),
                all => error.hint(format!("its entries are {}", list(&mut all.iter()))),
            }
        })
    }

    /// The error of a mark that only one entry may have.
    pub fn marks_several(&self, mark: &str, marked: &[&Marked<'_>]) -> Error {
        let names = list(&mut marked.iter().copied());
        let error = self.says(&format!("marks several entries as {mark}: {names}"));
        error.hint("remove the mark from all but one, or choose one with --active-config NAME")
    }

    fn choose<'a>(
        &self,
        entries: &'a [Marked<'a>],
        wanted: Option<&str>,
    ) -> Result<Option<&'a Marked<'a>>, Error> {
        if let Some(name) = wanted.filter(|name| *name != DASH) {
            return self.named(entries, name).map(Some);
        }
        let (mark, is_marked): (_, fn(&&Marked) -> bool) = match wanted {
            Some(_) => ("previous", |entry| entry.previous),
            None => ("active", |entry| entry.active),
        };
        let marked: Vec<&Marked> = entries.iter().filter(is_marked).collect();
        match (&marked[..], entries) {
            ([one], _) => Ok(Some(one)),
            ([], _) if wanted.is_some() => Err(self.says("marks no entry as previous")),
            ([], []) => Ok(None),
            ([], [only]) => Ok(Some(only)),
            ([], all) => {
                let what = format!("marks none of {} as active", list(&mut all.iter()));
                Err(self.says(&what).hint("`config NAME` makes one active; --active-config NAME chooses one for one command"))
            }
            (several, _) => Err(self.marks_several(mark, several)),
        }
    }

    fn entry(&self, chosen: &Marked<'_>) -> Result<Entry, Error> {
        let text = |key: &str| match chosen.table.get(key).map(Spanned::get_ref) {
            None => Ok(None),
            Some(DeValue::String(text)) => {
                Ok(Some(text.to_string()).filter(|text| !text.is_empty()))
            }
            Some(_) => Err(self.mistyped(chosen.table, key, "a string")),
        };
        Ok(Entry {
            name: chosen.name.to_string(),
            url: text("url")?,
            token: text("token")?.map(Secret::new),
            // Most commands need none, and must not fail for it.
            org: text("org").ok().flatten(),
            cookie: text("cookie")?.map(Secret::new),
        })
    }
}

/// Names of entries, the first ten: a file may have any number of them.
#[inline(never)]
fn list<'a>(entries: &mut dyn Iterator<Item = &'a Marked<'a>>) -> String {
    const MOST: usize = 10;
    let (mut text, mut count) = (String::new(), 0);
    for entry in entries {
        if count < MOST {
            text.push_str(if count > 0 { ", " } else { "" });
            text.push_str(&quote(entry.name));
        }
        count += 1;
    }
    if count > MOST {
        text.push_str(&format!(" and {} more", count - MOST));
    }
    text
}
