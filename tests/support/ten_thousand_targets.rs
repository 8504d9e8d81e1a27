//! Runs with ten thousand targets, and the connections, requests and memory that they need.

use crate::fixtures::authorization;
use crate::harness::{Run, set_inactive};
use crate::scripted_server::{http_response, read_request};
use crate::support::scripted_listener::Wake;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::SeqCst};

/// The number of targets.
pub const ALL: usize = 10_000;

/// The result of a run with [`ALL`] targets.
pub struct Volume {
    run: Run,
    connections: usize,
    /// Requests that change an authorization.
    requests: usize,
    /// The growth of the peak memory between the first and the last request, in KiB.
    growth: usize,
}

/// Runs `set-inactive` with these flags and `ids` IDs on standard input. If the program requests a
/// list, `list` writes the response.
pub fn volume(flags: &[&str], ids: usize, list: &(dyn Fn(&TcpStream) + Sync)) -> Volume {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let child = AtomicU32::new(0);
    let (connections, requests) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (first, last) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let serve = || {
        for stream in listener.incoming() {
            let mut writer = stream.unwrap();
            let mut reader = BufReader::new(writer.try_clone().unwrap());
            if reader.fill_buf().is_ok_and(<[u8]>::is_empty) {
                return;
            }
            connections.fetch_add(1, SeqCst);
            // The program may connect before its process ID is stored.
            while child.load(SeqCst) == 0 {
                std::thread::yield_now();
            }
            while let Some(request) = read_request(&mut reader) {
                let request = String::from_utf8(request).unwrap();
                last.store(peak(child.load(SeqCst)), SeqCst);
                _ = first.compare_exchange(0, last.load(SeqCst), SeqCst, SeqCst);
                if request.starts_with("GET /private/legacy/authorizations ") {
                    list(&writer);
                    continue;
                }
                let id = request.split(['/', ' ']).nth(5).unwrap().to_string();
                assert!(request.starts_with("PATCH "), "{request}");
                assert_eq!(id, format!("{:016x}", requests.fetch_add(1, SeqCst)));
                let body = authorization(&id, "old", "inactive");
                let response = http_response("200 OK", "application/json", body.as_bytes());
                writer.write_all(&response).unwrap();
            }
        }
    };
    let run = std::thread::scope(|scope| {
        scope.spawn(serve);
        let _wake = Wake(&listener);
        let test = set_inactive(&url)
            .args(flags.to_vec())
            .time_limit(std::time::Duration::from_secs(120));
        let mut process = test.spawn();
        child.store(process.id(), SeqCst);
        let mut stdin = process.stdin.take().unwrap();
        scope.spawn(move || {
            for number in 0..ids {
                writeln!(stdin, "{number:016x}").unwrap();
            }
        });
        Run::of(process, format!("{flags:?}"))
    });
    Volume {
        run,
        connections: connections.load(SeqCst),
        requests: requests.load(SeqCst),
        growth: last.load(SeqCst) - first.load(SeqCst),
    }
}

/// The peak memory of a process so far, in KiB.
pub fn peak(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

impl Volume {
    /// Checks that the run succeeded over one connection, and that its memory grew by less than
    /// `most` KiB.
    pub fn check(&self, lines: usize, requests: usize, most: usize) {
        let run = &self.run;
        run.assert(run.code == 0 && run.stderr.is_empty(), "success");
        run.assert(run.stdout.lines().count() == lines, "a row for each ID");
        assert_eq!((self.connections, self.requests), (1, requests));
        assert!(self.growth < most, "memory grew by {} KiB", self.growth);
    }
}
