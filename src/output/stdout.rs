//! Standard output: written in whole pieces, quiet when nobody reads it, an error when it is full.

use crate::error::{Code, Error, io_reason};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;

/// Bytes of a table that are written at once.
const BUFFER: usize = 8 * 1024;

/// Standard output in the pieces in which it is written, where the standard library's would break
/// them at the last line.
///
/// # Errors
/// Exit code 1 where there is none.
pub fn open() -> Result<BufWriter<File>, Error> {
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(out) => Ok(BufWriter::with_capacity(BUFFER, out.into())),
        Err(error) => Err(unwritable(&error)),
    }
}

/// Prints a text; a closed pipe is fine.
///
/// # Errors
/// Exit code 1 where it cannot be written.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = open()?;
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.or_else(failed)
}

/// What a failed write comes to: nobody reads a closed pipe, so that is no error.
///
/// # Errors
/// Exit code 1 for any other reason.
pub fn failed(error: io::Error) -> Result<(), Error> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(unwritable(&error)),
    }
}

fn unwritable(error: &io::Error) -> Error {
    let reason = io_reason(error);
    Error::new(
        Code::Other,
        format!("cannot write to standard output: {reason}"),
    )
}
