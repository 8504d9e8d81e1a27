//! Runs that ask for a password on a pseudo-terminal.

use crate::harness::{Process, Run, Test, open_terminal, pseudo_terminal};
use rustix::termios::{LocalModes, tcgetattr};
use std::fs::File;
use std::io::{Read, Write};

/// The modes that are off during the prompt. The password is not shown, and no key sends a signal
/// that would end the program before it restores the terminal.
const OFF_DURING_PROMPT: LocalModes = LocalModes::ECHO.union(LocalModes::ISIG);

/// The result of a run on a terminal.
pub struct Session {
    pub run: Run,
    /// Everything that the terminal showed.
    pub shown: String,
}

/// Runs with standard input and standard error on a terminal. For each pair in `answers`, waits for
/// the prompt and types the keys. The program must restore the terminal's settings.
#[track_caller]
pub fn session(test: &Test, answers: &[(&str, &[u8])], before_keys: impl Fn()) -> Session {
    let (master, name) = pseudo_terminal();
    let (input, errors) = (open_terminal(&name), open_terminal(&name));
    let mut master = File::from(master);
    let before = tcgetattr(&master).unwrap();
    assert!(before.local_modes.contains(OFF_DURING_PROMPT));
    let child = Process::from(test.command().stdin(input).stderr(errors).spawn().unwrap());

    let mut shown = Vec::new();
    let mut piece = [0; 1024];
    for (prompt, keys) in answers {
        // Only the program has the terminal open, so reading fails if it ends without a prompt.
        while !shown.ends_with(prompt.as_bytes()) {
            match master.read(&mut piece) {
                Ok(length) if length > 0 => shown.extend(&piece[..length]),
                end => panic!(
                    "expected the prompt {prompt:?}, but got {end:?}: {}",
                    String::from_utf8_lossy(&shown)
                ),
            }
        }
        let during = tcgetattr(&master).unwrap();
        assert!(
            !during.local_modes.intersects(OFF_DURING_PROMPT),
            "{:?}",
            during.local_modes
        );
        before_keys();
        master.write_all(keys).unwrap();
    }
    while let Ok(length @ 1..) = master.read(&mut piece) {
        shown.extend(&piece[..length]);
    }
    let run = Run::of(child, "on a terminal".into());
    let after = tcgetattr(&master).unwrap();
    let modes = (before.local_modes, before.input_modes);
    assert_eq!(modes, (after.local_modes, after.input_modes));
    let codes = |termios: &rustix::termios::Termios| format!("{:?}", termios.special_codes);
    assert_eq!(codes(&before), codes(&after));
    let shown = String::from_utf8(shown).unwrap();
    Session { run, shown }
}
