//! Creations must not be made twice. Each goes out on a new connection and is never repeated. If the
//! response does not tell whether it was made, the message says that it may have been.

use crate::fixtures::{ID, request, table};
use crate::scripted_server::{Reply, Server, answer, exchange, json};
use crate::support::expected_failures::INFLUXDB;
use crate::support::v1_auth_requests::{BUCKET, BY_ID, create, create_request, creates};

const DOUBT: &str = "; the request may have been carried out";
const DOING: &str = "Error: failed to create authorization with username \"telegraf\": ";

/// Answers the creation with `reply`. `said` is the message after what was being done.
#[track_caller]
fn fails(reply: Reply, said: &str, hint: &str) {
    let server = Server::start([exchange(create_request(), reply)]);
    create(&server, &BY_ID)
        .args(["--no-password"])
        .stderr(format!("{DOING}{said}\n{hint}").replace("BASE", &server.url()))
        .code(7);
}

#[test]
fn an_answer_that_does_not_tell_leaves_the_doubt() {
    let created = |body: &str| json("201 Created", body);
    let incomplete =
        "the response from BASE is incomplete: the connection was closed in the middle";
    let cut = b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{".to_vec();
    fails(
        Reply::SendAndClose(cut),
        &format!("{incomplete}{DOUBT}"),
        "",
    );
    let unusable = "the response from BASE cannot be used";
    let large = "x".repeat(2 * 1024 * 1024);
    let head = format!("HTTP/1.1 201 Created\r\nX: {large}\r\n\r\n");
    fails(
        Reply::SendAndClose(head.into_bytes()),
        &format!("{unusable}: its headers are larger than 16 KiB{DOUBT}"),
        "",
    );
    let bytes = answer("201 Created", "application/json", large.as_bytes());
    fails(
        Reply::SendAndClose(bytes),
        &format!("{unusable}: it is larger than 1 MiB{DOUBT}"),
        "",
    );
    fails(
        Reply::SendAndClose(b"garbage\r\n\r\n".to_vec()),
        &format!("{unusable}: it is not valid HTTP (http parse fail: invalid HTTP version){DOUBT}"),
        "",
    );
    fails(
        created("<html>"),
        &format!("no JSON in the response 201 Created: <html>{DOUBT}"),
        INFLUXDB,
    );
    fails(
        created("{\"id\":"),
        &format!("incomplete JSON in the response 201 Created: {{\"id\":{DOUBT}"),
        "",
    );
    fails(
        created("{}"),
        &format!("no authorization in the response 201 Created: {{}}{DOUBT}"),
        "",
    );
    fails(
        created(""),
        &format!("no authorization in the response 201 Created: it is empty{DOUBT}"),
        "",
    );
}

#[test]
fn a_gateways_5xx_leaves_the_doubt_and_influxdbs_own_does_not() {
    for (status, body, message, doubt) in [
        ("502 Bad Gateway", "<html>", ": <html>", DOUBT),
        ("504 Gateway Timeout", "", "", DOUBT),
        (
            "503 Service Unavailable",
            r#"{"message":"no upstream"}"#,
            ": no upstream",
            DOUBT,
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
    run.assert(run.code == 7 && !run.stderr.contains(DOUBT), "not made");
    run.assert(run.stderr.contains("ping --wait"), "the hint");
}

/// The server closes every connection after its answer, without saying so first.
#[test]
fn a_creation_does_not_go_out_on_the_connection_of_the_look_up() {
    let org = r#"{"orgs":[{"id":"0000000000000a01","name":"acme"}]}"#;
    let looks_up = |reply: Reply| exchange(request("GET", "/api/v2/orgs?org=acme", ""), reply);
    let flags = ["--org", "acme", "--read-bucket", BUCKET, "--no-password"];
    let closes = answer("200 OK", "application/json", org.as_bytes());
    for reply in [Reply::SendAndClose(closes), json("200 OK", org)] {
        let server = Server::start([looks_up(reply), creates()]);
        create(&server, &flags)
            .stdout(table(&[(ID, "telegraf", "active")]))
            .code(0);
        assert_eq!(server.connections(), 2);
    }
}

#[test]
fn a_creation_whose_connection_breaks_is_not_repeated() {
    let server = Server::start([exchange(create_request(), Reply::SendAndClose(Vec::new()))]);
    let base = server.url();
    create(&server, &BY_ID)
        .args(["--no-password"])
        .stderr(format!(
            "{DOING}no response from {base}: the connection was closed{DOUBT}\n"
        ))
        .code(4);
    assert_eq!(server.connections(), 1);
}
