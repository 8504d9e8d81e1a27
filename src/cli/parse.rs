//! Parses the command line without side effects.

use super::args::{Args, Origin};
use super::command::{Body, Command, Run};
use super::flag::{Flag, HELP, VERSION};
use super::program;
use crate::error::Error;
use lexopt::{Arg, Parser};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// Words that people know from other tools, and what to suggest for each.
pub struct Suggestions {
    /// Commands: the typed words, and the command to suggest if the group has it.
    pub commands: &'static [(&'static [&'static str], &'static str)],
    /// Commands that only another program with this name has. Each entry is a group and the words
    /// that people type in it.
    pub other_program: &'static [(&'static str, &'static [&'static str])],
    pub other_program_hint: &'static str,
    /// Flags, in three parts. First come the typed names without dashes, some with `=VALUE`. Then
    /// comes the long name of the flag to suggest if the command has it. The last part is the hint,
    /// or an empty string for a plain "did you mean".
    pub flags: &'static [(&'static [&'static str], &'static str, &'static str)],
}

/// What the command line asks for.
pub enum Parsed {
    Help {
        /// The path from the root to the command that the help describes.
        path: Vec<&'static Command>,
        /// `-h` rather than `--help`.
        short: bool,
    },
    Version,
    Print(fn(&'static Command) -> String),
    Run(Run, Box<Args>),
}

/// Parses the arguments after the program's name. If they contain both a help flag and a mistake,
/// whichever comes first determines the result.
pub fn parse(
    root: &'static Command,
    suggestions: &'static Suggestions,
    arguments: Vec<OsString>,
    env: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Parsed, Error> {
    let line = Line {
        suggestions,
        path: vec![root],
        after_help: false,
        flags_ended: false,
        parser: Parser::from_args(arguments),
    };
    line.parse(env)
}

/// A command line that is being parsed.
pub(super) struct Line {
    pub(super) suggestions: &'static Suggestions,
    /// The commands read so far, the root first.
    pub(super) path: Vec<&'static Command>,
    /// `help` was read. The next words name a command, but it is not run.
    after_help: bool,
    /// `--` was read.
    flags_ended: bool,
    pub(super) parser: Parser,
}

/// A flag. If it belongs to a family, the text is the suffix of its name.
type FlagMatch = (&'static Flag, &'static str);

enum Token {
    Word(OsString),
    /// `--name`.
    Long(String),
    /// `-n`, perhaps with a value attached.
    Short(char),
    /// `-name`, a long name after a single dash, perhaps followed by `=value`.
    SingleDash(FlagMatch, Option<OsString>),
}

fn find_child(children: &'static [Command], word: &OsStr) -> Option<&'static Command> {
    let word = word.to_str()?;
    children.iter().find(|child| child.has_name(word))
}

impl Line {
    fn parse(mut self, env: &dyn Fn(&str) -> Option<OsString>) -> Result<Parsed, Error> {
        let mut args = Args::default();
        let mut given: Vec<&Flag> = Vec::new();
        while let Some(token) = self.next_token()? {
            let short = matches!(token, Token::Short(_));
            let ((flag, suffix), value) = match token {
                Token::Word(word) => {
                    self.word(word, &mut args, given.last().copied())?;
                    continue;
                }
                Token::SingleDash(found, Some(value)) => (found, value),
                Token::SingleDash(found, None) => (found, self.value_of(found.0, None)?),
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
            args.add(flag, value, Origin::Flag(flag.long, suffix))?;
        }
        self.finish(args, &given, env)
    }

    /// Decides what the complete command line asks for.
    fn finish(
        mut self,
        mut args: Args,
        given: &[&Flag],
        env: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Parsed, Error> {
        if self.after_help {
            return Ok(self.help(false));
        }
        Ok(match self.command().body {
            Body::Leaf { run, .. } | Body::Positional { run, .. } => {
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

    /// The flags that are accepted next. After `help`, only the root's flags are accepted.
    pub(super) fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        if self.after_help {
            self.path[0].flags()
        } else {
            self.command().flags()
        }
    }

    /// The next flag or word. lexopt reads what follows a single dash as letters. Go's flag package
    /// also accepts a long name there (`-host`), so exact long names are taken out before lexopt
    /// sees them.
    fn next_token(&mut self) -> Result<Option<Token>, Error> {
        if let Some(token) = self.single_dash() {
            return Ok(Some(token));
        }
        Ok(match self.parser.next() {
            Ok(None) => None,
            Ok(Some(Arg::Value(word))) => Some(Token::Word(word)),
            Ok(Some(Arg::Long(name))) => Some(Token::Long(name.to_string())),
            Ok(Some(Arg::Short(letter))) => Some(Token::Short(letter)),
            // lexopt returns an error if an attached value was not read. `long` and `short` always
            // read it.
            Err(_) => return Err(Error::usage("cannot read the command line")),
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
        let found = flags.find_map(|flag| Some((flag, flag.match_name(name)?)))?;
        raw.next();
        Some(Token::SingleDash(found, value))
    }

    fn long(&mut self, name: &str) -> Result<(FlagMatch, OsString), Error> {
        let mut flags = self.flags();
        let found = flags.find_map(|flag| Some((flag, flag.match_name(name)?)));
        let attached = self.parser.optional_value();
        match found {
            Some(found) => Ok((found, self.value_of(found.0, attached)?)),
            None => Err(self.unknown_long(name, attached)),
        }
    }

    fn short(&mut self, letter: char) -> Result<(FlagMatch, OsString), Error> {
        let flag = self.flags().find(|flag| flag.short == Some(letter));
        let attached = self.parser.optional_value();
        match flag {
            Some(flag) if flag.takes_value() || attached.is_none() => {
                Ok(((flag, ""), self.value_of(flag, attached)?))
            }
            _ => Err(self.unknown_short(letter, attached)),
        }
    }

    /// The value of a flag: the attached value, `true` for a bare boolean flag, else the next word.
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

    /// Handles a word that is not a flag: a command or a positional argument.
    fn word(
        &mut self,
        word: OsString,
        args: &mut Args,
        before: Option<&Flag>,
    ) -> Result<(), Error> {
        let command = self.command();
        if let Some(argument) = command.positional()
            && !self.after_help
        {
            // Only the first word can be a command, and only before `--`.
            let is_first = !self.flags_ended && args.origin(argument).is_none();
            match find_child(command.children(), &word) {
                Some(child) if is_first => self.path.push(child),
                _ => args.add(argument, word, Origin::Positional(argument.long))?,
            }
            return Ok(());
        }
        if let Body::Help = command.body {
            // The next words name a command, starting at the root.
            self.path.truncate(1);
            self.after_help = true;
        }
        let children = self.command().children();
        if let Some(child) = find_child(children, &word) {
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
