//! A run of the program on a pseudo-terminal, where it asks for a password.

use crate::harness::{Process, Run, Test, open_terminal, pseudo_terminal};
use rustix::termios::{LocalModes, tcgetattr};
use std::fs::File;
use std::io::{Read, Write};

/// What is off while the prompt waits: a password is not shown, and no signal ends the program
/// before the terminal is as it was.
const OFF: LocalModes = LocalModes::ECHO.union(LocalModes::ISIG);

/// What came of a run on a terminal.
pub struct Session {
    pub run: Run,
    /// What the terminal showed in all.
    pub shown: String,
}

/// Runs with standard input and error on a terminal. For each of `answers`, waits for the prompt, then
/// types the keys. What was set on the terminal before must be so again at the end.
#[track_caller]
pub fn session(test: &Test, answers: &[(&str, &[u8])], before_keys: impl Fn()) -> Session {
    let (master, name) = pseudo_terminal();
    let (input, errors) = (open_terminal(&name), open_terminal(&name));
    let mut master = File::from(master);
    let before = tcgetattr(&master).unwrap();
    assert!(before.local_modes.contains(OFF));
    let child = Process::from(test.command().stdin(input).stderr(errors).spawn().unwrap());

    let mut shown = Vec::new();
    let mut piece = [0; 1024];
    for (prompt, keys) in answers {
        // Nobody else has the terminal open: a program that ends without asking ends this.
        while !shown.ends_with(prompt.as_bytes()) {
            match master.read(&mut piece) {
                Ok(length) if length > 0 => shown.extend(&piece[..length]),
                end => panic!(
                    "no prompt {prompt:?}, but {end:?}: {}",
                    String::from_utf8_lossy(&shown)
                ),
            }
        }
        let during = tcgetattr(&master).unwrap();
        assert!(
            !during.local_modes.intersects(OFF),
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
