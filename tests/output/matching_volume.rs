//! Ten thousand authorizations that a pattern fits: one connection, and memory that grows by their
//! IDs alone.

use crate::fixtures::authorization;
use crate::harness::{Run, set_inactive};
use crate::output::volume::peak;
use crate::server::{answer, read_request};
use crate::support::stand_in::Wake;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::SeqCst};

const ALL: usize = 10_000;

/// The list of all of them, seven megabytes.
fn list(stream: &TcpStream) {
    let entry = |number: usize| {
        let text = authorization(&format!("{number:016x}"), "old", "active");
        text.replace(
            "\"links\"",
            &format!("\"createdAt\":\"{}\",\"links\"", "x".repeat(200)),
        )
    };
    let length = entry(0).len() * ALL + ALL - 1 + "{\"authorizations\":[]}".len();
    let mut out = BufWriter::with_capacity(1 << 16, stream);
    write!(out, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").unwrap();
    write!(out, "{{\"authorizations\":[").unwrap();
    for number in 0..ALL {
        let comma = if number == 0 { "" } else { "," };
        write!(out, "{comma}{}", entry(number)).unwrap();
    }
    write!(out, "]}}").unwrap();
    out.flush().unwrap();
}

/// Runs; returns the lines of output, the connections, the requests behind the list, and by how many
/// KiB the peak of memory grew from the first answer, which is about one, to the last.
fn volume(flags: &[&str]) -> (usize, usize, usize, usize) {
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
            while let Some(request) = read_request(&mut reader) {
                let request = String::from_utf8(request).unwrap();
                if request.starts_with("GET /private/legacy/authorizations ") {
                    first.store(peak(child.load(SeqCst)), SeqCst);
                    list(&writer);
                    continue;
                }
                let id = request.split(['/', ' ']).nth(5).unwrap().to_string();
                assert!(request.starts_with("PATCH "), "{request}");
                assert_eq!(id, format!("{:016x}", requests.fetch_add(1, SeqCst)));
                last.store(peak(child.load(SeqCst)), SeqCst);
                let body = authorization(&id, "old", "inactive");
                let answer = answer("200 OK", "application/json", body.as_bytes());
                writer.write_all(&answer).unwrap();
            }
        }
    };
    let run = std::thread::scope(|scope| {
        scope.spawn(serve);
        let _wake = Wake(&listener);
        let test = set_inactive(&url)
            .args(["--match", "o*"])
            .args(flags.to_vec())
            .patience(std::time::Duration::from_secs(120));
        let process = test.spawn();
        child.store(process.id(), SeqCst);
        Run::of(process, format!("{flags:?}"))
    });
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    let growth = last.load(SeqCst).saturating_sub(first.load(SeqCst));
    let lines = run.stdout.lines().count();
    (
        lines,
        connections.load(SeqCst),
        requests.load(SeqCst),
        growth,
    )
}

#[test]
fn memory_grows_by_the_ids_alone() {
    let (lines, connections, requests, growth) = volume(&["--hide-headers"]);
    assert_eq!((lines, connections, requests), (ALL, 1, ALL));
    // 17 bytes each, and twice that where room for them doubles; the rest is a run's own.
    assert!(growth < 768, "memory grew by {growth} KiB");
}

#[test]
fn a_look_prints_them_as_they_come() {
    let (lines, connections, requests, _) = volume(&["--dry-run", "--json"]);
    assert_eq!((lines, connections, requests), (ALL * 11 + 2, 1, 0));
}
