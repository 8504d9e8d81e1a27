//! Where a password comes from: a flag, a file, a prompt or standard input.

use crate::cli::args::{Args, DASH, Origin};
use crate::cli::flag::{BASE, Flag, OverrideGroup, Takes};
use crate::commands::shared::prompt;
use crate::error::{Code, Error, io_reason};
use crate::secret::Secret;
use crate::settings::files;
use crate::text;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;

/// The longest password that InfluxDB uses, in bytes.
const MAX_LENGTH: usize = 72;

pub static PASSWORD: Flag = Flag {
    long: "password",
    takes: Takes::Text("PASSWORD"),
    help: "The password. Other users of the host can see it on the command line (default: a prompt on a terminal, else one line of standard input)",
    secret: true,
    overrides: Some(OverrideGroup::Password),
    ..BASE
};

pub static PASSWORD_FILE: Flag = Flag {
    long: "password-file",
    env: Some("INFLUX_PASSWORD_FILE"),
    takes: Takes::Path("PATH"),
    help: "File with the password, such as a Docker or Kubernetes secret. Use - for standard input",
    overrides: Some(OverrideGroup::Password),
    reads_stdin: true,
    ..BASE
};

/// Where a password comes from.
#[derive(Debug)]
pub enum Source<'a> {
    Given(&'a str),
    File(&'a Path, Origin),
    /// A prompt if standard input is a terminal, else the first line of standard input.
    Input,
}

impl Source<'_> {
    /// The source that flags or variables name, else [`Source::Input`].
    pub fn from_args(args: &Args) -> Result<Source<'_>, Error> {
        args.not_both(&PASSWORD, &PASSWORD_FILE)?;
        let stdin = args.stdin_origin()?;
        let file = args.path(&PASSWORD_FILE).zip(args.origin(&PASSWORD_FILE));
        match (args.text(&PASSWORD), file, stdin) {
            (Some(password), ..) => Ok(Source::Given(password)),
            (None, Some((path, origin)), _) if path != Path::new(DASH) => {
                Ok(Source::File(path, origin))
            }
            (None, None, Some(origin)) => Err(Error::usage(format!(
                "{origin} - and the password would both read standard input"
            ))
            .hint("--password-file names a file with the password")),
            _ => Ok(Source::Input),
        }
    }

    /// Reads a new password for `described`. A prompt asks for it twice.
    pub fn read(&self, described: &str) -> Result<Secret, Error> {
        self.read_with(described, prompt::ask_twice)
    }

    /// Reads the existing password of `described`. A prompt asks for it once.
    pub fn read_existing(&self, described: &str) -> Result<Secret, Error> {
        self.read_with(described, prompt::ask_once)
    }

    /// Exit code 2 if the password is not valid, 3 if its file cannot be read, and 1 if standard
    /// input cannot be read or the prompt is cancelled.
    fn read_with(
        &self,
        described: &str,
        ask: fn(&str) -> Result<Vec<u8>, Error>,
    ) -> Result<Secret, Error> {
        let (place, password) = match self {
            Source::Given(password) => {
                (format!("--{}", PASSWORD.long), password.as_bytes().to_vec())
            }
            Source::File(path, origin) => {
                let place = format!("{origin} {}", text::path(path));
                let password = read_file(path).map_err(|error| {
                    let reason = io_reason(&error);
                    Error::config(format!("cannot read the password from {place}: {reason}"))
                })?;
                (place, password)
            }
            Source::Input if io::stdin().is_terminal() => {
                let password = ask(&format!("Password for {described}: "))?;
                ("the prompt".to_string(), password)
            }
            Source::Input => {
                let password = read_line().map_err(|error| {
                    let reason = io_reason(&error);
                    let what = format!("cannot read the password from standard input: {reason}");
                    Error::new(Code::Other, what)
                })?;
                ("standard input".to_string(), password)
            }
        };
        let invalid = |reason: &str| Error::usage(format!("the password from {place} {reason}"));
        if password.len() > MAX_LENGTH {
            return Err(invalid(&format!("is longer than {MAX_LENGTH} bytes")).hint(
                "servers before 2.7.6 silently truncate longer passwords, later ones refuse them",
            ));
        }
        if password.is_empty() {
            return Err(invalid("is empty").hint(
                "--password-file names a file with the password; the default is a prompt on a \
                 terminal, else the first line of standard input",
            ));
        }
        let password = String::from_utf8(password).map_err(|_| invalid("is not UTF-8"))?;
        Ok(Secret::new(password))
    }
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let password = without_line_breaks(files::read(path)?);
    if password.contains(&b'\n') {
        return Err(io::Error::other("it contains more than one line"));
    }
    Ok(password)
}

/// The first line of standard input. Reads up to two bytes more than [`MAX_LENGTH`], for the line
/// break. A longer line stays too long, so it is refused.
fn read_line() -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let mut input = io::stdin().lock().take(MAX_LENGTH as u64 + 2);
    input.read_until(b'\n', &mut line)?;
    Ok(without_line_breaks(line))
}

/// Removes a byte order mark and the line breaks at the end. Other white space may be part of the
/// password.
fn without_line_breaks(mut line: Vec<u8>) -> Vec<u8> {
    let mark = files::BYTE_ORDER_MARK.to_string();
    if line.starts_with(mark.as_bytes()) {
        line.drain(..mark.len());
    }
    let end = line.iter().rposition(|byte| !b"\r\n".contains(byte));
    line.truncate(end.map_or(0, |at| at + 1));
    line
}
