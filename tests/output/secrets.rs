//! The token and the values of extra headers are redacted in errors and in the output of
//! `--http-debug`, even if the server echoes them. Results are never altered.

use crate::fixtures::*;
use crate::harness::{Run, TOKEN, set_inactive};
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::not_updated;
use crate::support::no_secrets::{assert_no_secret, echo};

const HEADER: &str = "h3ader-value-of-the-tests";

/// The PATCH request with the token and the extra header.
fn request_with_header() -> String {
    let lines = format!("authorization: Token {TOKEN}\r\n");
    let target = format!("/private/legacy/authorizations/{ID}");
    let request = request_as(&lines, "PATCH", &target, r#"{"status":"inactive"}"#);
    let kind = "content-type: application/json\r\n";
    request.replace(kind, &format!("{kind}x-tenant: {HEADER}\r\n"))
}

/// A run by ID with a token and an extra header. `debug` adds `--http-debug`.
fn run(reply: Reply, debug: bool) -> Run {
    let server = Server::start([exchange(request_with_header(), reply)]);
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

#[test]
fn errors_do_not_show_secrets() {
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
fn an_echoed_token_is_redacted() {
    let server = Server::start([exchange(
        patch(ID, "inactive"),
        json(
            "401 Unauthorized",
            &format!(r#"{{"message":"no {TOKEN}!"}}"#),
        ),
    )]);
    let hint = "Hint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n";
    set_inactive(&server.url())
        .args(["--id", ID])
        .stderr(not_updated("401 Unauthorized: no [redacted]!") + hint)
        .code(5);
}

#[test]
fn a_percent_encoded_token_is_redacted() {
    let headers = format!(
        "Location: http://h/login?token={}\r\n",
        TOKEN.replace('=', "%3D")
    );
    assert_no_secret(&run(echo("302 Found", &headers, ""), true));
}

#[test]
fn results_are_not_redacted_if_they_contain_a_secret() {
    for (format, expected) in [
        ("--json", format!("\t\"userName\": \"x{TOKEN}x\",\n")),
        ("--hide-headers", format!("\tx{TOKEN}x\t")),
    ] {
        let body = authorization(ID, "telegraf", "inactive")
            .replace("a test", HEADER)
            .replace("admin", &format!("x{TOKEN}x"));
        let server = Server::start([exchange(request_with_header(), json("200 OK", &body))]);
        let run = set_inactive(&server.url())
            .args(["--id", ID, format])
            .env("INFLUX_EXTRA_HTTP_HEADER", format!("X-Tenant:{HEADER}"))
            .run();
        run.assert(run.code == 0, "success");
        run.assert(run.stdout.contains(&expected), &expected);
        run.assert(run.stdout.contains(HEADER), "the unaltered description");
    }
}

#[test]
fn http_debug_redacts_secrets() {
    let body = r#"{"code":"x","message":"m"}"#;
    let headers = format!("X-Request-Id: {HEADER}\r\nX-Echo: a\r\nSet-Cookie: b\r\n");
    let server = Server::start([exchange(
        request_with_header(),
        echo("400 Bad Request", &headers, body),
    )]);
    let error = not_updated("400 Bad Request: m");
    let host = server.host();
    set_inactive(&server.url())
        .args(["--id", ID, "--http-debug"])
        .env("INFLUX_EXTRA_HTTP_HEADER", format!("X-Tenant:{HEADER}"))
        .stderr(format!(
            "> PATCH /private/legacy/authorizations/{ID} HTTP/1.1\n> host: {host}\n> authorization: [redacted]\n> content-type: application/json\n> x-tenant: [redacted]\n> {{\"status\":\"inactive\"}}\n\
             < HTTP/1.1 400 Bad Request\n< x-request-id: [redacted]\n< x-echo: a\n< set-cookie: [redacted]\n< content-length: 26\n< {body}\n{error}"
        ))
        .code(7);
}

/// Otherwise the start of a secret could remain at the end of the truncated text.
#[test]
fn secrets_are_redacted_before_text_is_truncated() {
    // An error shows 200 characters of a page, and `--http-debug` shows 16 Ki characters.
    for before in [190, 16 * 1024 - 10] {
        let body = format!("{}{TOKEN}", "x".repeat(before));
        let page = http_response("502 Bad Gateway", "text/html", body.as_bytes());
        assert_no_secret(&run(Reply::Send(page), true));
    }
}

/// The padding is replaced together with the token, unless it is percent-encoded.
#[test]
fn a_token_is_redacted_with_and_without_its_padding() {
    let body = TOKEN.trim_end_matches('=');
    let message = format!(r#"{{"message":"{TOKEN}, {body}, {body}%3D%3D"}}"#);
    let server = Server::start([exchange(
        patch(ID, "inactive"),
        echo("400 Bad Request", "", &message),
    )]);
    let run = set_inactive(&server.url()).args(["--id", ID]).run();
    let shown = "400 Bad Request: [redacted], [redacted], [redacted]%3D%3D\n";
    run.assert(run.stderr.ends_with(shown), shown);
}

#[test]
fn the_credential_in_an_extra_header_is_redacted() {
    for (header, said) in [
        ("X-Auth: Bearer h3ader-value-1==", "h3ader-value-1"),
        (
            "Cookie: a=h3ader-value-1; b=h3ader-value-2",
            "h3ader-value-1 h3ader-value-2",
        ),
    ] {
        let (name, value) = header.split_once(": ").unwrap();
        let line = format!("{}: {value}", name.to_ascii_lowercase());
        let request = request_with_header().replace(&format!("x-tenant: {HEADER}"), &line);
        for debug in [&[][..], &["--http-debug"]] {
            let page = echo("400 Bad Request", "", said);
            let server = Server::start([exchange(&*request, page)]);
            let run = set_inactive(&server.url())
                .args(["--id", ID, "--extra-http-header", header])
                .args(debug.to_vec())
                .run();
            run.assert(run.code == 7, "exit code 7");
            assert_no_secret(&run);
        }
    }
}
