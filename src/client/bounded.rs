//! The body of an answer that lists things: of any length, but not each thing.

use super::{ONE, SHOWN};
use std::cell::Cell;
use std::io::{self, Read};

/// A body of any length, but no longer than [`ONE`] from one entry to the next. It keeps its start
/// for messages.
pub(super) struct Bounded<'l, R> {
    pub inner: R,
    /// What may still come before the next entry, in bytes.
    pub left: &'l Cell<u64>,
    pub start: Vec<u8>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let Some(left) = self.left.get().checked_sub(length as u64) else {
            return Err(ureq::Error::BodyExceedsLimit(ONE).into_io());
        };
        self.left.set(left);
        let room = SHOWN - self.start.len();
        self.start.extend_from_slice(&buffer[..length.min(room)]);
        Ok(length)
    }
}
