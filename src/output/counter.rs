//! A counter on standard error that shows how far a long run is.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the counter is updated.
const TICK: Duration = Duration::from_millis(100);

/// A counter on the last line of a terminal.
pub struct Counter {
    terminal: bool,
    shown: usize,
    next: Instant,
}

impl Counter {
    /// Shows nothing if standard error is not a terminal, or if rows appear on a terminal anyway.
    pub fn new(wanted: bool) -> Counter {
        Counter {
            terminal: wanted && io::stderr().is_terminal() && !io::stdout().is_terminal(),
            shown: 0,
            next: Instant::now() + TICK,
        }
    }

    /// Shows how many targets are done, and how many there are if that is known.
    pub fn show(&mut self, count: usize, left: Option<usize>) {
        if self.terminal && Instant::now() >= self.next {
            let text = match left {
                Some(left) => format!("{count} of {} done", count + left),
                None => format!("{count} done"),
            };
            _ = write!(io::stderr(), "\r{text}");
            self.shown = text.len();
            self.next = Instant::now() + TICK;
        }
    }

    /// Removes it from the terminal, to make room for a line.
    pub fn clear(&mut self) {
        if self.shown > 0 {
            _ = write!(io::stderr(), "\r{:1$}\r", "", self.shown);
            self.shown = 0;
        }
    }
}
