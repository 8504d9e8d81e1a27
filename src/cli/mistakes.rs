//! What is said of a command line that cannot be read: what is wrong with it, and what may be meant.

use super::args::{Args, Origin};
use super::command::{Body, Command};
use super::flag::{DURATION, Flag, Takes};
use super::nearest::nearest;
use super::parse::Line;
use super::values::{boolean, duration};
use crate::error::Error;
use crate::text::{cut_to, quote};
use crate::url::is_id;
use std::ffi::{OsStr, OsString};

/// The longest word that is named as a target, in bytes: a longer one is none that anybody typed.
const TYPED: usize = 64;

/// How many characters of a word an error shows.
const SHOWN: usize = 100;

/// One way to read a flag that there is not.
struct Reading<'a> {
    name: &'a str,
    value: Option<&'a str>,
    /// The name is a letter, and the value attached to it.
    attached: bool,
}

impl Line {
    /// The error for a long name that there is not.
    pub(super) fn unknown_long(&mut self, name: &str, attached: Option<OsString>) -> Error {
        let value = attached.or_else(|| self.next_word());
        let reading = Reading {
            name,
            value: value.as_deref().and_then(OsStr::to_str),
            attached: false,
        };
        self.unknown("--", name, &[reading])
    }

    /// The error for a letter that there is not, or that takes nothing attached to it.
    pub(super) fn unknown_short(&mut self, letter: char, attached: Option<OsString>) -> Error {
        // `-port 8086` may be a long name, and `-uNAME` a letter with its value.
        let rest = attached.as_deref().map(OsStr::to_string_lossy);
        let whole = [&*letter.to_string(), rest.as_deref().unwrap_or_default()].concat();
        let alone = &whole[..letter.len_utf8()];
        let next = self.next_word();
        let next = next.as_deref().and_then(OsStr::to_str);
        let (name, value) = match whole.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (&*whole, next),
        };
        let readings = [
            Reading {
                name,
                value,
                attached: false,
            },
            Reading {
                name: alone,
                value: rest.as_deref().or(next),
                attached: rest.is_some(),
            },
        ];
        // What is attached to a letter of ours is no value of it: `-hide-headrs` is no `-h`.
        let known = self.taken(&|flag| flag.short == Some(letter));
        let name = if known.is_some() { &whole } else { alone };
        self.unknown("-", name, &readings)
    }

    /// What is close to a known name is shown as it is.
    fn unknown(&self, dashes: &str, name: &str, readings: &[Reading]) -> Error {
        let mut found = None;
        for reading in readings {
            if let Some(hint) = self.meant(reading) {
                found = Some((reading.name, hint));
                break;
            }
        }
        let longs = self.longs();
        let longs: Vec<_> = longs.iter().map(String::as_str).collect();
        if found.is_none()
            && let Some(near) = nearest(name, &longs)
        {
            found = Some((name, format!("did you mean --{near}?")));
        }
        let words = self.words();
        let (shown, hint) = match found {
            Some((name, hint)) => (show(&format!("{dashes}{name}")), hint),
            None => {
                let hint = match self.command().body {
                    Body::Group(_) => {
                        format!("flags come after the command, as in `{words} COMMAND --flag`")
                    }
                    _ => format!("`{words} --help` lists the flags"),
                };
                (show(&format!("{dashes}{name}")), hint)
            }
        };
        Error::usage(format!("unknown flag {shown}")).hint(hint)
    }

    /// The hint for a flag that people type in place of one that is taken here.
    fn meant(&self, reading: &Reading) -> Option<String> {
        let longs = self.longs();
        let mut longs = longs.iter();
        if let Some(name) = longs.find(|name| name.eq_ignore_ascii_case(reading.name)) {
            return Some(format!("did you mean --{name}?"));
        }
        for slip in self.slips.flags {
            let value = slip.value.is_none() || slip.value == reading.value;
            // What is attached to the letter of a switch makes it another word.
            let fits = slip.value.is_some() || !reading.attached;
            let ours = |flag: &Flag| flag.long == slip.ours && (fits || flag.takes_value());
            if value && slip.typed.find(reading.name).is_some() && self.taken(&ours).is_some() {
                return Some(slip.hint.to_string());
            }
        }
        None
    }

    /// The long names taken here that the help shows.
    fn longs(&self) -> Vec<String> {
        let mut longs = Vec::new();
        for flag in self.flags().filter(|flag| !flag.hidden) {
            flag.each_name(&mut |name| longs.push(name));
        }
        longs
    }

    /// The flag taken here that `is` the one.
    fn taken(&self, is: &dyn Fn(&Flag) -> bool) -> Option<&'static Flag> {
        self.flags().find(|flag| is(flag))
    }

    /// The next word of the command line, which stays there.
    fn next_word(&mut self) -> Option<OsString> {
        let raw = self.parser.try_raw_args()?;
        raw.peek().map(OsStr::to_os_string)
    }

    /// The error for a word that is none of the commands `known`.
    pub(super) fn unknown_command(&self, word: &OsStr, known: &'static [Command]) -> Error {
        let word = word.to_string_lossy();
        let (shown, words) = (show(&word), self.words());
        let error = Error::usage(format!("unknown command {shown} for \"{words}\""));
        let (others, hint) = self.slips.others;
        if self.path.len() == 1 && others.find(&word).is_some() {
            return error.hint(hint);
        }
        let mut names = Vec::new();
        for child in known {
            names.push(child.name);
            names.extend(child.aliases);
        }
        let lower = word.to_ascii_lowercase();
        let slip = self
            .slips
            .commands
            .iter()
            .find(|(typed, ours)| typed.find(&lower).is_some() && names.contains(ours));
        let near = match slip {
            Some((_, ours)) => Some(*ours),
            None => nearest(&lower, &names),
        };
        error.hint(match near {
            Some(near) => format!("did you mean `{words} {near}`?"),
            None => format!("`{words} --help` lists the commands"),
        })
    }

    /// The error for a word where only flags are taken; `before` is the flag in front of it.
    pub(super) fn unexpected(&self, word: &OsStr, args: &Args, before: Option<&Flag>) -> Error {
        let word = word.to_string_lossy();
        let (shown, words) = (show(&word), self.words());
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
        if !target || switched || word.len() > TYPED {
            return None;
        }
        let flag = |long: &str| self.taken(&|flag| flag.long == long);
        let (id, name) = (flag("id"), flag("username"));
        let given = |flag: Option<&'static Flag>| flag.filter(|flag| args.text(flag).is_some());
        let meant = match (given(id), given(name)) {
            (None, None) => return id.filter(|_| is_id(word)).or(name).map(|flag| flag.long),
            // One more is meant only right behind the last: else it may belong to something else.
            (Some(id), None) if is_id(word) => id,
            (_, Some(name)) => name,
            _ => return None,
        };
        let follows = before.is_some_and(|flag| flag.long == meant.long);
        (follows && meant.repeatable).then_some(meant.long)
    }

    /// The error for a value that is not accepted. A secret one is not shown.
    pub(super) fn wrong_value(flag: &Flag, origin: Origin, value: &OsStr, reason: &str) -> Error {
        let value = value.to_string_lossy();
        if flag.secret {
            return Error::usage(format!("{origin}: {reason}"));
        }
        let error = Error::usage(format!("{origin} {}: {reason}", show(&value)));
        let is_duration = flag.takes == Takes::Text(DURATION);
        let seconds = [&*value, "s"].concat();
        match is_duration && duration(&seconds).is_ok() {
            true => error.hint(format!("did you mean {seconds}?")),
            false => error,
        }
    }
}

fn show(word: &str) -> String {
    quote(&cut_to(SHOWN, word))
}
