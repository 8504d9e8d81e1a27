//! What was given on the command line and in the environment: checked, but not yet resolved.

use super::flag::Flag;
use super::values::boolean;
use crate::error::Error;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;

/// The word that stands for standard input, or for the previous config.
pub const DASH: &str = "-";

/// Where a value comes from, by the name that messages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag, by its long name, which has two parts where it belongs to a family.
    Flag(&'static str, &'static str),
    /// An environment variable.
    Variable(&'static str),
    /// A word that is no flag, by what the help calls it.
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

/// A value that its flag has checked. A bare switch has the value `true`.
struct Given {
    flag: &'static Flag,
    value: OsString,
    origin: Origin,
}

/// The values given, in order.
#[derive(Default)]
pub struct Args {
    given: Vec<Given>,
}

impl Args {
    /// Keeps a value that the flag has checked.
    pub fn keep(&mut self, flag: &'static Flag, value: OsString, origin: Origin) {
        self.given.push(Given {
            flag,
            value,
            origin,
        });
    }

    fn of(&self, flag: &Flag) -> impl DoubleEndedIterator<Item = &Given> {
        let long = flag.long;
        self.given
            .iter()
            .filter(move |given| given.flag.long == long)
    }

    /// The values of a flag that takes text, in order.
    pub fn all(&self, flag: &Flag) -> impl DoubleEndedIterator<Item = &str> {
        self.of(flag).filter_map(|given| given.value.to_str())
    }

    /// The value of a flag that takes text, where it was given; the last one counts.
    pub fn text(&self, flag: &Flag) -> Option<&str> {
        self.all(flag).next_back()
    }

    /// The value of a flag that takes a path, where it was given; the last one counts.
    pub fn path(&self, flag: &Flag) -> Option<&Path> {
        self.of(flag)
            .next_back()
            .map(|given| Path::new(&given.value))
    }

    /// Whether a switch is on; the default is off.
    pub fn is_on(&self, flag: &Flag) -> bool {
        self.text(flag)
            .is_some_and(|text| boolean(text) == Ok(true))
    }

    /// Whether the switch of a family whose name ends so is on.
    pub fn is_member_on(&self, family: &Flag, member: &'static str) -> bool {
        let name = Origin::Flag(family.long, member);
        let last = self.given.iter().rfind(|given| given.origin == name);
        last.is_some_and(|given| given.value.to_str().map(boolean) == Some(Ok(true)))
    }

    /// Where the value that counts comes from, where the flag was given.
    pub fn origin(&self, flag: &Flag) -> Option<Origin> {
        self.of(flag).next_back().map(|given| given.origin)
    }

    /// What is to come from standard input, at most one thing.
    ///
    /// # Errors
    /// Exit code 2 where it is wanted twice.
    pub fn stdin(&self) -> Result<Option<Origin>, Error> {
        let counts = |given: &&Given| {
            given.flag.repeatable
                || self
                    .of(given.flag)
                    .next_back()
                    .is_some_and(|last| std::ptr::eq(last, *given))
        };
        let mut wanted = self
            .given
            .iter()
            .filter(|given| given.flag.reads_stdin && given.value == OsStr::new(DASH))
            .filter(counts)
            .map(|given| given.origin);
        let first = wanted.next();
        match (first, wanted.next()) {
            (Some(one), Some(other)) => Err(Error::usage(format!(
                "{one} - and {other} - both want standard input"
            ))),
            _ => Ok(first),
        }
    }

    /// The value of a flag that must be given.
    ///
    /// # Errors
    /// Exit code 2 where it was not.
    pub fn required(&self, flag: &Flag) -> Result<&str, Error> {
        let missing = || Error::usage(["--", flag.long, " is required"].concat());
        self.text(flag).ok_or_else(missing)
    }

    /// Refuses two flags that exclude each other.
    ///
    /// # Errors
    /// Exit code 2 where both were given.
    pub fn not_both(&self, one: &Flag, other: &Flag) -> Result<(), Error> {
        match (self.origin(one), self.origin(other)) {
            (Some(one), Some(other)) => {
                Err(Error::usage(format!("specify {one} or {other}, not both")))
            }
            _ => Ok(()),
        }
    }
}
