//! How the rows of a table are made to fit a terminal: a list becomes a count, and free text is cut.

use super::layout::Layout;
use rustix::stdio::stdout;
use rustix::termios::tcgetwinsize;
use std::borrow::Cow;

/// Columns of the terminal from one tab stop to the next.
pub const TAB: usize = 8;

/// What a table does about rows that are wider than its terminal.
#[derive(Debug)]
pub struct Fit {
    /// Columns of the terminal.
    width: usize,
    /// The column of a list, and what one of its entries is called.
    list: Option<(usize, &'static str)>,
    /// The column of free text.
    prose: Option<usize>,
    /// The longest last cell that is not shortened, in characters.
    longest_last: usize,
    /// The most entries that a list has.
    most_entries: usize,
    /// Lists are shown as counts.
    is_short: bool,
    /// Free text is cut to this many characters.
    limit: usize,
}

impl Fit {
    /// How a table of these columns fits standard output, where that is a terminal whose width is
    /// known.
    pub fn to_terminal(layout: &Layout, columns: &[usize]) -> Option<Fit> {
        let width = usize::from(tcgetwinsize(stdout()).ok()?.ws_col);
        let place = |value| {
            let is = |column: &usize| layout.columns[*column].value == value;
            columns.iter().position(is)
        };
        let list = layout
            .list
            .and_then(|(value, name)| Some((place(value)?, name)));
        let prose = layout.prose.and_then(place);
        (width > 0).then_some(Fit {
            width,
            list,
            prose,
            longest_last: 0,
            most_entries: 0,
            is_short: false,
            limit: usize::MAX,
        })
    }

    /// Takes a row into account.
    pub fn see(&mut self, cells: &[Cow<str>], entries: usize) {
        let last = cells.last().map_or(0, |cell| cell.chars().count());
        self.longest_last = self.longest_last.max(last);
        self.most_entries = self.most_entries.max(entries);
    }

    /// Decides what is shortened. `widths` are those of the columns for all rows so far, and become
    /// what they are then; `least` is what they may not fall below.
    pub fn settle(&mut self, widths: &mut [usize], least: &[usize]) {
        let Some(end) = widths.len().checked_sub(1) else {
            return;
        };
        let least = |column: usize| least.get(column).copied().unwrap_or(0);
        let total = |widths: &[usize], last| widths[..end].iter().sum::<usize>() + last;
        let mut last = self.longest_last;
        if let Some((column, _)) = self.list
            && (self.is_short || total(widths, last) > self.width)
        {
            self.is_short = true;
            let short = self.count(self.most_entries).len();
            match column == end {
                true => last = short,
                false => widths[column] = least(column).max((short / TAB + 1) * TAB),
            }
        }
        let excess = total(widths, last).saturating_sub(self.width);
        if let Some(column) = self.prose.filter(|column| *column != end && excess > 0) {
            let room = widths[column].saturating_sub(excess.div_ceil(TAB) * TAB);
            widths[column] = room.max(least(column)).max(TAB);
            self.limit = self.limit.min(widths[column] - 1);
        }
    }

    /// Shortens what is to be shortened of a row.
    pub fn shorten(&self, cells: &mut [Cow<str>], entries: usize) {
        if let Some((column, _)) = self.list.filter(|_| self.is_short) {
            cells[column] = self.count(entries).into();
        }
        if let Some(column) = self.prose
            && let Some((at, _)) = cells[column].char_indices().nth(self.limit)
        {
            let cut = cells[column][..at].char_indices().next_back();
            let end = cut.map_or(0, |(at, _)| at);
            cells[column] = [&cells[column][..end], "…"].concat().into();
        }
    }

    /// `3 permissions`.
    fn count(&self, entries: usize) -> String {
        let name = self.list.map_or("", |(_, name)| name);
        let plural = if entries == 1 { "" } else { "s" };
        format!("{entries} {name}{plural}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::table::Table;

    fn fit(width: usize) -> Fit {
        Fit {
            width,
            list: Some((2, "permission")),
            prose: Some(1),
            longest_last: 0,
            most_entries: 0,
            is_short: false,
            limit: usize::MAX,
        }
    }

    fn row(description: &str, permissions: &[&str]) -> (Vec<Cow<'static, str>>, usize) {
        let list = format!("[{}]", permissions.join(" "));
        let cells = ["1234", description, &list].map(|cell| Cow::from(cell.to_string()));
        (cells.into(), permissions.len())
    }

    /// What is printed of these rows at once, and row by row.
    fn printed(width: usize, rows: &[(Vec<Cow<str>>, usize)]) -> (String, String) {
        let table = || Table::new(false, Some(fit(width)));
        let (mut kept, mut text) = (table(), String::new());
        for (cells, entries) in rows {
            kept.push(cells, *entries);
        }
        kept.print(&[], &mut |line| text.push_str(line));
        let (mut streamed, mut lines) = (table(), String::new());
        for (cells, entries) in rows {
            streamed.line(&mut lines, &[], &mut cells.clone(), *entries);
        }
        (text, lines)
    }

    #[test]
    fn what_fits_stays_as_it_is() {
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
    fn free_text_is_cut_where_that_is_not_enough() {
        let rows = [row("a description of some length", &["read:xxxxxxxxx"])];
        let short = "1234\ta description …\t1 permission\n".to_string();
        assert_eq!(printed(36, &rows), (short.clone(), short));
        // Never below what a column takes at the least.
        assert_eq!(printed(1, &rows).0, "1234\ta desc…\t1 permission\n");
    }
}
