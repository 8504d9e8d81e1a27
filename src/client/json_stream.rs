//! Reads JSON of any length, value by value.

use super::{MAX_BODY, MAX_DEBUG_BODY};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::io::{self, Read};

/// How many bytes are read, at least, before the parser tries again.
const MIN_READ: usize = 32 * 1024;

/// Why the JSON could not be read.
#[derive(Debug)]
pub enum Problem {
    Io(io::Error),
    /// The text is not JSON, is incomplete, or has other data than expected.
    Json(Category),
}

/// Reads JSON from a source. The caller walks through the outer objects and arrays. Inner values of at
/// most [`MAX_BODY`] bytes are parsed as a whole. serde_json's own reader takes twice as long, because
/// it reads byte by byte.
pub struct JsonStream<R> {
    source: R,
    /// Bytes from the source. The first `taken` bytes are already consumed.
    buffer: Vec<u8>,
    taken: usize,
    /// The first bytes from the source, for messages.
    start: Vec<u8>,
    /// Set when the source has ended or failed.
    end: Option<io::Result<()>>,
}

impl<R: Read> JsonStream<R> {
    pub fn new(source: R) -> Self {
        JsonStream {
            source,
            buffer: Vec::new(),
            taken: 0,
            start: Vec::new(),
            end: None,
        }
    }

    /// The first bytes from the source, at most [`MAX_DEBUG_BODY`].
    pub fn start(&self) -> &[u8] {
        &self.start
    }

    /// Consumes a complete value.
    pub fn value<T: DeserializeOwned>(&mut self) -> Result<T, Problem> {
        loop {
            let rest = &self.buffer[self.taken..];
            let mut values = serde_json::Deserializer::from_slice(rest).into_iter();
            let value = values.next();
            let length = values.byte_offset();
            // A number at the end of the buffer may have more digits.
            let is_complete = length < rest.len() || self.end.is_some();
            match value {
                Some(Ok(value)) if is_complete => {
                    self.taken += length;
                    return Ok(value);
                }
                Some(Err(error)) if !error.is_eof() => return Err(Problem::Json(error.classify())),
                _ => self.read_more()?,
            }
        }
    }

    /// Consumes the `open` bracket of an object or array. If the object or array is empty, this also
    /// consumes `close` and returns false.
    pub fn begin(&mut self, open: u8, close: u8) -> Result<bool, Problem> {
        if !self.take(open)? {
            // serde_json tells whether this is another type of value or a syntax error.
            let other = self.value::<()>().err();
            return Err(other.unwrap_or(Problem::Json(Category::Data)));
        }
        Ok(!self.take(close)?)
    }

    /// Consumes the comma before the next item, or `close`. Returns whether there is a next item.
    pub fn has_next(&mut self, close: u8) -> Result<bool, Problem> {
        if self.take(close)? {
            return Ok(false);
        }
        self.expect(b',').map(|()| true)
    }

    /// Consumes `token`. Returns an error if another byte is next.
    pub fn expect(&mut self, token: u8) -> Result<(), Problem> {
        if self.take(token)? {
            return Ok(());
        }
        Err(Problem::Json(Category::Syntax))
    }

    /// Returns an error if anything but white space follows.
    pub fn end(&mut self) -> Result<(), Problem> {
        match self.peek() {
            Ok(_) => Err(Problem::Json(Category::Syntax)),
            Err(Problem::Json(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Consumes `token` if it is next.
    fn take(&mut self, token: u8) -> Result<bool, Problem> {
        let is_next = self.peek()? == token;
        if is_next {
            self.taken += 1;
        }
        Ok(is_next)
    }

    /// Skips white space and returns the next byte without consuming it.
    fn peek(&mut self) -> Result<u8, Problem> {
        loop {
            match self.buffer.get(self.taken) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.taken += 1,
                Some(byte) => return Ok(*byte),
                None => self.read_more()?,
            }
        }
    }

    /// Reads more from the source. The buffer at least doubles each time, so that a long value is
    /// parsed only a few times.
    fn read_more(&mut self) -> Result<(), Problem> {
        match self.end.take() {
            Some(Err(error)) => return Err(Problem::Io(error)),
            Some(Ok(())) => {
                self.end = Some(Ok(()));
                return Err(Problem::Json(Category::Eof));
            }
            None => {}
        }
        self.buffer.drain(..self.taken);
        self.taken = 0;
        let before = self.buffer.len();
        let room = (MAX_BODY as usize + 1).saturating_sub(before);
        if room == 0 {
            let error = ureq::Error::BodyExceedsLimit(MAX_BODY);
            return Err(Problem::Io(error.into_io()));
        }
        let amount = MIN_READ.max(before).min(room);
        let mut source = self.source.by_ref().take(amount as u64);
        let read = source.read_to_end(&mut self.buffer);
        // The bytes before a read error are parsed first.
        match read {
            Ok(length) if length == amount => {}
            Ok(_) => self.end = Some(Ok(())),
            Err(error) => self.end = Some(Err(error)),
        }
        let missing = MAX_DEBUG_BODY - self.start.len();
        let new = &self.buffer[before..];
        self.start.extend_from_slice(&new[..new.len().min(missing)]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns one byte per read, then an error.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else {
                return Err(io::ErrorKind::ConnectionReset.into());
            };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn values_may_span_two_reads() {
        for before in MIN_READ - 12..MIN_READ + 2 {
            let text = format!("{}123 \"é\\n\" ,", " ".repeat(before));
            let mut json = JsonStream::new(text.as_bytes());
            assert_eq!(json.value::<u64>().ok(), Some(123), "{before}");
            assert_eq!(json.value::<String>().ok().as_deref(), Some("é\n"));
            assert!(json.has_next(b']').is_ok_and(|next| next));
            assert!(json.end().is_ok());
        }
    }

    #[test]
    fn a_long_value_is_read_up_to_the_limit() {
        let limit = MAX_BODY as usize;
        for (length, is_accepted) in [(limit - 2, true), (limit, false)] {
            let text = format!("\"{}\"", "x".repeat(length));
            let read = JsonStream::new(text.as_bytes()).value::<String>();
            assert_eq!(read.is_ok(), is_accepted, "{length}");
        }
    }

    #[test]
    fn bytes_before_a_read_error_are_parsed_first() {
        let mut json = JsonStream::new(Drip(b"[{} ,"));
        assert!(json.begin(b'[', b']').is_ok_and(|any| any));
        assert!(json.value::<serde::de::IgnoredAny>().is_ok());
        assert!(json.has_next(b']').is_ok_and(|next| next));
        assert!(matches!(json.value::<()>(), Err(Problem::Io(_))));
        assert_eq!(json.start(), b"[{} ,");
    }
}
