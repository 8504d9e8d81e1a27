//! Memory use while listing 100,000 authorizations (70 MB of JSON). It may only grow with the list
//! if the output is a table.

use crate::harness::{Run, TOKEN, Test};
use crate::scripted_server::read_request;
use crate::support::scripted_listener::Wake;
use std::io::{BufWriter, Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::SeqCst};

const ROWS: usize = 100_000;

/// Growth that does not come from the rows, but from code of a debug build that is loaded late.
const SLACK: usize = 1024 * 1024;

/// An entry of more than 700 bytes, indented like the responses of InfluxDB.
fn entry(number: usize) -> String {
    let bucket = "{\n\t\t\t\t\t\"action\": \"read\",\n\t\t\t\t\t\"resource\": {\n\t\t\t\t\t\t\"type\": \"buckets\",\n\t\t\t\t\t\t\"id\": \"0000000000000c01\",\n\t\t\t\t\t\t\"orgID\": \"0000000000000a01\",\n\t\t\t\t\t\t\"name\": \"metrics\",\n\t\t\t\t\t\t\"org\": \"acme\"\n\t\t\t\t\t}\n\t\t\t\t}";
    format!(
        "{{\n\t\t\t\"id\": \"{number:016x}\",\n\t\t\t\"token\": \"collector-{number}\",\n\t\t\t\"status\": \"active\",\n\t\t\t\"description\": \"collector of machine {number}\",\n\t\t\t\"orgID\": \"0000000000000a01\",\n\t\t\t\"org\": \"acme\",\n\t\t\t\"userID\": \"0000000000000b01\",\n\t\t\t\"user\": \"admin\",\n\t\t\t\"permissions\": [\n\t\t\t\t{bucket}\n\t\t\t],\n\t\t\t\"links\": {{\n\t\t\t\t\"self\": \"/private/legacy/authorizations/{number:016x}\",\n\t\t\t\t\"user\": \"/api/v2/users/0000000000000b01\"\n\t\t\t}},\n\t\t\t\"createdAt\": \"2026-11-23T12:00:00Z\",\n\t\t\t\"updatedAt\": \"2026-11-23T12:00:00Z\"\n\t\t}}"
    )
}

/// Lists all rows. Returns the lines and bytes of the output, and how many bytes the peak memory
/// grew after the first thousand rows.
fn list_all(flags: &[&str]) -> (usize, usize, usize) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (child, first, last) = (AtomicU32::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let serve = || {
        let (mut stream, _) = listener.accept().unwrap();
        read_request(&mut stream).unwrap();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
        let mut out = BufWriter::with_capacity(1 << 16, &stream);
        write!(out, "{head}{{\"links\": {{}}, \"authorizations\": [").unwrap();
        for number in 0..ROWS {
            let comma = if number == 0 { "" } else { ", " };
            write!(out, "{comma}{}", entry(number)).unwrap();
            if number == 1000 {
                // The request may arrive before the test has stored the program's process ID.
                while child.load(SeqCst) == 0 {
                    std::thread::yield_now();
                }
                first.store(peak(child.load(SeqCst)), SeqCst);
            }
        }
        write!(out, "]}}").unwrap();
        out.flush().unwrap();
        drop(out);
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        // Wait until the client has read everything and closes the connection.
        _ = stream.read(&mut [0]);
    };
    std::thread::scope(|scope| {
        scope.spawn(serve);
        let _wake = Wake(&listener);
        let test = Test::new(["v1", "auth", "list", "--timeout", "0"])
            .args(flags.to_vec())
            .time_limit(std::time::Duration::from_secs(120));
        let test = test.env("INFLUX_HOST", &url).env("INFLUX_TOKEN", TOKEN);
        let mut process = test.spawn();
        child.store(process.id(), SeqCst);
        let mut out = process.stdout.take().unwrap();
        let (mut lines, mut bytes) = (0, 0);
        let mut piece = vec![0; 1 << 16];
        loop {
            let length = out.read(&mut piece).unwrap();
            if length == 0 {
                break;
            }
            lines += piece[..length]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            bytes += length;
            last.store(peak(process.id()).max(last.load(SeqCst)), SeqCst);
        }
        let run = Run::of(process, "a long list".into());
        run.assert(run.code == 0 && run.stderr.is_empty(), "success");
        // Peaks only grow. If the first sample was taken after the last one, nothing grew in between.
        let growth = last.load(SeqCst).saturating_sub(first.load(SeqCst));
        (lines, bytes, growth)
    })
}

/// The peak memory of a process so far, in bytes, or 0 if the process has exited.
fn peak(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    kib.map_or(0, |kib: usize| kib * 1024)
}

#[test]
fn memory_is_constant_for_json() {
    let (lines, _, growth) = list_all(&["--json"]);
    assert_eq!(lines, ROWS * 11 + 2);
    assert!(growth < SLACK, "memory grew by {growth} bytes");
}

#[test]
fn memory_is_constant_for_filtered_ids() {
    let (lines, _, growth) = list_all(&["--quiet", "--match", "*1"]);
    assert_eq!(lines, ROWS / 10);
    assert!(growth < SLACK, "memory grew by {growth} bytes");
}

#[test]
fn memory_for_a_table_is_at_most_three_times_its_size() {
    let (lines, bytes, growth) = list_all(&[]);
    assert_eq!(lines, ROWS + 1);
    assert!(growth < 3 * bytes, "{bytes} bytes of table took {growth}");
}
