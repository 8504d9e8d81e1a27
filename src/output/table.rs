//! A table whose columns are padded with tabs, as Go's tabwriter does it. Rows are printed one by
//! one, or kept until all of them are known.

use super::terminal_width::{TAB, TerminalWidth, text_width};
use std::borrow::Cow;

#[derive(Default)]
pub struct Table {
    /// Separate cells with single tabs, for `cut -f`.
    single_tabs: bool,
    /// The terminal that the rows have to fit, if any.
    terminal: Option<TerminalWidth>,
    /// The width of each column, up to the next tab stop.
    widths: Vec<usize>,
    /// The kept rows, one per line, cells separated by tabs: a list may have a hundred thousand.
    kept: String,
    /// How many entries the list in each kept row has.
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

    /// The line of a row that is not kept, preceded by the line of `headers` if there are any.
    /// Columns are as wide as the headers and rows so far need, and never get narrower. Cells must
    /// not contain control characters. `list_length` is how many entries the list in the row has.
    pub fn line(
        &mut self,
        headers: &[Cow<str>],
        mut cells: Vec<Cow<str>>,
        list_length: usize,
    ) -> String {
        self.widen(headers);
        let min_widths = self.widths.clone();
        self.widen(&cells);
        if let Some(terminal) = &mut self.terminal {
            terminal.add_row(&cells, list_length);
            terminal.fit_columns(&mut self.widths, &min_widths);
            terminal.shorten(&mut cells, list_length);
        }
        let mut text = String::new();
        if !headers.is_empty() {
            self.push_line(&mut text, headers);
        }
        self.push_line(&mut text, &cells);
        text
    }

    /// Keeps a row for [`Table::print`]. Cells must not contain control characters.
    pub fn keep(&mut self, cells: &[Cow<str>], list_length: usize) {
        self.widen(cells);
        for (at, cell) in cells.iter().enumerate() {
            self.kept.push_str(if at == 0 { "" } else { "\t" });
            self.kept.push_str(cell);
        }
        self.kept.push('\n');
        if let Some(terminal) = &mut self.terminal {
            terminal.add_row(cells, list_length);
            self.list_lengths.push(list_length);
        }
    }

    fn widen(&mut self, cells: &[Cow<str>]) {
        if self.widths.len() < cells.len() {
            self.widths.resize(cells.len(), 0);
        }
        for (width, cell) in self.widths.iter_mut().zip(cells) {
            *width = padded(text_width(cell)).max(*width);
        }
    }

    /// Passes the line of `headers`, if there are any, and those of the kept rows to `write`.
    pub fn print(mut self, headers: &[Cow<str>], write: &mut dyn FnMut(&str)) {
        self.widen(headers);
        if let Some(terminal) = &mut self.terminal {
            let headers = headers.iter();
            let min_widths: Vec<_> = headers.map(|header| padded(text_width(header))).collect();
            terminal.fit_columns(&mut self.widths, &min_widths);
        }
        let mut line = String::new();
        if !headers.is_empty() {
            self.push_line(&mut line, headers);
            write(&line);
        }
        for (at, row) in self.kept.lines().enumerate() {
            let mut cells: Vec<_> = row.split('\t').map(Cow::from).collect();
            if let Some(terminal) = &self.terminal {
                terminal.shorten(&mut cells, self.list_lengths[at]);
            }
            line.clear();
            self.push_line(&mut line, &cells);
            write(&line);
        }
    }

    /// Appends the cells, each but the last followed by tabs up to the next column.
    fn push_line(&self, line: &mut String, cells: &[Cow<str>]) {
        let mut tabs = 0;
        for (cell, width) in cells.iter().zip(&self.widths) {
            line.extend(std::iter::repeat_n('\t', tabs));
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

/// The width of a column that holds a cell of `width`: at least one tab, up to a tab stop.
fn padded(width: usize) -> usize {
    (width / TAB + 1) * TAB
}
