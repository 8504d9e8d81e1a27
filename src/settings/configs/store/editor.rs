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
        let mut editor = Editor {
            file,
            text: text.to_string(),
        };
        file.look(&mut |entries| {
            let active: Vec<_> = entries.iter().filter(|entry| entry.active).collect();
            match active.len() {
                0 | 1 => act(entries, &mut editor),
                _ => Err(file.marks_several("active", &active)),
            }
        })?;
        Ok(editor.text)
    })
}

/// What an edit does with one entry, whose name it returns.
pub type ActOnOne<'a> = dyn FnMut(&[Marked<'_>], &mut Editor<'_>) -> Result<String, Error> + 'a;

/// Edits one entry, whose name `act` returns, and returns it as it is afterwards.
pub fn edit_one(path: &Path, act: &mut ActOnOne<'_>) -> Result<Summary, Error> {
    let mut shown = Summary::default();
    edit(path, &mut |entries, editor| {
        let name = act(entries, editor)?;
        let path = editor.file.path;
        let file = File {
            path,
            text: &editor.text,
        };
        file.look(&mut |entries| {
            shown = summary(file.named(entries, &name)?);
            Ok(())
        })
    })?;
    Ok(shown)
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

    /// Sets a key of an entry, in place of its opposite.
    pub fn put(&mut self, name: &str, key: &str, value: Value<'_>) -> Result<(), Error> {
        let instead_of = match key {
            "token" => Some("cookie"),
            "cookie" => Some("token"),
            "active" => Some("previous"),
            "previous" => Some("active"),
            _ => None,
        };
        self.apply(&Change::Put {
            name,
            key,
            value,
            instead_of,
        })
    }

    /// Gives `name` the mark, and makes the entry that had it the previous one, the only such.
    pub fn activate(&mut self, entries: &[Marked<'_>], name: &str) -> Result<(), Error> {
        for entry in entries {
            let of = entry.name;
            match of == name {
                true if !entry.active => self.put(of, "active", Value::True)?,
                false if entry.active => self.put(of, "previous", Value::True)?,
                // It has the right mark, or none, and at most the other one to lose.
                _ if entry.previous => self.apply(&Change::Drop {
                    name: of,
                    key: "previous",
                })?,
                _ => {}
            }
        }
        Ok(())
    }
}

/// An entry as it is shown.
pub fn summary(entry: &Marked<'_>) -> Summary {
    let text = |key: &str| match entry.table.get(key).map(Spanned::get_ref) {
        Some(DeValue::String(text)) => text.to_string(),
        _ => String::new(),
    };
    Summary {
        name: entry.name.to_string(),
        url: text("url"),
        org: text("org"),
        active: entry.active,
        previous: entry.previous,
    }
}
