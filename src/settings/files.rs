//! Reads small files completely. The size is limited, because a device or pipe may have no end.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The largest configs, token, password or certificate file, in bytes.
const MAX_SIZE: u64 = 4 * 1024 * 1024;

/// Windows editors and PowerShell write it at the start of UTF-8 files.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads a file. It may be a FIFO.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    read_limited(file)
}

pub fn read_text(path: &Path) -> io::Result<String> {
    text(read(path)?)
}

/// Reads UTF-8 text from standard input until its end.
pub fn read_stdin() -> io::Result<String> {
    text(read_limited(io::stdin())?)
}

fn read_limited(source: impl Read) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    source.take(MAX_SIZE + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MAX_SIZE {
        return Err(io::Error::other("larger than 4 MiB"));
    }
    Ok(content)
}

fn text(content: Vec<u8>) -> io::Result<String> {
    String::from_utf8(content).map_err(|_| io::Error::other("not UTF-8 text"))
}
