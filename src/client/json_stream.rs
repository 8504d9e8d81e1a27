//! A JSON text of any length, read value by value.

use super::{MAX_BODY, MAX_DEBUG_BODY};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::io::{self, Read};

/// How much is read at least before the parser tries again, in bytes.
const PIECE: usize = 32 * 1024;

/// Why a text could not be read.
#[derive(Debug)]
pub enum Problem {
    /// The source failed.
    Io(io::Error),
    /// It is not the JSON that it should be.
    Json(Category),
}

/// Reads JSON from a source. The caller takes the structure apart down to values that are parsed as a
/// whole, each of at most [`MAX_BODY`] bytes. (serde_json's own reader takes twice as long, because it
/// asks its source for every byte.)
pub struct JsonStream<R> {
    source: R,
    /// What was read from the source and is not taken yet, after `taken` bytes that are.
    buffer: Vec<u8>,
    taken: usize,
    /// The start of the text, for messages.
    start: Vec<u8>,
    /// Set once the source has ended, or failed.
    end: Option<io::Result<()>>,
}

impl<R: Read> JsonStream<R> {
    /// Nothing is read yet.
    pub fn new(source: R) -> Self {
        JsonStream {
            source,
            buffer: Vec::new(),
            taken: 0,
            start: Vec::new(),
            end: None,
        }
    }

    /// The start of what was read, at most [`MAX_DEBUG_BODY`] bytes.
    pub fn start(&self) -> &[u8] {
        &self.start
    }

    /// Takes a whole value.
    pub fn value<T: DeserializeOwned>(&mut self) -> Result<T, Problem> {
        loop {
            let rest = &self.buffer[self.taken..];
            let mut values = serde_json::Deserializer::from_slice(rest).into_iter();
            let value = values.next();
            let length = values.byte_offset();
            // A number that reaches the end of the buffer may go on.
            let is_whole = length < rest.len() || self.end.is_some();
            match value {
                Some(Ok(value)) if is_whole => {
                    self.taken += length;
                    return Ok(value);
                }
                Some(Err(error)) if !error.is_eof() => return Err(Problem::Json(error.classify())),
                _ => self.read_on()?,
            }
        }
    }

    /// Takes the `open` of an object or array. Returns whether it has anything in it; if not, `close`
    /// is taken too.
    pub fn begin(&mut self, open: u8, close: u8) -> Result<bool, Problem> {
        if !self.take(open)? {
            // serde_json knows whether this is another value or not JSON at all.
            let other = self.value::<()>().err();
            return Err(other.unwrap_or(Problem::Json(Category::Data)));
        }
        Ok(!self.take(close)?)
    }

    /// Takes the comma before the next item, or `close`. Returns whether there is a next item.
    pub fn has_next(&mut self, close: u8) -> Result<bool, Problem> {
        if self.take(close)? {
            return Ok(false);
        }
        self.expect(b',').map(|()| true)
    }

    /// Takes `token`, which must be next.
    pub fn expect(&mut self, token: u8) -> Result<(), Problem> {
        if self.take(token)? {
            return Ok(());
        }
        Err(Problem::Json(Category::Syntax))
    }

    /// Makes sure that nothing follows.
    pub fn end(&mut self) -> Result<(), Problem> {
        match self.peek() {
            Ok(_) => Err(Problem::Json(Category::Syntax)),
            Err(Problem::Json(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Takes `token` if it is next.
    fn take(&mut self, token: u8) -> Result<bool, Problem> {
        let is_next = self.peek()? == token;
        if is_next {
            self.taken += 1;
        }
        Ok(is_next)
    }

    /// The next byte that is not white space. It is not taken.
    fn peek(&mut self) -> Result<u8, Problem> {
        loop {
            match self.buffer.get(self.taken) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.taken += 1,
                Some(byte) => return Ok(*byte),
                None => self.read_on()?,
            }
        }
    }

    /// Reads more from the source. The buffer at least doubles each time, so that a long value is not
    /// parsed again and again.
    fn read_on(&mut self) -> Result<(), Problem> {
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
        let piece = PIECE.max(before).min(room);
        let mut source = self.source.by_ref().take(piece as u64);
        let read = source.read_to_end(&mut self.buffer);
        // What came before a failure is parsed first.
        match read {
            Ok(length) if length == piece => {}
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

    /// Gives a byte at a time, and fails after that.
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
    fn values_go_on_from_one_piece_to_the_next() {
        for before in PIECE - 12..PIECE + 2 {
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
        for (length, fits) in [(limit - 2, true), (limit, false)] {
            let text = format!("\"{}\"", "x".repeat(length));
            let read = JsonStream::new(text.as_bytes()).value::<String>();
            assert_eq!(read.is_ok(), fits, "{length}");
        }
    }

    #[test]
    fn what_came_before_a_failure_is_read_first() {
        let mut json = JsonStream::new(Drip(b"[{} ,"));
        assert!(json.begin(b'[', b']').is_ok_and(|any| any));
        assert!(json.value::<serde::de::IgnoredAny>().is_ok());
        assert!(json.has_next(b']').is_ok_and(|next| next));
        assert!(matches!(json.value::<()>(), Err(Problem::Io(_))));
        assert_eq!(json.start(), b"[{} ,");
    }
}
