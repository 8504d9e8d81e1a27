//! Makes the rows of a table fit a terminal: a list becomes a count, and free text is truncated.

use super::column_widths::{ColumnWidths, TAB, next_tab_stop};
use super::layout::{Column, Layout};
use super::text_width::{text_width, truncated};
use rustix::stdio::stdout;
use rustix::termios::tcgetwinsize;

/// The width of a terminal, and how the rows of a table are shortened to fit it.
pub struct TerminalWidth {
    width: usize,
    /// The column that contains a list, and the noun for one of its entries.
    list: Option<(usize, &'static str)>,
    /// The column that contains free text.
    free_text: Option<usize>,
    /// The width of the widest last cell, before it is shortened.
    last_cell: usize,
    /// The length of the longest list.
    longest_list: usize,
    /// Whether lists are shown as counts.
    counts_lists: bool,
    /// The width to which free text is truncated.
    max_free_text: usize,
}

impl TerminalWidth {
    /// The terminal on standard output, for a table with these columns. `None` if standard output
    /// is not a terminal or its width is unknown.
    pub fn of_stdout(layout: &Layout, columns: &[&Column]) -> Option<TerminalWidth> {
        let width = usize::from(tcgetwinsize(stdout()).ok()?.ws_col);
        if width == 0 {
            return None;
        }
        let column_of = |value| columns.iter().position(|column| column.value == value);
        Some(TerminalWidth {
            width,
            list: layout
                .list
                .and_then(|(value, word)| Some((column_of(value)?, word))),
            free_text: layout.free_text.and_then(column_of),
            last_cell: 0,
            longest_list: 0,
            counts_lists: false,
            max_free_text: usize::MAX,
        })
    }

    /// Includes a row in the widths.
    pub fn add_row(&mut self, row: &str, list_length: usize) {
        let last_cell = row.rsplit('\t').next().map_or(0, text_width);
        self.last_cell = self.last_cell.max(last_cell);
        self.longest_list = self.longest_list.max(list_length);
    }

    /// Decides how to shorten the rows. `widths` are the column widths that all rows so far need.
    /// This reduces them to what the shortened rows need, but not below `min_widths`.
    pub fn fit_columns(&mut self, widths: &mut ColumnWidths, min_widths: &ColumnWidths) {
        let Some(last) = widths.0.len().checked_sub(1) else {
            return;
        };
        let row_width = |widths: &ColumnWidths, last_cell: usize| {
            widths.0[..last].iter().sum::<usize>() + last_cell
        };
        let mut last_cell = self.last_cell;
        if let Some((column, _)) = self.list
            && (self.counts_lists || row_width(widths, last_cell) > self.width)
        {
            self.counts_lists = true;
            let count = text_width(&self.count(self.longest_list));
            if column == last {
                last_cell = count;
            } else {
                widths.0[column] = min_widths.of(column).max(next_tab_stop(count));
            }
        }
        let excess = row_width(widths, last_cell).saturating_sub(self.width);
        if let Some(column) = self.free_text
            && column != last
            && excess > 0
        {
            let left = widths
                .of(column)
                .saturating_sub(excess.next_multiple_of(TAB));
            let width = left.max(min_widths.of(column)).max(TAB);
            widths.0[column] = width;
            self.max_free_text = self.max_free_text.min(width - 1);
        }
    }

    /// Shortens a row as [`TerminalWidth::fit_columns`] decided.
    pub fn shorten(&self, row: &str, list_length: usize) -> String {
        let mut cells: Vec<_> = row.split('\t').map(String::from).collect();
        if let Some((column, _)) = self.list
            && self.counts_lists
        {
            cells[column] = self.count(list_length);
        }
        if let Some(column) = self.free_text
            && text_width(&cells[column]) > self.max_free_text
        {
            // One column is left for the ellipsis.
            let start = truncated(&cells[column], self.max_free_text - 1);
            cells[column] = format!("{start}…");
        }
        cells.join("\t")
    }

    /// The text for a number of entries, such as `3 permissions`.
    fn count(&self, entries: usize) -> String {
        let word = self.list.map_or("", |(_, word)| word);
        let plural = if entries == 1 { "" } else { "s" };
        format!("{entries} {word}{plural}")
    }
}
