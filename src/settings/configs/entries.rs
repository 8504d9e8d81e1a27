//! Parses the configs file and chooses the entry to use.

use super::Config;
use crate::cli::args::DASH;
use crate::error::Error;
use crate::secret::Secret;
use crate::text::{self, quote};
use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How many entries an error names.
const MAX_NAMES: usize = 10;

/// A parsed configs file.
pub struct ConfigsFile<'a> {
    path: &'a Path,
    text: &'a str,
    /// Sorted by name.
    pub entries: Vec<Entry<'a>>,
}

pub struct Entry<'a> {
    pub name: Cow<'a, str>,
    pub active: bool,
    pub previous: bool,
    /// The offset of the name in the text.
    pub start: usize,
    table: DeTable<'a>,
}

impl Entry<'_> {
    /// The value of a key. It is empty if the key is missing or not a string.
    pub fn text(&self, key: &str) -> &str {
        let value = self.table.get(key).map(Spanned::get_ref);
        value.and_then(DeValue::as_str).unwrap_or_default()
    }
}

impl<'a> ConfigsFile<'a> {
    /// Parses the text of the file at `path`.
    ///
    /// # Errors
    /// Exit code 3 if the text is not TOML, an entry is not a table, or `active` or `previous` is not a
    /// boolean.
    pub fn parse(path: &'a Path, text: &'a str) -> Result<Self, Error> {
        let mut file = ConfigsFile {
            path,
            text,
            entries: Vec::new(),
        };
        let document = DeTable::parse(text).map_err(|error| {
            // `message` is a fixed sentence. `Display` would show the line, which may have a token.
            file.error_in_line(error.span().unwrap_or_default(), error.message())
        })?;
        for (name, value) in document.into_inner() {
            let DeValue::Table(table) = value.into_inner() else {
                return Err(file.error_in_line(name.span(), "expected a table such as [default]"));
            };
            let entry = Entry {
                active: file.mark(&table, "active")?,
                previous: file.mark(&table, "previous")?,
                start: name.span().start,
                name: name.into_inner(),
                table,
            };
            file.entries.push(entry);
        }
        Ok(file)
    }

    fn mark(&self, table: &DeTable<'_>, key: &str) -> Result<bool, Error> {
        let Some(value) = table.get(key) else {
            return Ok(false);
        };
        let mark = value.get_ref().as_bool();
        mark.ok_or_else(|| self.wrong_type(value, key, "true or false"))
    }

    fn wrong_type(&self, value: &Spanned<DeValue<'_>>, key: &str, expected: &str) -> Error {
        self.error_in_line(value.span(), &format!("`{key}` is not {expected}"))
    }

    fn error_in_line(&self, span: Range<usize>, expected: &str) -> Error {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        self.error(&format!("has an error in line {line}: {expected}"))
    }

    /// Creates the error `the configs file PATH WHAT`.
    pub fn error(&self, what: &str) -> Error {
        Error::config(format!("the configs file {} {what}", text::path(self.path)))
    }

    /// The entry with this name.
    pub fn find(&self, name: &str) -> Option<&Entry<'a>> {
        let found = self
            .entries
            .binary_search_by(|entry| (*entry.name).cmp(name));
        found.ok().map(|at| &self.entries[at])
    }

    /// The entry with this name.
    ///
    /// # Errors
    /// Exit code 3 if the entry does not exist.
    pub fn named(&self, name: &str) -> Result<&Entry<'a>, Error> {
        self.find(name).ok_or_else(|| {
            let error = self.no_entry(name);
            if self.entries.is_empty() {
                error.hint("it is missing or empty; --configs-path selects another file")
            } else {
                error.hint(format!("its entries are {}", names(self.entries.iter())))
            }
        })
    }

    /// The error for an entry that does not exist.
    pub fn no_entry(&self, name: &str) -> Error {
        self.error(&format!("has no entry {}", quote(name)))
    }

    /// The entry to use. `wanted` is a name, or `-` for the previous entry. Without it, the entry is the
    /// active entry, else the only entry. Returns `None` if the file has no entries.
    ///
    /// # Errors
    /// Exit code 3 if the entry does not exist or several entries are marked.
    pub fn choose(&self, wanted: Option<&str>) -> Result<Option<&Entry<'a>>, Error> {
        match wanted {
            Some(DASH) => {
                let previous = self.marked("previous", |entry| entry.previous)?;
                let missing = || self.error("has no entry marked as previous");
                previous.map(Some).ok_or_else(missing)
            }
            Some(name) => self.named(name).map(Some),
            None => match (self.active()?, &self.entries[..]) {
                (Some(active), _) => Ok(Some(active)),
                (None, []) => Ok(None),
                (None, [only]) => Ok(Some(only)),
                (None, all) => {
                    let what = format!("does not mark any of {} as active", names(all.iter()));
                    Err(self.error(&what).hint(
                        "`config NAME` makes one active; --active-config NAME chooses one for one command",
                    ))
                }
            },
        }
    }

    /// The entry that is marked as active.
    ///
    /// # Errors
    /// Exit code 3 if several entries are marked.
    pub fn active(&self) -> Result<Option<&Entry<'a>>, Error> {
        self.marked("active", |entry| entry.active)
    }

    fn marked(
        &self,
        mark: &str,
        is_marked: fn(&Entry<'a>) -> bool,
    ) -> Result<Option<&Entry<'a>>, Error> {
        let entries = self.entries.iter();
        let marked: Vec<_> = entries.filter(|entry| is_marked(entry)).collect();
        match marked[..] {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            _ => {
                let names = names(marked.into_iter());
                let what = format!("marks several entries as {mark}: {names}");
                Err(self.error(&what).hint(
                    "remove the mark from all but one, or choose one with --active-config NAME",
                ))
            }
        }
    }

    /// The values of an entry for commands that send requests.
    ///
    /// # Errors
    /// Exit code 3 if a value is not a string.
    pub fn config(&self, entry: &Entry<'_>) -> Result<Config, Error> {
        let text = |key: &str| {
            let Some(value) = entry.table.get(key) else {
                return Ok(None);
            };
            match value.get_ref().as_str() {
                Some(text) => Ok(Some(text.to_string()).filter(|text| !text.is_empty())),
                None => Err(self.wrong_type(value, key, "a string")),
            }
        };
        Ok(Config {
            path: self.path.to_path_buf(),
            name: entry.name.to_string(),
            url: text("url")?,
            token: text("token")?.map(Secret::new),
            // An invalid `org` is ignored, because most commands do not need it.
            org: text("org").ok().flatten(),
            cookie: text("cookie")?.map(Secret::new),
        })
    }
}

/// Lists the names of entries in quotes.
fn names<'e, 'a: 'e>(entries: impl Iterator<Item = &'e Entry<'a>>) -> String {
    let names: Vec<_> = entries.map(|entry| quote(&entry.name)).collect();
    match names.get(MAX_NAMES..) {
        Some(more) if !more.is_empty() => {
            format!("{} and {} more", names[..MAX_NAMES].join(", "), more.len())
        }
        _ => names.join(", "),
    }
}
