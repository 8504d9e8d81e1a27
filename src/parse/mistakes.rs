//! What is said of a command line that cannot be read: what is wrong with it, and what may be meant.

use super::Line;
use crate::args::{Args, Origin};
use crate::commands::Command;
use crate::error::Error;
use crate::flags::{DURATION, Flag, Takes};
use crate::nearest::nearest;
use crate::slips;
use crate::targets::is_id;
use crate::text::{cut, quote};
use crate::values::boolean;
use std::ffi::{OsStr, OsString};

/// The longest word that is named as a target, in bytes: a longer one is none that anybody typed.
const TYPED: usize = 64;

/// One way to read a flag that there is not.
struct Reading {
    name: String,
    value: Option<String>,
    /// The name is a letter, and the value attached to it.
    attached: bool,
}

impl Line {
    /// The error for a long name that there is not.
    pub(super) fn unknown_long(&mut self, name: &str, attached: Option<OsString>) -> Error {
        let reading = Reading {
            name: name.to_string(),
            value: text(attached).or_else(|| self.next_word()),
            attached: false,
        };
        self.unknown("--", name, &[reading])
    }

    /// The error for a letter that there is not, or that takes nothing attached to it.
    pub(super) fn unknown_short(&mut self, letter: char, attached: Option<OsString>) -> Error {
        let alone = letter.to_string();
        let Some(rest) = text(attached) else {
            let reading = Reading {
                name: alone.clone(),
                value: self.next_word(),
                attached: false,
            };
            return self.unknown("-", &alone, &[reading]);
        };
        // `-port 8086` may be a long name, and `-uNAME` a letter with its value.
        let whole = format!("{letter}{rest}");
        let (name, value) = match whole.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (&*whole, self.next_word()),
        };
        let readings = [
            Reading {
                name: name.to_string(),
                value,
                attached: false,
            },
            Reading {
                name: alone.clone(),
                value: Some(rest),
                attached: true,
            },
        ];
        // What is attached to a letter of ours is no value of it: `-hide-headrs` is no `-h`.
        let known = self.flags().any(|flag| flag.short == Some(letter));
        self.unknown("-", if known { &whole } else { &alone }, &readings)
    }

    /// What is close to a known name is shown as it is.
    fn unknown(&self, dashes: &str, name: &str, readings: &[Reading]) -> Error {
        let error = |shown: String| Error::usage(format!("unknown flag {shown}"));
        let meant = |reading: &Reading| Some((reading.name.clone(), self.meant(reading)?));
        let nearest = || {
            let near = nearest(name, self.longs())?;
            Some((name.to_string(), format!("did you mean --{near}?")))
        };
        if let Some((name, hint)) = readings.iter().find_map(meant).or_else(nearest) {
            return error(quote(&format!("{dashes}{name}"))).hint(hint);
        }
        let words = self.words();
        error(self.show(&format!("{dashes}{name}"))).hint(match self.command().children() {
            [] => format!("`{words} --help` lists the flags"),
            _ => format!("flags come after the command, as in `{words} COMMAND --flag`"),
        })
    }

    /// The hint for a flag that people type in place of one that is taken here.
    fn meant(&self, reading: &Reading) -> Option<String> {
        let same = |long: &&str| long.eq_ignore_ascii_case(&reading.name);
        if let Some(long) = self.longs().find(same) {
            return Some(format!("did you mean --{long}?"));
        }
        let taken = |slip: &&slips::Flag| {
            let typed = slip.typed.contains(&&*reading.name);
            let value = slip
                .value
                .is_none_or(|value| reading.value.as_deref() == Some(value));
            let fits = |takes_value| takes_value || slip.value.is_some() || !reading.attached;
            let mut flags = self.flags();
            typed && value && flags.any(|flag| flag.long == slip.ours && fits(flag.takes_value()))
        };
        let slip = slips::FLAGS.iter().find(taken)?;
        Some(slip.hint.to_string())
    }

    fn longs(&self) -> impl Iterator<Item = &'static str> + use<> {
        let shown = self.flags().filter(|flag| !flag.hidden);
        shown.map(|flag| flag.long)
    }

    /// The next word of the command line, which stays there.
    fn next_word(&mut self) -> Option<String> {
        let raw = self.parser.try_raw_args()?;
        raw.peek().map(|word| word.to_string_lossy().into_owned())
    }

    /// The error for a word that is none of the commands `known`.
    pub(super) fn unknown_command(&self, word: &OsStr, known: &'static [Command]) -> Error {
        let word = word.to_string_lossy();
        let (shown, words) = (self.show(&word), self.words());
        let error = Error::usage(format!("unknown command {shown} for \"{words}\""));
        let names = || {
            let words = |child: &'static Command| [&child.name].into_iter().chain(child.aliases);
            known.iter().flat_map(words).copied()
        };
        let slip = || {
            let mut slips = slips::COMMANDS.iter();
            let (_, ours) = slips.find(|(typed, ours)| {
                typed.contains(&&*word.to_ascii_lowercase()) && names().any(|name| name == *ours)
            })?;
            Some(*ours)
        };
        let same = names().find(|name| name.eq_ignore_ascii_case(&word));
        if self.path.len() == 1 && slips::OF_INFLUXDATA.contains(&&*word) {
            return error.hint(slips::INFLUXDATA_HAS_IT);
        }
        match same.or_else(slip).or_else(|| nearest(&word, names())) {
            Some(near) => error.hint(format!("did you mean `{words} {near}`?")),
            None => error.hint(format!("`{words} --help` lists the commands")),
        }
    }

    /// The error for a word where only flags are taken; `before` is the flag in front of it.
    pub(super) fn unexpected(&self, word: &OsStr, args: &Args, before: Option<&Flag>) -> Error {
        let word = word.to_string_lossy();
        let (shown, words) = (self.show(&word), self.words());
        let error = Error::usage(format!("unexpected argument {shown}"));
        error.hint(match self.target_meant(&word, args, before) {
            Some(long) => format!("did you mean `--{long} {word}`?"),
            None => {
                format!("`{words}` takes flags only; a switch is turned off as in --json=false")
            }
        })
    }

    /// The flag that is missing in front of a word which may be the ID or username of a target.
    fn target_meant(&self, word: &str, args: &Args, before: Option<&Flag>) -> Option<&'static str> {
        let plain = |c: char| c.is_alphanumeric() || "-_.@".contains(c);
        let target = !word.is_empty() && !word.starts_with('-') && word.chars().all(plain);
        let switched = before.is_some_and(|flag| !flag.takes_value()) && boolean(word).is_ok();
        if !target || switched || word.len() > TYPED || self.redactor.clean(word) != word {
            return None;
        }
        let flag = |long: &str| self.flags().find(|flag| flag.long == long);
        let meant = match (&args.ids[..], &args.usernames[..]) {
            ([], []) => flag("id").filter(|_| is_id(word)).or(flag("username"))?,
            // One more is meant only right behind the last: else it may belong to something else.
            (_, []) => before.filter(|flag| flag.long == "id" && is_id(word))?,
            _ => before.filter(|flag| flag.long == "username")?,
        };
        let first = args.ids.is_empty() && args.usernames.is_empty();
        (first || meant.repeatable).then_some(meant.long)
    }

    /// The error for a value that cannot be taken, which is not shown where it may be a secret.
    pub(super) fn wrong_value(
        &self,
        flag: &Flag,
        origin: Origin,
        value: &OsStr,
        reason: &str,
    ) -> Error {
        let value = value.to_string_lossy();
        if flag.secret || flag.quiet {
            return Error::usage(format!("{origin}: {reason}"));
        }
        let error = Error::usage(format!("{origin} {}: {reason}", self.show(&value)));
        let duration = flag.takes == Takes::Value(DURATION);
        match slips::duration_meant(&value).filter(|_| duration) {
            Some(meant) => error.hint(format!("did you mean {meant}?")),
            None => error,
        }
    }

    pub(super) fn show(&self, word: &str) -> String {
        quote(&cut(&self.redactor.clean(word)))
    }
}

fn text(word: Option<OsString>) -> Option<String> {
    word.map(|word| word.to_string_lossy().into_owned())
}
