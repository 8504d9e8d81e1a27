//! Waits for the server: they survive a stopped process and end with the timeout, whatever the server
//! does.

use super::failures::LONGER;
use crate::fixtures::*;
use crate::harness::{Run, Test, set_inactive};
use crate::server::{Reply, Server, exchange};
use crate::support::stand_in::serve_once;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::{Duration, Instant};

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

/// How long a run with a limit of half a second takes whose request is larger than the buffers of
/// the kernel, against a server that does `serve`.
#[track_caller]
fn time_of_a_large_request(serve: impl FnOnce(std::net::TcpStream) + Send + 'static) -> Duration {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    // Connections inherit it.
    rustix::net::sockopt::set_socket_recv_buffer_size(&listener, 4096).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = serve_once(listener, serve);
    let org = "00000000000a0001";
    // Half a megabyte at a time goes through as one argument, so it takes several.
    let buckets: Vec<String> = (0..40_000).map(|number| format!("{number:016x}")).collect();
    let flags = buckets.iter().flat_map(|id| ["--read-bucket", id]);
    let start = Instant::now();
    let cause =
        format!("{url} did not answer fully within 500ms; the request may have been carried out");
    Test::new(["v1", "auth", "create", "--host", &url, "--org-id", org])
        .args([
            "--username",
            "telegraf",
            "--no-password",
            "--timeout",
            "500ms",
        ])
        .args(flags)
        .stderr(format!(
            "Error: failed to create authorization: {cause}\n{LONGER}"
        ))
        .code(4);
    let took = start.elapsed();
    thread.join().unwrap();
    took
}

#[test]
fn a_server_that_stops_reading() {
    let took = time_of_a_large_request(|mut stream| {
        stream.read_exact(&mut [0; 1000]).unwrap();
        std::thread::sleep(Duration::from_secs(2));
    });
    eprintln!("{took:?}");
}

#[test]
fn a_server_that_reads_slowly() {
    let took = time_of_a_large_request(|mut stream| {
        let mut piece = [0; 2000];
        while stream.read(&mut piece).is_ok_and(|length| length > 0) {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    eprintln!("{took:?}");
}
