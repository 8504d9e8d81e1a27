//! A table whose columns are padded with tabs, as Go's tabwriter does it. Rows are printed one by
//! one, or kept until all rows are known.
//!
//! A row is a single string: cells without control characters, separated by tabs.

use super::column_widths::{ColumnWidths, TAB};
use super::terminal_width::TerminalWidth;
use super::text_width::text_width;

#[derive(Default)]
pub struct Table {
    /// Separate cells with single tabs, for `cut -f`.
    single_tabs: bool,
    /// The terminal that the rows must fit, if any.
    terminal: Option<TerminalWidth>,
    widths: ColumnWidths,
    /// The kept rows in one string, one per line. A list may have a hundred thousand rows.
    kept: String,
    /// The number of list entries in each kept row.
    list_lengths: Vec<usize>,
}

impl Table {
    pub fn new(single_tabs: bool, terminal: Option<TerminalWidth>) -> Table {
        Table {
            single_tabs,
            terminal,
            ..Table::default()
        }
    }

    /// Formats a row that is not kept. The header line comes first, unless `headers` is empty.
    /// Columns are wide enough for the headers and all rows so far, and never get narrower.
    /// `list_length` is the number of list entries in the row.
    pub fn line(&mut self, headers: &str, row: &str, list_length: usize) -> String {
        self.widths.widen(headers);
        let min_widths = self.widths.clone();
        self.widths.widen(row);
        if let Some(terminal) = &mut self.terminal {
            terminal.add_row(row, list_length);
            terminal.fit_columns(&mut self.widths, &min_widths);
        }
        let mut text = String::new();
        if !headers.is_empty() {
            self.push_line(&mut text, headers);
        }
        self.push_row(&mut text, row, list_length);
        text
    }

    /// Keeps a row for [`Table::print`].
    pub fn keep(&mut self, row: &str, list_length: usize) {
        self.widths.widen(row);
        self.kept.push_str(row);
        self.kept.push('\n');
        if let Some(terminal) = &mut self.terminal {
            terminal.add_row(row, list_length);
            self.list_lengths.push(list_length);
        }
    }

    /// Passes the header line, unless `headers` is empty, and the lines of the kept rows to
    /// `write`.
    pub fn print(mut self, headers: &str, write: &mut dyn FnMut(&str)) {
        self.widths.widen(headers);
        if let Some(terminal) = &mut self.terminal {
            let mut min_widths = ColumnWidths::default();
            min_widths.widen(headers);
            terminal.fit_columns(&mut self.widths, &min_widths);
        }
        let mut line = String::new();
        if !headers.is_empty() {
            self.push_line(&mut line, headers);
            write(&line);
        }
        for (number, row) in self.kept.lines().enumerate() {
            let list_length = self.list_lengths.get(number).copied().unwrap_or(0);
            line.clear();
            self.push_row(&mut line, row, list_length);
            write(&line);
        }
    }

    /// Appends the line of a row, shortened to fit the terminal.
    fn push_row(&self, line: &mut String, row: &str, list_length: usize) {
        match &self.terminal {
            Some(terminal) => self.push_line(line, &terminal.shorten(row, list_length)),
            None => self.push_line(line, row),
        }
    }

    /// Appends the cells. Each cell except the last is followed by tabs up to the next column.
    fn push_line(&self, line: &mut String, row: &str) {
        let mut tabs = 0;
        for (cell, width) in row.split('\t').zip(&self.widths.0) {
            for _ in 0..tabs {
                line.push('\t');
            }
            line.push_str(cell);
            tabs = if self.single_tabs {
                1
            } else {
                width.saturating_sub(text_width(cell)).div_ceil(TAB)
            };
        }
        line.push('\n');
    }
}
