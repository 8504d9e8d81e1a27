//! The one loop over the command line. It has no side effects, and shows no secret in an error.

use crate::args::{Args, Given, Origin};
use crate::commands::{Body, Command};
use crate::error::Error;
use crate::flags::{Flag, HELP, VERSION};
use crate::nearest::nearest;
use crate::secret::Redactor;
use crate::text::quote;
use lexopt::{Arg, Parser};
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};

/// What the command line asks for.
pub enum Parsed {
    /// The help of the last command of the path.
    Help(Vec<&'static Command>),
    /// The version.
    Version,
    /// The work of the last command of the path, with its flags and variables.
    Run(fn(Args) -> Result<crate::error::Code, Error>, Box<Args>),
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
    let redactor = suspects(root, &words);
    let mut line = Line {
        path: vec![root],
        parser: Parser::from_args(words),
        redactor,
    };
    line.walk(env)
}

struct Line {
    /// The commands read so far, the root first.
    path: Vec<&'static Command>,
    parser: Parser,
    redactor: Redactor,
}

/// A flag as it stands in the command line, perhaps with a value attached.
struct Spelled {
    name: String,
    attached: Option<OsString>,
}

impl Line {
    fn walk(&mut self, env: &dyn Fn(&str) -> Option<OsString>) -> Result<Parsed, Error> {
        let mut args = Args::default();
        let mut given = HashSet::new();
        while let Some(word) = self.next()? {
            match word {
                Word::Command(word) => self.descend(&word)?,
                Word::Flag(spelled) => {
                    let flag = self.find(&spelled)?;
                    if flag.long == HELP[0].long {
                        return Ok(Parsed::Help(std::mem::take(&mut self.path)));
                    }
                    if flag.long == VERSION[0].long {
                        return Ok(Parsed::Version);
                    }
                    given.insert(flag.long);
                    let value = self.value(flag, spelled)?;
                    self.set(flag, &mut args, value, Origin::Flag(flag.long))?;
                }
            }
        }
        let command = self.command();
        match command.body {
            Body::Group(_) | Body::Help => Ok(Parsed::Help(std::mem::take(&mut self.path))),
            Body::Version => Ok(Parsed::Version),
            Body::Leaf { run, .. } => {
                self.environment(&mut args, &given, env)?;
                Ok(Parsed::Run(run, Box::new(args)))
            }
        }
    }

    fn command(&self) -> &'static Command {
        self.path[self.path.len() - 1]
    }

    /// The next flag or command. lexopt takes a single dash for letters only, so exact long names
    /// behind one (`-host`, as Go's flag package has it) are taken out before it sees them.
    fn next(&mut self) -> Result<Option<Word>, Error> {
        if let Some(spelled) = self.single_dash_long() {
            return Ok(Some(Word::Flag(spelled)));
        }
        let name = match self.parser.next() {
            Ok(None) => return Ok(None),
            Ok(Some(Arg::Value(word))) => return Ok(Some(Word::Command(word))),
            Ok(Some(Arg::Long(name))) => format!("--{name}"),
            Ok(Some(Arg::Short(letter))) => format!("-{letter}"),
            Err(lexopt::Error::NonUnicodeValue(word)) => {
                return Err(Error::usage(format!(
                    "unknown flag {}",
                    self.show(&word.to_string_lossy())
                )));
            }
            // What is left is a value attached to a switch, which `value` has taken before.
            Err(_) => return Err(Error::usage("the command line cannot be read")),
        };
        Ok(Some(Word::Flag(Spelled {
            name,
            attached: None,
        })))
    }

