//! Standard output: written in whole pieces, quiet when nobody reads it, an error when it is full.

use crate::error::{Code, Error, io_reason};
use rustix::io::{retry_on_intr, write};
use rustix::stdio::stdout;
use std::io::{self, Write};

/// Bytes of a table that are written at once.
const BUFFER: usize = 8 * 1024;

/// Standard output in the pieces in which it is written, where the standard library's would break
/// them at the last line. Takes no more memory than there is to write; what is left at its end is
/// written then.
#[derive(Default)]
pub struct Stdout {
    held: Vec<u8>,
}

impl Write for Stdout {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if self.held.len() + piece.len() > BUFFER {
            self.flush()?;
        }
        match piece.len() > BUFFER {
            true => write_all(piece)?,
            false => self.held.extend_from_slice(piece),
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let written = write_all(&self.held);
        // What could not be written is not tried again.
        self.held.clear();
        written
    }
}

fn write_all(mut rest: &[u8]) -> io::Result<()> {
    while !rest.is_empty() {
        match retry_on_intr(|| write(stdout(), rest))? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => rest = &rest[written..],
        }
    }
    Ok(())
}

impl Drop for Stdout {
    fn drop(&mut self) {
        _ = self.flush();
    }
}

/// Prints a text; a closed pipe is fine.
///
/// # Errors
/// Exit code 1 where it cannot be written.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = Stdout::default();
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
        _ => {
            let reason = io_reason(&error);
            Err(Error::new(
                Code::Other,
                format!("cannot write to standard output: {reason}"),
            ))
        }
    }
}
