//! Runs that fail, and the usual lines of their messages.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Reply, Server, answer, exchange};

pub const SAFE: &str = "; the request may have been carried out, and repeating it is safe";
pub const LONGER: &str = "Hint: --timeout or INFLUX_TIMEOUT sets the limit, and 0 means no limit\n";
pub const RUNNING: &str =
    "Hint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n";

/// The error about a PATCH of [`ID`].
pub fn not_updated(cause: &str) -> String {
    format!("Error: failed to update status of authorization with ID \"{ID}\": {cause}\n")
}

/// Answers the PATCH of [`ID`] with `reply`. The program must fail with `code`, and with `cause` and `hint` in
/// its message. `BASE` in these is the server's URL.
#[track_caller]
pub fn fails(reply: Reply, code: i32, cause: &str, hint: &str) {
    fails_with(&[], reply, code, cause, hint);
}

/// Like [`fails`], with more arguments.
#[track_caller]
pub fn fails_with(args: &[&str], reply: Reply, code: i32, cause: &str, hint: &str) {
    let server = Server::start([exchange(patch(ID, "inactive"), reply)]);
    set_inactive(&server.url())
        .args(["--id", ID])
        .args(args)
        .stderr((not_updated(cause) + hint).replace("BASE", &server.url()))
        .code(code);
    assert_eq!(server.connections(), 1);
}

/// Answers the look-up of `telegraf` with `reply`. No other request may follow.
#[track_caller]
pub fn look_up_fails(args: &[&str], reply: Reply, code: i32, cause: &str, hint: &str) {
    let server = Server::start([exchange(get("telegraf"), reply)]);
    let line =
        format!("Error: could not find authorization with username \"telegraf\": {cause}\n{hint}");
    set_inactive(&server.url())
        .args(["--username", "telegraf"])
        .args(args)
        .stderr(line.replace("BASE", &server.url()))
        .code(code);
}

/// The bytes of the answer that [`ID`] is inactive.
pub fn success() -> Vec<u8> {
    let body = authorization(ID, "telegraf", "inactive");
    answer("200 OK", "application/json; charset=utf-8", body.as_bytes())
}

pub const INFLUXDB: &str =
    "Hint: is --host the address of InfluxDB, with its path prefix if it has one?\n";
