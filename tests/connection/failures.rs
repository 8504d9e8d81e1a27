//! Connections that fail, break off or fall silent, and every exit code once by its number.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Reply, Server, answer, exchange, json};
use crate::support::expected_failures::{
    LONGER, RUNNING, SAFE, fails, fails_with, look_up_fails, not_updated, success,
};
use std::fs::OpenOptions;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Stdio;
use std::time::Duration;

/// Far below the time that a whole answer takes at this pace.
const PACE: Duration = Duration::from_millis(20);

#[test]
fn exit_code_0_done() {
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
fn exit_code_2_wrong_command_line() {
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--timeout", "30x"])
        .stderr("Error: --timeout \"30x\": expected a whole number and ms, s, m or h, as in 500ms or 30s, or 0\n")
        .code(2);
}

#[test]
fn exit_code_2_wrong_variable() {
    set_inactive("http://127.0.0.1:1")
        .args(["--id", ID])
        .env("INFLUX_OUTPUT_JSON", "yes")
        .stderr("Error: INFLUX_OUTPUT_JSON \"yes\": expected true or false\n")
        .code(2);
}

#[test]
fn exit_code_3_token_file_is_missing() {
    Test::new(["v1", "auth", "set-inactive", "--id", ID, "--token-file", "/nowhere/token"])
        .stderr("Error: cannot take the token from --token-file /nowhere/token: No such file or directory\n")
        .code(3);
}

#[test]
fn exit_code_4_refused() {
    let url = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let cause = format!("cannot reach {url}: Connection refused");
    set_inactive(&url)
        .args(["--id", ID])
        .stderr(not_updated(&cause) + RUNNING)
        .code(4);
}

#[test]
fn exit_code_5_credentials_refused() {
    let body = r#"{"code":"unauthorized","message":"unauthorized access"}"#;
    fails(
        json("401 Unauthorized", body),
        5,
        "401 Unauthorized: unauthorized access",
        "Hint: is the token the right one for this server, and may it read and write authorizations and users?\n",
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
fn exit_code_7_any_other_answer() {
    fails(json("418 I'm a teapot", ""), 7, "418 I'm a teapot", "");
}

#[test]
fn closed_or_reset_before_the_answer() {
    let closed = format!("no response from BASE: the connection was closed{SAFE}");
    fails(Reply::SendAndClose(Vec::new()), 4, &closed, "");
    let reset = format!("no response from BASE: Connection reset by peer{SAFE}");
    fails(Reply::SendAndReset(Vec::new()), 4, &reset, "");
}

const INCOMPLETE: &str =
    "the response from BASE is incomplete: the connection was closed in the middle";

#[test]
fn closed_in_the_middle_of_the_answer() {
    let whole = success();
    let head = whole
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap()
        + 4;
    let closed = &format!("{INCOMPLETE}{SAFE}");
    for length in [1, 20, head - 1, head, head + 1, whole.len() - 1] {
        fails(Reply::SendAndClose(whole[..length].to_vec()), 7, closed, "");
    }
}

#[test]
fn reset_in_the_middle_of_the_answer() {
    // The pause lets the client take the bytes before the reset throws them away.
    let reset = Reply::Do(Box::new(|stream| {
        let whole = success();
        std::io::Write::write_all(stream, &whole[..whole.len() - 1]).unwrap();
        std::thread::sleep(PACE * 5);
        rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO)).unwrap();
    }));
    let cause = &format!("{INCOMPLETE}{SAFE}");
    fails(reset, 7, cause, "");
}

/// An answer may end at any byte of its chunks, and is complete only after the last chunk's size line.
#[test]
fn chunks_that_break_off() {
    let closed = &format!("{INCOMPLETE}{SAFE}");
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
    // Nothing, within the size line, the data, the line break after it, the last size line, the trailer.
    for length in (0..=data + 1).chain(end - 3..end + 3).chain([end + 5]) {
        println!("{:?}", &whole[..length]);
        fails(cut(length), 7, closed, "");
    }
}

#[test]
fn silence_and_slow_answers_end_with_the_timeout() {
    let slow = format!("BASE did not respond completely within 300ms{SAFE}");
    let timeout = ["--timeout", "300ms"];
    let whole = success();
    let head = whole
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap()
        + 4;
    let (head, body) = (whole[..head].to_vec(), whole[head..].to_vec());
    fails_with(&timeout, Reply::Hang, 4, &slow, LONGER);
    fails_with(&timeout, Reply::Drip(whole, PACE), 4, &slow, LONGER);
    let slow_body = Reply::Do(Box::new(move |stream| {
        std::io::Write::write_all(stream, &head).unwrap();
        for byte in body {
            if std::io::Write::write_all(stream, &[byte]).is_err() {
                return;
            }
            std::thread::sleep(PACE);
        }
    }));
    fails_with(&timeout, slow_body, 4, &slow, LONGER);
}

#[test]
fn a_slow_look_up_changes_nothing_and_says_nothing_of_repeating() {
    let slow = "BASE did not respond completely within 300ms";
    let body = listed(&[authorization(ID, "telegraf", "active")]);
    let list = answer("200 OK", "application/json", body.as_bytes());
    let timeout = ["--timeout", "300ms"];
    look_up_fails(&timeout, Reply::Hang, 4, slow, LONGER);
    look_up_fails(&timeout, Reply::Drip(list, PACE), 4, slow, LONGER);
    look_up_fails(
        &[],
        Reply::SendAndClose(Vec::new()),
        4,
        "no response from BASE: the connection was closed",
        "",
    );
}

#[test]
fn a_server_that_does_not_accept_was_not_reached() {
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
    // Once the queue is full, the kernel drops what comes.
    let mut queue = Vec::new();
    while let Ok(waiting) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
        queue.push(waiting);
    }
    let cause = format!("http://{address} was not reached within 300ms");
    set_inactive(&format!("http://{address}"))
        .args(["--id", ID, "--timeout", "300ms"])
        .stderr(not_updated(&cause) + LONGER)
        .code(4);
}
