//! The prompt for a password, on a pseudo-terminal.

use crate::fixtures::*;
use crate::harness::{Run, open_terminal, pseudo_terminal};
use crate::scripted_server::Server;
use crate::support::password_prompt::session;
use crate::support::v1_auth_requests::{
    BY_ID, PASSWORD, create, creates, no_content, set_password, sets_password,
};
use crate::test_requirements::has_terminals;
use std::fs::File;
use std::io::{Read, Write};

const PROMPT: &str = "Password for authorization with ID \"00000000000d0007\": ";
/// The prompt of `create`, which has a username instead of an ID.
const CREATE_PROMPT: &str = "Password for authorization with username \"telegraf\": ";
const AGAIN: &str = "Repeat the password: ";

#[track_caller]
fn sends(keys: &[u8], password: &str) {
    let server = Server::start([sets_password(password, no_content())]);
    let test = set_password(&server, &["--id", ID]);
    let session = session(&test, &[(PROMPT, keys), (AGAIN, keys)], || ());
    session.run.assert(session.run.code == 0, "success");
    session
        .run
        .assert(session.run.stdout.is_empty(), "no output");
    assert_eq!(session.shown, format!("{PROMPT}\r\n{AGAIN}\r\n"));
}

#[test]
fn the_typed_password_is_sent_and_not_shown() {
    if !has_terminals() {
        return;
    }
    sends(format!("{PASSWORD}\n").as_bytes(), PASSWORD);
    sends(b"with a return\r", "with a return");
    sends("ünïcödé ☃\n".as_bytes(), "ünïcödé ☃");
}

#[test]
fn the_line_can_be_edited() {
    if !has_terminals() {
        return;
    }
    sends(b"wrong\x15secrex\x7ft-word\n", "secret-word");
}

#[test]
fn nothing_is_sent_before_the_password_is_entered() {
    if !has_terminals() {
        return;
    }
    let server = Server::start([creates(), sets_password(PASSWORD, no_content())]);
    let keys = format!("{PASSWORD}\n");
    let test = create(&server, &BY_ID);
    let quiet = || assert_eq!(server.connections(), 0);
    let answers = [(CREATE_PROMPT, keys.as_bytes()), (AGAIN, keys.as_bytes())];
    let session = session(&test, &answers, quiet);
    session.run.assert(session.run.code == 0, "success");
    let printed = table(&[(ID, "telegraf", "active")]);
    session.run.assert(session.run.stdout == printed, "the row");
    assert_eq!(session.shown, format!("{CREATE_PROMPT}\r\n{AGAIN}\r\n"));
}

/// A script may send both lines at once. Neither is shown.
#[test]
fn both_lines_may_be_typed_at_the_first_prompt() {
    if !has_terminals() {
        return;
    }
    let server = Server::start([sets_password(PASSWORD, no_content())]);
    let test = set_password(&server, &["--id", ID]);
    let keys = format!("{PASSWORD}\n{PASSWORD}\n");
    let session = session(&test, &[(PROMPT, keys.as_bytes())], || ());
    session.run.assert(session.run.code == 0, "success");
    assert_eq!(session.shown, format!("{PROMPT}\r\n{AGAIN}\r\n"));
}

/// Types these answers. The run must fail before anything is sent.
#[track_caller]
fn fails(answers: &[(&str, &[u8])], said: &str, code: i32) {
    let server = Server::start([]);
    for (test, first) in [
        (set_password(&server, &["--id", ID]), PROMPT),
        (create(&server, &BY_ID), CREATE_PROMPT),
    ] {
        let mut answers = answers.to_vec();
        answers[0].0 = first;
        let session = session(&test, &answers, || ());
        session
            .run
            .assert(session.run.code == code, &format!("exit code {code}"));
        session
            .run
            .assert(session.run.stdout.is_empty(), "no output");
        let said = said.replace('\n', "\r\n");
        let shown: String = answers
            .iter()
            .map(|(prompt, _)| format!("{prompt}\r\n"))
            .collect();
        assert_eq!(session.shown, format!("{shown}Error: {said}\r\n"));
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn an_interrupt_cancels_and_restores_the_terminal() {
    if !has_terminals() {
        return;
    }
    let said = "cancelled at the password prompt; nothing was sent";
    // Ctrl-C and Ctrl-\, as the first key and in the middle.
    for keys in [&b"\x03"[..], b"half a pass\x03", b"\x1c", b"half\x1c"] {
        fails(&[(PROMPT, keys)], said, 1);
        fails(&[(PROMPT, b"pass word\n"), (AGAIN, keys)], said, 1);
    }
}

#[test]
fn an_invalid_password_is_rejected() {
    if !has_terminals() {
        return;
    }
    let empty = "the password from the prompt is empty\nHint: --password-file names a file with the password; the default is a prompt on a terminal, else the first line of standard input";
    fails(&[(PROMPT, b"\n")], empty, 2);
    // Ctrl-D ends the input.
    fails(&[(PROMPT, b"\x04")], empty, 2);
    let long = [&b"x".repeat(73)[..], b"\n"].concat();
    let said = "the password from the prompt is longer than 72 bytes\nHint: servers before 2.7.6 silently truncate longer passwords, later ones refuse them";
    fails(&[(PROMPT, &long), (AGAIN, &long)], said, 2);
    // An arrow key, and Ctrl-Z, which usually suspends a program.
    let said = "the password contains a control character";
    for keys in [&b"pass\x1b[A\n"[..], b"pass\x1a\n"] {
        fails(&[(PROMPT, keys)], said, 2);
        fails(&[(PROMPT, b"pass\n"), (AGAIN, keys)], said, 2);
    }
}

/// Otherwise the shell would run it as a command and keep it in its history.
#[test]
fn excess_input_is_not_left_for_the_shell() {
    if !has_terminals() {
        return;
    }
    let server = Server::start([]);
    let (master, name) = pseudo_terminal();
    let shell = File::options().read(true).write(true).open(&name).unwrap();
    let test = set_password(&server, &["--id", ID]);
    let (input, errors) = (open_terminal(&name), open_terminal(&name));
    let child = test.command().stdin(input).stderr(errors).spawn().unwrap();
    let mut master = File::from(master);
    let mut shown = vec![0; PROMPT.len()];
    master.read_exact(&mut shown).unwrap();
    master.write_all(b"pass\x1b\nhunter2-hunter2\n").unwrap();
    let run = Run::of(child, "on a terminal".into());
    run.assert(run.code == 2, "exit code 2");
    assert_eq!(rustix::io::ioctl_fionread(&shell).unwrap(), 0);
}

#[test]
fn two_different_passwords_are_rejected() {
    if !has_terminals() {
        return;
    }
    let said = "the passwords do not match; nothing was sent\nHint: type the same password at both prompts, or use --password-file";
    for again in [
        &b"hunter2-hunter3\n"[..],
        b"hunter2-hunter2 \n",
        b"hunter2-hunter\n",
        b"\n",
        b"\x04",
    ] {
        fails(&[(PROMPT, b"hunter2-hunter2\n"), (AGAIN, again)], said, 2);
    }
}
