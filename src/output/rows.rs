//! Results on standard output: a tab-padded table, tab-indented JSON as the Go client prints it, or
//! IDs alone.

use super::fit::Fit;
use super::format::Format;
use super::layout::{Layout, Record, Value};
use super::stdout;
use super::table::Table;
use crate::error::Error;
use crate::secret::Redactor;
use crate::text::{escape, json_shown};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

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

/// Takes results and prints them. Those of work are written at once, each as it comes:
/// whatever ends the run, what it did has been said.
///
/// A write that fails stops the printing and nothing else; [`Rows::finish`] reports it.
pub struct Rows<'r, W> {
    out: W,
    format: Format,
    shape: OutputShape,
    layout: &'static Layout,
    /// Rows so far.
    count: usize,
    table: Table,
    /// The line of an open array was ended for a message.
    is_broken: bool,
    redactor: &'r Redactor,
    failed: Option<io::Error>,
}

impl<'r, W: Write> Rows<'r, W> {
    /// Prints to `out`.
    pub fn new(
        out: W,
        format: Format,
        shape: OutputShape,
        layout: &'static Layout,
        redactor: &'r Redactor,
    ) -> Self {
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
            is_broken: false,
            redactor,
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
        if self.format.quiet {
            let mut line = row.first().map(|id| self.cell(id)).unwrap_or_default();
            line.push('\n');
            self.write(&line);
        } else if self.format.json {
            let mut text = match (self.shape, self.count) {
                (OutputShape::One, _) => String::new(),
                (OutputShape::Named, 0) => "{\n\t".to_string(),
                (_, 0) => "[\n\t".to_string(),
                (_, _) => ",\n\t".to_string(),
            };
            if let (OutputShape::Named, Some(Value::Text(name))) = (self.shape, row.first()) {
                text.push_str(&self.json_string(name));
                text.push_str(": ");
            }
            self.json(&mut text, row);
            if self.shape == OutputShape::One {
                text.push('\n');
            }
            self.write(&text);
        } else {
            self.add_to_table(row);
        }
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

    fn json(&self, text: &mut String, row: &[Value]) {
        let indent = match self.shape {
            OutputShape::One => "\n",
            _ => "\n\t",
        };
        let mut before = '{';
        for (key, value) in self.layout.keys {
            // Writing to a String cannot fail.
            _ = write!(text, "{before}{indent}\t\"{key}\": ");
            before = ',';
            match &row[*value] {
                Value::Text(value) => text.push_str(&self.json_string(value)),
                Value::Secret(value) => text.push_str(&json_shown(value)),
                Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
                Value::List(values) if values.is_empty() => text.push_str("[]"),
                Value::List(values) => {
                    let mut before = '[';
                    for value in values {
                        let value = self.json_string(value);
                        _ = write!(text, "{before}{indent}\t\t{value}");
                        before = ',';
                    }
                    _ = write!(text, "{indent}\t]");
                }
            }
        }
        _ = write!(text, "{indent}}}");
    }

    fn json_string(&self, value: &str) -> String {
        json_shown(&self.redactor.clean_result(value))
    }

    fn cell(&self, value: &Value) -> String {
        let text = match value {
            Value::Secret(text) => return escape(text).into_owned(),
            Value::Text(text) => Cow::Borrowed(&**text),
            Value::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Value::List(values) => Cow::Owned(["[", &values.join(" "), "]"].concat()),
        };
        escape(&self.redactor.clean_result(&text)).into_owned()
    }

    fn add_to_table(&mut self, row: &[Value]) {
        let columns = self.format.columns.iter();
        let values = columns.map(|column| &row[self.layout.columns[*column].value]);
        let cells: Vec<String> = values.map(|value| self.cell(value)).collect();
        let entries = row.iter().map(Value::entries).max().unwrap_or(0);
        if self.is_question() {
            self.table.push(&cells, entries);
        } else {
            let headers = match self.count {
                0 => self.headers(),
                _ => Vec::new(),
            };
            let line = self.table.line(&headers, cells, entries);
            self.write(&line);
        }
    }

    /// The header line, where there is to be one. Columns are no wider for one that is hidden.
    fn headers(&self) -> Vec<String> {
        let shown = self
            .format
            .columns
            .iter()
            .filter(|_| !self.format.hide_headers);
        shown
            .map(|column| self.layout.columns[*column].header.to_string())
            .collect()
    }

    fn print_table(&mut self) {
        let headers = self.headers();
        let table = std::mem::take(&mut self.table);
        table.print(&headers, &mut |line| self.write(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::authorization::Authorization;
    use crate::output::authorization::LEGACY;

    fn printed(format: Format, shape: OutputShape, rows: &[Authorization]) -> String {
        let mut out = Vec::new();
        let redactor = Redactor::default();
        let mut printer = Rows::new(&mut out, format, shape, &LEGACY, &redactor);
        rows.iter().for_each(|row| printer.push(row));
        printer.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn row(id: &str, description: &str) -> Authorization {
        Authorization {
            id: id.into(),
            description: description.into(),
            ..Authorization::default()
        }
    }

    fn format(json: bool, hide_headers: bool) -> Format {
        Format {
            json,
            hide_headers,
            quiet: false,
            columns: (0..LEGACY.columns.len()).collect(),
            is_plain: false,
            fits: false,
        }
    }

    #[test]
    fn columns_end_at_tab_stops() {
        let rows = [row("1234567", "ü"), row("12345678", "sevenfi")];
        assert_eq!(
            printed(format(false, true), OutputShape::List, &rows),
            "1234567\t\tü\t\t\t\t\t[]\n12345678\tsevenfi\t\t\t\t\t[]\n"
        );
    }

    #[test]
    fn no_row_is_an_empty_array_and_of_a_list_the_header_line() {
        assert_eq!(printed(format(false, false), OutputShape::Several, &[]), "");
        assert_eq!(printed(format(true, false), OutputShape::One, &[]), "");
        assert_eq!(
            printed(format(true, false), OutputShape::Several, &[]),
            "[]\n"
        );
        assert_eq!(printed(format(true, false), OutputShape::List, &[]), "[]\n");
        assert_eq!(printed(format(false, true), OutputShape::List, &[]), "");
        let line = "ID\tDescription\tUsername\tv2 User Name\tv2 User ID\tStatus\tPermissions\n";
        assert_eq!(printed(format(false, false), OutputShape::List, &[]), line);
    }

    #[test]
    fn json_of_several_is_an_array_without_a_trailing_comma() {
        let text = printed(
            format(true, false),
            OutputShape::Several,
            &[row("1", "a\u{2028}\"\u{1b}<&>"), row("2", "")],
        );
        assert!(text.starts_with(
            "[\n\t{\n\t\t\"id\": \"1\",\n\t\t\"description\": \"a\\u2028\\\"\\u001b<&>\","
        ));
        assert!(text.contains("\t\t\"permissions\": []\n\t},\n\t{\n"));
        assert!(text.ends_with("\n\t}\n]\n"));
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read[1]["id"], "2");
    }

    #[test]
    fn a_failed_write_is_reported_once_and_a_closed_pipe_not_at_all() {
        struct Full(io::ErrorKind);
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for (kind, ok) in [
            (io::ErrorKind::StorageFull, false),
            (io::ErrorKind::BrokenPipe, true),
        ] {
            let redactor = Redactor::default();
            let mut rows = Rows::new(
                Full(kind),
                format(true, false),
                OutputShape::Several,
                &LEGACY,
                &redactor,
            );
            rows.push(&row("1", ""));
            rows.push(&row("2", ""));
            assert_eq!(rows.finish().is_ok(), ok);
        }
    }
}
