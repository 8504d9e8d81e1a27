//! Tests the test harness. A test that must fail does so at once, and its message has the expected
//! and the actual bytes.

use crate::fixtures::*;
use crate::harness::{Run, Test, set_inactive};
use crate::scripted_proxy::{Proxy, connect, refuse};
use crate::scripted_server::{Server, exchange};
use crate::tls_server::{Identity, deactivated_as, pem, secure};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

const WRONG: &str = "/another/path";
const BODY: &str = "{\"status\":\"inactive\"}";

/// The message of a test that must fail.
#[track_caller]
fn failure(test: impl FnOnce()) -> String {
    let start = Instant::now();
    let cause = catch_unwind(AssertUnwindSafe(test)).expect_err("the test must fail");
    let took = start.elapsed();
    let message = cause.downcast::<String>().expect("a message");
    assert!(took < Duration::from_secs(2), "{took:?} until {message}");
    *message
}

#[track_caller]
fn assert_contains(message: &str, part: &str) {
    assert!(message.contains(part), "expected\n{part}\nin\n{message}");
}

/// A run that deactivates [`ID`]. It succeeds if the server expects that request.
fn deactivate(server: &Server) -> Test {
    set_inactive(&server.url())
        .args(["--id", ID])
        .stdout(deactivated_row())
}

/// Sends these bytes to a scripted server or proxy, which must then end the connection.
fn send(host: &str, bytes: &str) {
    let mut client = TcpStream::connect(host).unwrap();
    client.write_all(bytes.as_bytes()).unwrap();
    // If the connection is reset, reading fails, and the bytes before that do not matter.
    _ = client.read_to_end(&mut Vec::new());
}

#[test]
fn a_wrong_request_fails_its_test_at_once() {
    let wrong = request("PATCH", WRONG, BODY);
    for is_checked in [true, false] {
        let mut host = String::new();
        let message = failure(|| {
            let server = Server::start([exchange(wrong.as_str(), deactivated_reply(ID))]);
            host = server.host();
            match is_checked {
                true => deactivate(&server).code(0),
                // The test does not check the result, so the server reports the failure.
                false => _ = deactivate(&server).run(),
            }
        });
        let (expected, got) = (wrong.clone(), patch(ID, "inactive"));
        let text = format!("the server expected the request\n{expected}\nbut got\n{got}\n");
        assert_contains(&message, &text.replace("HOST", &host));
        assert_eq!(message.contains("exit code: 4"), is_checked, "{message}");
    }
}

#[test]
fn a_wrong_request_over_tls_fails_its_test_at_once() {
    let mut host = String::new();
    let message = failure(|| {
        let server = Identity::of("server").serve([deactivated_as("localhost")]);
        host = server.host();
        secure("127.0.0.1", &server)
            .args(["--tls-ca", &pem("root")])
            .stdout(deactivated_row())
            .code(0);
    });
    let (name, port) = host.split_once(':').unwrap();
    assert_contains(&message, &format!("host: localhost:{port}\r\n"));
    assert_contains(&message, &format!("host: {name}:{port}\r\n"));
}

#[test]
fn a_missing_request_fails_its_test_at_once() {
    let mut host = String::new();
    let message = failure(|| {
        let server = Server::start([deactivated(), deactivated()]);
        host = server.host();
        deactivate(&server).code(0);
    });
    let missing = patch(ID, "inactive").replace("HOST", &host);
    assert_contains(
        &message,
        &format!(
            "the server expected the request\n{missing}\nbut got\nnothing\n(requests missing: 1, connections made: 1)\n"
        ),
    );

    // The run fails without sending a request.
    let message = failure(|| {
        let server = Server::start([deactivated()]);
        deactivate(&server).args(["--frobnicate"]).code(0);
    });
    assert_contains(&message, "exit code: 2\n");
    assert_contains(&message, "standard error:\nError: ");
    assert_contains(&message, "(requests missing: 1, connections made: 0)\n");
}

#[test]
fn an_extra_request_fails_its_test_at_once() {
    for expected in [0, 1] {
        let mut host = String::new();
        let message = failure(|| {
            let server = Server::start((0..expected).map(|_| deactivated()));
            host = server.host();
            let ids = (0..=expected).flat_map(|_| ["--id", ID]);
            _ = set_inactive(&server.url()).args(ids).run();
        });
        let got = patch(ID, "inactive").replace("HOST", &host);
        let text = format!("the server expected no further request\nbut got\n{got}\n");
        assert_contains(&message, &text);
    }
}

