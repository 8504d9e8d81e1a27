//! Results on standard output: a table, JSON, or one value per line.

use super::format::Format;
use super::json::push_object;
use super::layout::{Layout, Record, Value};
use super::stdout::{self, Stdout};
use super::table::Table;
use super::terminal_width::TerminalWidth;
use crate::error::{Code, Error};
use crate::text::{escape, json_shown};
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

#[cfg(test)]
mod tests;

/// What kind of result the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputShape {
    /// Work on one target: JSON is an object. Without a row, nothing is printed.
    One,
    /// Work on several targets: JSON is an array. Without a row, there is no table.
    Several,
    /// A list: JSON is an array. The table is printed at the end; without a row, it is a header line.
    List,
    /// A list whose JSON is an object that maps names to entries.
    Named,
}

impl OutputShape {
    /// Whether the table is printed at the end, when its columns are known.
    fn is_list(self) -> bool {
        matches!(self, OutputShape::List | OutputShape::Named)
    }
}

/// Prints the one result of a command.
///
/// # Errors
/// As for [`Rows::finish`].
pub fn print_one(
    format: Format,
    layout: &'static Layout,
    record: &dyn Record,
) -> Result<Code, Error> {
    let mut rows = Rows::new(format, OutputShape::One, layout);
    rows.push(record);
    rows.finish().map(|()| Code::Done)
}

/// Prints results. Those of work are written at once, so that what was done is reported however the
/// run ends.
///
/// A failed write stops the printing and nothing else; [`Rows::finish`] reports it.
pub struct Rows<W = Stdout> {
    out: W,
    format: Format,
    shape: OutputShape,
    layout: &'static Layout,
    /// How many rows there were so far.
    count: usize,
    table: Table,
    /// Whether the line of an unfinished array was ended for a message.
    line_is_ended: bool,
    failure: Option<io::Error>,
    /// The text of the last row. Without its memory for the next one, musl would map and unmap pages for
    /// each row.
    text: String,
}

impl Rows<Stdout> {
    pub fn new(format: Format, shape: OutputShape, layout: &'static Layout) -> Self {
        Rows::with_writer(stdout::buffered(), format, shape, layout)
    }
}

impl<W: Write> Rows<W> {
    fn with_writer(out: W, format: Format, shape: OutputShape, layout: &'static Layout) -> Self {
        let terminal = if format.fit_terminal {
            TerminalWidth::of_stdout(layout, &format.columns)
        } else {
            None
        };
        Rows {
            out,
            table: Table::new(format.single_tabs, terminal),
            format,
            shape,
            layout,
            count: 0,
            line_is_ended: false,
            failure: None,
            text: String::new(),
        }
    }

    /// Whether everything so far could be written.
    pub fn is_open(&self) -> bool {
        self.failure.is_none()
    }

    pub fn push(&mut self, record: &dyn Record) {
        let values = record.values();
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        if self.format.quiet {
            text.push_str(&cell(&values[self.layout.quiet]));
            text.push('\n');
        } else if self.format.json {
            self.push_json(&mut text, &values);
        } else {
            text.push_str(&self.add_to_table(&values));
        }
        self.write(&text);
        self.text = text;
        self.count += 1;
        self.line_is_ended = false;
        if !self.shape.is_list() {
            self.flush();
        }
    }

    /// Ends the line of an unfinished JSON array if a message is to follow on the same terminal.
    pub fn break_line(&mut self) {
        let is_unfinished = self.format.json
            && !self.format.quiet
            && self.shape == OutputShape::Several
            && self.count > 0;
        if is_unfinished && !self.line_is_ended && io::stdout().is_terminal() {
            self.write("\n");
            self.flush();
            self.line_is_ended = true;
        }
    }

    /// Prints the rest: a list's table, or the end of a JSON array or object.
    ///
    /// # Errors
    /// Exit code 1 if anything could not be written, unless the pipe was closed.
    pub fn finish(self) -> Result<(), Error> {
        self.close().or_else(stdout::failed)
    }

    /// Does what [`Rows::finish`] does, but a closed pipe is an error.
    ///
    /// # Errors
    /// The first write that failed.
    pub fn close(mut self) -> io::Result<()> {
        if self.format.quiet {
            // Every line is complete.
        } else if self.format.json {
            self.write(self.json_end());
        } else if self.shape.is_list() {
            let headers = self.headers();
            let table = std::mem::take(&mut self.table);
            table.print(&headers, &mut |line| self.write(line));
        }
        self.flush();
        self.failure.map_or(Ok(()), Err)
    }

    fn write(&mut self, text: &str) {
        if self.failure.is_none() {
            self.failure = self.out.write_all(text.as_bytes()).err();
        }
    }

    fn flush(&mut self) {
        if self.failure.is_none() {
            self.failure = self.out.flush().err();
        }
    }

    /// Appends a row, with what separates it from the one before.
    fn push_json(&self, text: &mut String, values: &[Value]) {
        if self.shape == OutputShape::One {
            push_object(text, self.layout, values, "\n");
            text.push('\n');
            return;
        }
        text.push_str(match (self.shape, self.count) {
            (OutputShape::Named, 0) => "{\n\t",
            (_, 0) => "[\n\t",
            _ => ",\n\t",
        });
        if self.shape == OutputShape::Named {
            text.push_str(&format!("{}: ", json_shown(&values[0].text())));
        }
        push_object(text, self.layout, values, "\n\t");
    }

    fn json_end(&self) -> &'static str {
        match (self.shape, self.count) {
            (OutputShape::One, _) => "",
            (OutputShape::Named, 0) => "{}\n",
            (OutputShape::Named, _) => "\n}\n",
            (_, 0) => "[]\n",
            _ if self.line_is_ended => "]\n",
            _ => "\n]\n",
        }
    }

    /// Keeps the row of a list; for anything else, returns its line.
    fn add_to_table(&mut self, values: &[Value]) -> String {
        let columns = self.format.columns.iter();
        let cells: Vec<_> = columns
            .map(|column| cell(&values[self.layout.columns[*column].value]))
            .collect();
        let list_length = values.iter().map(Value::list_length).max().unwrap_or(0);
        if self.shape.is_list() {
            self.table.keep(&cells, list_length);
            return String::new();
        }
        let headers = if self.count == 0 {
            self.headers()
        } else {
            Vec::new()
        };
        self.table.line(&headers, cells, list_length)
    }

    /// The header line. If it is hidden, it does not widen the columns either.
    fn headers(&self) -> Vec<Cow<'static, str>> {
        if self.format.hide_headers {
            return Vec::new();
        }
        let columns = self.format.columns.iter();
        columns
            .map(|column| self.layout.columns[*column].header.into())
            .collect()
    }
}

/// The cell of a table, without control characters.
fn cell<'v>(value: &'v Value) -> Cow<'v, str> {
    match value.text() {
        Cow::Borrowed(text) => escape(text),
        Cow::Owned(text) => {
            let escaped = match escape(&text) {
                Cow::Borrowed(_) => None,
                Cow::Owned(escaped) => Some(escaped),
            };
            escaped.unwrap_or(text).into()
        }
    }
}
