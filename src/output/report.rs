//! Lines on standard error, and the counter that shows how far a long run is. Whether they can be
//! written makes no difference to the work.

use crate::error::Error;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the counter moves.
const TICK: Duration = Duration::from_millis(100);

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

/// A count on the last line of a terminal; nothing where standard error is something else, or where
/// the rows that are printed on a terminal say it already.
pub struct Counter {
    terminal: bool,
    shown: usize,
    next: Instant,
}

impl Counter {
    /// A counter that shows itself from the first tick on, if `wanted`.
    pub fn new(wanted: bool) -> Counter {
        Counter {
            terminal: wanted && io::stderr().is_terminal() && !io::stdout().is_terminal(),
            shown: 0,
            next: Instant::now() + TICK,
        }
    }

    /// Shows `count` where it is time to, and of how many, where `left` knows what is still to come.
    pub fn show(&mut self, count: usize, left: &dyn Fn() -> Option<usize>) {
        if self.terminal && Instant::now() >= self.next {
            let text = match left() {
                Some(left) => format!("{count} of {} done", count + left),
                None => format!("{count} done"),
            };
            _ = write!(io::stderr(), "\r{text}");
            self.shown = text.len();
            self.next = Instant::now() + TICK;
        }
    }

    /// Takes it off the terminal, to make room for a line or for good.
    pub fn clear(&mut self) {
        if self.shown > 0 {
            _ = write!(io::stderr(), "\r{:1$}\r", "", self.shown);
            self.shown = 0;
        }
    }
}
