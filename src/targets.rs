//! The authorizations that a command is told to work on, by ID or username, one after another.

use crate::args::{Args, DASH, Given, MAX_TARGET, Origin, check_target, text};
use crate::error::{Code, Error, io_reason};
use crate::text::quote;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// How targets are named; never both ways in one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By ID.
    Id,
    /// By username.
    Username,
}

/// The targets in order. Lines of standard input are read as they are needed, so that a list of any
/// length takes no memory.
pub struct Targets {
    /// How they are named.
    pub by: By,
    /// Several targets were named, or standard input: the results are a list even if there is one.
    pub several: bool,
    words: VecDeque<String>,
    /// Line number in standard input, while that is being read.
    reading: Option<usize>,
    /// The first target, read before anything is sent.
    ahead: Option<Result<String, Error>>,
    /// Standard input is of a kind that holds no targets: the run ends.
    ended: bool,
}

impl Targets {
    /// Takes the targets from what was given.
    ///
    /// # Errors
    /// Exit code 2: none, both kinds, or standard input wanted twice.
    pub fn from_args(args: &Args) -> Result<Targets, Error> {
        let (by, given) = match (&args.ids[..], &args.usernames[..]) {
            ([], []) => {
                return Err(Error::usage("id or username required")
                    .hint("--id or --username names an authorization"));
            }
            (ids, []) => (By::Id, ids),
            ([], names) => (By::Username, names),
            _ => return Err(Error::usage("specify id or username, not both")),
        };
        args.stdin()?;
        Ok(Targets {
            by,
            several: given.len() > 1 || given.iter().any(|(word, _)| word == DASH),
            words: given.iter().map(|(word, _)| word.clone()).collect(),
            reading: None,
            ahead: None,
            ended: false,
        })
    }

    /// Makes sure that there is a target at all.
    ///
    /// # Errors
    /// Exit code 2: nothing on standard input, or JSON.
    pub fn require(&mut self) -> Result<(), Error> {
        match self.next() {
            Some(Err(error)) if self.ended => Err(error),
            Some(first) => {
                self.ahead = Some(first);
                Ok(())
            }
            None => Err(Error::usage("no target on standard input").hint(
                "one a line is expected; blank lines and lines that begin with # are skipped",
            )),
        }
    }

    /// How many targets are still to come; `None` where standard input may hold more.
    pub fn left(&self) -> Option<usize> {
        let unread = self.reading.is_some() || self.words.iter().any(|word| word == DASH);
        (!unread).then_some(self.words.len())
    }

    /// The target on the next line of standard input that holds one.
    fn next_line(&mut self) -> Option<Result<String, Error>> {
        while let Some(number) = self.reading {
            let mut line = Vec::new();
            let read = read_line(&mut line);
            self.reading = (!line.is_empty()).then_some(number + 1);
            let wrong = |reason: &str| {
                Some(Err(Error::usage(format!(
                    "line {number} of standard input: {reason}"
                ))))
            };
            match read {
                Ok(Length::Fits) => {}
                Ok(Length::Long) => return wrong(&format!("longer than {MAX_TARGET} bytes")),
                Ok(Length::Endless) => {
                    self.reading = None;
                    return wrong("far too long for a target; no further line is read");
                }
                Err(error) => {
                    self.reading = None;
                    let error = format!("cannot read standard input: {}", io_reason(&error));
                    return Some(Err(Error::new(Code::Other, error)));
                }
            }
            let Ok(text) = str::from_utf8(&line) else {
                return wrong("not UTF-8");
            };
            // Lists made on Windows begin with a byte order mark, and end their lines with \r\n.
            let mark = if number == 1 { "\u{feff}" } else { "" };
            let text = text.strip_prefix(mark).unwrap_or(text);
            let trimmed = text.trim();
            let text = match self.by {
                By::Id => trimmed,
                // A name may begin or end with white space, but it does not consist of it.
                By::Username => without_break(text),
            };
            if trimmed.is_empty() || text.starts_with('#') {
                continue;
            }
            if is_json(self.by, number, text) {
                self.ended = true;
                self.reading = None;
                self.words.clear();
                let what = match self.by {
                    By::Id => "an ID",
                    By::Username => "a username",
                };
                let what = format!(
                    "line {number} of standard input is JSON, not {what}; nothing after it is tried"
                );
                return Some(Err(Error::usage(what).hint(
                    "`list --quiet` prints the IDs alone, one a line, as --id - reads them",
                )));
            }
            return match check_target(text) {
                Ok(()) => Some(Ok(text.to_string())),
                Err(reason) => wrong(&reason),
            };
        }
        None
    }
}

