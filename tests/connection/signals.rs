//! Signals do not interrupt the wait for a response.

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

fn wait_for_state(id: u32, wanted: char) {
    while state(id) != wanted {
        std::thread::yield_now();
    }
}

#[test]
fn a_stopped_and_continued_run_gets_its_response() {
    let (asked, request) = mpsc::channel();
    let (go, answer) = mpsc::channel();
    let reply = Reply::Do(Box::new(move |stream| {
        asked.send(()).unwrap();
        answer.recv().unwrap();
        let Reply::Send(bytes) = deactivated_reply(ID) else {
            unreachable!("deactivated_reply() sends a response");
        };
        stream.write_all(&bytes).unwrap();
    }));
    let server = Server::start([exchange(patch(ID, "inactive"), reply)]);
    let test = set_inactive(&server.url()).args(["--id", ID]);
    let child = test.spawn();
    let (id, pid) = (child.id(), Pid::from_child(&child));
    request.recv().unwrap();
    // When the process is stopped, the kernel interrupts a wait that has a timeout.
    wait_for_state(id, 'S');
    kill_process(pid, Signal::STOP).unwrap();
    wait_for_state(id, 'T');
    kill_process(pid, Signal::CONT).unwrap();
    wait_for_state(id, 'S');
    go.send(()).unwrap();
    let run = Run::of(child, "a stopped and continued run".into());
    run.assert(run.code == 0, "success");
    run.assert(
        run.stdout == table(&[(ID, "telegraf", "inactive")]),
        "the row",
    );
}
