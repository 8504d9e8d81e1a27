//! Asking for a new password on the terminal, twice, without showing it.
//!
//! The terminal sends no signals meanwhile: what would interrupt is a byte like any other and ends
//! the line, so that the terminal can be put back in order without a signal handler.

use crate::error::{Code, Error, io_reason};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::io::{self, BufRead, Stdin, Write};

/// The question for the second time.
const AGAIN: &str = "The same password again: ";

/// Shows `question` on standard error and returns the line that is typed on the terminal, which
/// standard input is. Nobody sees a slip there, so it has to be typed twice; an empty line is
/// returned at once.
///
/// # Errors
/// Exit code 1 where it is cancelled or the terminal fails, 2 for a line with a control character
/// and for two that differ.
pub fn ask_twice(question: &str) -> Result<Vec<u8>, Error> {
    // Silent from the first question to the last answer, or what is typed in between would be shown.
    let terminal = SilentTerminal::new(io::stdin()).map_err(failed)?;
    let typed = terminal.ask(question)?;
    if typed.is_empty() || terminal.ask(AGAIN)? == typed {
        return Ok(typed);
    }
    let what = "the two passwords that were typed are different; nothing was sent";
    Err(Error::usage(what)
        .hint("type the same password at both prompts, or name a file with it: --password-file"))
}

fn failed(error: io::Error) -> Error {
    let reason = io_reason(&error);
    let what = format!("cannot ask for the password on the terminal: {reason}");
    Error::new(Code::Other, what)
}

/// The terminal without echo and signals, until it is dropped.
struct SilentTerminal {
    terminal: Stdin,
    before: Termios,
}

impl SilentTerminal {
    fn new(terminal: Stdin) -> io::Result<SilentTerminal> {
        let before = tcgetattr(&terminal)?;
        let mut silent = before.clone();
        silent.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ISIG;
        silent.local_modes |= LocalModes::ICANON | LocalModes::IEXTEN;
        silent.input_modes |= InputModes::ICRNL;
        // The terminal still edits the line, which these end as a line break does.
        let (end, other_end) = (SpecialCodeIndex::VEOL, SpecialCodeIndex::VEOL2);
        silent.special_codes[end] = before.special_codes[SpecialCodeIndex::VINTR];
        silent.special_codes[other_end] = before.special_codes[SpecialCodeIndex::VQUIT];
        // What was typed before the question is no answer to it.
        tcsetattr(&terminal, OptionalActions::Flush, &silent)?;
        Ok(SilentTerminal { terminal, before })
    }

    /// The line that is typed in answer to a question.
    fn ask(&self, question: &str) -> Result<Vec<u8>, Error> {
        // Whoever does not see it can still type.
        _ = io::stderr().write_all(question.as_bytes());
        let typed = self.line();
        _ = io::stderr().write_all(b"\n");
        match typed.map_err(failed)? {
            None => Err(Error::new(
                Code::Other,
                "cancelled at the prompt for the password, before anything was sent",
            )),
            Some(line) if line.iter().any(u8::is_ascii_control) => Err(Error::usage(
                "the password that was typed has a control character",
            )),
            Some(line) => Ok(line),
        }
    }

    /// The line that is typed, without its end; `None` where it is cancelled.
    fn line(&self) -> io::Result<Option<Vec<u8>>> {
        let codes = &self.before.special_codes;
        let cancels = [SpecialCodeIndex::VINTR, SpecialCodeIndex::VQUIT].map(|code| codes[code]);
        let mut input = self.terminal.lock();
        let mut line = Vec::new();
        loop {
            let typed = match input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                typed => typed?,
            };
            let length = typed.len();
            line.extend_from_slice(typed);
            input.consume(length);
            match line.last() {
                Some(b'\n') => {
                    line.pop();
                    return Ok(Some(line));
                }
                // A code of 0 is none.
                Some(byte) if length > 0 && *byte != 0 && cancels.contains(byte) => {
                    return Ok(None);
                }
                _ if length == 0 => return Ok(Some(line)),
                _ => {}
            }
        }
    }
}

impl Drop for SilentTerminal {
    fn drop(&mut self) {
        // What was typed and not read may be a password: no business of the shell's. There is nothing
        // to be done about a terminal that has gone away.
        _ = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before);
    }
}
