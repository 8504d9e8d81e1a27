//! Small files read whole, with a bound: a path may name a device or a pipe without end.

use crate::secret::Secret;
use rustix::buffer::spare_capacity;
use std::fs::File;
use std::io::{self, Read};
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
    read_rest(file, content)
}

/// The content of a file, as text.
pub fn read_text(path: &Path) -> io::Result<String> {
    text(read(path)?)
}

/// Standard input as text, to its end.
pub fn read_stdin() -> io::Result<String> {
    text(read_rest(io::stdin().lock(), Vec::new())?)
}

/// Reads to the end, behind the `content` that was read already.
fn read_rest(source: impl Read, mut content: Vec<u8>) -> io::Result<Vec<u8>> {
    let most = (MOST + 1).saturating_sub(content.len() as u64);
    source.take(most).read_to_end(&mut content)?;
    if content.len() as u64 > MOST {
        return Err(io::Error::other("larger than 4 MiB"));
    }
    Ok(content)
}

fn text(content: Vec<u8>) -> io::Result<String> {
    String::from_utf8(content).map_err(|_| io::Error::other("not UTF-8 text"))
}

/// The secret in a file's text: all of it less the white space at its end.
pub fn secret_in(content: &str) -> Secret {
    Secret::new(content.trim_end())
}
