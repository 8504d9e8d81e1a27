//! Connections that fail, close early or time out, and a test for each exit code.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::{
    SAFE_TO_REPEAT, TIMEOUT_HINT, UNREACHABLE_HINT, fails, fails_with, lookup_fails, not_updated,
    success,
};
use std::fs::OpenOptions;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Stdio;
use std::time::Duration;

/// The pause after each byte of a slow response. The whole response takes longer than the timeout.
const PACE: Duration = Duration::from_millis(20);

#[test]
fn exit_code_0_success() {
    let server = Server::start([deactivated()]);
    set_inactive(&server.url())
        .args(["--id", ID])
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn exit_code_1_output_could_not_be_written() {
    let server = Server::start([deactivated()]);
    let test = set_inactive(&server.url()).args(["--id", ID]);
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = std::process::Command::new(crate::harness::binary())
        .args(["v1", "auth", "set-inactive", "--id", ID])
        .env_clear()
        .env("HOME", test.home())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(run.stderr).unwrap(),
        "Error: cannot write to standard output: No space left on device\n"
    );
}

#[test]
fn exit_code_1_failures_of_different_kinds() {
    let other = "00000000000d0008";
    let missing = r#"{"code":"not found","message":"authorization not found"}"#;
    let server = Server::start([
        exchange(patch(ID, "inactive"), json("404 Not Found", missing)),
        exchange(
            patch(other, "inactive"),
            json("500 Internal Server Error", ""),
        ),
    ]);
    set_inactive(&server.url())
        .args(["--id", ID, "--id", other])
        .stderr(
            not_updated("404 Not Found: authorization not found")
                + &not_updated("500 Internal Server Error").replace(ID, other),
        )
        .code(1);
}

#[test]
fn exit_code_2_invalid_flag_value() {
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--timeout", "30x"])
        .stderr(
            "Error: --timeout \"30x\": expected a duration such as 500ms, 30s, 2m or 1h, or 0\n",
        )
        .code(2);
}

#[test]
fn exit_code_2_invalid_environment_variable() {
    set_inactive("http://127.0.0.1:1")
        .args(["--id", ID])
        .env("INFLUX_OUTPUT_JSON", "yes")
        .stderr("Error: INFLUX_OUTPUT_JSON \"yes\": expected true or false\n")
        .code(2);
}

#[test]
fn exit_code_3_token_file_is_missing() {
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--token-file", "/nowhere/token"])
        .stderr("Error: cannot read the token from --token-file /nowhere/token: No such file or directory\n")
        .code(3);
}

#[test]
fn exit_code_4_connection_refused() {
    let url = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let cause = format!("cannot reach {url}: Connection refused");
    set_inactive(&url)
        .args(["--id", ID])
        .stderr(not_updated(&cause) + UNREACHABLE_HINT)
        .code(4);
}

#[test]
fn exit_code_5_credentials_refused() {
    let body = r#"{"code":"unauthorized","message":"unauthorized access"}"#;
    fails(
        json("401 Unauthorized", body),
        5,
        "401 Unauthorized: unauthorized access",
        "Hint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n",
    );
}

#[test]
fn exit_code_6_not_found() {
    let body = r#"{"code":"not found","message":"authorization not found"}"#;
    fails(
        json("404 Not Found", body),
        6,
        "404 Not Found: authorization not found",
        "",
    );
}

#[test]
fn exit_code_7_any_other_response() {
    fails(json("418 I'm a teapot", ""), 7, "418 I'm a teapot", "");
}

#[test]
fn a_connection_closed_or_reset_before_the_response_exits_with_4() {
    let closed = format!("no response from BASE: the connection was closed{SAFE_TO_REPEAT}");
    fails(Reply::SendAndClose(Vec::new()), 4, &closed, "");
    let reset = format!("no response from BASE: Connection reset by peer{SAFE_TO_REPEAT}");
    fails(Reply::SendAndReset(Vec::new()), 4, &reset, "");
}

const INCOMPLETE: &str = "the response from BASE is incomplete: the connection was closed before the end of the response";

