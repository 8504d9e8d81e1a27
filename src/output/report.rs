//! Errors, hints and notes on standard error. If they cannot be written, the work goes on.

use crate::error::Error;
use std::io::{self, Write};

/// Writes one line to standard error.
pub fn line(text: &str) {
    // In one piece, or lines of two processes that share the stream would mix.
    _ = io::stderr().write_all(format!("{text}\n").as_bytes());
}

/// Reports errors as they come, each hint only once.
#[derive(Default)]
pub struct Report {
    hints: Vec<String>,
}

impl Report {
    /// Writes the `Error: ` line, and the `Hint: ` line where it has not been written before.
    pub fn error(&mut self, error: &Error) {
        line(&format!("Error: {error}"));
        if let Some(hint) = error.advice() {
            self.hint(hint);
        }
    }

    /// Writes the `Hint: ` line, unless it has been written before.
    pub fn hint(&mut self, hint: &str) {
        if !self.hints.iter().any(|said| said == hint) {
            line(&format!("Hint: {hint}"));
            self.hints.push(hint.to_string());
        }
    }
}
