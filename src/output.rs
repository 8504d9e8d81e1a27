//! Results on standard output: a tab-padded table or tab-indented JSON, as the Go client prints them.

use crate::error::Error;
use crate::model::Authorization;
use crate::secret::Redactor;
use crate::settings::Format;
use crate::stdout;
use crate::text::escape;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Header line of the table. `Status` is ours: the Go client never shows it.
const HEADERS: [&str; COLUMNS] = [
    "ID",
    "Description",
    "Username",
    "v2 User Name",
    "v2 User ID",
    "Status",
    "Permissions",
];
const COLUMNS: usize = 7;

/// Columns of the terminal from one tab stop to the next.
const TAB: usize = 8;

/// Takes authorizations and prints them: JSON as they come, a table at the end.
///
/// A write that fails stops the printing and nothing else; [`Rows::finish`] reports it.
pub struct Rows<W> {
    out: W,
    format: Format,
    /// JSON: an array, even of one.
    array: bool,
    /// Rows so far; of the table, the rows themselves.
    count: usize,
    table: Vec<[String; COLUMNS]>,
    redactor: Redactor,
    failed: Option<io::Error>,
}

impl<W: Write> Rows<W> {
    /// Prints to `out`; `array` says whether JSON is an array or, for one target, an object.
    pub fn new(out: W, format: Format, array: bool, redactor: Redactor) -> Self {
        Rows {
            out,
            format,
            array,
            count: 0,
            table: Vec::new(),
            redactor,
            failed: None,
        }
    }

    /// Adds a row.
    pub fn push(&mut self, row: &Authorization) {
        if self.format.json {
            let mut text = match (self.array, self.count) {
                (false, _) => String::new(),
                (true, 0) => "[\n\t".to_string(),
                (true, _) => ",\n\t".to_string(),
            };
            self.json(&mut text, row);
            if !self.array {
                text.push('\n');
            }
            self.write(&text);
            self.flush();
        } else {
            self.table.push(self.cells(row));
        }
        self.count += 1;
    }

    /// Prints what is left. Without any row that is `[]` for a JSON array, and else nothing.
    ///
    /// # Errors
    /// Exit code 1 where anything could not be written. A closed pipe is no error: nobody reads.
    pub fn finish(mut self) -> Result<(), Error> {
        if self.format.json {
            if self.array {
                self.write(if self.count == 0 { "[]\n" } else { "\n]\n" });
            }
        } else if self.count > 0 {
            let table = std::mem::take(&mut self.table);
            self.print_table(&table);
        }
        self.flush();
        self.failed.map_or(Ok(()), stdout::failed)
    }

    fn write(&mut self, text: &str) {
        if self.failed.is_none() {
            self.failed = self.out.write_all(text.as_bytes()).err();
        }
    }

    /// Hands on what was written: after each JSON row, so that an interrupted run has said what it
    /// did.
    fn flush(&mut self) {
        if self.failed.is_none() {
            self.failed = self.out.flush().err();
        }
    }

    fn json(&self, text: &mut String, row: &Authorization) {
        let indent = if self.array { "\n\t" } else { "\n" };
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
            let permission = self.json_string(&permission.to_string());
            _ = write!(text, "{comma}{indent}\t\t{permission}");
        }
        if !row.permissions.is_empty() {
            _ = write!(text, "{indent}\t");
        }
        _ = write!(text, "]{indent}}}");
    }

    fn json_string(&self, value: &str) -> String {
        // A string is always JSON; Go escapes these two separators, which end a line in JavaScript.
        let text = serde_json::to_string(&self.redactor.clean_result(value)).unwrap_or_default();
        match text.contains(['\u{2028}', '\u{2029}']) {
            true => text
                .replace('\u{2028}', "\\u2028")
                .replace('\u{2029}', "\\u2029"),
            false => text,
        }
    }

    fn cells(&self, row: &Authorization) -> [String; COLUMNS] {
        let mut permissions = "[".to_string();
        for (at, permission) in row.permissions.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            _ = write!(permissions, "{space}{permission}");
        }
        permissions.push(']');
        [
            &row.id,
            &row.description,
            &row.token,
            &row.user,
            &row.user_id,
            &row.status,
            &permissions,
        ]
        .map(|cell| escape(&self.redactor.clean_result(cell)).into_owned())
    }

    fn print_table(&mut self, rows: &[[String; COLUMNS]]) {
        let headers = HEADERS.map(String::from);
        let headers = (!self.format.hide_headers).then_some(&headers);
        let mut widths = [0; COLUMNS];
        for row in headers.into_iter().chain(rows) {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = padded(cell.chars().count()).max(*width);
            }
        }
        let mut line = String::new();
        for row in headers.into_iter().chain(rows) {
            line.clear();
            push_line(&mut line, row, &widths);
            self.write(&line);
        }
    }
}

/// The width of a column that holds a cell of `width`: up to the next tab stop, one tab at least,
/// as Go's tabwriter with tab padding has it.
fn padded(width: usize) -> usize {
    (width / TAB + 1) * TAB
}

/// Appends the cells, each but the last followed by tabs up to the next column.
fn push_line(line: &mut String, row: &[String; COLUMNS], widths: &[usize; COLUMNS]) {
    for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
        line.push_str(cell);
        if at + 1 < COLUMNS {
            let missing = width.saturating_sub(cell.chars().count());
            line.extend(std::iter::repeat_n('\t', missing.div_ceil(TAB)));
        }
    }
    line.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(format: Format, array: bool, rows: &[Authorization]) -> String {
        let mut out = Vec::new();
        let mut printer = Rows::new(&mut out, format, array, Redactor::default());
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
    };
    const JSON: Format = Format {
        json: true,
        hide_headers: false,
    };

    #[test]
    fn columns_end_at_tab_stops() {
        let rows = [row("1234567", "ü"), row("12345678", "sevenfi")];
        assert_eq!(
            printed(HIDDEN, false, &rows),
            "1234567\t\tü\t\t\t\t\t[]\n12345678\tsevenfi\t\t\t\t\t[]\n"
        );
    }

    #[test]
    fn no_row_is_no_table_and_an_empty_array() {
        assert_eq!(printed(Format::default(), true, &[]), "");
        assert_eq!(printed(JSON, false, &[]), "");
        assert_eq!(printed(JSON, true, &[]), "[]\n");
    }

    #[test]
    fn json_of_several_is_an_array_without_a_trailing_comma() {
        let text = printed(
            JSON,
            true,
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
            let mut rows = Rows::new(Full(kind), JSON, true, Redactor::default());
            rows.push(&row("1", ""));
            rows.push(&row("2", ""));
            assert_eq!(rows.finish().is_ok(), ok);
        }
    }
}
