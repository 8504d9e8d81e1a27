//! A table whose columns are padded with tabs, as Go's tabwriter does it. Its rows are printed one
//! by one, or kept as the text they consist of until all of them are known.

use super::fit::{Fit, TAB};
use std::borrow::Cow;

/// Rows of cells without control characters.
#[derive(Default)]
pub struct Table {
    /// Cells are separated by single tabs.
    is_plain: bool,
    /// How rows are made to fit a terminal, where they are to.
    fit: Option<Fit>,
    /// The rows that are kept, each ended by a line break, their cells separated by tabs.
    text: String,
    /// How many entries the list in each of them has, where that may be shown in its place.
    entries: Vec<usize>,
    /// The width of each column, in characters.
    widths: Vec<usize>,
}

impl Table {
    /// A table without a row. `is_plain`: its cells are separated by single tabs, as `cut -f` wants
    /// them.
    pub fn new(is_plain: bool, fit: Option<Fit>) -> Table {
        Table {
            is_plain,
            fit,
            ..Table::default()
        }
    }

    /// Appends the line of a row that is not kept, behind that of `headers` where there are any.
    /// Columns are as wide as the headers and rows so far need: they only grow. `entries` is how many
    /// the list in it has.
    pub fn line(
        &mut self,
        text: &mut String,
        headers: &[Cow<str>],
        cells: &mut [Cow<str>],
        entries: usize,
    ) {
        self.widen(headers);
        let before = self.fit.is_some().then(|| self.widths.clone());
        self.widen(cells);
        if let (Some(fit), Some(before)) = (&mut self.fit, before) {
            fit.see(cells, entries);
            fit.settle(&mut self.widths, &before);
            fit.shorten(cells, entries);
        }
        if !headers.is_empty() {
            self.push_line(text, headers);
        }
        self.push_line(text, cells);
    }

    /// Keeps a row.
    pub fn push(&mut self, cells: &[Cow<str>], entries: usize) {
        self.widen(cells);
        self.text.push_str(&cells.join("\t"));
        self.text.push('\n');
        if let Some(fit) = &mut self.fit {
            fit.see(cells, entries);
            self.entries.push(entries);
        }
    }

    fn widen(&mut self, cells: &[Cow<str>]) {
        if self.widths.len() < cells.len() {
            self.widths.resize(cells.len(), 0);
        }
        for (width, cell) in self.widths.iter_mut().zip(cells) {
            *width = padded(cell.chars().count()).max(*width);
        }
    }

    /// Hands the lines of the rows that were kept to `write`, those of `headers` first where there
    /// are any.
    pub fn print(mut self, headers: &[Cow<str>], write: &mut dyn FnMut(&str)) {
        self.widen(headers);
        if let Some(fit) = &mut self.fit {
            let mut least = Vec::new();
            least.extend(headers.iter().map(|header| padded(header.chars().count())));
            fit.settle(&mut self.widths, &least);
        }
        let mut line = String::with_capacity(256);
        if !headers.is_empty() {
            self.push_line(&mut line, headers);
            write(&line);
        }
        for (at, row) in self.text.lines().enumerate() {
            line.clear();
            match &self.fit {
                None => self.push_line(&mut line, row.split('\t')),
                Some(fit) => {
                    let mut cells: Vec<_> = row.split('\t').map(Cow::from).collect();
                    fit.shorten(&mut cells, self.entries[at]);
                    self.push_line(&mut line, &cells);
                }
            }
            write(&line);
        }
    }

    /// Appends the cells, each but the last followed by tabs up to the next column.
    fn push_line(&self, line: &mut String, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        let mut missing = 0;
        for (cell, width) in cells.into_iter().zip(&self.widths) {
            let cell = cell.as_ref();
            line.extend(std::iter::repeat_n('\t', missing));
            line.push_str(cell);
            let left = width.saturating_sub(cell.chars().count());
            missing = if self.is_plain { 1 } else { left.div_ceil(TAB) };
        }
        line.push('\n');
    }
}

/// The width of a column that holds a cell of `width`: up to the next tab stop, one tab at least,
/// as Go's tabwriter with tab padding has it.
fn padded(width: usize) -> usize {
    (width / TAB + 1) * TAB
}
