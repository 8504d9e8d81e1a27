//! Small files read whole, with a bound: a path may name a device or a pipe without end.

use crate::secret::Secret;
use rustix::buffer::spare_capacity;
use rustix::io::Errno;
use rustix::stdio::stdin;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;

/// The largest configs, token or certificate file taken, in bytes.
const MOST: u64 = 4 * 1024 * 1024;

/// The content of a file, which may be a FIFO.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // Room for one byte more, to see that there is none.
    let mut content = Vec::with_capacity(about.len().min(MOST) as usize + 1);
    if about.is_file() {
        rustix::io::read(&file, spare_capacity(&mut content))?;
        if content.len() as u64 == about.len() {
            return Ok(content);
        }
    }
    read_rest(file.as_fd(), content)
}

/// The content of a file, as text.
pub fn read_text(path: &Path) -> io::Result<String> {
    text(read(path)?)
}

/// Standard input as text, to its end.
pub fn read_stdin() -> io::Result<String> {
    text(read_rest(stdin(), Vec::new())?)
}

/// Reads to the end, behind the `content` that was read already.
fn read_rest(source: BorrowedFd, mut content: Vec<u8>) -> io::Result<Vec<u8>> {
    while content.len() as u64 <= MOST {
        content.reserve(8192);
        match rustix::io::read(source, spare_capacity(&mut content)) {
            Ok(0) => return Ok(content),
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(io::Error::other("larger than 4 MiB"))
}

fn text(content: Vec<u8>) -> io::Result<String> {
    String::from_utf8(content).map_err(|_| io::Error::other("not UTF-8 text"))
}

/// The secret in a file's text: all of it less the white space at its end.
pub fn secret_in(content: &str) -> Secret {
    Secret::new(content.trim_end())
}
