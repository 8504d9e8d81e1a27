//! Standard output: buffered, quiet if nobody reads it, an error if it is full.

use crate::error::{Code, Error, io_reason};
use std::io::{self, BufWriter, Write};

pub type Stdout = BufWriter<io::Stdout>;

/// Standard output in large pieces. It is written when it is flushed or dropped.
pub fn buffered() -> Stdout {
    BufWriter::new(io::stdout())
}

/// Prints a text; a closed pipe is fine.
///
/// # Errors
/// Exit code 1 if it cannot be written.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.or_else(failed)
}

/// The result of a failed write. A closed pipe is no error: nobody reads any more.
///
/// # Errors
/// Exit code 1 for any other reason.
pub fn failed(error: io::Error) -> Result<(), Error> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(());
    }
    let reason = io_reason(&error);
    let what = format!("cannot write to standard output: {reason}");
    Err(Error::new(Code::Other, what))
}