#[test]
fn a_client_that_disconnects_or_stalls_fails_its_test_at_once() {
    let message = failure(|| {
        let server = Server::start([deactivated()]);
        drop(TcpStream::connect(server.host()).unwrap());
    });
    assert_contains(
        &message,
        "but got\nnothing\n(requests missing: 1, connections made: 1)\n",
    );

    // The client still waits when the test ends.
    let mut waiting = None;
    let message = failure(|| {
        let server = Server::start([deactivated()]);
        waiting = Some(TcpStream::connect(server.host()).unwrap());
    });
    assert_contains(
        &message,
        "but got\nnothing\n(requests missing: 1, connections made: 1)\n",
    );

    // The client waits after half a request, or closes the connection.
    for waits in [true, false] {
        let message = failure(|| {
            let server = Server::start([deactivated()]);
            let half = "PATCH /private/legacy";
            match waits {
                true => send(&server.host(), half),
                false => {
                    let mut client = TcpStream::connect(server.host()).unwrap();
                    client.write_all(half.as_bytes()).unwrap();
                }
            }
        });
        let got = "but got\nPATCH /private/legacy\n(the rest did not arrive)\n";
        assert_contains(&message, got);
    }
}

#[test]
fn a_program_that_hangs_fails_its_test_at_once() {
    // The program waits for a target on standard input.
    let from_stdin = |server: &Server| set_inactive(&server.url()).args(["--id", "-"]);
    let mut id = 0;
    let message = failure(|| {
        let server = Server::start([deactivated()]);
        let mut process = from_stdin(&server)
            .time_limit(Duration::from_millis(300))
            .spawn();
        let _open = process.stdin.take();
        id = process.id();
        Run::of(process, "a run that hangs".into());
    });
    assert_contains(
        &message,
        "the program did not end within 300ms\nof a run that hangs\n",
    );
    assert_contains(
        &message,
        "but got\nnothing\n(requests missing: 1, connections made: 0)\n",
    );
    assert!(!Path::new(&format!("/proc/{id}")).exists());

    // The program keeps running after a wrong request.
    let message = failure(|| {
        let server = Server::start([deactivated()]);
        let mut process = from_stdin(&server).spawn();
        let _open = process.stdin.take();
        send(&server.host(), &request("PATCH", WRONG, BODY));
        Run::of(process, "a run that hangs".into());
    });
    assert_contains(
        &message,
        "the program ran on for 500ms after a wrong request\nof a run that hangs\n",
    );
    assert_contains(
        &message,
        &format!("expected the request\nPATCH /private/legacy/authorizations/{ID} "),
    );
    assert_contains(&message, &format!("but got\nPATCH {WRONG} HTTP/1.1\r\n"));
}

#[test]
fn the_program_is_killed_when_its_test_fails() {
    let mut id = 0;
    let message = failure(|| {
        let server = Server::start([]);
        let mut process = set_inactive(&server.url()).args(["--id", "-"]).spawn();
        let _open = process.stdin.take();
        id = process.id();
        panic!("the test fails, {} connections", server.connections());
    });
    assert_eq!(message, "the test fails, 0 connections");
    assert!(!Path::new(&format!("/proc/{id}")).exists());
}

#[test]
fn a_wrong_request_to_a_proxy_fails_its_test_at_once() {
    let script = || [(connect("db.example:443"), refuse("403 Forbidden"))];
    let (expected, got) = (connect("db.example:443"), connect("db.example:80"));

    let message = failure(|| drop(Proxy::start(script())));
    let text = format!("the proxy expected the request\n{expected}\nbut got\nnothing\n");
    assert_contains(&message, &text);

    let message = failure(|| {
        let proxy = Proxy::start(script());
        send(&proxy.host(), &got);
    });
    let text = format!("the proxy expected the request\n{expected}\nbut got\n{got}\n");
    assert_contains(&message, &text);

    let message = failure(|| {
        let proxy = Proxy::start(script());
        send(&proxy.host(), &expected);
        send(&proxy.host(), &got);
    });
    let text = format!("the proxy expected no further request\nbut got\n{got}\n");
    assert_contains(&message, &text);
}
