//! Targets on standard input, one per line. Each line is read only when it is needed, so a long
//! list takes no more memory than a short one.

use crate::api::authorizations::By;
use crate::error::{Code, Error, io_reason};
use crate::settings::files;
use crate::url::{MAX_NAME, check_name};
use std::io::{self, BufRead, Read};

/// The longest line that is read as a target, in bytes. An ID may have white space around it.
const MAX_LINE: u64 = 2 * MAX_NAME as u64;

/// The longest line that is skipped, in bytes. If a line is longer, the input is not a list of targets.
/// It may be a device, for example.
const MAX_SKIPPED: usize = 1024 * 1024;

/// The lines of standard input.
pub struct TargetLines {
    by: By,
    /// The number of the last line that was read.
    number: usize,
    /// No more lines are read, because the input ended, failed, or does not contain targets.
    ended: bool,
    /// The input is JSON.
    pub is_json: bool,
    /// A target, or an error about a line, was returned.
    pub is_used: bool,
}

impl TargetLines {
    pub fn new(by: By) -> Self {
        TargetLines {
            by,
            number: 0,
            ended: false,
            is_json: false,
            is_used: false,
        }
    }

    /// The target in a line. `None` for a blank line or a comment.
    fn target(&mut self, line: &[u8]) -> Option<Result<String, Error>> {
        let Ok(text) = str::from_utf8(line) else {
            return Some(Err(self.invalid("not UTF-8")));
        };
        // Lists from Windows may start with a byte order mark, and their lines end with \r\n.
        let text = if self.number == 1 {
            text.strip_prefix(files::BYTE_ORDER_MARK).unwrap_or(text)
        } else {
            text
        };
        let trimmed = text.trim();
        let text = match self.by {
            By::Id => trimmed,
            // A name may start or end with white space.
            By::Name => without_line_break(text),
        };
        if trimmed.is_empty() || text.starts_with('#') {
            return None;
        }
        if self.starts_json(text) {
            self.is_json = true;
            self.ended = true;
            let expected = match self.by {
                By::Id => "an ID",
                By::Name => "a username",
            };
            let number = self.number;
            let message = format!(
                "line {number} of standard input is JSON, not {expected}; the lines after it were not tried"
            );
            return Some(Err(Error::usage(message).hint(
                "use `list --quiet`, which prints only the IDs, one per line",
            )));
        }
        match check_name(text) {
            Ok(()) => Some(Ok(text.to_string())),
            Err(reason) => Some(Err(self.invalid(&reason))),
        }
    }

    fn invalid(&self, reason: &str) -> Error {
        Error::usage(format!("line {} of standard input: {reason}", self.number))
    }

    /// Whether a line that is not empty starts JSON. A username may look like the start of JSON.
    /// For usernames, only the first line counts, and only if it continues as JSON.
    fn starts_json(&self, line: &str) -> bool {
        let [first, rest @ ..] = line.as_bytes() else {
            return false;
        };
        match (self.by, first) {
            (By::Id, b'{' | b'[' | b'"') => true,
            (By::Name, b'{' | b'[') if self.number == 1 => {
                matches!(
                    rest.trim_ascii_start(),
                    [] | [b'{' | b'[' | b'"' | b']' | b'}', ..]
                )
            }
            _ => false,
        }
    }
}

impl Iterator for TargetLines {
    type Item = Result<String, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let mut line = Vec::new();
            let read = read_line(&mut line);
            self.ended = line.is_empty();
            self.number += 1;
            match read {
                Ok(Length::Short) => {}
                Ok(Length::Skipped) => {
                    let reason = format!("longer than {MAX_NAME} bytes");
                    return Some(Err(self.invalid(&reason)));
                }
                Ok(Length::Endless) => {
                    self.ended = true;
                    let reason = "far too long for a target; no more lines are read";
                    return Some(Err(self.invalid(reason)));
                }
                Err(error) => {
                    self.ended = true;
                    let reason = io_reason(&error);
                    let message = format!("cannot read standard input: {reason}");
                    return Some(Err(Error::new(Code::Other, message)));
                }
            }
            if let Some(target) = self.target(&line) {
                return Some(target);
            }
        }
        None
    }
}

fn without_line_break(line: &str) -> &str {
    let text = line.strip_suffix('\n').unwrap_or(line);
    if text.len() < line.len() {
        text.strip_suffix('\r').unwrap_or(text)
    } else {
        text
    }
}

/// How much of a line was read.
enum Length {
    /// At most [`MAX_LINE`].
    Short,
    /// Longer than [`MAX_LINE`]. The rest was skipped.
    Skipped,
    /// Longer than [`MAX_SKIPPED`]. It was not read to its end.
    Endless,
}

fn read_line(line: &mut Vec<u8>) -> io::Result<Length> {
    let mut input = io::stdin().lock();
    let length = input.by_ref().take(MAX_LINE).read_until(b'\n', line)?;
    if (length as u64) < MAX_LINE || line.ends_with(b"\n") {
        return Ok(Length::Short);
    }
    let mut skipped = 0;
    let mut rest = Vec::new();
    while skipped < MAX_SKIPPED {
        rest.clear();
        skipped += input.by_ref().take(MAX_LINE).read_until(b'\n', &mut rest)?;
        if rest.is_empty() || rest.ends_with(b"\n") {
            return Ok(Length::Skipped);
        }
    }
    Ok(Length::Endless)
}
