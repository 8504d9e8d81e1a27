//! Results on standard output: a tab-padded table, tab-indented JSON as the Go client prints it, or
//! IDs alone.

use super::fit::Fit;
use super::format::Format;
use super::json;
use super::layout::{Layout, Record, Value};
use super::stdout::{self, Stdout};
use super::table::Table;
use crate::error::{Code, Error};
use crate::text::{escape, json_shown};
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

#[cfg(test)]
mod tests;

/// What the rows are the result of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputShape {
    /// Work on one target: JSON is an object; no row, no output.
    One,
    /// Work on several: JSON is an array; no row, no table.
    Several,
    /// A question: JSON is an array; the table comes at the end, and without a row it is its header
    /// line.
    List,
    /// Entries by name: JSON is an object of each name and what it stands for, the table is that of a
    /// list. There are few of them.
    Named,
}

/// Prints the one result that a command is about.
///
/// # Errors
/// As for [`Rows::finish`].
pub fn print_one(
    format: Format,
    layout: &'static Layout,
    record: &dyn Record,
) -> Result<Code, Error> {
    let mut rows = Rows::new(Stdout::default(), format, OutputShape::One, layout);
    rows.push(record);
    rows.finish().map(|()| Code::Done)
}

/// Takes results and prints them. Those of work are written at once, each as it comes:
/// whatever ends the run, what it did has been said.
///
/// A write that fails stops the printing and nothing else; [`Rows::finish`] reports it.
pub struct Rows<W> {
    out: W,
    format: Format,
    shape: OutputShape,
    layout: &'static Layout,
    /// Rows so far.
    count: usize,
    table: Table,
    /// What is written next, kept so that its memory is used again.
    text: String,
    /// The line of an open array was ended for a message.
    is_broken: bool,
    failed: Option<io::Error>,
}

impl<W: Write> Rows<W> {
    /// Prints to `out`.
    pub fn new(out: W, format: Format, shape: OutputShape, layout: &'static Layout) -> Self {
        let fit = match format.fits {
            true => Fit::to_terminal(layout, &format.columns),
            false => None,
        };
        let table = Table::new(format.is_plain, fit);
        Rows {
            out,
            format,
            shape,
            layout,
            count: 0,
            table,
            text: String::with_capacity(1024),
            is_broken: false,
            failed: None,
        }
    }

    /// The table comes at the end.
    fn is_question(&self) -> bool {
        matches!(self.shape, OutputShape::List | OutputShape::Named)
    }

    /// Whether what was printed so far could be written.
    pub fn is_open(&self) -> bool {
        self.failed.is_none()
    }

    /// Adds a row.
    pub fn push(&mut self, record: &dyn Record) {
        self.add(&record.values());
        self.is_broken = false;
    }

    /// Ends the line of an array of JSON that is open, where a message is to follow on a terminal.
    pub fn break_line(&mut self) {
        let is_open = self.format.json && !self.format.quiet && self.count > 0;
        let several = self.shape == OutputShape::Several && !self.is_broken;
        if is_open && several && io::stdout().is_terminal() {
            self.write("\n");
            self.flush();
            self.is_broken = true;
        }
    }

    fn add(&mut self, row: &[Value]) {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        if self.format.quiet {
            text.push_str(&cell(&row[self.layout.quiet]));
            text.push('\n');
        } else if self.format.json {
            self.add_json(&mut text, row);
        } else {
            self.add_to_table(&mut text, row);
        }
        self.write(&text);
        self.text = text;
        self.count += 1;
        if !self.is_question() {
            self.flush();
        }
    }

    /// Prints what is left. Without any row that is `[]` for a JSON array, the header line for a
    /// list as a table, and else nothing.
    ///
    /// # Errors
    /// Exit code 1 where anything could not be written. A closed pipe is no error: nobody reads.
    pub fn finish(self) -> Result<(), Error> {
        self.close().map_or(Ok(()), stdout::failed)
    }

    /// Prints what is left, as [`Rows::finish`] does, and returns why anything could not be written.
    pub fn close(mut self) -> Option<io::Error> {
        if self.format.quiet {
        } else if self.format.json {
            match (self.shape, self.count) {
                (OutputShape::One, _) => {}
                (OutputShape::Named, 0) => self.write("{}\n"),
                (OutputShape::Named, _) => self.write("\n}\n"),
                (_, 0) => self.write("[]\n"),
                (_, _) if self.is_broken => self.write("]\n"),
                (_, _) => self.write("\n]\n"),
            }
        } else if self.is_question() {
            self.print_table();
        }
        self.flush();
        self.failed
    }

    fn write(&mut self, text: &str) {
        if self.failed.is_none() {
            self.failed = self.out.write_all(text.as_bytes()).err();
        }
    }

    /// Hands on what was written.
    fn flush(&mut self) {
        if self.failed.is_none() {
            self.failed = self.out.flush().err();
        }
    }

    fn add_json(&self, text: &mut String, row: &[Value]) {
        text.push_str(match (self.shape, self.count) {
            (OutputShape::One, _) => "",
            (OutputShape::Named, 0) => "{\n\t",
            (_, 0) => "[\n\t",
            (_, _) => ",\n\t",
        });
        if let (OutputShape::Named, Some(Value::Text(name))) = (self.shape, row.first()) {
            text.push_str(&json_shown(name));
            text.push_str(": ");
        }
        let is_one = self.shape == OutputShape::One;
        let indent = if is_one { "\n" } else { "\n\t" };
        json::object(text, self.layout, row, indent);
        text.push_str(if is_one { "\n" } else { "" });
    }

    /// Keeps the row for the table, or appends its line where the table comes row by row.
    fn add_to_table(&mut self, text: &mut String, row: &[Value]) {
        let columns = self.format.columns.iter();
        let values = columns.map(|column| &row[self.layout.columns[*column].value]);
        let mut cells: Vec<Cow<str>> = values.map(|value| cell(value)).collect();
        let entries = row.iter().map(Value::entries).max().unwrap_or(0);
        if self.is_question() {
            self.table.push(&cells, entries);
        } else {
            let headers = match self.count {
                0 => self.headers(),
                _ => Vec::new(),
            };
            self.table.line(text, &headers, &mut cells, entries);
        }
    }

    /// The header line, where there is to be one. Columns are no wider for one that is hidden.
    fn headers(&self) -> Vec<Cow<'static, str>> {
        if self.format.hide_headers {
            return Vec::new();
        }
        let columns = self.format.columns.iter();
        columns
            .map(|column| self.layout.columns[*column].header.into())
            .collect()
    }

    fn print_table(&mut self) {
        let headers = self.headers();
        let table = std::mem::take(&mut self.table);
        table.print(&headers, &mut |line| self.write(line));
    }
}

/// A value in a table, without control characters.
fn cell<'v>(value: &'v Value) -> Cow<'v, str> {
    match value {
        Value::Text(text) => escape(text),
        Value::Bool(true) => "true".into(),
        Value::Bool(false) => "false".into(),
        Value::List(values) => escape(&format!("[{}]", values.join(" ")))
            .into_owned()
            .into(),
    }
}
