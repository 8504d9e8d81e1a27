//! Prompts for a password on the terminal, without echo.
//!
//! While the prompt is shown, the terminal sends no signals. Ctrl-C is an ordinary byte that ends
//! the line, so the terminal can be restored without a signal handler.

use crate::error::{Code, Error, io_reason};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::io::{self, BufRead, Stdin, Write};

/// Writes `prompt` to standard error and reads a new password from standard input, which is a
/// terminal. The password must be typed twice, because a typing error is not visible. An empty line
/// is returned at once.
///
/// Exit code 1 if the prompt is cancelled, and 2 if the passwords differ.
pub fn ask_twice(prompt: &str) -> Result<Vec<u8>, Error> {
    // Echo stays off until both passwords are read. Otherwise, text that is typed between the
    // prompts would be visible.
    let terminal = SilentTerminal::new(io::stdin()).map_err(failed)?;
    let typed = terminal.ask(prompt)?;
    if typed.is_empty() || terminal.ask("Repeat the password: ")? == typed {
        return Ok(typed);
    }
    let what = "the passwords do not match; nothing was sent";
    Err(Error::usage(what).hint("type the same password at both prompts, or use --password-file"))
}

/// Like [`ask_twice`], but for an existing password, which is typed only once. The server refuses
/// it if it contains a typing error.
pub fn ask_once(prompt: &str) -> Result<Vec<u8>, Error> {
    SilentTerminal::new(io::stdin())
        .map_err(failed)?
        .ask(prompt)
}

fn failed(error: io::Error) -> Error {
    let reason = io_reason(&error);
    let what = format!("cannot read the password from the terminal: {reason}");
    Error::new(Code::Other, what)
}

/// A terminal without echo and signals. Dropping it restores the terminal.
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
        // The terminal still provides line editing. The interrupt and quit characters now end the
        // line, like a line break.
        let (end, other_end) = (SpecialCodeIndex::VEOL, SpecialCodeIndex::VEOL2);
        silent.special_codes[end] = before.special_codes[SpecialCodeIndex::VINTR];
        silent.special_codes[other_end] = before.special_codes[SpecialCodeIndex::VQUIT];
        // Discards what was typed before the prompt.
        tcsetattr(&terminal, OptionalActions::Flush, &silent)?;
        Ok(SilentTerminal { terminal, before })
    }

    fn ask(&self, prompt: &str) -> Result<Vec<u8>, Error> {
        // If the prompt cannot be shown, the password can still be typed.
        _ = io::stderr().write_all(prompt.as_bytes());
        let typed = self.read_line();
        _ = io::stderr().write_all(b"\n");
        match typed.map_err(failed)? {
            None => Err(Error::new(
                Code::Other,
                "cancelled at the password prompt; nothing was sent",
            )),
            Some(line) if line.iter().any(u8::is_ascii_control) => {
                Err(Error::usage("the password contains a control character"))
            }
            Some(line) => Ok(line),
        }
    }

    /// The typed line without its line break. `None` if the prompt was cancelled.
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
                // Code 0 means that the terminal does not use this special character.
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
        // Unread input may be a password, so it is discarded. Otherwise, the shell would read it.
        // An error means that the terminal is gone, and its settings cannot be restored.
        _ = tcsetattr(&self.terminal, OptionalActions::Flush, &self.before);
    }
}
