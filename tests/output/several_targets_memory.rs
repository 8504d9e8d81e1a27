//! Ten thousand IDs from standard input need one connection, and memory does not grow with them.

use crate::support::ten_thousand_targets::{ALL, Volume, volume};
use std::net::TcpStream;

fn by_id(format: &str) -> Volume {
    let no_list = |_: &TcpStream| panic!("unexpected request for a list");
    volume(&["--id", "-", format], ALL, &no_list)
}

#[test]
fn memory_is_constant_for_a_table() {
    by_id("--hide-headers").check(ALL, ALL, 768);
}

#[test]
fn memory_is_constant_for_json() {
    by_id("--json").check(ALL * 11 + 2, ALL, 768);
}
