//! Ten thousand authorizations that a pattern fits: one connection, and memory that grows by their
//! IDs alone.

use crate::fixtures::authorization;
use crate::support::ten_thousand::{ALL, volume};
use std::io::{BufWriter, Write};
use std::net::TcpStream;

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

#[test]
fn memory_grows_by_the_ids_alone() {
    // Two strings of 16 bytes each while they move to the queue of targets; the rest is constant.
    volume(&["--match", "o*", "--hide-headers"], 0, &list).check(ALL, ALL, 1536);
}

#[test]
fn a_look_prints_them_as_they_come() {
    let flags = ["--match", "o*", "--dry-run", "--json"];
    volume(&flags, 0, &list).check(ALL * 11 + 2, 0, 768);
}
