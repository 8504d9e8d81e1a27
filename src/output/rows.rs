//! Results on standard output: a table, JSON, or one value per line.

use super::format::Format;
use super::json::{push_object, push_value};
use super::layout::{Layout, Record, Value};
use super::stdout::{self, Stdout};
use super::table::Table;
use super::terminal_width::TerminalWidth;
use crate::error::{Code, Error};
use crate::text::escape;
use std::io::{self, IsTerminal, Write};

/// What kind of result the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputShape {
    /// One target. JSON is an object. Without a row, nothing is printed.
    One,
    /// Several targets. JSON is an array. Without a row, no table is printed.
    Several,
    /// A list. JSON is an array. The table is printed at the end. Without a row, it has only the
    /// header line.
    List,
    /// A list. JSON is an object that maps names to entries.
    Map,
}

impl OutputShape {
    /// Whether the table is printed at the end, when all column widths are known.
    fn is_list(self) -> bool {
        matches!(self, OutputShape::List | OutputShape::Map)
    }
}

/// Prints the one result of a command.
///
/// # Errors
/// Same as for [`Rows::finish`].
pub fn print_one(
    format: Format,
    layout: &'static Layout,
    record: &dyn Record,
) -> Result<Code, Error> {
    let mut rows = Rows::new(format, OutputShape::One, layout);
    rows.push(record);
    rows.finish().map(|()| Code::Done)
}

/// Prints results. The row of a target is written at once, so an aborted run has reported every
/// finished target.
///
/// After a failed write, nothing more is written. [`Rows::finish`] returns the error.
pub struct Rows {
    out: Stdout,
    format: Format,
    shape: OutputShape,
    layout: &'static Layout,
    /// The number of rows so far.
    count: usize,
    table: Table,
    /// Whether the line of an unfinished JSON array was ended to make room for a message.
    line_is_ended: bool,
    failure: Option<io::Error>,
    /// A buffer for the text of a row. It is reused, because musl would otherwise map and unmap
    /// pages for each row.
    text: String,
}

impl Rows {
    pub fn new(format: Format, shape: OutputShape, layout: &'static Layout) -> Self {
        let terminal = if format.fit_terminal {
            TerminalWidth::of_stdout(layout, &format.columns)
        } else {
            None
        };
        Rows {
            out: stdout::buffered(),
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

    /// Whether all writes so far have succeeded.
    pub fn is_open(&self) -> bool {
        self.failure.is_none()
    }

    pub fn push(&mut self, record: &dyn Record) {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        if self.format.quiet {
            push_cell(&mut text, &record.value(self.layout.quiet));
            text.push('\n');
        } else if self.format.json {
            self.push_json(&mut text, record);
        } else {
            self.push_row(&mut text, record);
        }
        self.write(&text);
        self.text = text;
        self.count += 1;
        self.line_is_ended = false;
        if !self.shape.is_list() {
            self.flush();
        }
    }

    /// Ends the line of an unfinished JSON array before a message on the same terminal.
    pub fn break_line(&mut self) {
        let is_unfinished =
            self.format.json && self.shape == OutputShape::Several && self.count > 0;
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
        self.finish_strict().or_else(stdout::ignore_closed_pipe)
    }

    /// Does what [`Rows::finish`] does, but a closed pipe is an error.
    ///
    /// # Errors
    /// The first write that failed.
    pub fn finish_strict(mut self) -> io::Result<()> {
        if self.format.json {
            self.write(self.json_end());
        } else if self.shape.is_list() && !self.format.quiet {
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

    /// Appends the JSON of a row, with the separator before it.
    fn push_json(&self, text: &mut String, record: &dyn Record) {
        if self.shape == OutputShape::One {
            push_object(text, self.layout, record, "\n");
            text.push('\n');
            return;
        }
        text.push_str(match (self.shape, self.count) {
            (OutputShape::Map, 0) => "{\n\t",
            (_, 0) => "[\n\t",
            _ => ",\n\t",
        });
        if self.shape == OutputShape::Map {
            // The name is what --quiet prints.
            push_value(text, &record.value(self.layout.quiet), "");
            text.push_str(": ");
        }
        push_object(text, self.layout, record, "\n\t");
    }

    fn json_end(&self) -> &'static str {
        match (self.shape, self.count) {
            (OutputShape::One, _) => "",
            (OutputShape::Map, 0) => "{}\n",
            (OutputShape::Map, _) => "\n}\n",
            (_, 0) => "[]\n",
            _ if self.line_is_ended => "]\n",
            _ => "\n]\n",
        }
    }

    /// Keeps the row if it belongs to a list. Otherwise appends its line to `text`.
    fn push_row(&mut self, text: &mut String, record: &dyn Record) {
        let mut list_length = 0;
        for (number, column) in self.format.columns.iter().enumerate() {
            if number > 0 {
                text.push('\t');
            }
            let value = record.value(column.value);
            push_cell(text, &value);
            if let Value::List(texts) = &value {
                list_length = texts.len();
            }
        }
        if self.shape.is_list() {
            self.table.keep(text, list_length);
            text.clear();
        } else {
            let headers = if self.count == 0 {
                self.headers()
            } else {
                String::new()
            };
            *text = self.table.line(&headers, text, list_length);
        }
    }

    /// The header line. If it is hidden, it is empty and does not affect the column widths.
    fn headers(&self) -> String {
        if self.format.hide_headers {
            return String::new();
        }
        let headers: Vec<_> = self
            .format
            .columns
            .iter()
            .map(|column| column.header)
            .collect();
        headers.join("\t")
    }
}

/// Appends a table cell. Control characters are escaped.
fn push_cell(row: &mut String, value: &Value) {
    match value {
        Value::Text(text) => row.push_str(&escape(text)),
        Value::Bool(true) => row.push_str("true"),
        Value::Bool(false) => row.push_str("false"),
        Value::List(texts) => {
            row.push('[');
            row.push_str(&escape(&texts.join(" ")));
            row.push(']');
        }
    }
}
