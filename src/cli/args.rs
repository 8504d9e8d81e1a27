//! The values from flags, positional arguments and environment variables. They are checked, but not
//! yet resolved.

use super::flag::{DURATION, Flag, Takes};
use super::values::{boolean, duration};
use crate::error::Error;
use crate::text::quote_word;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;

/// Means standard input. As the name of a config, it means the previous config.
pub const DASH: &str = "-";

/// Where a value comes from. Messages show its `Display` form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The long name of a flag, in two parts. The second part is empty, except for a member of a
    /// family.
    Flag(&'static str, &'static str),
    /// The name of an environment variable.
    Variable(&'static str),
    /// The name of a positional argument in the help.
    Positional(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(prefix, suffix) => write!(f, "--{prefix}{suffix}"),
            Origin::Variable(name) | Origin::Positional(name) => f.write_str(name),
        }
    }
}

/// A checked value. For a bare boolean flag, it is `true`.
struct Given {
    flag: &'static Flag,
    value: OsString,
    origin: Origin,
}

/// All values. Values of flags and positional arguments come first, in the order of the command
/// line, followed by values of environment variables.
#[derive(Default)]
pub struct Args {
    given: Vec<Given>,
}

impl Args {
    /// Checks a value and adds it. Exit code 2 if it is not valid.
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
            return Err(invalid_value(flag, origin, &value, &reason));
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

    /// All values of a flag, in order.
    pub fn all(&self, flag: &Flag) -> impl DoubleEndedIterator<Item = &str> {
        self.of(flag).filter_map(|given| given.value.to_str())
    }

    /// The last value of a flag.
    pub fn text(&self, flag: &Flag) -> Option<&str> {
        self.all(flag).next_back()
    }

    /// The last value of a flag that takes a path.
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

    /// The origin of the last value of a flag.
    pub fn origin(&self, flag: &Flag) -> Option<Origin> {
        self.of(flag).next_back().map(|given| given.origin)
    }

    /// The flag or variable that reads standard input, if any. Exit code 2 if more than one does.
    pub fn stdin_origin(&self) -> Result<Option<Origin>, Error> {
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

    /// The value of a required flag. Exit code 2 if it is missing.
    pub fn required(&self, flag: &Flag) -> Result<&str, Error> {
        let missing = || Error::usage(format!("--{} is required", flag.long));
        self.text(flag).ok_or_else(missing)
    }

    /// Exit code 2 if both flags are given.
    pub fn not_both(&self, one: &Flag, other: &Flag) -> Result<(), Error> {
        match (self.origin(one), self.origin(other)) {
            (Some(one), Some(other)) => {
                Err(Error::usage(format!("specify {one} or {other}, not both")))
            }
            _ => Ok(()),
        }
    }
}

/// The error for an invalid value. It does not show the value of a secret flag.
fn invalid_value(flag: &Flag, origin: Origin, value: &OsStr, reason: &str) -> Error {
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
