//! A counter on standard error that shows the progress of a long run.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// The time between updates.
const TICK: Duration = Duration::from_millis(100);

/// A counter on the last line of a terminal.
pub struct Counter {
    enabled: bool,
    shown: usize,
    next: Instant,
}

impl Counter {
    /// Shows nothing if standard error is not a terminal. Also shows nothing if standard output is
    /// a terminal, because the rows already show the progress there.
    pub fn new() -> Counter {
        Counter {
            enabled: io::stderr().is_terminal() && !io::stdout().is_terminal(),
            shown: 0,
            next: Instant::now() + TICK,
        }
    }

    /// Shows how many targets are done, and the total if it is known.
    pub fn show(&mut self, count: usize, left: Option<usize>) {
        if self.enabled && Instant::now() >= self.next {
            let text = match left {
                Some(left) => format!("{count} of {} done", count + left),
                None => format!("{count} done"),
            };
            _ = write!(io::stderr(), "\r{text}");
            self.shown = text.len();
            self.next = Instant::now() + TICK;
        }
    }

    /// Removes the counter from the terminal, so that a line can be printed.
    pub fn clear(&mut self) {
        if self.shown > 0 {
            _ = write!(io::stderr(), "\r{:1$}\r", "", self.shown);
            self.shown = 0;
        }
    }
}
