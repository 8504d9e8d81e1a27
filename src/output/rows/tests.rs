//! Rows as they are printed, without a command.

use super::*;
use crate::output::layout::column;

fn printed(format: Format, shape: OutputShape, rows: &[Entry]) -> String {
    let mut out = Vec::new();
    let mut printer = Rows::with_writer(&mut out, format, shape, &LAYOUT);
    rows.iter().for_each(|row| printer.push(row));
    printer.finish().unwrap();
    String::from_utf8(out).unwrap()
}

/// A result with an ID, a description and an empty list.
struct Entry {
    id: &'static str,
    description: &'static str,
}

static LAYOUT: Layout = Layout {
    columns: &[
        column("ID", 0),
        column("Description", 1),
        column("Permissions", 2),
    ],
    quiet: 0,
    keys: &[("id", 0), ("description", 1), ("permissions", 2)],
    list: Some((2, "permission")),
    free_text: Some(1),
};

impl Record for Entry {
    fn values(&self) -> Vec<Value<'_>> {
        vec![
            Value::Text(self.id.into()),
            Value::Text(self.description.into()),
            Value::List(Vec::new()),
        ]
    }
}

fn row(id: &'static str, description: &'static str) -> Entry {
    Entry { id, description }
}

fn format(json: bool, hide_headers: bool) -> Format {
    Format {
        json,
        hide_headers,
        quiet: false,
        columns: (0..LAYOUT.columns.len()).collect(),
        single_tabs: false,
        fit_terminal: false,
    }
}

#[test]
fn columns_end_at_tab_stops() {
    let rows = [row("1234567", "ü"), row("12345678", "sevenfi")];
    assert_eq!(
        printed(format(false, true), OutputShape::List, &rows),
        "1234567\t\tü\t[]\n12345678\tsevenfi\t[]\n"
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
    let line = "ID\tDescription\tPermissions\n";
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
        let mut rows = Rows::with_writer(
            Full(kind),
            format(true, false),
            OutputShape::Several,
            &LAYOUT,
        );
        rows.push(&row("1", ""));
        rows.push(&row("2", ""));
        assert_eq!(rows.finish().is_ok(), ok);
    }
}
