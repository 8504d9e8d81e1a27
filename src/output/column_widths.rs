//! The widths of a table's columns. Each column ends at a tab stop.

use super::text_width::text_width;

/// Columns of the terminal from one tab stop to the next.
pub const TAB: usize = 8;

/// The width of each column.
#[derive(Clone, Default)]
pub struct ColumnWidths(pub Vec<usize>);

impl ColumnWidths {
    /// Makes the columns wide enough for a row. A cell is followed by at least one tab.
    pub fn widen(&mut self, row: &str) {
        for (number, cell) in row.split('\t').enumerate() {
            let width = up_to_tab_stop(text_width(cell));
            match self.0.get_mut(number) {
                Some(widest) => *widest = width.max(*widest),
                None => self.0.push(width),
            }
        }
    }

    /// The width of a column, 0 if there is none.
    pub fn of(&self, column: usize) -> usize {
        self.0.get(column).copied().unwrap_or(0)
    }
}

/// The next tab stop after a text of this width.
pub fn up_to_tab_stop(width: usize) -> usize {
    (width / TAB + 1) * TAB
}
