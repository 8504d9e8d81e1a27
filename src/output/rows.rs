//! Results on standard output: a tab-padded table, tab-indented JSON as the Go client prints it, or
//! IDs alone.

use super::format::Format;
use crate::api::model::Authorization;
use crate::error::Error;
use crate::output::stdout;
use crate::output::table::Table;
use crate::secret::Redactor;
use crate::text::{escape, json_shown};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Header line of the table. `Status` is ours: the Go client never shows it.
const HEADERS: [&str; 8] = [
    "ID",
    "Description",
    "Username",
    "v2 User Name",
    "v2 User ID",
    "Status",
    "Permissions",
    // Where something was removed.
    "Deleted",
];

/// What the rows are the result of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Work on one target: JSON is an object; no row, no output.
    One,
    /// Work on several: JSON is an array; no row, no table.
    Several,
    /// A question: JSON is an array; the table comes at the end, and without a row it is its header
    /// line.
    List,
}

/// Takes authorizations and prints them. The results of work are written at once, each as it comes:
/// whatever ends the run, what it did has been said.
///
/// A write that fails stops the printing and nothing else; [`Rows::finish`] reports it.
pub struct Rows<'r, W> {
    out: W,
    format: Format,
    of: Of,
    /// The rows are what was removed.
    deleted: bool,
    /// Rows so far.
    count: usize,
    table: Table,
    redactor: &'r Redactor,
    failed: Option<io::Error>,
}

impl<'r, W: Write> Rows<'r, W> {
    /// Prints to `out`.
    pub fn new(out: W, format: Format, of: Of, redactor: &'r Redactor) -> Self {
        Rows {
            out,
            format,
            of,
            deleted: false,
            count: 0,
            table: Table::default(),
            redactor,
            failed: None,
        }
    }

    /// Says in the table of each row that it was removed, as the Go client does.
    pub fn deleted(mut self, deleted: bool) -> Self {
        self.deleted = deleted;
        self
    }

    /// Whether what was printed so far could be written.
    pub fn is_open(&self) -> bool {
        self.failed.is_none()
    }

    /// Adds a row.
    pub fn push(&mut self, row: &Authorization) {
        if self.format.quiet {
            let line = format!("{}\n", self.cell(&row.id));
            self.write(&line);
        } else if self.format.json {
            let mut text = match (self.of, self.count) {
                (Of::One, _) => String::new(),
                (_, 0) => "[\n\t".to_string(),
                (_, _) => ",\n\t".to_string(),
            };
            self.json(&mut text, row);
            if self.of == Of::One {
                text.push('\n');
            }
            self.write(&text);
        } else {
            self.add_to_table(row);
        }
        self.count += 1;
        if self.of != Of::List {
            self.flush();
        }
    }

    /// Prints what is left. Without any row that is `[]` for a JSON array, the header line for a
    /// list as a table, and else nothing.
    ///
    /// # Errors
    /// Exit code 1 where anything could not be written. A closed pipe is no error: nobody reads.
    pub fn finish(mut self) -> Result<(), Error> {
        if self.format.quiet {
        } else if self.format.json {
            if self.of != Of::One {
                self.write(if self.count == 0 { "[]\n" } else { "\n]\n" });
            }
        } else if self.of == Of::List {
            self.print_table();
        }
        self.flush();
        self.failed.map_or(Ok(()), stdout::failed)
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

    fn json(&self, text: &mut String, row: &Authorization) {
        let indent = if self.of == Of::One { "\n" } else { "\n\t" };
        let fields = [
            ("id", &row.id),
            ("description", &row.description),
            ("token", &row.token),
            ("status", &row.status),
            ("userName", &row.user),
            ("userID", &row.user_id),
        ];
        text.push('{');
        for (key, value) in fields {
            // Writing to a String cannot fail.
            _ = write!(text, "{indent}\t\"{key}\": {},", self.json_string(value));
        }
        _ = write!(text, "{indent}\t\"permissions\": [");
        for (at, permission) in row.permissions.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let mut plain = String::new();
            permission.push_to(&mut plain);
            let permission = self.json_string(&plain);
            _ = write!(text, "{comma}{indent}\t\t{permission}");
        }
        if !row.permissions.is_empty() {
            _ = write!(text, "{indent}\t");
        }
        _ = write!(text, "]{indent}}}");
    }

