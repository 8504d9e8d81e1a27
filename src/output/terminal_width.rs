//! Makes the rows of a table fit a terminal: a list becomes a count, and free text is truncated.

use super::layout::Layout;
use rustix::stdio::stdout;
use rustix::termios::tcgetwinsize;
use std::borrow::Cow;

/// Columns of the terminal from one tab stop to the next.
pub const TAB: usize = 8;

/// How many columns of the terminal a text takes.
pub fn text_width(text: &str) -> usize {
    text.chars().count()
}

/// A terminal, and how the rows of a table are shortened to fit it.
#[derive(Debug)]
pub struct TerminalWidth {
    width: usize,
    /// The column of a list, and the word for one of its entries.
    list: Option<(usize, &'static str)>,
    /// The column of free text.
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
    /// The terminal that is standard output, for a table with these columns. `None` if it is none or
    /// its width is not known.
    pub fn of_stdout(layout: &Layout, columns: &[usize]) -> Option<TerminalWidth> {
        let width = usize::from(tcgetwinsize(stdout()).ok()?.ws_col);
        if width == 0 {
            return None;
        }
        let column_of = |value| {
            let mut columns = columns.iter();
            columns.position(|column| layout.columns[*column].value == value)
        };
        let list = layout
            .list
            .and_then(|(value, word)| Some((column_of(value)?, word)));
        let free_text = layout.free_text.and_then(column_of);
        Some(TerminalWidth::new(width, list, free_text))
    }

    fn new(width: usize, list: Option<(usize, &'static str)>, free_text: Option<usize>) -> Self {
        TerminalWidth {
            width,
            list,
            free_text,
            last_cell: 0,
            longest_list: 0,
            counts_lists: false,
            max_free_text: usize::MAX,
        }
    }

    /// Takes a row into account.
    pub fn add_row(&mut self, cells: &[Cow<str>], list_length: usize) {
        let last_cell = cells.last().map_or(0, |cell| text_width(cell));
        self.last_cell = self.last_cell.max(last_cell);
        self.longest_list = self.longest_list.max(list_length);
    }

    /// Decides how rows are shortened. `widths` are those of the columns for all rows so far, and are
    /// changed to what is needed then, but not below `min_widths`.
    pub fn fit_columns(&mut self, widths: &mut [usize], min_widths: &[usize]) {
        let Some(last) = widths.len().checked_sub(1) else {
            return;
        };
        let min_width = |column: usize| min_widths.get(column).copied().unwrap_or(0);
        let row_width =
            |widths: &[usize], last_cell: usize| widths[..last].iter().sum::<usize>() + last_cell;
        let mut last_cell = self.last_cell;
        if let Some((column, _)) = self.list
            && (self.counts_lists || row_width(widths, last_cell) > self.width)
        {
            self.counts_lists = true;
            let count = text_width(&self.count(self.longest_list));
            if column == last {
                last_cell = count;
            } else {
                widths[column] = min_width(column).max((count / TAB + 1) * TAB);
            }
        }
        let excess = row_width(widths, last_cell).saturating_sub(self.width);
        if let Some(column) = self.free_text
            && column != last
            && excess > 0
        {
            let left = widths[column].saturating_sub(excess.next_multiple_of(TAB));
            widths[column] = left.max(min_width(column)).max(TAB);
            self.max_free_text = self.max_free_text.min(widths[column] - 1);
        }
    }

    /// Shortens the cells of a row as decided.
    pub fn shorten(&self, cells: &mut [Cow<str>], list_length: usize) {
        if let Some((column, _)) = self.list
            && self.counts_lists
        {
            cells[column] = self.count(list_length).into();
        }
        if let Some(column) = self.free_text
            && text_width(&cells[column]) > self.max_free_text
        {
            // One column is left for the ellipsis.
            let start: String = cells[column].chars().take(self.max_free_text - 1).collect();
            cells[column] = format!("{start}…").into();
        }
    }

    /// `3 permissions`.
    fn count(&self, entries: usize) -> String {
        let word = self.list.map_or("", |(_, word)| word);
        let plural = if entries == 1 { "" } else { "s" };
        format!("{entries} {word}{plural}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::table::Table;

    fn row(description: &str, permissions: &[&str]) -> (Vec<Cow<'static, str>>, usize) {
        let list = format!("[{}]", permissions.join(" "));
        let cells = ["1234", description, &list].map(|cell| Cow::from(cell.to_string()));
        (cells.into(), permissions.len())
    }

    /// What is printed of these rows at once, and row by row.
    fn printed(width: usize, rows: &[(Vec<Cow<str>>, usize)]) -> (String, String) {
        let table = || {
            let terminal = TerminalWidth::new(width, Some((2, "permission")), Some(1));
            Table::new(false, Some(terminal))
        };
        let (mut kept, mut text) = (table(), String::new());
        for (cells, entries) in rows {
            kept.keep(cells, *entries);
        }
        kept.print(&[], &mut |line| text.push_str(line));
        let (mut streamed, mut lines) = (table(), String::new());
        for (cells, entries) in rows {
            lines.push_str(&streamed.line(&[], cells.clone(), *entries));
        }
        (text, lines)
    }

    #[test]
    fn a_row_that_fits_is_not_shortened() {
        let rows = [row("short", &["read:x"])];
        let whole = "1234\tshort\t[read:x]\n".to_string();
        assert_eq!(printed(24, &rows), (whole.clone(), whole));
    }

    #[test]
    fn a_list_becomes_a_count() {
        let rows = [row("short", &["read:x", "write:x"]), row("", &["read:x"])];
        let short = "1234\tshort\t2 permissions\n1234\t\t1 permission\n".to_string();
        assert_eq!(printed(29, &rows), (short.clone(), short));
    }

    #[test]
    fn free_text_is_truncated_if_a_count_is_not_enough() {
        let rows = [row("a description of some length", &["read:xxxxxxxxx"])];
        let short = "1234\ta description …\t1 permission\n".to_string();
        assert_eq!(printed(36, &rows), (short.clone(), short));
        // Never to less than one tab stop.
        assert_eq!(printed(1, &rows).0, "1234\ta desc…\t1 permission\n");
    }
}
