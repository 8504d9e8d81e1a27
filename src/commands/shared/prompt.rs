//! Asks for a new password on the terminal, twice, without echo.
//!
//! Meanwhile the terminal sends no signals. Ctrl-C is an ordinary byte that ends the line, so the
//! terminal can be restored without a signal handler.

use crate::error::{Code, Error, io_reason};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::io::{self, BufRead, Stdin, Write};

/// Asks `question` on standard error and reads the answer from standard input, which is a terminal. A
/// typing error would not be seen, so the password must be typed twice. An empty line is returned at
/// once.
///
/// Exit code 1 if it is cancelled, and 2 if the answers differ.
pub fn ask_twice(question: &str) -> Result<Vec<u8>, Error> {
    // Without echo until the last answer: what is typed between the questions must not appear either.
    let terminal = SilentTerminal::new(io::stdin()).map_err(failed)?;
    let typed = terminal.ask(question)?;
    if typed.is_empty() || terminal.ask("The same password again: ")? == typed {
        return Ok(typed);
    }
    let what = "the two passwords that were typed are different; nothing was sent";
    Err(Error::usage(what)
        .hint("type the same password at both prompts, or name a file with it: --password-file"))
}

/// The same for a password that exists: a typing error shows when it is used.
pub fn ask_once(question: &str) -> Result<Vec<u8>, Error> {
    SilentTerminal::new(io::stdin())
        .map_err(failed)?
        .ask(question)
}

fn failed(error: io::Error) -> Error {
    let reason = io_reason(&error);
    let what = format!("cannot ask for the password on the terminal: {reason}");
    Error::new(Code::Other, what)
}

/// The terminal, without echo and signals until this is dropped.
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
        // The terminal still edits the line. Like a line break, these characters end it.
        let (end, other_end) = (SpecialCodeIndex::VEOL, SpecialCodeIndex::VEOL2);
        silent.special_codes[end] = before.special_codes[SpecialCodeIndex::VINTR];
        silent.special_codes[other_end] = before.special_codes[SpecialCodeIndex::VQUIT];
        // Drops what was typed before the question.
        tcsetattr(&terminal, OptionalActions::Flush, &silent)?;
        Ok(SilentTerminal { terminal, before })
    }

    fn ask(&self, question: &str) -> Result<Vec<u8>, Error> {
        // If the question cannot be shown, it can still be answered.
        _ = io::stderr().write_all(question.as_bytes());
        let typed = self.read_line();
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

    /// The typed line without its end; `None` if it is cancelled.
    fn read_line(&self) -> io::Result<Option<Vec<u8>>> {
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
                // The code 0 means that the terminal has no such character.
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
        // What was typed and not read may be a password, which the shell must not get. If the terminal
        // is gone, nothing can be done about it.
        _ = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before);
    }
}
