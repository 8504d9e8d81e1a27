//! The one loop over the command line. It has no side effects.

use super::args::{Args, Origin};
use super::command::{Body, Command, Run};
use super::flag::{Flag, HELP, VERSION};
use super::program;
use super::slips::Slips;
use crate::error::Error;
use lexopt::{Arg, Parser};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// What the command line asks for.
pub enum Parsed {
    /// The help of the last command of the path, and whether the short one is meant.
    Help(Vec<&'static Command>, bool),
    /// The version.
    Version,
    /// The text of the last command of the path.
    Print(fn(&'static Command) -> String),
    /// The work of the last command of the path, with its flags and variables.
    Run(Run, Box<Args>),
}

/// Reads the words behind the program's name.
///
/// # Errors
/// Exit code 2 for the first mistake; of a help flag and a mistake, the one that comes first wins.
pub fn parse(
    root: &'static Command,
    slips: &'static Slips,
    words: Vec<OsString>,
    env: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Parsed, Error> {
    let mut path = Vec::with_capacity(4);
    path.push(root);
    let mut line = Line {
        slips,
        path,
        helping: false,
        ended: false,
        parser: Parser::from_args(words),
    };
    line.walk(env)
}

pub(super) struct Line {
    /// What is meant by words that are none here.
    pub(super) slips: &'static Slips,
    /// The commands read so far, the root first.
    pub(super) path: Vec<&'static Command>,
    /// `help` came first: the words name a command, which is not run.
    pub(super) helping: bool,
    /// `--` has ended the flags.
    pub(super) ended: bool,
    pub(super) parser: Parser,
}

/// A flag, and the end of its name where it belongs to a family.
type Called = (&'static Flag, &'static str);

/// The command that a word names.
fn child_called(children: &'static [Command], word: &OsStr) -> Option<&'static Command> {
    let word = word.to_str()?;
    children.iter().find(|child| child.is_called(word))
}

/// A flag as it was typed.
enum FlagToken {
    /// `--name`.
    Long(String),
    /// `-n`, perhaps with a value attached.
    Short(char),
    /// `-name`, known as a long name, perhaps with `=value` behind it.
    SingleDash(Called, Option<OsString>),
}

enum Word {
    Command(OsString),
    Flag(FlagToken),
}

impl Line {
    fn walk(&mut self, env: &dyn Fn(&str) -> Option<OsString>) -> Result<Parsed, Error> {
        let mut args = Args::default();
        let mut given = Vec::with_capacity(8);
        while let Some(word) = self.next()? {
            let token = match word {
                Word::Command(word) => {
                    self.word(word, &mut args, given.last().copied())?;
                    continue;
                }
                Word::Flag(token) => token,
            };
            let short = matches!(token, FlagToken::Short(_));
            let ((flag, end), value) = self.flag(token)?;
            if flag.long == HELP.long || flag.long == VERSION.long {
                // They are kept nowhere; `--help=false` asks for nothing.
                match value.to_str() {
                    Some("true") if flag.long == HELP.long => return Ok(self.help(short)),
                    Some("true") => return Ok(Parsed::Version),
                    _ => return Err(Error::usage(format!("--{} takes no value", flag.long))),
                }
            }
            given.push(flag);
            self.keep(flag, &mut args, value, Origin::Flag(flag.long, end))?;
        }
        if let Some(run) = self.command().run()
            && !self.helping
        {
            self.environment(&mut args, &given, env)?;
            return Ok(Parsed::Run(run, Box::new(args)));
        }
        match self.command().body {
            Body::Version if !self.helping => Ok(Parsed::Version),
            Body::Print(text) if !self.helping => Ok(Parsed::Print(text)),
            Body::Help if !self.helping => {
                self.path.truncate(1);
                Ok(self.help(false))
            }
            _ => Ok(self.help(false)),
        }
    }

    fn help(&mut self, short: bool) -> Parsed {
        Parsed::Help(std::mem::take(&mut self.path), short)
    }

    pub(super) fn command(&self) -> &'static Command {
        self.path[self.path.len() - 1]
    }

    /// The flags taken here. Behind `help` those of the command are not.
    pub(super) fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        let command = match self.helping {
            true => self.path[0],
            false => self.command(),
        };
        command.flags()
    }

    /// The next flag or command. lexopt takes a single dash for letters only, so exact long names
    /// behind one (`-host`, as Go's flag package has it) are taken out before it sees them.
    fn next(&mut self) -> Result<Option<Word>, Error> {
        if let Some(token) = self.single_dash() {
            return Ok(Some(Word::Flag(token)));
        }
        match self.parser.next() {
            Ok(None) => Ok(None),
            Ok(Some(Arg::Value(word))) => Ok(Some(Word::Command(word))),
            Ok(Some(Arg::Long(name))) => Ok(Some(Word::Flag(FlagToken::Long(name.to_string())))),
            Ok(Some(Arg::Short(letter))) => Ok(Some(Word::Flag(FlagToken::Short(letter)))),
            // A value that belongs to no flag is taken in `flag`, before it gets here.
            Err(_) => Err(Error::usage("the command line cannot be read")),
        }
    }

    fn single_dash(&mut self) -> Option<FlagToken> {
        let ended = self.ended;
        let mut flags = self.flags();
        let mut raw = self.parser.try_raw_args()?;
        let word = raw.peek()?;
        if ended || word == "--" {
            self.ended = true;
            return None;
        }
        // A value need not be UTF-8, so it is cut off as bytes.
        let mut parts = word.as_bytes().splitn(2, |byte| *byte == b'=');
        let name = str::from_utf8(parts.next()?).ok()?.strip_prefix('-')?;
        let value = parts
            .next()
            .map(|value| OsStr::from_bytes(value).to_os_string());
        let called = flags.find_map(|flag| Some((flag, flag.called(name)?)))?;
        raw.next();
        Some(FlagToken::SingleDash(called, value))
    }

    /// The flag that is meant, and its value: `true` for a bare switch.
    fn flag(&mut self, token: FlagToken) -> Result<(Called, OsString), Error> {
        let (called, attached) = match token {
            FlagToken::SingleDash(called, value) => (called, value),
            FlagToken::Long(name) => {
                let mut flags = self.flags();
                let called = flags.find_map(|flag| Some((flag, flag.called(&name)?)));
                match (called, self.parser.optional_value()) {
                    (Some(called), attached) => (called, attached),
                    (None, attached) => return Err(self.unknown_long(&name, attached)),
                }
            }
            FlagToken::Short(letter) => {
                let flag = self.flags().find(|flag| flag.short == Some(letter));
                let attached = self.parser.optional_value();
                match flag {
                    Some(flag) if flag.takes_value() || attached.is_none() => {
                        ((flag, ""), attached)
                    }
                    _ => return Err(self.unknown_short(letter, attached)),
                }
            }
        };
        match attached {
            Some(value) => Ok((called, value)),
            None if !called.0.takes_value() => Ok((called, "true".into())),
            None => match self.parser.value() {
                Ok(value) => Ok((called, value)),
                Err(_) => Err(Error::usage(format!("--{} needs a value", called.0.long))),
            },
        }
    }

    /// Checks a value, and keeps it.
    pub(super) fn keep(
        &self,
        flag: &'static Flag,
        args: &mut Args,
        value: OsString,
        origin: Origin,
    ) -> Result<(), Error> {
        if value.is_empty() && !flag.may_be_empty {
            return Err(Error::usage(format!("{origin} must not be empty")));
        }
        if let Err(reason) = flag.check(&value) {
            return Err(Line::wrong_value(flag, origin, &value, &reason));
        }
        args.keep(flag, value, origin);
        Ok(())
    }

    /// Takes a word that is no flag: a command, or one of those that the command takes.
    fn word(
        &mut self,
        word: OsString,
        args: &mut Args,
        before: Option<&Flag>,
    ) -> Result<(), Error> {
        let command = self.command();
        if let Some(row) = command.words()
            && !self.helping
        {
            // Only the first word can be a command, and behind `--` none is.
            let first = !self.ended && args.origin(row).is_none();
            let child = first.then(|| child_called(command.children(), &word));
            let Some(child) = child.flatten() else {
                return self.keep(row, args, word, Origin::Word(row.long));
            };
            self.path.push(child);
            return Ok(());
        }
        self.descend(&word, args, before)
    }

    fn descend(&mut self, word: &OsStr, args: &Args, before: Option<&Flag>) -> Result<(), Error> {
        let command = self.command();
        let known = match command.body {
            Body::Help => {
                // The words behind it name the path from the start.
                self.path.truncate(1);
                self.helping = true;
                self.path[0].children()
            }
            _ => command.children(),
        };
        if let Some(child) = child_called(known, word) {
            self.path.push(child);
            return Ok(());
        }
        Err(match known {
            [] => self.unexpected(word, args, before),
            known => self.unknown_command(word, known),
        })
    }

    /// The commands so far, as typed from the shell.
    pub(super) fn words(&self) -> String {
        program::words(&self.path)
    }
}
