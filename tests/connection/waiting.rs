//! Waiting for a response is not disturbed by signals.

use crate::fixtures::*;
use crate::harness::{Run, set_inactive};
use crate::scripted_server::{Reply, Server, exchange};
use rustix::process::{Pid, Signal, kill_process};
use std::io::Write;
use std::sync::mpsc;

/// The state of a process: `S` while it waits, `T` while it is stopped.
fn state(id: u32) -> char {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    let after_the_name = &stat[stat.rfind(')').unwrap() + 2..];
    after_the_name.chars().next().unwrap()
}

/// Waits until a process is in this state.
fn until(id: u32, wanted: char) {
    while state(id) != wanted {
        std::thread::yield_now();
    }
}

#[test]
fn a_run_that_is_stopped_and_continued_goes_on_waiting() {
    let (asked, request) = mpsc::channel();
    let (go, answer) = mpsc::channel();
    let reply = Reply::Do(Box::new(move |stream| {
        asked.send(()).unwrap();
        answer.recv().unwrap();
        let Reply::Send(bytes) = done(ID) else {
            unreachable!("done() sends");
        };
        stream.write_all(&bytes).unwrap();
    }));
    let server = Server::start([exchange(patch(ID, "inactive"), reply)]);
    let test = set_inactive(&server.url()).args(["--id", ID]);
    let child = test.spawn();
    let (id, pid) = (child.id(), Pid::from_child(&child));
    request.recv().unwrap();
    // The kernel interrupts a wait for a response that has a limit.
    until(id, 'S');
    kill_process(pid, Signal::STOP).unwrap();
    until(id, 'T');
    kill_process(pid, Signal::CONT).unwrap();
    until(id, 'S');
    go.send(()).unwrap();
    let run = Run::of(child, "a run that is stopped".into());
    run.assert(run.code == 0, "success");
    run.assert(
        run.stdout == table(&[(ID, "telegraf", "inactive")]),
        "its row",
    );
}
