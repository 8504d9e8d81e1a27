//! Ten thousand IDs from standard input: one connection, and memory that does not grow with them.

use crate::fixtures::authorization;
use crate::harness::{Run, set_inactive};
use crate::server::{answer, read_request};
use crate::support::stand_in::Wake;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::SeqCst};

const IDS: usize = 10_000;

/// What a run over [`IDS`] targets came to.
struct Volume {
    run: Run,
    connections: usize,
    requests: usize,
    /// Growth of the peak of memory from the first answer to the last, in KiB.
    growth: usize,
}

fn volume(format: &str) -> Volume {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let child = AtomicU32::new(0);
    let (connections, requests) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (first, last) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let serve = || {
        for stream in listener.incoming() {
            connections.fetch_add(1, SeqCst);
            let mut writer = stream.unwrap();
            let mut reader = BufReader::new(writer.try_clone().unwrap());
            if reader.fill_buf().is_ok_and(<[u8]>::is_empty) {
                return;
            }
            while let Some(request) = read_request(&mut reader) {
                let request = String::from_utf8(request).unwrap();
                let id = request.split(['/', ' ']).nth(5).unwrap().to_string();
                assert_eq!(id, format!("{:016x}", requests.fetch_add(1, SeqCst)));
                match requests.load(SeqCst) {
                    1 => first.store(peak(child.load(SeqCst)), SeqCst),
                    IDS => last.store(peak(child.load(SeqCst)), SeqCst),
                    _ => {}
                }
                let body = authorization(&id, "telegraf", "inactive");
                writer
                    .write_all(&answer("200 OK", "application/json", body.as_bytes()))
                    .unwrap();
            }
        }
    };
    let run = std::thread::scope(|scope| {
        scope.spawn(serve);
        let _wake = Wake(&listener);
        let test = set_inactive(&url)
            .args(["--id", "-", format])
            .patience(std::time::Duration::from_secs(120));
        let mut process = test.spawn();
        child.store(process.id(), SeqCst);
        let mut stdin = process.stdin.take().unwrap();
        scope.spawn(move || {
            for number in 0..IDS {
                writeln!(stdin, "{number:016x}").unwrap();
            }
        });
        Run::of(process, format.into())
    });
    Volume {
        run,
        // The last one brings no request: it ends the server.
        connections: connections.load(SeqCst) - 1,
        requests: requests.load(SeqCst),
        growth: last.load(SeqCst) - first.load(SeqCst),
    }
}

/// The peak of a process's memory so far, in KiB.
pub fn peak(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn check(volume: &Volume, lines: usize, most: usize) {
    volume.run.assert(
        volume.run.code == 0 && volume.run.stderr.is_empty(),
        "success",
    );
    volume.run.assert(
        volume.run.stdout.lines().count() == lines,
        "a row for each ID",
    );
    assert_eq!((volume.connections, volume.requests), (1, IDS));
    assert!(volume.growth < most, "memory grew by {} KiB", volume.growth);
}

#[test]
fn a_table_takes_no_memory_that_grows() {
    check(&volume("--hide-headers"), IDS, 512);
}

#[test]
fn json_takes_no_memory_that_grows() {
    check(&volume("--json"), IDS * 11 + 2, 512);
}
