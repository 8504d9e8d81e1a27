//! The one loop over the command line. It has no side effects.

use super::args::{Args, Origin};
use super::command::{Body, Command, Run};
use super::flag::{Flag, HELP, VERSION};
use super::nearest_word::Suggestions;
use super::program;
use crate::error::Error;
use lexopt::{Arg, Parser};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// What the command line asks for. A path is that of a command, the root first.
pub enum Parsed {
    Help {
        path: Vec<&'static Command>,
        /// `-h` rather than `--help`.
        short: bool,
    },
    Version,
    Print(fn(&'static Command) -> String),
    Run(Run, Box<Args>),
}

/// Reads the words after the program's name. If there are a help flag and a mistake, the first of them
/// decides.
pub fn parse(
    root: &'static Command,
    suggestions: &'static Suggestions,
    words: Vec<OsString>,
    env: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Parsed, Error> {
    let line = Line {
        suggestions,
        path: vec![root],
        after_help: false,
        flags_ended: false,
        parser: Parser::from_args(words),
    };
    line.parse(env)
}

/// A command line that is being parsed.
pub(super) struct Line {
    pub(super) suggestions: &'static Suggestions,
    /// The commands read so far, the root first.
    pub(super) path: Vec<&'static Command>,
    /// The word `help` came first: the next ones name a command that is not run.
    after_help: bool,
    /// `--` was read.
    flags_ended: bool,
    pub(super) parser: Parser,
}

/// A flag, and the end of its name if it belongs to a family.
type Called = (&'static Flag, &'static str);

enum Token {
    Word(OsString),
    /// `--name`.
    Long(String),
    /// `-n`, perhaps with a value attached.
    Short(char),
    /// `-name`, a long name after a single dash, perhaps followed by `=value`.
    SingleDash(Called, Option<OsString>),
}

fn child_called(children: &'static [Command], word: &OsStr) -> Option<&'static Command> {
    let word = word.to_str()?;
    children.iter().find(|child| child.is_called(word))
}

impl Line {
    fn parse(mut self, env: &dyn Fn(&str) -> Option<OsString>) -> Result<Parsed, Error> {
        let mut args = Args::default();
        let mut given: Vec<&Flag> = Vec::new();
        while let Some(token) = self.next_token()? {
            let short = matches!(token, Token::Short(_));
            let ((flag, end), value) = match token {
                Token::Word(word) => {
                    self.word(word, &mut args, given.last().copied())?;
                    continue;
                }
                Token::SingleDash(called, Some(value)) => (called, value),
                Token::SingleDash(called, None) => (called, self.value_of(called.0, None)?),
                Token::Long(name) => self.long(&name)?,
                Token::Short(letter) => self.short(letter)?,
            };
            if flag.long == HELP.long || flag.long == VERSION.long {
                if value != "true" {
                    return Err(Error::usage(format!("--{} takes no value", flag.long)));
                }
                return Ok(if flag.long == HELP.long {
                    self.help(short)
                } else {
                    Parsed::Version
                });
            }
            given.push(flag);
            args.add(flag, value, Origin::Flag(flag.long, end))?;
        }
        self.parsed(args, &given, env)
    }

    /// What the whole line asks for.
    fn parsed(
        mut self,
        mut args: Args,
        given: &[&Flag],
        env: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Parsed, Error> {
        if self.after_help {
            return Ok(self.help(false));
        }
        Ok(match self.command().body {
            Body::Leaf { run, .. } | Body::Words { run, .. } => {
                self.read_environment(&mut args, given, env)?;
                Parsed::Run(run, Box::new(args))
            }
            Body::Version => Parsed::Version,
            Body::Print(text) => Parsed::Print(text),
            Body::Help => {
                self.path.truncate(1);
                self.help(false)
            }
            Body::Group(_) => self.help(false),
        })
    }

    fn help(self, short: bool) -> Parsed {
        Parsed::Help {
            path: self.path,
            short,
        }
    }

    pub(super) fn command(&self) -> &'static Command {
        self.path[self.path.len() - 1]
    }

    /// The flags that may come next. After the word `help`, they are only those of the root.
    pub(super) fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        if self.after_help {
            self.path[0].flags()
        } else {
            self.command().flags()
        }
    }

    /// The next flag or word. lexopt reads letters after a single dash. Go's flag package also
    /// accepts long names there (`-host`), so exact ones are read before lexopt sees them.
    fn next_token(&mut self) -> Result<Option<Token>, Error> {
        if let Some(token) = self.single_dash() {
            return Ok(Some(token));
        }
        Ok(match self.parser.next() {
            Ok(None) => None,
            Ok(Some(Arg::Value(word))) => Some(Token::Word(word)),
            Ok(Some(Arg::Long(name))) => Some(Token::Long(name.to_string())),
            Ok(Some(Arg::Short(letter))) => Some(Token::Short(letter)),
            // `long` and `short` take every attached value, so none is left over.
            Err(_) => return Err(Error::usage("the command line cannot be read")),
        })
    }

    fn single_dash(&mut self) -> Option<Token> {
        let flags_ended = self.flags_ended;
        let mut flags = self.flags();
        let mut raw = self.parser.try_raw_args()?;
        let word = raw.peek()?;
        if flags_ended || word == "--" {
            self.flags_ended = true;
            return None;
        }
        // A value need not be UTF-8, so it is split off as bytes.
        let mut parts = word.as_bytes().splitn(2, |byte| *byte == b'=');
        let name = str::from_utf8(parts.next()?).ok()?.strip_prefix('-')?;
        let value = parts
            .next()
            .map(|value| OsStr::from_bytes(value).to_os_string());
        let called = flags.find_map(|flag| Some((flag, flag.called(name)?)))?;
        raw.next();
        Some(Token::SingleDash(called, value))
    }

    fn long(&mut self, name: &str) -> Result<(Called, OsString), Error> {
        let mut flags = self.flags();
        let called = flags.find_map(|flag| Some((flag, flag.called(name)?)));
        let attached = self.parser.optional_value();
        match called {
            Some(called) => Ok((called, self.value_of(called.0, attached)?)),
            None => Err(self.unknown_long(name, attached)),
        }
    }

    fn short(&mut self, letter: char) -> Result<(Called, OsString), Error> {
        let flag = self.flags().find(|flag| flag.short == Some(letter));
        let attached = self.parser.optional_value();
        match flag {
            Some(flag) if flag.takes_value() || attached.is_none() => {
                Ok(((flag, ""), self.value_of(flag, attached)?))
            }
            _ => Err(self.unknown_short(letter, attached)),
        }
    }

    /// The value of a flag: the one attached to it, `true` for a bare boolean, else the next word.
    fn value_of(&mut self, flag: &Flag, attached: Option<OsString>) -> Result<OsString, Error> {
        if let Some(value) = attached {
            return Ok(value);
        }
        if !flag.takes_value() {
            return Ok("true".into());
        }
        let missing = |_| Error::usage(format!("--{} needs a value", flag.long));
        self.parser.value().map_err(missing)
    }

    /// Takes a word that is not a flag: a command or a positional argument.
    fn word(
        &mut self,
        word: OsString,
        args: &mut Args,
        before: Option<&Flag>,
    ) -> Result<(), Error> {
        let command = self.command();
        if let Some(row) = command.words()
            && !self.after_help
        {
            // Only the first word can be a command, and none after `--` is.
            let is_first = !self.flags_ended && args.origin(row).is_none();
            match child_called(command.children(), &word) {
                Some(child) if is_first => self.path.push(child),
                _ => args.add(row, word, Origin::Word(row.long))?,
            }
            return Ok(());
        }
        if let Body::Help = command.body {
            // The next words name a command, from the root.
            self.path.truncate(1);
            self.after_help = true;
        }
        let children = self.command().children();
        if let Some(child) = child_called(children, &word) {
            self.path.push(child);
            Ok(())
        } else if children.is_empty() {
            Err(self.unexpected(&word, args, before))
        } else {
            Err(self.unknown_command(&word, children))
        }
    }

    /// The commands so far, as typed in a shell.
    pub(super) fn words(&self) -> String {
        program::words(&self.path)
    }
}