    fn single_dash_long(&mut self) -> Option<Spelled> {
        let command = self.command();
        let mut raw = self.parser.try_raw_args()?;
        let word = raw.peek()?.to_str()?.to_string();
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.into())),
            None => (word.as_str(), None),
        };
        let long = name.strip_prefix('-').filter(|name| name.len() > 1)?;
        command.flags().find(|flag| flag.long == long)?;
        raw.next();
        Some(Spelled {
            name: name.to_string(),
            attached: value,
        })
    }

    fn find(&self, spelled: &Spelled) -> Result<&'static Flag, Error> {
        let name = spelled.name.trim_start_matches('-');
        let exact = |flag: &&Flag| match spelled.name.starts_with("--") || name.len() > 1 {
            true => flag.long == name,
            false => flag
                .short
                .is_some_and(|short| name == short.encode_utf8(&mut [0; 4])),
        };
        if let Some(flag) = self.command().flags().find(exact) {
            return Ok(flag);
        }
        let error = Error::usage(format!("unknown flag {}", self.show(&spelled.name)));
        if !self.command().children().is_empty() && spelled.name.starts_with('-') {
            return Err(error.hint(format!(
                "flags come after the command, as in `{} COMMAND --flag`",
                self.words()
            )));
        }
        let longs = self
            .command()
            .flags()
            .filter(|flag| !flag.hidden)
            .map(|flag| flag.long);
        Err(match nearest(name, longs) {
            Some(near) => error.hint(format!("did you mean --{near}?")),
            None => error.hint(format!("`{} --help` lists the flags", self.words())),
        })
    }

    fn value(&mut self, flag: &Flag, spelled: Spelled) -> Result<OsString, Error> {
        let attached = spelled.attached.or_else(|| {
            // `-fvalue` and `-f=value`, or `--flag=value`.
            self.parser.optional_value()
        });
        match attached {
            Some(value) => Ok(value),
            None if !flag.takes_value() => Ok("true".into()),
            None => self
                .parser
                .value()
                .map_err(|_| Error::usage(format!("--{} needs a value", flag.long))),
        }
    }

    fn set(
        &self,
        flag: &Flag,
        args: &mut Args,
        value: OsString,
        origin: Origin,
    ) -> Result<(), Error> {
        if value.is_empty() {
            return Err(Error::usage(format!("{origin} must not be empty")));
        }
        let shown = if flag.secret {
            String::new()
        } else {
            format!(" {}", self.show(&value.to_string_lossy()))
        };
        (flag.set)(args, Given { value, origin })
            .map_err(|reason| Error::usage(format!("{origin}{shown}: {reason}")))
    }

    /// Sets from the environment what no flag has settled.
    fn environment(
        &self,
        args: &mut Args,
        given: &HashSet<&str>,
        env: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<(), Error> {
        // Flags that settle the same thing: one given silences the variables of all.
        const SAME: [&[&str]; 2] = [&["token", "token-file"], &["id", "username"]];
        let settled = |long: &str| {
            let group = SAME.iter().find(|group| group.contains(&long));
            given.contains(long)
                || group.is_some_and(|group| group.iter().any(|flag| given.contains(flag)))
        };
        for flag in self.command().flags() {
            let Some(name) = flag.env.filter(|_| !settled(flag.long)) else {
                continue;
            };
            if let Some(value) = env(name).filter(|value| !value.is_empty()) {
                self.set(flag, args, value, Origin::Variable(name))?;
            }
        }
        Ok(())
    }

    fn descend(&mut self, word: &OsStr) -> Result<(), Error> {
        let shown = word.to_string_lossy();
        let command = self.command();
        let known = if matches!(command.body, Body::Help) {
            // `help v1 auth`: the words name the path from the start.
            self.path.truncate(1);
            self.path[0].children()
        } else {
            command.children()
        };
        if known.is_empty() {
            let what = format!("unexpected argument {}", self.show(&shown));
            return Err(Error::usage(what).hint(format!(
                "`{}` takes flags only; a switch is turned off as in --json=false",
                self.words()
            )));
        }
        match known
            .iter()
            .find(|child| word.to_str().is_some_and(|word| child.is(word)))
        {
            Some(child) => {
                self.path.push(child);
                Ok(())
            }
            None => {
                let what = format!(
                    "unknown command {} for \"{}\"",
                    self.show(&shown),
                    self.words()
                );
                let words = known.iter().flat_map(|child| {
                    [child.name]
                        .into_iter()
                        .chain(child.aliases.iter().copied())
                });
                Err(Error::usage(what).hint(match nearest(&shown, words) {
                    Some(near) => format!("did you mean `{} {near}`?", self.words()),
                    None => format!("`{} --help` lists the commands", self.words()),
                }))
            }
        }
    }

    /// The commands so far, as typed from the shell.
    fn words(&self) -> String {
        let names: Vec<_> = self.path.iter().map(|command| command.name).collect();
        names.join(" ")
    }

    fn show(&self, word: &str) -> String {
        quote(&self.redactor.clean(word))
    }
}

enum Word {
    Command(OsString),
    Flag(Spelled),
}

/// Everything that stands behind a flag for a secret, or is attached to one, even where a mistake
/// before it makes it something else: no error may show it.
fn suspects(root: &'static Command, words: &[OsString]) -> Redactor {
    let mut redactor = Redactor::default();
    let mut secrets = Vec::new();
    collect_secret_flags(root, &mut secrets);
    let mut before_is_secret = false;
    for word in words {
        let word = word.to_string_lossy();
        if before_is_secret {
            redactor.add(&word);
        }
        let name = word.trim_start_matches('-');
        let dashed = name.len() < word.len();
        before_is_secret = false;
        for flag in secrets.iter().filter(|_| dashed) {
            let names = [Some(flag.long.to_string()), flag.short.map(String::from)];
            for rest in names
                .iter()
                .flatten()
                .filter_map(|spelling| name.strip_prefix(spelling.as_str()))
            {
                before_is_secret |= rest.is_empty();
                redactor.add(rest);
                redactor.add(rest.trim_start_matches('='));
            }
        }
    }
    redactor
}

fn collect_secret_flags(command: &'static Command, found: &mut Vec<&'static Flag>) {
    found.extend(command.flags().filter(|flag| flag.secret));
    for child in command.children() {
        collect_secret_flags(child, found);
    }
}
