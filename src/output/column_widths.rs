//! The widths of a table's columns. Each column ends at a tab stop.

use super::text_width::text_width;

/// The distance between tab stops, in terminal columns.
pub const TAB: usize = 8;

/// The width of each table column, in terminal columns.
#[derive(Clone, Default)]
pub struct ColumnWidths(pub Vec<usize>);

impl ColumnWidths {
    /// Makes the columns wide enough for a row. A cell is followed by at least one tab.
    pub fn widen(&mut self, row: &str) {
        for (number, cell) in row.split('\t').enumerate() {
            let width = next_tab_stop(text_width(cell));
            match self.0.get_mut(number) {
                Some(widest) => *widest = width.max(*widest),
                None => self.0.push(width),
            }
        }
    }

    /// The width of a column, or 0 if it does not exist.
    pub fn of(&self, column: usize) -> usize {
        self.0.get(column).copied().unwrap_or(0)
    }
}

/// The next tab stop after a text of this width.
pub fn next_tab_stop(width: usize) -> usize {
    (width / TAB + 1) * TAB
}
