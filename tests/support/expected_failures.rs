//! Runs that fail, and the usual parts of their messages.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Reply, Server, exchange, http_response};

pub const SAFE_TO_REPEAT: &str =
    "; the request may have been carried out, and repeating it is safe";
pub const TIMEOUT_HINT: &str =
    "Hint: --timeout or INFLUX_TIMEOUT sets the limit, and 0 means no limit\n";
pub const UNREACHABLE_HINT: &str =
    "Hint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n";

/// The error about a PATCH of [`ID`].
pub fn not_updated(cause: &str) -> String {
    format!("Error: failed to update status of authorization with ID \"{ID}\": {cause}\n")
}

/// The server replies to the PATCH of [`ID`] with `reply`. The program must fail with `code` and a
/// message that has `cause` and `hint`. `BASE` in these is replaced by the server's URL.
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

/// The server replies to the lookup of `telegraf` with `reply`. No other request may follow.
#[track_caller]
pub fn lookup_fails(args: &[&str], reply: Reply, code: i32, cause: &str, hint: &str) {
    let server = Server::start([exchange(get("telegraf"), reply)]);
    let line =
        format!("Error: could not find authorization with username \"telegraf\": {cause}\n{hint}");
    set_inactive(&server.url())
        .args(["--username", "telegraf"])
        .args(args)
        .stderr(line.replace("BASE", &server.url()))
        .code(code);
}

/// The bytes of the response after [`ID`] was deactivated.
pub fn success() -> Vec<u8> {
    let body = authorization(ID, "telegraf", "inactive");
    http_response("200 OK", "application/json; charset=utf-8", body.as_bytes())
}

pub const WRONG_ADDRESS_HINT: &str =
    "Hint: is --host the address of InfluxDB, with its path prefix if it has one?\n";
