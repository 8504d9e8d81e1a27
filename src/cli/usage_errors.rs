//! Errors about the command line, with hints at what was probably meant.

use super::args::Args;
use super::command::{Body, Command};
use super::edit_distance::nearest;
use super::flag::Flag;
use super::parse::Line;
use super::values::boolean;
use crate::error::Error;
use crate::text::quote_word;
use crate::url::is_id;
use std::ffi::{OsStr, OsString};

/// The longest word that is suggested as an ID or username, in bytes.
const MAX_TARGET: usize = 64;

/// A possible way to read an unknown flag.
struct Reading<'a> {
    name: &'a str,
    value: Option<&'a str>,
    /// The name is a letter, with the value attached to it.
    attached: bool,
}

impl Line {
    /// The error for an unknown long name.
    pub(super) fn unknown_long(&mut self, name: &str, attached: Option<OsString>) -> Error {
        let value = attached.or_else(|| self.peek());
        let reading = Reading {
            name,
            value: value.as_deref().and_then(OsStr::to_str),
            attached: false,
        };
        self.unknown_flag("--", name, &[reading])
    }

    /// The error for an unknown letter, or for the letter of a boolean flag with something attached
    /// to it.
    pub(super) fn unknown_short(&mut self, letter: char, attached: Option<OsString>) -> Error {
        // `-port 8086` may be a long name, and `-uNAME` a letter with its value.
        let rest = attached.as_deref().map(OsStr::to_string_lossy);
        let whole = format!("{letter}{}", rest.as_deref().unwrap_or_default());
        let alone = &whole[..letter.len_utf8()];
        let next = self.peek();
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
        // If the letter is known, the user probably mistyped a long name (`-hide-headrs`, not
        // `-h`).
        let is_known = self.flags().any(|flag| flag.short == Some(letter));
        let name = if is_known { &whole } else { alone };
        self.unknown_flag("-", name, &readings)
    }

    fn unknown_flag(&self, dashes: &str, name: &str, readings: &[Reading]) -> Error {
        let suggested = readings
            .iter()
            .find_map(|reading| Some((reading.name, self.suggestion(reading)?)));
        let (name, hint) = match suggested {
            Some(suggested) => suggested,
            None => (name, self.nearest_flag(name)),
        };
        let shown = quote_word(&format!("{dashes}{name}"));
        Error::usage(format!("unknown flag {shown}")).hint(hint)
    }

    /// The hint for a flag that people confuse with one of the command's flags.
    fn suggestion(&self, reading: &Reading) -> Option<String> {
        let names = self.shown_names();
        let mut names = names.iter();
        if let Some(name) = names.find(|name| name.eq_ignore_ascii_case(reading.name)) {
            return Some(format!("did you mean --{name}?"));
        }
        let with_value = format!("{}={}", reading.name, reading.value.unwrap_or_default());
        for (typed, suggested, hint) in self.suggestions.flags {
            let needs_value = typed.contains(&&*with_value);
            // A boolean flag takes no attached value, so the whole word is something else.
            let is_other_word = reading.attached && !needs_value;
            let is_known =
                |flag: &Flag| flag.long == *suggested && (flag.takes_value() || !is_other_word);
            if (needs_value || typed.contains(&reading.name)) && self.flags().any(is_known) {
                return Some(match *hint {
                    "" => format!("did you mean --{suggested}?"),
                    hint => hint.to_string(),
                });
            }
        }
        None
    }

    /// The hint for a name without a suggestion: the nearest flag, or how to find out more.
    fn nearest_flag(&self, name: &str) -> String {
        let names = self.shown_names();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let words = self.words();
        if let Some(near) = nearest(name, &names) {
            format!("did you mean --{near}?")
        } else if let Body::Group(_) = self.command().body {
            format!("flags come after the command, as in `{words} COMMAND --flag`")
        } else {
            format!("`{words} --help` lists the flags")
        }
    }

    /// The long names that the help of the command shows.
    fn shown_names(&self) -> Vec<String> {
        let flags = self.flags().filter(|flag| !flag.hidden);
        flags.flat_map(Flag::names).collect()
    }

    /// The next word of the command line. It is not consumed.
    fn peek(&mut self) -> Option<OsString> {
        let raw = self.parser.try_raw_args()?;
        raw.peek().map(OsStr::to_os_string)
    }

    /// The error for a word that does not name any of the `known` commands.
    pub(super) fn unknown_command(&self, word: &OsStr, known: &'static [Command]) -> Error {
        let word = word.to_string_lossy();
        let (shown, words) = (quote_word(&word), self.words());
        let error = Error::usage(format!("unknown command {shown} for \"{words}\""));
        let mut others = self.suggestions.other_program.iter();
        let group = self.command().name;
        if others.any(|(of, words)| *of == group && words.contains(&&*word)) {
            return error.hint(self.suggestions.other_program_hint);
        }
        let mut names = Vec::new();
        for child in known {
            names.push(child.name);
            names.extend(child.aliases);
        }
        let lower = word.to_ascii_lowercase();
        let mut suggestions = self.suggestions.commands.iter();
        let suggested = suggestions
            .find(|(typed, suggested)| typed.contains(&&*lower) && names.contains(suggested))
            .map(|(_, suggested)| *suggested);
        error.hint(match suggested.or_else(|| nearest(&lower, &names)) {
            Some(near) => format!("did you mean `{words} {near}`?"),
            None => format!("`{words} --help` lists the commands"),
        })
    }

    /// The error for a word if the command takes only flags. `before` is the flag before the word.
    pub(super) fn unexpected(&self, word: &OsStr, args: &Args, before: Option<&Flag>) -> Error {
        let word = word.to_string_lossy();
        let (shown, words) = (quote_word(&word), self.words());
        let error = Error::usage(format!("unexpected argument {shown}"));
        error.hint(match self.target_flag(&word, args, before) {
            Some(flag) => format!("did you mean `--{} {word}`?", flag.long),
            None => {
                format!("`{words}` takes only flags (to turn a flag off, use --FLAG=false)")
            }
        })
    }

    /// The flag that is missing before a word that may be an ID or username.
    fn target_flag(&self, word: &str, args: &Args, before: Option<&Flag>) -> Option<&'static Flag> {
        let is_plain = |c: char| c.is_alphanumeric() || "-_.@".contains(c);
        let may_be_target = !word.is_empty()
            && word.len() <= MAX_TARGET
            && !word.starts_with('-')
            && word.chars().all(is_plain);
        let is_boolean = before.is_some_and(|flag| !flag.takes_value()) && boolean(word).is_ok();
        if !may_be_target || is_boolean {
            return None;
        }
        let find = |long: &str| self.flags().find(|flag| flag.long == long);
        let (id, username) = (find("id"), find("username"));
        let given = |flag: Option<&'static Flag>| flag.filter(|flag| args.text(flag).is_some());
        let flag = match (given(id), given(username)) {
            (None, None) => return id.filter(|_| is_id(word)).or(username),
            (Some(id), None) if is_id(word) => id,
            (_, Some(username)) => username,
            _ => return None,
        };
        // Only a word right after a target is likely to be another target.
        let follows = before.is_some_and(|before| before.long == flag.long);
        (follows && flag.repeatable).then_some(flag)
    }
}