#[test]
fn a_connection_closed_during_the_response_exits_with_7() {
    let whole = success();
    let head = whole
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap()
        + 4;
    let closed = &format!("{INCOMPLETE}{SAFE_TO_REPEAT}");
    for length in [1, 20, head - 1, head, head + 1, whole.len() - 1] {
        fails(Reply::SendAndClose(whole[..length].to_vec()), 7, closed, "");
    }
}

#[test]
fn a_connection_reset_during_the_response_exits_with_7() {
    // The pause lets the client read the bytes before the reset discards them.
    let reset = Reply::Do(Box::new(|stream| {
        let whole = success();
        std::io::Write::write_all(stream, &whole[..whole.len() - 1]).unwrap();
        std::thread::sleep(PACE * 5);
        rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO)).unwrap();
    }));
    let cause = &format!("{INCOMPLETE}{SAFE_TO_REPEAT}");
    fails(reset, 7, cause, "");
}

/// A chunked response is complete only after its trailer.
#[test]
fn an_incomplete_chunked_response_exits_with_7() {
    let closed = &format!("{INCOMPLETE}{SAFE_TO_REPEAT}");
    let body = authorization(ID, "telegraf", "inactive");
    let size = format!("{:x};a=b\r\n", body.len());
    let last = "0\r\nX-Trailer: 1\r\n\r\n";
    let whole = format!("{size}{body}\r\n{last}");
    let cut = |length: usize| {
        let sent = &whole[..length];
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        Reply::SendAndClose(format!("{head}{sent}").into_bytes())
    };
    let (data, end) = (size.len(), whole.len() - last.len());
    // Cut before the size line, in it, in the data, in the line break after it, in the last size
    // line and in the trailer.
    for length in (0..=data + 1).chain(end - 3..end + 3).chain([end + 5]) {
        println!("{:?}", &whole[..length]);
        fails(cut(length), 7, closed, "");
    }
}

#[test]
fn silent_and_slow_servers_time_out() {
    let slow = format!("BASE did not send a complete response within 300ms{SAFE_TO_REPEAT}");
    let timeout = ["--timeout", "300ms"];
    let whole = success();
    let head = whole
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap()
        + 4;
    let (head, body) = (whole[..head].to_vec(), whole[head..].to_vec());
    fails_with(&timeout, Reply::Hang, 4, &slow, TIMEOUT_HINT);
    fails_with(&timeout, Reply::Drip(whole, PACE), 4, &slow, TIMEOUT_HINT);
    let slow_body = Reply::Do(Box::new(move |stream| {
        std::io::Write::write_all(stream, &head).unwrap();
        for byte in body {
            if std::io::Write::write_all(stream, &[byte]).is_err() {
                return;
            }
            std::thread::sleep(PACE);
        }
    }));
    fails_with(&timeout, slow_body, 4, &slow, TIMEOUT_HINT);
}

#[test]
fn a_failed_lookup_does_not_warn_about_a_possible_change() {
    let slow = "BASE did not send a complete response within 300ms";
    let body = listed(&[authorization(ID, "telegraf", "active")]);
    let list = http_response("200 OK", "application/json", body.as_bytes());
    let timeout = ["--timeout", "300ms"];
    lookup_fails(&timeout, Reply::Hang, 4, slow, TIMEOUT_HINT);
    lookup_fails(&timeout, Reply::Drip(list, PACE), 4, slow, TIMEOUT_HINT);
    lookup_fails(
        &[],
        Reply::SendAndClose(Vec::new()),
        4,
        "no response from BASE: the connection was closed",
        "",
    );
}

#[test]
fn a_connection_that_is_never_accepted_times_out() {
    let socket = rustix::net::socket(
        rustix::net::AddressFamily::INET,
        rustix::net::SocketType::STREAM,
        None,
    )
    .unwrap();
    rustix::net::bind(&socket, &SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    rustix::net::listen(&socket, 0).unwrap();
    let listener = TcpListener::from(socket);
    let address = listener.local_addr().unwrap();
    // Once the queue is full, the kernel drops new connections.
    let mut queue = Vec::new();
    while let Ok(waiting) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
        queue.push(waiting);
    }
    let cause = format!("http://{address} was not reached within 300ms");
    set_inactive(&format!("http://{address}"))
        .args(["--id", ID, "--timeout", "300ms"])
        .stderr(not_updated(&cause) + TIMEOUT_HINT)
        .code(4);
}
