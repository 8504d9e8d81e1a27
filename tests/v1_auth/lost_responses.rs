//! Lost responses. The request is repeated over a new connection, and the message says what may
//! have been carried out.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Reply, Server, exchange, json};
use std::io::{Read, Write};
use std::net::TcpListener;

const OTHER: &str = "00000000000d0008";
const PATH: &str = "/private/legacy/authorizations";

fn update(cause: &str) -> String {
    format!("Error: failed to update status of authorization with ID \"{OTHER}\": {cause}\n")
}

/// The first of two requests succeeds. The response to the second is lost, and its repeat gets
/// `reply`.
#[track_caller]
fn assert_repeat(reply: Reply, code: i32, cause: &str) {
    let lost = exchange(patch(OTHER, "inactive"), Reply::SendAndClose(Vec::new()));
    let repeat = exchange(patch(OTHER, "inactive"), reply);
    let server = Server::start([deactivated(), lost, repeat]);
    set_inactive(&server.url())
        .args(["--id", ID, "--id", OTHER])
        .stdout(deactivated_row())
        .stderr(update(cause).replace("BASE", &server.url()))
        .code(code);
}

#[test]
fn a_failed_repeat_warns_that_the_change_may_have_been_made() {
    let doubt = "; the request may have been carried out, and repeating it is safe";
    let not_found = r#"{"code":"not found","message":"authorization not found"}"#;
    for (status, body, code, said) in [
        (
            "500 Internal Server Error",
            "",
            7,
            "500 Internal Server Error",
        ),
        (
            "404 Not Found",
            not_found,
            6,
            "404 Not Found: authorization not found",
        ),
        (
            "503 Service Unavailable",
            "busy",
            7,
            "503 Service Unavailable: busy",
        ),
    ] {
        assert_repeat(json(status, body), code, &format!("{said}{doubt}"));
    }
    let active = authorization(OTHER, "telegraf", "active");
    assert_repeat(
        json("200 OK", &active),
        7,
        &format!("the server reports the status \"active\", not \"inactive\"{doubt}"),
    );
    let another = authorization(ID, "telegraf", "inactive");
    assert_repeat(
        json("200 OK", &another),
        7,
        &format!("the server returned a different authorization, \"{ID}\"{doubt}"),
    );
    let cut = Reply::SendAndClose(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec());
    let closed = "the response from BASE is incomplete: the connection was closed before the end of the response";
    assert_repeat(cut, 7, &format!("{closed}{doubt}"));
}

/// The server stops listening before the request is repeated.
#[test]
fn a_repeat_that_cannot_connect_warns_that_the_change_may_have_been_made() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // Closing it is not enough. If another test is just starting a program, the new process
        // still has a copy that accepts connections.
        rustix::net::shutdown(&listener, rustix::net::Shutdown::Both).unwrap();
        let request = |stream: &mut std::net::TcpStream| {
            let mut read = Vec::new();
            let mut byte = [0];
            while !read.ends_with(b"}") {
                assert_eq!(
                    stream.read(&mut byte).unwrap(),
                    1,
                    "the client closed the connection"
                );
                read.push(byte[0]);
            }
        };
        request(&mut stream);
        let Reply::Send(bytes) = deactivated_reply(ID) else {
            unreachable!("deactivated_reply() sends")
        };
        stream.write_all(&bytes).unwrap();
        request(&mut stream);
    });
    set_inactive(&url)
        .args(["--id", ID, "--id", OTHER])
        .stdout(deactivated_row())
        .stderr(
            update(&format!(
                "cannot reach {url}: Connection refused; the request may have been carried out, and repeating it is safe"
            )) + "Hint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n",
        )
        .code(4);
    server.join().unwrap();
}

#[test]
fn a_repeated_removal_succeeds_if_the_authorization_is_gone() {
    let remove = || request("DELETE", &format!("{PATH}/{ID}"), "");
    let not_found = r#"{"code":"not found","message":"authorization not found"}"#;
    let held = authorization(ID, "telegraf", "active");
    let server = Server::start([
        exchange(
            request("GET", &format!("{PATH}/{ID}"), ""),
            json("200 OK", &held),
        ),
        exchange(remove(), Reply::SendAndClose(Vec::new())),
        exchange(remove(), json("404 Not Found", not_found)),
    ]);
    Test::new(["v1", "auth", "delete", "--id", ID, "--json"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
        .stdout(object(ID, "telegraf", "active") + "\n")
        .code(0);
    assert_eq!(server.connections(), 2);
    // If no response was lost, the removal fails.
    let server = Server::start([
        exchange(
            request("GET", &format!("{PATH}/{ID}"), ""),
            json("200 OK", &held),
        ),
        exchange(remove(), json("404 Not Found", not_found)),
    ]);
    Test::new(["v1", "auth", "delete", "--id", ID])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
        .stderr(format!(
            "Error: could not remove authorization with ID \"{ID}\": 404 Not Found: authorization not found\n"
        ))
        .code(6);
}
