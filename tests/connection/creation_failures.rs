//! Nothing may be created twice, so each creation is sent on a new connection and never repeated.
//! If the response does not show whether it succeeded, the message says that it may have been
//! carried out.

use crate::fixtures::{ID, request, table};
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::WRONG_ADDRESS_HINT;
use crate::support::v1_auth_requests::{BUCKET, BY_ID, create, create_request, creates};

const MAYBE_DONE: &str = "; the request may have been carried out";
const FAILED: &str = "Error: failed to create authorization with username \"telegraf\": ";

/// Responds to the creation with `reply`. `cause` is the message after [`FAILED`].
#[track_caller]
fn fails(reply: Reply, cause: &str, hint: &str) {
    let server = Server::start([exchange(create_request(), reply)]);
    create(&server, &BY_ID)
        .args(["--no-password"])
        .stderr(format!("{FAILED}{cause}\n{hint}").replace("BASE", &server.url()))
        .code(7);
}

#[test]
fn an_unusable_response_warns_that_the_creation_may_have_succeeded() {
    let created = |body: &str| json("201 Created", body);
    let incomplete = "the response from BASE is incomplete: the connection was closed before the end of the response";
    let cut = b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{".to_vec();
    fails(
        Reply::SendAndClose(cut),
        &format!("{incomplete}{MAYBE_DONE}"),
        "",
    );
    let unusable = "the response from BASE cannot be used";
    let large = "x".repeat(2 * 1024 * 1024);
    let head = format!("HTTP/1.1 201 Created\r\nX: {large}\r\n\r\n");
    fails(
        Reply::SendAndClose(head.into_bytes()),
        &format!("{unusable}: its headers are larger than 16 KiB{MAYBE_DONE}"),
        "",
    );
    let bytes = http_response("201 Created", "application/json", large.as_bytes());
    fails(
        Reply::SendAndClose(bytes),
        &format!("{unusable}: it is larger than 1 MiB{MAYBE_DONE}"),
        "",
    );
    fails(
        Reply::SendAndClose(b"garbage\r\n\r\n".to_vec()),
        &format!(
            "{unusable}: it is not valid HTTP (http parse fail: invalid HTTP version){MAYBE_DONE}"
        ),
        "",
    );
    fails(
        created("<html>"),
        &format!("no JSON in the response 201 Created: <html>{MAYBE_DONE}"),
        WRONG_ADDRESS_HINT,
    );
    fails(
        created("{\"id\":"),
        &format!("incomplete JSON in the response 201 Created: {{\"id\":{MAYBE_DONE}"),
        "",
    );
    fails(
        created("{}"),
        &format!("no authorization in the response 201 Created: {{}}{MAYBE_DONE}"),
        "",
    );
    fails(
        created(""),
        &format!("no authorization in the response 201 Created: it is empty{MAYBE_DONE}"),
        "",
    );
}

#[test]
fn only_gateway_5xx_errors_warn_that_the_creation_may_have_succeeded() {
    for (status, body, message, doubt) in [
        ("502 Bad Gateway", "<html>", ": <html>", MAYBE_DONE),
        ("504 Gateway Timeout", "", "", MAYBE_DONE),
        (
            "503 Service Unavailable",
            r#"{"message":"no upstream"}"#,
            ": no upstream",
            MAYBE_DONE,
        ),
        (
            "500 Internal Server Error",
            r#"{"code":"internal error","message":"x"}"#,
            ": x",
            "",
        ),
        ("400 Bad Request", "<html>", ": <html>", ""),
    ] {
        fails(json(status, body), &format!("{status}{message}{doubt}"), "");
    }
    let server = Server::start([exchange(
        create_request(),
        json("503 Service Unavailable", r#"{"status":"starting"}"#),
    )]);
    let run = create(&server, &BY_ID).args(["--no-password"]).run();
    run.assert(
        run.code == 7 && !run.stderr.contains(MAYBE_DONE),
        "exit code 7 without the warning",
    );
    run.assert(run.stderr.contains("ping --wait"), "the hint");
}

/// This does not depend on whether the server closes the connection after the lookup.
#[test]
fn creation_does_not_reuse_the_connection_of_the_lookup() {
    let org = r#"{"orgs":[{"id":"0000000000000a01","name":"acme"}]}"#;
    let lookup = |reply: Reply| exchange(request("GET", "/api/v2/orgs?org=acme", ""), reply);
    let flags = ["--org", "acme", "--read-bucket", BUCKET, "--no-password"];
    let closes = http_response("200 OK", "application/json", org.as_bytes());
    for reply in [Reply::SendAndClose(closes), json("200 OK", org)] {
        let server = Server::start([lookup(reply), creates()]);
        create(&server, &flags)
            .stdout(table(&[(ID, "telegraf", "active")]))
            .code(0);
        assert_eq!(server.connections(), 2);
    }
}

#[test]
fn creation_is_not_repeated_after_a_lost_response() {
    let server = Server::start([exchange(create_request(), Reply::SendAndClose(Vec::new()))]);
    let base = server.url();
    create(&server, &BY_ID)
        .args(["--no-password"])
        .stderr(format!(
            "{FAILED}no response from {base}: the connection was closed{MAYBE_DONE}\n"
        ))
        .code(4);
    assert_eq!(server.connections(), 1);
}