/// `--id` of several.
pub fn id(args: &mut Args, given: Given) -> Result<(), String> {
    target(&mut args.ids, given)
}

/// `--username` of several.
pub fn username(args: &mut Args, given: Given) -> Result<(), String> {
    target(&mut args.usernames, given)
}

/// `--id` of one at most: the last counts.
pub fn one_id(args: &mut Args, given: Given) -> Result<(), String> {
    args.ids.clear();
    id(args, not_stdin(given)?)
}

/// `--username` of one at most.
pub fn one_username(args: &mut Args, given: Given) -> Result<(), String> {
    args.usernames.clear();
    username(args, not_stdin(given)?)
}

fn not_stdin(given: Given) -> Result<Given, String> {
    match given.value == DASH {
        true => Err("standard input is for commands that take several".to_string()),
        false => Ok(given),
    }
}

fn target(targets: &mut Vec<(String, Origin)>, given: Given) -> Result<(), String> {
    let origin = given.origin;
    let value = text(given)?;
    check_target(&value)?;
    targets.push((value, origin));
    Ok(())
}

/// A line without its end.
fn without_break(line: &str) -> &str {
    let text = line.strip_suffix('\n');
    text.map_or(line, |text| text.strip_suffix('\r').unwrap_or(text))
}

/// How long a line of standard input is.
enum Length {
    Fits,
    /// It was skipped.
    Long,
    /// It was not read to its end.
    Endless,
}

/// Reads a line, at most twice what a target may take: there may be white space around an ID.
fn read_line(line: &mut Vec<u8>) -> io::Result<Length> {
    const FITS: u64 = 2 * MAX_TARGET as u64;
    // Nobody has a list with such lines: this is a device, or another kind of file.
    const ENDLESS: usize = 1024 * 1024;
    let mut input = io::stdin().lock();
    let length = input.by_ref().take(FITS).read_until(b'\n', line)?;
    if (length as u64) < FITS || line.ends_with(b"\n") {
        return Ok(Length::Fits);
    }
    let mut skipped = 0;
    let mut rest = Vec::new();
    while skipped < ENDLESS {
        rest.clear();
        skipped += input.by_ref().take(FITS).read_until(b'\n', &mut rest)?;
        if rest.is_empty() || rest.ends_with(b"\n") {
            return Ok(Length::Long);
        }
    }
    Ok(Length::Endless)
}

impl Iterator for Targets {
    type Item = Result<String, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.ahead.take() {
            return Some(first);
        }
        loop {
            if let Some(target) = self.next_line() {
                return Some(target);
            }
            let word = self.words.pop_front()?;
            if word != DASH {
                return Some(Ok(word));
            }
            self.reading = Some(1);
        }
    }
}

/// Whether a line, which is not empty, is the start of JSON. A username may begin as JSON does, so of
/// these only the first line counts, and only where it goes on as JSON.
fn is_json(by: By, number: usize, line: &str) -> bool {
    let [first, rest @ ..] = line.as_bytes() else {
        return false;
    };
    match (by, first) {
        (By::Id, b'{' | b'[' | b'"') => true,
        (By::Username, b'{' | b'[') if number == 1 => {
            matches!(
                rest.trim_ascii_start(),
                [] | [b'{' | b'[' | b'"' | b']' | b'}', ..]
            )
        }
        _ => false,
    }
}

/// Whether a word has the form of InfluxDB's IDs: 16 hex digits.
pub fn is_id(word: &str) -> bool {
    word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The same error with what an ID is, where the server does not take `id` for one.
pub fn explain_id(error: Error, id: &str) -> Error {
    // What the server answers stands first.
    let refused = error.code == Code::Unexpected && error.to_string().starts_with("400 ");
    match refused && !is_id(id) && error.advice().is_none() {
        true => error.hint(
            "an ID has 16 hex digits; a name goes with --username, several IDs with several --id",
        ),
        false => error,
    }
}

/// `authorization with ID "X"`, for messages.
pub fn describe(by: By, target: &str) -> String {
    match by {
        By::Id => format!("authorization with ID {}", quote(target)),
        By::Username => format!("authorization with username {}", quote(target)),
    }
}
