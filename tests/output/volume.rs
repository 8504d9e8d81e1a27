//! Ten thousand IDs from standard input: one connection, and memory that does not grow with them.

use crate::support::ten_thousand::{ALL, Volume, volume};
use std::net::TcpStream;

fn by_id(format: &str) -> Volume {
    let none = |_: &TcpStream| panic!("no list is asked for");
    volume(&["--id", "-", format], ALL, &none)
}

#[test]
fn a_table_takes_no_memory_that_grows() {
    by_id("--hide-headers").check(ALL, ALL, 768);
}

#[test]
fn json_takes_no_memory_that_grows() {
    by_id("--json").check(ALL * 11 + 2, ALL, 768);
}
