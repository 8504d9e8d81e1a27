//! What was given on the command line and in the environment: checked, but not yet resolved.

use super::flag::{DURATION, Flag, Takes};
use super::values::{boolean, duration};
use crate::error::Error;
use crate::text::quote_word;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;

/// Stands for standard input, or for the previous config.
pub const DASH: &str = "-";

/// Where a value comes from, by the name that messages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag, by its long name. The second part is the end of the name for a member of a family.
    Flag(&'static str, &'static str),
    /// An environment variable.
    Variable(&'static str),
    /// A positional argument, by its name in the help.
    Word(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(start, end) => write!(f, "--{start}{end}"),
            Origin::Variable(name) | Origin::Word(name) => f.write_str(name),
        }
    }
}

/// A checked value. For a bare boolean flag, it is `true`.
struct Given {
    flag: &'static Flag,
    value: OsString,
    origin: Origin,
}

/// The given values, in order.
#[derive(Default)]
pub struct Args {
    given: Vec<Given>,
}

impl Args {
    /// Adds a value, or refuses it.
    pub fn add(
        &mut self,
        flag: &'static Flag,
        value: OsString,
        origin: Origin,
    ) -> Result<(), Error> {
        if value.is_empty() && !flag.may_be_empty {
            return Err(Error::usage(format!("{origin} must not be empty")));
        }
        if let Err(reason) = flag.check(&value) {
            return Err(wrong_value(flag, origin, &value, &reason));
        }
        self.given.push(Given {
            flag,
            value,
            origin,
        });
        Ok(())
    }

    fn of(&self, flag: &Flag) -> impl DoubleEndedIterator<Item = &Given> {
        let long = flag.long;
        self.given
            .iter()
            .filter(move |given| given.flag.long == long)
    }

    /// The texts given for a flag, in order.
    pub fn all(&self, flag: &Flag) -> impl DoubleEndedIterator<Item = &str> {
        self.of(flag).filter_map(|given| given.value.to_str())
    }

    /// The last text given for a flag.
    pub fn text(&self, flag: &Flag) -> Option<&str> {
        self.all(flag).next_back()
    }

    /// The last path given for a flag.
    pub fn path(&self, flag: &Flag) -> Option<&Path> {
        let last = self.of(flag).next_back();
        last.map(|given| Path::new(&given.value))
    }

    /// Whether a boolean flag is on. The default is off.
    pub fn is_on(&self, flag: &Flag) -> bool {
        self.text(flag)
            .is_some_and(|text| boolean(text) == Ok(true))
    }

    /// Whether a member of a family of booleans is on.
    pub fn is_member_on(&self, family: &Flag, member: &'static str) -> bool {
        let name = Origin::Flag(family.long, member);
        let last = self.given.iter().rfind(|given| given.origin == name);
        last.is_some_and(|given| given.value.to_str().map(boolean) == Some(Ok(true)))
    }

    /// Where the last value given for a flag comes from.
    pub fn origin(&self, flag: &Flag) -> Option<Origin> {
        self.of(flag).next_back().map(|given| given.origin)
    }

    /// The flag or variable that reads standard input, if any. Two are refused.
    pub fn stdin(&self) -> Result<Option<Origin>, Error> {
        let counts = |given: &&Given| {
            let last = self.of(given.flag).next_back();
            given.flag.repeatable || last.is_some_and(|last| std::ptr::eq(last, *given))
        };
        let mut origins = self
            .given
            .iter()
            .filter(|given| given.flag.reads_stdin && given.value == OsStr::new(DASH))
            .filter(counts)
            .map(|given| given.origin);
        let first = origins.next();
        match (first, origins.next()) {
            (Some(one), Some(other)) => Err(Error::usage(format!(
                "{one} - and {other} - both read standard input"
            ))),
            _ => Ok(first),
        }
    }

    /// The text of a flag that is required.
    pub fn required(&self, flag: &Flag) -> Result<&str, Error> {
        let missing = || Error::usage(format!("--{} is required", flag.long));
        self.text(flag).ok_or_else(missing)
    }

    /// Refuses two flags that exclude each other.
    pub fn not_both(&self, one: &Flag, other: &Flag) -> Result<(), Error> {
        match (self.origin(one), self.origin(other)) {
            (Some(one), Some(other)) => {
                Err(Error::usage(format!("specify {one} or {other}, not both")))
            }
            _ => Ok(()),
        }
    }
}

/// The error for a value that is not accepted. The value of a secret flag is not shown.
fn wrong_value(flag: &Flag, origin: Origin, value: &OsStr, reason: &str) -> Error {
    if flag.secret {
        return Error::usage(format!("{origin}: {reason}"));
    }
    let value = value.to_string_lossy();
    let error = Error::usage(format!("{origin} {}: {reason}", quote_word(&value)));
    let in_seconds = format!("{value}s");
    if flag.takes == Takes::Text(DURATION) && duration(&in_seconds).is_ok() {
        error.hint(format!("did you mean {in_seconds}?"))
    } else {
        error
    }
}
