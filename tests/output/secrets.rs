//! The token and the value of an extra header stay off both streams: on every path that fails, with
//! the exchange shown, and where the server sends them back.

use crate::connection::failures::not_updated;
use crate::fixtures::*;
use crate::harness::{Run, TOKEN, set_inactive};
use crate::server::{Reply, Server, answer, exchange, json};

const HEADER: &str = "h3ader-value-of-the-tests";

/// A part of each secret that is long enough to be of use.
const PARTS: [&str; 5] = [
    "t0ken-of-the",
    "h3ader-value",
    "pa55word-of",
    "YWRtaW46cGE1",
    "s3ssion-of",
];

#[track_caller]
pub fn assert_no_secret(run: &Run) {
    for part in PARTS {
        let shown = run.stdout.contains(part) || run.stderr.contains(part);
        run.assert(!shown, &format!("nothing that contains {part}"));
    }
}

/// The PATCH by token with the extra header.
fn with_header() -> String {
    let lines = format!("authorization: Token {TOKEN}\r\n");
    let target = format!("/private/legacy/authorizations/{ID}");
    let request = request_as(&lines, "PATCH", &target, r#"{"status":"inactive"}"#);
    let kind = "content-type: application/json\r\n";
    request.replace(kind, &format!("{kind}x-tenant: {HEADER}\r\n"))
}

/// A run by ID with a token and an extra header, and with the exchange shown if `debug`.
fn run(reply: Reply, debug: bool) -> Run {
    let server = Server::start([exchange(with_header(), reply)]);
    let test = set_inactive(&server.url()).args([
        "--id",
        ID,
        "--timeout",
        "500ms",
        "--extra-http-header",
        &format!("X-Tenant: {HEADER}"),
    ]);
    test.args(debug.then_some("--http-debug")).run()
}

/// An answer with these lines in its head and this body.
pub fn echo(status: &str, headers: &str, body: &str) -> Reply {
    let text = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    Reply::SendAndClose(text.into_bytes())
}

#[test]
fn no_failure_shows_a_secret() {
    let both = format!("{TOKEN} and {HEADER}");
    let message = format!(r#"{{"code":"x","message":"bad {both}"}}"#);
    let html = format!("<html>\n<p>Authorization: Token {TOKEN}\n<p>{HEADER}</html>");
    let location = format!("Location: http://h/{TOKEN}?{HEADER}\r\n");
    let status = authorization(ID, "telegraf", &both);
    for debug in [false, true] {
        let replies = [
            (echo("401 Unauthorized", "", &message), 5),
            (echo("403 Forbidden", "", &html), 5),
            (
                echo(
                    "404 Not Found",
                    "",
                    &message.replace("\"x\"", "\"not found\""),
                ),
                7,
            ),
            (echo("404 Not Found", "", &html), 7),
            (echo("500 Internal Server Error", "", &message), 7),
            (echo("502 Bad Gateway", "", &html), 7),
            (echo("307 Temporary Redirect", &location, &html), 7),
            (echo("200 OK", "", &html), 7),
            (echo("200 OK", "", &message), 7),
            (echo("200 OK", "", &status), 7),
            (
                Reply::SendAndClose(format!("{both}\r\n\r\n").into_bytes()),
                7,
            ),
            (
                Reply::SendAndClose(format!("HTTP/1.1 200 {both}\r\n{both}\r\n\r\n").into_bytes()),
                7,
            ),
            (
                Reply::SendAndClose(
                    format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{both}").into_bytes(),
                ),
                7,
            ),
            (Reply::SendAndClose(Vec::new()), 4),
            (Reply::SendAndReset(Vec::new()), 4),
            (Reply::Hang, 4),
        ];
        for (reply, code) in replies {
            let run = run(reply, debug);
            run.assert(run.code == code, &format!("exit code {code}"));
            run.assert(run.stdout.is_empty(), "nothing on standard output");
            run.assert(run.stderr.contains("Error: failed to update"), "an error");
            assert_no_secret(&run);
        }
    }
}

#[test]
fn an_echo_reads_redacted() {
    let server = Server::start([exchange(
        patch(ID, "inactive"),
        json(
            "401 Unauthorized",
            &format!(r#"{{"message":"no {TOKEN}!"}}"#),
        ),
    )]);
    let hint = "Hint: is the token the right one for this server, and may it read and write authorizations and users?\n";
    set_inactive(&server.url())
        .args(["--id", ID])
        .stderr(not_updated("401 Unauthorized: no [redacted]!") + hint)
        .code(5);
}

#[test]
fn results_show_no_secret_either() {
    for format in ["--json", "--hide-headers"] {
        let body = authorization(ID, TOKEN, "inactive")
            .replace("a test", HEADER)
            .replace("admin", &format!("x{TOKEN}x"));
        let server = Server::start([exchange(with_header(), json("200 OK", &body))]);
        let run = set_inactive(&server.url())
            .args(["--id", ID, "--http-debug", format])
            .env("INFLUX_EXTRA_HTTP_HEADER", format!("X-Tenant:{HEADER}"))
            .run();
        run.assert(
            run.code == 0 && run.stdout.contains("x[redacted]x"),
            "a redacted row",
        );
        assert_no_secret(&run);
    }
}

#[test]
fn the_exchange_is_shown_without_secrets() {
    let body = r#"{"code":"x","message":"m"}"#;
    let headers = format!("X-Request-Id: {HEADER}\r\nX-Echo: a\r\nSet-Cookie: b\r\n");
    let server = Server::start([exchange(
        with_header(),
        echo("400 Bad Request", &headers, body),
    )]);
    let error = not_updated("400 Bad Request: m");
    let host = server.host();
    set_inactive(&server.url())
        .args(["--id", ID, "--http-debug"])
        .env("INFLUX_EXTRA_HTTP_HEADER", format!("X-Tenant:{HEADER}"))
        .stderr(format!(
            "> PATCH /private/legacy/authorizations/{ID} HTTP/1.1\n> host: {host}\n> authorization: [redacted]\n> content-type: application/json\n> x-tenant: [redacted]\n> {{\"status\":\"inactive\"}}\n\
             < HTTP/1.1 400 Bad Request\n< x-request-id: [redacted]\n< x-echo: [redacted]\n< set-cookie: [redacted]\n< content-length: 26\n< {body}\n{error}"
        ))
        .code(7);
}

#[test]
fn a_secret_at_the_edge_of_what_is_read_is_not_shown_in_part() {
    // 200 characters of a page are shown; white space is folded, and 64 KiB are read.
    for before in ["x".repeat(190), " ".repeat(64 * 1024 - 20)] {
        let body = format!("{before}{TOKEN}");
        let page = answer("502 Bad Gateway", "text/html", body.as_bytes());
        assert_no_secret(&run(Reply::Send(page), false));
    }
}

#[test]
fn a_page_full_of_secrets_is_not_shown_in_part() {
    // What is removed makes room for what stands at the edge of what is read.
    let body = format!("{}{}", "-".repeat(40), TOKEN.repeat(3000));
    for status in ["200 OK", "502 Bad Gateway"] {
        let page = answer(status, "text/html", body.as_bytes());
        assert_no_secret(&run(Reply::Send(page), true));
    }
}

#[test]
fn a_secret_is_not_put_together_again() {
    let (one, two) = TOKEN.split_at(20);
    let body = format!("<p>{one}\u{1}{two}</p>");
    let page = answer("502 Bad Gateway", "text/html", body.as_bytes());
    assert_no_secret(&run(Reply::Send(page), false));
}

/// Runs with a secret that JSON or a URL writes differently, and returns what was shown.
fn run_with_header_value(value: &str, reply: Reply) -> Run {
    let request = with_header().replace(HEADER, value);
    let server = Server::start([exchange(request, reply)]);
    set_inactive(&server.url())
        .args(["--id", ID, "--http-debug", "--extra-http-header"])
        .args([format!("X-Tenant:{value}")])
        .run()
}

#[test]
fn a_secret_written_in_json_is_not_shown() {
    // What Go's encoder makes of it, and what others do.
    for (value, written) in [
        ("h3ader-value&more", r"h3ader-value\u0026more"),
        ("h3ader-value\"more", r#"h3ader-value\"more"#),
        ("h3ader-value/more", r"h3ader-value\/more"),
    ] {
        let body = format!(r#"{{"code":"x","message":"bad {written}"}}"#);
        let run = run_with_header_value(value, json("400 Bad Request", &body));
        run.assert(run.code == 7, "exit code 7");
        assert_no_secret(&run);
    }
}

#[test]
fn a_secret_written_in_a_url_is_not_shown() {
    let headers = format!(
        "Location: http://h/login?token={}\r\n",
        TOKEN.replace('=', "%3D")
    );
    assert_no_secret(&run(echo("302 Found", &headers, ""), true));
}
