//! A table whose columns are padded with tabs, as Go's tabwriter does it. Its rows are printed one
//! by one, or kept as the text they consist of until all of them are known.

/// Columns of the terminal from one tab stop to the next.
const TAB: usize = 8;

/// Rows of cells without control characters.
#[derive(Default)]
pub struct Table {
    /// The rows that are kept, each ended by a line break, their cells separated by tabs.
    text: String,
    /// The width of each column, in characters.
    widths: Vec<usize>,
}

impl Table {
    /// The line of a row that is not kept, behind that of `headers` where there are any. Columns are
    /// as wide as the headers and rows so far need: they only grow.
    pub fn line(&mut self, headers: Option<&[String]>, cells: &[String]) -> String {
        let lines = headers.into_iter().chain([cells]);
        for cells in lines.clone() {
            for (at, cell) in cells.iter().enumerate() {
                self.widen(at, cell);
            }
        }
        let mut text = String::with_capacity(256);
        for cells in lines {
            self.push_line(&mut text, cells.iter().map(String::as_str));
        }
        text
    }

    /// Keeps a row.
    pub fn push(&mut self, cells: &[String]) {
        let length: usize = cells.iter().map(|cell| cell.len() + 1).sum();
        self.text.reserve(length);
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push('\t');
            }
            self.text.push_str(cell);
            self.widen(at, cell);
        }
        self.text.push('\n');
    }

    fn widen(&mut self, column: usize, cell: &str) {
        if self.widths.len() <= column {
            self.widths.resize(column + 1, 0);
        }
        let width = padded(cell.chars().count());
        self.widths[column] = self.widths[column].max(width);
    }

    /// Hands the lines of the rows that were kept to `write`, the headers first.
    pub fn print(mut self, headers: Option<&[String]>, write: &mut dyn FnMut(&str)) {
        let mut line = String::with_capacity(256);
        if let Some(headers) = headers {
            for (at, header) in headers.iter().enumerate() {
                self.widen(at, header);
            }
            self.push_line(&mut line, headers.iter().map(String::as_str));
            write(&line);
        }
        for row in self.text.lines() {
            line.clear();
            self.push_line(&mut line, row.split('\t'));
            write(&line);
        }
    }

    /// Appends the cells, each but the last followed by tabs up to the next column.
    fn push_line<'a>(&self, line: &mut String, cells: impl Iterator<Item = &'a str>) {
        let mut missing = 0;
        for (cell, width) in cells.zip(&self.widths) {
            line.extend(std::iter::repeat_n('\t', missing));
            line.push_str(cell);
            let left = width.saturating_sub(cell.chars().count());
            missing = left.div_ceil(TAB);
        }
        line.push('\n');
    }
}

/// The width of a column that holds a cell of `width`: up to the next tab stop, one tab at least,
/// as Go's tabwriter with tab padding has it.
fn padded(width: usize) -> usize {
    (width / TAB + 1) * TAB
}
