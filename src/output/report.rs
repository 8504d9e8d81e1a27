//! Errors, hints and notes on standard error. If they cannot be written, the program continues.

use crate::error::Error;
use std::io::{self, Write};

/// Writes one line to standard error.
pub fn line(text: &str) {
    // A single write, so that lines of two processes on the same stream do not mix.
    _ = io::stderr().write_all(format!("{text}\n").as_bytes());
}

/// Prints errors as they occur, and each hint only once.
#[derive(Default)]
pub struct Report {
    hints: Vec<String>,
}

impl Report {
    /// Writes the `Error: ` line, and the `Hint: ` line if it has not been written before.
    pub fn error(&mut self, error: &Error) {
        line(&format!("Error: {error}"));
        if let Some(hint) = error.advice() {
            self.hint(hint);
        }
    }

    /// Writes the `Hint: ` line, unless it has been written before.
    pub fn hint(&mut self, hint: &str) {
        if !self.hints.iter().any(|written| written == hint) {
            line(&format!("Hint: {hint}"));
            self.hints.push(hint.to_string());
        }
    }
}
