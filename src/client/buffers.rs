//! The bytes of a connection on their way: what is written waits until an answer is awaited, so that
//! it leaves in one piece.

use std::iter::repeat_n;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use ureq::unversioned::transport::Buffers;

/// Bytes that answers are first given room for: most have a few hundred.
const FIRST: usize = 4 * 1024;

/// Bytes that are held back at most, but for one more piece.
const MOST_HELD: usize = 64 * 1024;

/// How many bytes a piece of output takes at most: the client asks the request. ureq would have it
/// known before the first one.
#[derive(Clone, Debug, Default)]
pub struct Room(Arc<AtomicUsize>);

impl Room {
    /// Makes it `bytes` from now on.
    pub fn set(&self, bytes: usize) {
        self.0.store(bytes, Relaxed);
    }
}

/// Input and output of a connection. Unlike ureq's, the output is written behind what is held.
pub struct DeferredBuffers {
    output: Vec<u8>,
    /// How much of the output is held.
    held: usize,
    /// How much room each piece of output has at least.
    room: Room,
    input: Vec<u8>,
    /// What of the input is used up, and what is there.
    used: usize,
    filled: usize,
    /// How large the input may grow.
    most: usize,
    /// Something was used of the input when it was last looked at.
    progress: bool,
}

debug_by_name!(DeferredBuffers);

impl DeferredBuffers {
    /// Room for the output in one piece, and for `input` bytes that nobody has used. Nothing is
    /// allocated before it is needed.
    pub fn new(input: usize, output: &Room) -> DeferredBuffers {
        DeferredBuffers {
            output: Vec::new(),
            held: 0,
            room: output.clone(),
            input: Vec::new(),
            used: 0,
            filled: 0,
            most: input,
            progress: false,
        }
    }

    /// Holds back `amount` more bytes of the output. Returns whether that is too much, or an `amount`
    /// of nothing, which asks to let go of what is held.
    #[must_use]
    pub fn hold(&mut self, amount: usize) -> bool {
        self.held += amount;
        amount == 0 || self.held > MOST_HELD
    }

    /// What is held back.
    pub fn held(&self) -> &[u8] {
        &self.output[..self.held]
    }

    /// Forgets what was held back: it has been sent.
    pub fn let_go(&mut self) {
        self.held = 0;
    }

    fn make_room(&mut self) {
        let least = self.held + self.room.0.load(Relaxed);
        if self.output.len() < least {
            // Twice, for a body has room behind its head then.
            enlarge(&mut self.output, 2 * least);
        }
    }
}

/// Makes `buffer` `length` bytes long. `resize` is the same, but compiled once for all crates, and for
/// size in the first place: byte by byte.
fn enlarge(buffer: &mut Vec<u8>, length: usize) {
    buffer.extend(repeat_n(0, length.saturating_sub(buffer.len())));
}

impl Buffers for DeferredBuffers {
    fn output(&mut self) -> &mut [u8] {
        self.make_room();
        &mut self.output[self.held..]
    }

    fn input(&self) -> &[u8] {
        &self.input[self.used..self.filled]
    }

    /// Empty only where all the room there may be is full.
    fn input_append_buf(&mut self) -> &mut [u8] {
        if self.used > 0 {
            self.input.copy_within(self.used..self.filled, 0);
            self.filled -= self.used;
            self.used = 0;
        }
        if self.filled == self.input.len() {
            let larger = (4 * self.input.len()).max(FIRST).min(self.most);
            enlarge(&mut self.input, larger);
        }
        &mut self.input[self.filled..]
    }

    fn input_appended(&mut self, amount: usize) {
        self.filled += amount;
    }

    fn input_consume(&mut self, amount: usize) {
        self.progress = amount > 0;
        self.used += amount;
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        self.make_room();
        self.input_append_buf();
        (
            &mut self.input[self.filled..],
            &mut self.output[self.held..],
        )
    }

    /// No input may be taken for the answer to what is not even sent.
    fn can_use_input(&self) -> bool {
        self.held == 0 && self.progress && self.used < self.filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(bytes: usize) -> Room {
        let room = Room::default();
        room.set(bytes);
        room
    }

    fn write(buffers: &mut DeferredBuffers, piece: &[u8]) -> bool {
        buffers.output()[..piece.len()].copy_from_slice(piece);
        buffers.hold(piece.len())
    }

    #[test]
    fn output_is_held_piece_behind_piece() {
        let mut buffers = DeferredBuffers::new(16, &room(8));
        assert!(!write(&mut buffers, b"head"));
        assert!(!write(&mut buffers, b"body"));
        for number in 0..20 {
            assert!(buffers.output().len() >= 8, "piece {number}");
            assert!(buffers.tmp_and_output().1.len() >= 8, "piece {number}");
            assert!(!write(&mut buffers, b"morebody"));
        }
        let expected = ["headbody", &"morebody".repeat(20)].concat();
        assert_eq!(buffers.held(), expected.as_bytes());
        assert!(write(&mut buffers, b""), "nothing asks to let go");
        buffers.let_go();
        assert_eq!(buffers.held(), b"");
    }

    #[test]
    fn output_is_not_held_without_end() {
        let mut buffers = DeferredBuffers::new(16, &room(1024));
        let pieces = (0..1000).take_while(|_| !write(&mut buffers, &[7; 1024]));
        assert_eq!(pieces.count(), MOST_HELD / 1024);
    }

    #[test]
    fn input_grows_to_its_bound_and_makes_room_for_what_is_used() {
        let mut buffers = DeferredBuffers::new(FIRST + 8, &room(8));
        assert_eq!(buffers.input_append_buf().len(), FIRST);
        buffers.input_append_buf().fill(1);
        buffers.input_appended(FIRST);
        assert_eq!(buffers.input_append_buf().len(), 8);
        buffers.input_append_buf().fill(2);
        buffers.input_appended(8);
        assert!(buffers.input_append_buf().is_empty());
        buffers.input_consume(FIRST);
        assert_eq!(buffers.input(), [2; 8]);
        assert_eq!(buffers.input_append_buf().len(), FIRST);
        assert_eq!(buffers.input(), [2; 8]);
    }

    #[test]
    fn input_that_led_to_nothing_or_came_too_early_is_not_used() {
        let mut buffers = DeferredBuffers::new(16, &room(8));
        buffers.input_append_buf()[..2].copy_from_slice(b"in");
        buffers.input_appended(2);
        assert!(!buffers.can_use_input());
        buffers.input_consume(0);
        assert!(!buffers.can_use_input());
        buffers.input_consume(1);
        assert!(buffers.can_use_input());
        assert!(!write(&mut buffers, b"out"));
        assert!(!buffers.can_use_input());
        buffers.let_go();
        assert!(buffers.can_use_input());
        buffers.input_consume(1);
        assert!(!buffers.can_use_input());
    }
}
