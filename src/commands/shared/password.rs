//! Where the password of an authorization comes from.

use crate::cli::args::{Args, DASH, Origin};
use crate::cli::flag::{BASE, Flag, OverrideGroup, Takes};
use crate::commands::shared::prompt;
use crate::error::{Code, Error, io_reason};
use crate::secret::Secret;
use crate::settings::files;
use crate::text;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;

/// The longest password taken, in bytes. InfluxDB takes 72.
const MOST: usize = 4096;

/// The password itself.
pub static PASSWORD: Flag = Flag {
    long: "password",
    takes: Takes::Text("PASSWORD"),
    help: "The password; other users of the host can see it (default: asked for on a terminal, else a line of standard input)",
    secret: true,
    overrides: Some(OverrideGroup::Password),
    ..BASE
};

/// A file that holds it.
pub static PASSWORD_FILE: Flag = Flag {
    long: "password-file",
    env: Some("INFLUX_PASSWORD_FILE"),
    takes: Takes::Path("PATH"),
    help: "File with the password, such as a Docker or Kubernetes secret; - is standard input",
    overrides: Some(OverrideGroup::Password),
    reads_stdin: true,
    ..BASE
};

/// Where a password comes from.
#[derive(Debug)]
pub enum Source<'a> {
    /// The command line.
    Given(&'a str),
    /// A file.
    File(&'a Path, Origin),
    /// A prompt on the terminal, or a line of standard input where that is none.
    Input,
}

impl Source<'_> {
    /// Takes the source from what was given; the default is [`Source::Input`].
    ///
    /// # Errors
    /// Exit code 2 for two sources, and where standard input is wanted twice.
    pub fn from_args(args: &Args) -> Result<Source<'_>, Error> {
        args.not_both(&PASSWORD, &PASSWORD_FILE)?;
        let stdin = args.stdin()?;
        let file = args.path(&PASSWORD_FILE).zip(args.origin(&PASSWORD_FILE));
        match (args.text(&PASSWORD), file, stdin) {
            (Some(password), ..) => Ok(Source::Given(password)),
            (None, Some((path, origin)), _) if path != Path::new(DASH) => {
                Ok(Source::File(path, origin))
            }
            (None, None, Some(origin)) => Err(Error::usage(format!(
                "{origin} - takes standard input, from which the password would come"
            ))
            .hint("--password-file names a file with the password")),
            _ => Ok(Source::Input),
        }
    }

    /// Reads the password; `described` is what it is for.
    ///
    /// # Errors
    /// Exit code 2 where it is empty, cannot be one or was typed in two ways, 3 where its file
    /// cannot be read, and 1 where the prompt is cancelled.
    pub fn read(&self, described: &str) -> Result<Secret, Error> {
        let (place, password) = match self {
            Source::Given(password) => return Ok(Secret::new(*password)),
            Source::File(path, origin) => {
                let place = format!("{origin} {}", text::path(path));
                let password = in_file(path).map_err(|error| {
                    let reason = io_reason(&error);
                    Error::config(format!("cannot take the password from {place}: {reason}"))
                })?;
                (place, password)
            }
            Source::Input if io::stdin().is_terminal() => {
                let password = prompt::ask_twice(&format!("Password for {described}: "))?;
                ("the prompt".to_string(), password)
            }
            Source::Input => {
                let password = line().map_err(|error| {
                    let reason = io_reason(&error);
                    let what = format!("cannot read the password from standard input: {reason}");
                    Error::new(Code::Other, what)
                })?;
                ("standard input".to_string(), password)
            }
        };
        let wrong = |reason: &str| Error::usage(format!("the password from {place} {reason}"));
        match password {
            password if password.len() > MOST => {
                Err(wrong(&format!("is longer than {MOST} bytes")))
            }
            password if password.is_empty() => Err(wrong("is empty").hint(
                "--password-file names a file with it; without that it is asked for on a terminal, \
                 or taken from the first line of standard input",
            )),
            password => match String::from_utf8(password) {
                Ok(password) => Ok(Secret::new(password)),
                Err(_) => Err(wrong("is not UTF-8")),
            },
        }
    }
}

fn in_file(path: &Path) -> io::Result<Vec<u8>> {
    let password = without_break(files::read(path)?);
    match password.contains(&b'\n') {
        true => Err(io::Error::other("it holds more than one line")),
        false => Ok(password),
    }
}

/// The first line of standard input; one that is too long is cut off, but left too long.
fn line() -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let most = MOST as u64 + 2;
    let mut input = io::stdin().lock();
    input.by_ref().take(most).read_until(b'\n', &mut line)?;
    Ok(without_break(line))
}

/// The line break at the end is no part of a password; white space may be.
fn without_break(mut line: Vec<u8>) -> Vec<u8> {
    let end = line.iter().rposition(|byte| !b"\r\n".contains(byte));
    line.truncate(end.map_or(0, |at| at + 1));
    line
}
