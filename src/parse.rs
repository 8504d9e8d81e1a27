//! The one loop over the command line. It has no side effects, and shows no secret in an error.

use crate::args::{Args, Given, Origin};
use crate::commands::{self, Body, Command};
use crate::error::{Code, Error};
use crate::flags::{Flag, HELP, VERSION};
use crate::nearest::nearest;
use crate::secret::Redactor;
use crate::suspects::suspects;
use crate::text::{cut, quote};
use lexopt::{Arg, Parser};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// What the command line asks for.
pub enum Parsed {
    /// The help of the last command of the path.
    Help(Vec<&'static Command>),
    /// The version.
    Version,
    /// The text of the last command of the path.
    Print(fn() -> String),
    /// The work of the last command of the path, with its flags and variables.
    Run(fn(&Args) -> Result<Code, Error>, Box<Args>),
}

/// Reads the words behind the program's name.
///
/// # Errors
/// Exit code 2 for the first mistake; of a help flag and a mistake, the one that comes first wins.
pub fn parse(
    root: &'static Command,
    words: Vec<OsString>,
    env: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Parsed, Error> {
    let redactor = suspects(root, &words, env);
    let mut line = Line {
        path: vec![root],
        helping: false,
        ended: false,
        parser: Parser::from_args(words),
        redactor,
    };
    line.walk(env)
}

struct Line {
    /// The commands read so far, the root first.
    path: Vec<&'static Command>,
    /// `help` came first: the words name a command, which is not run.
    helping: bool,
    /// `--` has ended the flags.
    ended: bool,
    parser: Parser,
    redactor: Redactor,
}

/// A flag as it stands in the command line.
enum Spelled {
    /// `--name`.
    Long(String),
    /// `-n`, perhaps with a value attached.
    Short(char),
    /// `-name`, known as a long name, perhaps with `=value` behind it.
    SingleDash(&'static Flag, Option<OsString>),
}

enum Word {
    Command(OsString),
    Flag(Spelled),
}

impl Line {
    fn walk(&mut self, env: &dyn Fn(&str) -> Option<OsString>) -> Result<Parsed, Error> {
        let mut args = Args::default();
        let mut given = Vec::new();
        while let Some(word) = self.next()? {
            let (flag, value) = match word {
                Word::Command(word) => {
                    self.descend(&word)?;
                    continue;
                }
                Word::Flag(spelled) => self.flag(spelled)?,
            };
            if flag.long == HELP[0].long || flag.long == VERSION[0].long {
                // They take no part in the table of setters; `--help=false` asks for nothing.
                match value.to_str() {
                    Some("true") if flag.long == HELP[0].long => return Ok(self.help()),
                    Some("true") => return Ok(Parsed::Version),
                    _ => return Err(Error::usage(format!("--{} takes no value", flag.long))),
                }
            }
            given.push(flag);
            self.set(flag, &mut args, value, Origin::Flag(flag.long))?;
        }
        match self.command().body {
            Body::Leaf { run, .. } if !self.helping => {
                self.environment(&mut args, &given, env)?;
                args.redactor = std::mem::take(&mut self.redactor);
                Ok(Parsed::Run(run, Box::new(args)))
            }
            Body::Version if !self.helping => Ok(Parsed::Version),
            Body::Print(text) if !self.helping => Ok(Parsed::Print(text)),
            Body::Help if !self.helping => {
                self.path.truncate(1);
                Ok(self.help())
            }
            _ => Ok(self.help()),
        }
    }

    fn help(&mut self) -> Parsed {
        Parsed::Help(std::mem::take(&mut self.path))
    }

    fn command(&self) -> &'static Command {
        self.path[self.path.len() - 1]
    }

    /// The flags taken here. Behind `help` those of the command are not.
    fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        let command = match self.helping {
            true => self.path[0],
            false => self.command(),
        };
        command.flags()
    }

    /// The next flag or command. lexopt takes a single dash for letters only, so exact long names
    /// behind one (`-host`, as Go's flag package has it) are taken out before it sees them.
    fn next(&mut self) -> Result<Option<Word>, Error> {
        if let Some(spelled) = self.single_dash() {
            return Ok(Some(Word::Flag(spelled)));
        }
        match self.parser.next() {
            Ok(None) => Ok(None),
            Ok(Some(Arg::Value(word))) => Ok(Some(Word::Command(word))),
            Ok(Some(Arg::Long(name))) => Ok(Some(Word::Flag(Spelled::Long(name.to_string())))),
            Ok(Some(Arg::Short(letter))) => Ok(Some(Word::Flag(Spelled::Short(letter)))),
            // A value that belongs to no flag is taken in `flag`, before it gets here.
            Err(_) => Err(Error::usage("the command line cannot be read")),
        }
    }

    fn single_dash(&mut self) -> Option<Spelled> {
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
        let flag = flags.find(|flag| flag.long == name)?;
        raw.next();
        Some(Spelled::SingleDash(flag, value))
    }

    /// The flag that is meant, and its value: `true` for a bare switch.
    fn flag(&mut self, spelled: Spelled) -> Result<(&'static Flag, OsString), Error> {
        let (flag, attached) = match spelled {
            Spelled::SingleDash(flag, value) => (flag, value),
            Spelled::Long(name) => {
                let Some(flag) = self.flags().find(|flag| flag.long == name) else {
                    return Err(self.unknown("--", &name));
                };
                (flag, self.parser.optional_value())
            }
            Spelled::Short(letter) => {
                let flag = self.flags().find(|flag| flag.short == Some(letter));
                let attached = self.parser.optional_value();
                match flag {
                    Some(flag) if flag.takes_value() || attached.is_none() => (flag, attached),
                    None => return Err(self.unknown("-", &letter.to_string())),
                    // `-hide-headrs` is no `-h`.
                    Some(_) => {
                        let rest = attached.unwrap_or_default();
                        let name = format!("{letter}{}", rest.to_string_lossy());
                        return Err(self.unknown("-", &name));
                    }
                }
            }
        };
        match attached {
            Some(value) => Ok((flag, value)),
            None if !flag.takes_value() => Ok((flag, "true".into())),
            None => match self.parser.value() {
                Ok(value) => Ok((flag, value)),
                Err(_) => Err(Error::usage(format!("--{} needs a value", flag.long))),
            },
        }
    }

    /// The error for a flag that there is not. What is close to a known name is shown as it is.
    fn unknown(&self, dashes: &str, name: &str) -> Error {
        let longs = self
            .flags()
            .filter(|flag| !flag.hidden)
            .map(|flag| flag.long);
        let near = nearest(name, longs);
        let shown = match near {
            Some(_) => quote(&format!("{dashes}{name}")),
            None => self.show(&format!("{dashes}{name}")),
        };
        let error = Error::usage(format!("unknown flag {shown}"));
        let words = self.words();
        error.hint(match near {
            Some(near) => format!("did you mean --{near}?"),
            None if !self.command().children().is_empty() => {
                format!("flags come after the command, as in `{words} COMMAND --flag`")
            }
            None => format!("`{words} --help` lists the flags"),
        })
    }

    fn set(
        &self,
        flag: &Flag,
        args: &mut Args,
        value: OsString,
        origin: Origin,
    ) -> Result<(), Error> {
        if value.is_empty() && !flag.may_be_empty {
            return Err(Error::usage(format!("{origin} must not be empty")));
        }
        let long = flag.long;
        let given = value.clone();
        (flag.set)(
            args,
            Given {
                long,
                value,
                origin,
            },
        )
        .map_err(|reason| {
            let shown = match flag.secret || flag.quiet {
                true => String::new(),
                false => format!(" {}", self.show(&given.to_string_lossy())),
            };
            Error::usage(format!("{origin}{shown}: {reason}"))
        })
    }

    /// Sets from the environment what no flag has settled.
    fn environment(
        &self,
        args: &mut Args,
        given: &[&Flag],
        env: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<(), Error> {
        let settled = |flag: &Flag| {
            let same = |other: &&Flag| {
                other.long == flag.long || (flag.settles.is_some() && other.settles == flag.settles)
            };
            given.iter().any(same)
        };
        for flag in self.command().flags() {
            let Some(name) = flag.env.filter(|_| !settled(flag)) else {
                continue;
            };
            if let Some(value) = env(name).filter(|value| !value.is_empty()) {
                self.set(flag, args, value, Origin::Variable(name))?;
            }
        }
        Ok(())
    }

    fn descend(&mut self, word: &OsStr) -> Result<(), Error> {
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
        if let Some(child) = known
            .iter()
            .find(|child| word.to_str().is_some_and(|word| child.is(word)))
        {
            self.path.push(child);
            return Ok(());
        }
        let shown = self.show(&word.to_string_lossy());
        let words = self.words();
        if known.is_empty() {
            let error = Error::usage(format!("unexpected argument {shown}"));
            return Err(error.hint(format!(
                "`{words}` takes flags only; a switch is turned off as in --json=false"
            )));
        }
        let names = known
            .iter()
            .flat_map(|child| [&child.name].into_iter().chain(child.aliases));
        let error = Error::usage(format!("unknown command {shown} for \"{words}\""));
        Err(match nearest(&word.to_string_lossy(), names.copied()) {
            Some(near) => error.hint(format!("did you mean `{words} {near}`?")),
            None => error.hint(format!("`{words} --help` lists the commands")),
        })
    }

    /// The commands so far, as typed from the shell.
    fn words(&self) -> String {
        commands::words(&self.path)
    }

    fn show(&self, word: &str) -> String {
        quote(&cut(&self.redactor.clean(word)))
    }
}
