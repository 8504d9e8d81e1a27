//! Writes to standard output. A full disk is an error, but a closed pipe is not.

use crate::error::{Code, Error, io_reason};
use std::io::{self, BufWriter, Write};

pub type Stdout = BufWriter<io::Stdout>;

/// Standard output with a buffer, which is written when it is flushed or dropped.
pub fn buffered() -> Stdout {
    BufWriter::new(io::stdout())
}

/// Prints a text. A closed pipe is not an error.
///
/// # Errors
/// Exit code 1 if the text cannot be written.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.or_else(ignore_closed_pipe)
}

/// Converts the error of a failed write. A closed pipe is not an error, because nobody reads the
/// output any more.
///
/// # Errors
/// Exit code 1, unless the pipe is closed.
pub fn ignore_closed_pipe(error: io::Error) -> Result<(), Error> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(());
    }
    let reason = io_reason(&error);
    let what = format!("cannot write to standard output: {reason}");
    Err(Error::new(Code::Other, what))
}
