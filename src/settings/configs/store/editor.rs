//! One run of changes to the configs file, under its lock.

use super::Summary;
use crate::error::Error;
use crate::settings::configs::atomic_file;
use crate::settings::configs::edit::{CannotEdit, Change, Value, apply};
use crate::settings::configs::{File, Marked};
use std::path::Path;
use toml::Spanned;
use toml::de::DeValue;

/// The file as it was, and its text as it will be.
pub struct Editor<'a> {
    /// The file as it was.
    pub file: File<'a>,
    text: String,
}

/// What an edit does with the entries of the file.
pub type Act<'a> = dyn FnMut(&[Marked<'_>], &mut Editor<'_>) -> Result<(), Error> + 'a;

/// Edits the file under its lock. An error leaves it as it is.
pub fn edit(path: &Path, act: &mut Act<'_>) -> Result<(), Error> {
    atomic_file::update(path, &mut |text| {
        let file = File { path, text };
        let document = file.parse()?;
        let entries = file.entries(document.get_ref())?;
        let active: Vec<_> = entries.iter().filter(|entry| entry.active).collect();
        if active.len() > 1 {
            let error = file.marks_several("active", &active);
            return Err(error.hint("remove `active = true` from all but one"));
        }
        let mut editor = Editor {
            file,
            text: text.to_string(),
        };
        act(&entries, &mut editor)?;
        Ok(editor.text)
    })
}

impl Editor<'_> {
    /// Makes one change.
    pub fn apply(&mut self, change: &Change<'_>) -> Result<(), Error> {
        self.text = apply(&self.text, change).map_err(|CannotEdit| {
            let error = self
                .file
                .says("cannot be changed without touching the rest of it");
            error.hint("nothing was written; edit it by hand")
        })?;
        Ok(())
    }

    /// Gives `name` the mark, and makes the entry that had it the previous one, the only such.
    pub fn activate(&mut self, entries: &[Marked<'_>], name: &str) -> Result<(), Error> {
        for Marked {
            name: of,
            active,
            previous,
            ..
        } in entries
        {
            let (key, other) = match *of == name {
                true if !active => ("active", "previous"),
                false if *active => ("previous", "active"),
                // It has the right mark, or none, and at most the other one to lose.
                _ if *previous => {
                    self.apply(&Change::Drop {
                        name: of,
                        key: "previous",
                    })?;
                    continue;
                }
                _ => continue,
            };
            self.apply(&Change::Put {
                name: of,
                key,
                value: Value::True,
                instead_of: Some(other),
            })?;
        }
        Ok(())
    }

    /// The name of the only entry that is marked previous.
    pub fn previous<'a>(&self, entries: &'a [Marked<'_>]) -> Result<&'a str, Error> {
        let marked: Vec<_> = entries.iter().filter(|entry| entry.previous).collect();
        match marked[..] {
            [one] => Ok(one.name),
            [] => Err(self.file.says("marks no entry as previous")),
            _ => Err(self.file.marks_several("previous", &marked)),
        }
    }

    /// An entry of the text as it will be.
    pub fn summary(&self, name: &str) -> Result<Summary, Error> {
        let file = File {
            path: self.file.path,
            text: &self.text,
        };
        let document = file.parse()?;
        let entries = file.entries(document.get_ref())?;
        file.named(&entries, name).map(summary)
    }
}

/// An entry as it is shown.
pub fn summary(entry: &Marked<'_>) -> Summary {
    let text = |key: &str| match entry.table.get(key).map(Spanned::get_ref) {
        Some(DeValue::String(text)) if !text.is_empty() => Some(text.to_string()),
        _ => None,
    };
    Summary {
        name: entry.name.to_string(),
        url: text("url"),
        org: text("org"),
        active: entry.active,
        previous: entry.previous,
    }
}