    fn json_string(&self, value: &str) -> String {
        json_shown(&self.redactor.clean_result(value))
    }

    fn cell<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.redactor.clean_result(text) {
            Cow::Borrowed(text) => escape(text),
            Cow::Owned(text) => Cow::Owned(escape(&text).into_owned()),
        }
    }

    fn add_to_table(&mut self, row: &Authorization) {
        // A permission of a bucket takes 53 bytes, the action and a space with it.
        let mut permissions = String::with_capacity(64 * row.permissions.len() + 2);
        permissions.push('[');
        for (at, permission) in row.permissions.iter().enumerate() {
            if at > 0 {
                permissions.push(' ');
            }
            permission.push_to(&mut permissions);
        }
        permissions.push(']');
        let cells = [
            &row.id,
            &row.description,
            &row.token,
            &row.user,
            &row.user_id,
            &row.status,
            &permissions,
        ]
        .map(|cell| self.cell(cell));
        let [id, description, token, user, user_id, status, permissions] = &cells;
        let row = [
            id,
            description,
            token,
            user,
            user_id,
            status,
            permissions,
            "true",
        ];
        let row = &row[..self.columns()];
        if self.of == Of::List {
            self.table.push(row);
        } else {
            let headers = self.headers().filter(|_| self.count == 0);
            let line = self.table.line(headers, row);
            self.write(&line);
        }
    }

    /// How many columns the table has.
    fn columns(&self) -> usize {
        HEADERS.len() - usize::from(!self.deleted)
    }

    /// The header line, where there is to be one. Columns are no wider for one that is hidden.
    fn headers(&self) -> Option<&'static [&'static str]> {
        (!self.format.hide_headers).then_some(&HEADERS[..self.columns()])
    }

    fn print_table(&mut self) {
        let headers = self.headers();
        let table = std::mem::take(&mut self.table);
        table.print(headers, &mut |line| self.write(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(format: Format, of: Of, rows: &[Authorization]) -> String {
        let mut out = Vec::new();
        let redactor = Redactor::default();
        let mut printer = Rows::new(&mut out, format, of, &redactor);
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

    const HIDDEN: Format = Format {
        json: false,
        hide_headers: true,
        quiet: false,
    };
    const JSON: Format = Format {
        json: true,
        hide_headers: false,
        quiet: false,
    };

    #[test]
    fn columns_end_at_tab_stops() {
        let rows = [row("1234567", "ü"), row("12345678", "sevenfi")];
        assert_eq!(
            printed(HIDDEN, Of::List, &rows),
            "1234567\t\tü\t\t\t\t\t[]\n12345678\tsevenfi\t\t\t\t\t[]\n"
        );
    }

    #[test]
    fn no_row_is_an_empty_array_and_of_a_list_the_header_line() {
        assert_eq!(printed(Format::default(), Of::Several, &[]), "");
        assert_eq!(printed(JSON, Of::One, &[]), "");
        assert_eq!(printed(JSON, Of::Several, &[]), "[]\n");
        assert_eq!(printed(JSON, Of::List, &[]), "[]\n");
        assert_eq!(printed(HIDDEN, Of::List, &[]), "");
        let line = "ID\tDescription\tUsername\tv2 User Name\tv2 User ID\tStatus\tPermissions\n";
        assert_eq!(printed(Format::default(), Of::List, &[]), line);
    }

    #[test]
    fn json_of_several_is_an_array_without_a_trailing_comma() {
        let text = printed(
            JSON,
            Of::Several,
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
            let mut rows = Rows::new(Full(kind), JSON, Of::Several, &redactor);
            rows.push(&row("1", ""));
            rows.push(&row("2", ""));
            assert_eq!(rows.finish().is_ok(), ok);
        }
    }
}
