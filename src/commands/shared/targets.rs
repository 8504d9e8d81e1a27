//! The authorizations that a command is told to work on, by ID or username, one after another.

use crate::api::authorizations::By;
use crate::cli::args::{Args, DASH};
use crate::cli::flag::{BASE, Flag, OverrideGroup, Takes};
use crate::commands::shared::matching::MATCH;
use crate::error::{Code, Error, io_reason};
use crate::url::{MAX_NAME, check_name};
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// IDs of authorizations.
pub static IDS: Flag = Flag {
    long: "id",
    short: Some('i'),
    takes: Takes::Text("ID"),
    help: "ID of an authorization; repeatable; - reads IDs from standard input, one a line, blank lines and # lines skipped",
    repeatable: true,
    reads_stdin: true,
    overrides: Some(OverrideGroup::Target),
    check: Some(check_name),
    ..BASE
};

/// Usernames of authorizations.
pub static USERNAMES: Flag = Flag {
    long: "username",
    takes: Takes::Text("NAME"),
    help: "Username of an authorization; repeatable; - likewise",
    repeatable: true,
    reads_stdin: true,
    overrides: Some(OverrideGroup::Target),
    check: Some(check_name),
    ..BASE
};

/// Usernames of authorizations, for commands that can be undone.
pub static USERNAMES_OR_VARIABLE: Flag = Flag {
    env: Some("INFLUX_USERNAME"),
    help: "Username of an authorization; repeatable; - likewise. The variable counts only where no flag names a target",
    ..USERNAMES
};

/// The ID where there is one at most.
pub static ID: Flag = Flag {
    help: "ID of the authorization",
    repeatable: false,
    reads_stdin: false,
    check: Some(one),
    ..IDS
};

/// The username where there is one at most.
pub static USERNAME: Flag = Flag {
    help: "Username of the authorization, matched exactly",
    repeatable: false,
    reads_stdin: false,
    check: Some(one),
    ..USERNAMES
};

fn one(value: &str) -> Result<(), String> {
    match value == DASH {
        true => Err("standard input is for commands that take several".to_string()),
        false => check_name(value),
    }
}

/// The targets in order. Lines of standard input are read as they are needed, so that a list of any
/// length takes no memory.
pub struct Targets {
    /// How they are named.
    pub by: By,
    /// Several targets were named, or standard input: the results are a list even if there is one.
    pub several: bool,
    words: VecDeque<String>,
    /// IDs that the server listed, one a line, and how much of them is done.
    listed: (String, usize),
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
    /// Exit code 2: none, two kinds, or standard input wanted twice.
    pub fn from_args(args: &Args) -> Result<Targets, Error> {
        let words = |flag| args.all(flag).map(String::from).collect();
        let (ids, names): (VecDeque<_>, VecDeque<_>) = (words(&IDS), words(&USERNAMES));
        let matching = args.text(&MATCH).is_some();
        let (by, words) = match (ids.is_empty(), names.is_empty()) {
            (true, true) if matching => (By::Id, ids),
            (true, true) => {
                return Err(Error::usage("id or username required")
                    .hint("--id or --username names an authorization"));
            }
            (false, true) => (By::Id, ids),
            (true, false) => (By::Username, names),
            (false, false) => return Err(Error::usage("specify id or username, not both")),
        };
        for flag in [&IDS, &USERNAMES] {
            args.not_both(&MATCH, flag)?;
        }
        args.stdin()?;
        Ok(Targets {
            by,
            several: matching || words.len() > 1 || words.iter().any(|word| word == DASH),
            words,
            listed: (String::new(), 0),
            reading: None,
            ahead: None,
            ended: false,
        })
    }

    /// Takes the only target from what was given.
    ///
    /// # Errors
    /// As for [`Targets::from_args`].
    pub fn only(args: &Args) -> Result<(By, &str), Error> {
        let by = Targets::from_args(args)?.by;
        let flag = match by {
            By::Id => &ID,
            By::Username => &USERNAME,
        };
        Ok((by, args.text(flag).unwrap_or_default()))
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

    /// Adds the IDs that the server listed, each ended by a line break.
    pub fn add(&mut self, ids: String) {
        self.listed = (ids, 0);
    }

    /// How many targets are still to come; `None` where standard input may hold more.
    pub fn left(&self) -> Option<usize> {
        let unread = self.reading.is_some() || self.words.iter().any(|word| word == DASH);
        let (ids, done) = &self.listed;
        (!unread).then(|| self.words.len() + ids[*done..].matches('\n').count())
    }

    /// The next ID that the server listed.
    fn next_listed(&mut self) -> Option<String> {
        let (ids, done) = &mut self.listed;
        let (id, _) = ids[*done..].split_once('\n')?;
        *done += id.len() + 1;
        Some(id.to_string())
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
                Ok(Length::Long) => return wrong(&format!("longer than {MAX_NAME} bytes")),
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
            return match check_name(text) {
                Ok(()) => Some(Ok(text.to_string())),
                Err(reason) => wrong(&reason),
            };
        }
        None
    }
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
    const FITS: u64 = 2 * MAX_NAME as u64;
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
            let Some(word) = self.words.pop_front() else {
                return self.next_listed().map(Ok);
            };
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
