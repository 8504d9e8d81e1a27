//! The prompt for a password, on a pseudo-terminal.

use super::create::{BY_ID, PASSWORD, create, creates, no_content, sets_password};
use super::set_password::set_password;
use crate::fixtures::*;
use crate::harness::{Process, Run, Test, open_terminal, pseudo_terminal};
use crate::server::Server;
use rustix::termios::{LocalModes, tcgetattr};
use std::fs::File;
use std::io::{Read, Write};

/// What is off while the prompt waits: a password is not shown, and no signal ends the program
/// before the terminal is as it was.
const OFF: LocalModes = LocalModes::ECHO.union(LocalModes::ISIG);

/// What came of a run on a terminal.
struct Session {
    run: Run,
    /// What the terminal showed in all.
    shown: String,
}

/// Runs with standard input and error on a terminal, waits for `prompt`, then types `keys`. What was
/// set on the terminal before must be so again at the end.
#[track_caller]
fn session(test: &Test, prompt: &str, keys: &[u8], before_keys: impl FnOnce()) -> Session {
    let (master, name) = pseudo_terminal();
    let (input, errors) = (open_terminal(&name), open_terminal(&name));
    let mut master = File::from(master);
    let before = tcgetattr(&master).unwrap();
    assert!(before.local_modes.contains(OFF));
    let child = Process::from(test.command().stdin(input).stderr(errors).spawn().unwrap());

    let mut shown = Vec::new();
    let mut piece = [0; 1024];
    // Nobody else has the terminal open: a program that ends without asking ends this.
    while !shown.ends_with(prompt.as_bytes()) {
        match master.read(&mut piece) {
            Ok(length) if length > 0 => shown.extend(&piece[..length]),
            end => panic!(
                "no prompt, but {end:?}: {}",
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
    while let Ok(length @ 1..) = master.read(&mut piece) {
        shown.extend(&piece[..length]);
    }
    let run = Run::of(child, prompt.into());
    let after = tcgetattr(&master).unwrap();
    let modes = (before.local_modes, before.input_modes);
    assert_eq!(modes, (after.local_modes, after.input_modes));
    let codes = |termios: &rustix::termios::Termios| format!("{:?}", termios.special_codes);
    assert_eq!(codes(&before), codes(&after));
    let shown = String::from_utf8(shown).unwrap();
    Session { run, shown }
}

const PROMPT: &str = "Password for authorization with ID \"00000000000d0007\": ";

#[track_caller]
fn sends(keys: &[u8], password: &str) {
    let server = Server::start([sets_password(password, no_content())]);
    let test = set_password(&server, &["--id", ID]);
    let session = session(&test, PROMPT, keys, || ());
    session.run.assert(session.run.code == 0, "success");
    session
        .run
        .assert(session.run.stdout.is_empty(), "no output");
    assert_eq!(session.shown, format!("{PROMPT}\r\n"));
}

#[test]
fn what_is_typed_is_sent_and_not_shown() {
    sends(format!("{PASSWORD}\n").as_bytes(), PASSWORD);
    sends(b"with a return\r", "with a return");
    sends("ünïcödé ☃\n".as_bytes(), "ünïcödé ☃");
}

#[test]
fn the_line_can_be_edited() {
    sends(b"wrong\x15secrex\x7ft-word\n", "secret-word");
}

#[test]
fn nothing_is_sent_before_there_is_a_password() {
    let server = Server::start([creates(), sets_password(PASSWORD, no_content())]);
    let prompt = "Password for authorization with username \"telegraf\": ";
    let keys = format!("{PASSWORD}\n");
    let test = create(&server, &BY_ID);
    let quiet = || assert_eq!(server.connections(), 0);
    let session = session(&test, prompt, keys.as_bytes(), quiet);
    session.run.assert(session.run.code == 0, "success");
    let printed = table(&[(ID, "telegraf", "active")]);
    session.run.assert(session.run.stdout == printed, "the row");
    assert_eq!(session.shown, format!("{prompt}\r\n"));
}

#[track_caller]
fn ends(keys: &[u8], said: &str, code: i32) {
    let server = Server::start([]);
    let test = set_password(&server, &["--id", ID]);
    let session = session(&test, PROMPT, keys, || ());
    session
        .run
        .assert(session.run.code == code, &format!("exit code {code}"));
    let said = said.replace('\n', "\r\n");
    assert_eq!(session.shown, format!("{PROMPT}\r\nError: {said}\r\n"));
    assert_eq!(server.connections(), 0);
}

#[test]
fn an_interrupt_cancels_and_leaves_the_terminal_as_it_was() {
    let said = "cancelled at the prompt for the password, before anything was sent";
    // Ctrl-C and Ctrl-\, at once and in the middle.
    for keys in [&b"\x03"[..], b"half a pass\x03", b"\x1c", b"half\x1c"] {
        ends(keys, said, 1);
    }
}

#[test]
fn what_cannot_be_a_password_is_refused() {
    let empty = "the password from the prompt is empty\nHint: --password-file names a file with it; without that it is asked for on a terminal, or taken from the first line of standard input";
    ends(b"\n", empty, 2);
    // The end of the input, Ctrl-D.
    ends(b"\x04", empty, 2);
    // An arrow key, and the one that would suspend.
    let said = "the password that was typed has a control character";
    ends(b"pass\x1b[A\n", said, 2);
    ends(b"pass\x1a\n", said, 2);
}
