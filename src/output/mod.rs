//! What the program prints: results on standard output, everything else on standard error.

mod column_widths;
pub mod counter;
pub mod format;
mod json;
pub mod layout;
pub mod report;
pub mod rows;
pub mod stdout;
mod table;
mod terminal_width;
mod text_width;
