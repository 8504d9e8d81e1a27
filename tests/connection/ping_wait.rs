//! `ping --wait`: when it tries again, and how it ends.

use crate::harness::Test;
use crate::scripted_server::{Reply, Server, http_response, json};
use crate::support::ping_requests::{PASS, health, ping, ready, up};
use std::time::{Duration, Instant};

fn starting() -> Reply {
    let body = br#"{"status":"fail","message":"starting"}"#;
    Reply::SendAndClose(http_response(
        "503 Service Unavailable",
        "application/json",
        body,
    ))
}

#[test]
fn tries_again_silently_after_half_a_second() {
    let [health_of_up, ready_of_up] = up(PASS);
    let server = Server::start([health(starting()), health_of_up, ready_of_up]);
    let start = Instant::now();
    ping(&server).args(["--wait", "30s"]).stdout("OK\n").code(0);
    let took = start.elapsed();
    assert!(took >= Duration::from_millis(500), "{took:?}");
    assert!(took < Duration::from_secs(20), "{took:?}");
    assert_eq!(server.connections(), 2);
}

#[test]
fn does_not_wait_if_the_server_is_up() {
    let server = Server::start(up(PASS));
    let start = Instant::now();
    ping(&server).args(["--wait", "1h"]).stdout("OK\n").code(0);
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn the_last_attempt_decides_the_error_and_the_exit_code() {
    let server = Server::start([health(starting())]);
    ping(&server)
        .args(["--wait", "100ms"])
        .stderr("Error: failed to ping InfluxDB for 100ms: 503 Service Unavailable with the status \"fail\": starting\n")
        .code(7);
    Test::new(["ping", "--host", "http://127.0.0.1:1", "--wait", "100ms"])
        .stderr("Error: failed to ping InfluxDB for 100ms: cannot reach http://127.0.0.1:1: Connection refused\nHint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n")
        .code(4);
}

#[test]
fn an_attempt_takes_no_longer_than_the_remaining_wait() {
    let server = Server::start([health(Reply::Hang)]);
    let base = server.url();
    let start = Instant::now();
    let run = ping(&server).args(["--wait", "200ms"]).run();
    assert!(start.elapsed() < Duration::from_secs(20));
    run.assert(run.code == 4, "exit code 4");
    run.assert(run.stdout.is_empty(), "nothing printed");
    let error = format!(
        "Error: failed to ping InfluxDB for 200ms: {base} did not send a complete response within "
    );
    run.assert(run.stderr.starts_with(&error), "the error");
    run.assert(
        run.stderr
            .ends_with("Hint: use a longer --wait if the server needs more time\n"),
        "the hint",
    );
}

#[test]
fn the_timeout_applies_to_each_attempt() {
    // The first attempt times out early enough for a second one.
    let [health_of_up, ready_of_up] = up(PASS);
    let server = Server::start([health(Reply::Hang), health_of_up, ready_of_up]);
    ping(&server)
        .args(["--wait", "30s", "--timeout", "100ms"])
        .stdout("OK\n")
        .code(0);
    assert_eq!(server.connections(), 2);
}

/// The server keeps the first connection open, but the next attempt does not use it.
#[test]
fn each_attempt_opens_a_new_connection() {
    let not_ready = json("503 Service Unavailable", "{\"status\":\"starting\"}");
    let [health_of_up, ready_of_up] = up(PASS);
    let server = Server::start([
        health(json("200 OK", PASS)),
        ready(not_ready),
        health_of_up,
        ready_of_up,
    ]);
    ping(&server).args(["--wait", "30s"]).stdout("OK\n").code(0);
    assert_eq!(server.connections(), 2);
}

#[test]
fn an_attempt_takes_at_most_two_seconds() {
    let [health_of_up, ready_of_up] = up(PASS);
    let server = Server::start([health(Reply::Hang), health_of_up, ready_of_up]);
    let start = Instant::now();
    ping(&server).args(["--wait", "60s"]).stdout("OK\n").code(0);
    let took = start.elapsed();
    assert!(took >= Duration::from_secs(2), "{took:?}");
    assert!(took < Duration::from_secs(20), "{took:?}");
    // The limit is for both requests of an attempt together.
    let [health_of_up, ready_of_up] = up(PASS);
    let server = Server::start([
        health(json("200 OK", PASS)),
        ready(Reply::Hang),
        health_of_up,
        ready_of_up,
    ]);
    ping(&server).args(["--wait", "60s"]).stdout("OK\n").code(0);
    assert_eq!(server.connections(), 2);
}

#[test]
fn a_missing_ca_file_ends_the_wait_at_once() {
    let start = Instant::now();
    let run = Test::new(["ping", "--wait", "1h", "--host", "https://127.0.0.1:1"])
        .args(["--tls-ca", "missing.pem"])
        .run();
    run.assert(run.code == 3, "exit code 3");
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn zero_makes_one_attempt() {
    let server = Server::start([health(starting())]);
    ping(&server)
        .args(["--wait", "0"])
        .stderr("Error: failed to ping InfluxDB: 503 Service Unavailable with the status \"fail\": starting\n")
        .code(7);
}

#[test]
fn a_malformed_wait_is_rejected() {
    Test::new(["ping", "--wait", "30"])
        .stderr("Error: --wait \"30\": expected a duration such as 500ms, 30s, 2m or 1h, or 0\nHint: did you mean 30s?\n")
        .code(2);
}
