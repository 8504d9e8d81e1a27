//! Connections and memory for ten thousand authorizations that match a pattern. The program needs
//! one connection, and only keeps the IDs in memory.

use crate::fixtures::authorization;
use crate::support::ten_thousand_targets::{ALL, volume};
use std::io::{BufWriter, Write};
use std::net::TcpStream;

/// Sends the list of all authorizations, about 7 MB.
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

#[test]
fn only_the_matching_ids_are_kept_in_memory() {
    // Each ID takes two strings of 16 bytes while it moves to the queue of targets. The rest is
    // constant.
    volume(&["--match", "o*", "--hide-headers"], 0, &list).check(ALL, ALL, 1536);
}

#[test]
fn memory_is_constant_for_a_dry_run() {
    let flags = ["--match", "o*", "--dry-run", "--json"];
    volume(&flags, 0, &list).check(ALL * 11 + 2, 0, 768);
}
