//! Responses that are invalid or too large as HTTP, and unusual responses that are valid.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::{fails, success};

const MIB: usize = 1024 * 1024;

fn raw(text: impl Into<Vec<u8>>) -> Reply {
    Reply::SendAndClose(text.into())
}

fn inactive() -> String {
    authorization(ID, "telegraf", "inactive")
}

/// Responds with these bytes and closes the connection. The run by ID must succeed.
#[track_caller]
fn succeeds(bytes: impl Into<Vec<u8>>) {
    let server = Server::start([exchange(patch(ID, "inactive"), raw(bytes))]);
    set_inactive(&server.url())
        .args(["--id", ID])
        .stdout(deactivated_row())
        .code(0);
    assert_eq!(server.connections(), 1);
}

/// A successful response with one long header and a head of `length` bytes.
fn response_with_head_of(length: usize) -> Vec<u8> {
    let body = inactive();
    let bare = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nX: \r\n\r\n",
        body.len()
    );
    let filler = "x".repeat(length - bare.len());
    (bare.replace("X: ", &format!("X: {filler}")) + &body).into_bytes()
}

/// A successful response whose body is padded to `length` bytes.
fn response_with_body_of(length: usize) -> Vec<u8> {
    let mut body = inactive();
    body.push_str(&" ".repeat(length - body.len()));
    http_response("200 OK", "application/json", body.as_bytes())
}

#[test]
fn unusual_but_valid_responses_are_accepted() {
    let body = inactive();
    let (one, two) = body.split_at(37);
    succeeds(format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{one}\r\n{:X};ext=1\r\n{two}\r\n0\r\nX-Trailer: 1\r\n\r\n",
        one.len(),
        two.len()
    ));
    succeeds(format!("HTTP/1.0 200 OK\r\n\r\n{body}"));
    succeeds(format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}"
    ));
    succeeds(format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    ));
    succeeds(format!(
        "HTTP/1.1 200\r\nContent-Type: text/plain\r\n\r\n{body}"
    ));
    succeeds(format!("HTTP/1.1 201 Created\r\n\r\n{body}"));
    succeeds([b"HTTP/1.1 100 Continue\r\n\r\n".to_vec(), success()].concat());
}

#[test]
fn reconnects_if_the_server_closes_after_the_lookup() {
    let entry = authorization(ID, "telegraf", "active");
    let list = listed(&[entry]);
    for head in [
        "HTTP/1.1 200 OK\r\nConnection: close",
        "HTTP/1.0 200 OK",
        "HTTP/1.1 200 OK",
    ] {
        let bytes = format!("{head}\r\nContent-Length: {}\r\n\r\n{list}", list.len());
        let server = Server::start([exchange(get("telegraf"), raw(bytes)), deactivated()]);
        set_inactive(&server.url())
            .args(["--username", "telegraf"])
            .stdout(deactivated_row())
            .code(0);
        assert_eq!(server.connections(), 2);
    }
}

#[test]
fn a_response_that_is_not_valid_http_exits_with_7() {
    let version = "http parse fail: invalid HTTP version";
    for (garbage, reason) in [
        (&b"garbage\r\n\r\n"[..], version),
        (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", version),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\r\n\r\n", version),
        (b"HTTP/2 200 OK\r\n\r\n", version),
        (
            b"HTTP/1.1 099 Odd\r\n\r\n",
            "http parse fail: invalid status code: 099",
        ),
        (
            b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
            "http parse fail: invalid header name",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
            "content-length header not a number",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "conflicting content-length headers",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            "chunk length cannot be read as a number",
        ),
    ] {
        let cause =
            format!("the response from BASE cannot be used: it is not valid HTTP ({reason})");
        fails(raw(garbage), 7, &cause, "");
    }
}

#[test]
fn response_headers_are_limited_to_16_kib() {
    succeeds(response_with_head_of(16 * 1024 - 1));
    let cause = "the response from BASE cannot be used: its headers are larger than 16 KiB";
    for length in [16 * 1024 + 1, 64 * 1024, MIB] {
        fails(raw(response_with_head_of(length)), 7, cause, "");
    }
}

#[test]
fn a_response_with_too_many_headers_is_rejected() {
    let response = |count: usize| {
        let headers = (0..count)
            .map(|at| format!("X-{at}: 1\r\n"))
            .collect::<String>();
        format!("HTTP/1.1 200 OK\r\n{headers}\r\n{}", inactive())
    };
    succeeds(response(100));
    let cause = "the response from BASE cannot be used: it is not valid HTTP (http parse resulted in too many headers)";
    fails(raw(response(300)), 7, cause, "");
}

#[test]
fn the_response_body_is_limited_to_1_mib() {
    succeeds(response_with_body_of(MIB));
    let cause = "the response from BASE cannot be used: it is larger than 1 MiB";
    fails(raw(response_with_body_of(MIB + 1)), 7, cause, "");
    fails(raw(response_with_body_of(8 * MIB)), 7, cause, "");
    let chunk = format!("{:x}\r\n{}\r\n", MIB, " ".repeat(MIB));
    let chunked =
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n");
    fails(raw(chunked), 7, cause, "");
    let endless = format!("HTTP/1.1 200 OK\r\n\r\n{}", " ".repeat(2 * MIB));
    fails(raw(endless), 7, cause, "");
}

#[test]
fn a_list_may_be_larger_than_1_mib() {
    let other = authorization("0000000000000001", "other", "active");
    let mut entries = vec![other; 2 * MIB / 400];
    entries.push(authorization(ID, "telegraf", "active"));
    let list = json("200 OK", &listed(&entries));
    let server = Server::start([exchange(get("telegraf"), list), deactivated()]);
    set_inactive(&server.url())
        .args(["--username", "telegraf"])
        .stdout(deactivated_row())
        .code(0);
}
