//! `--extra-http-header` and `--trace-debug-id`: headers that are added, replaced or rejected.

use crate::fixtures::*;
use crate::harness::{TOKEN, set_inactive};
use crate::scripted_server::{Server, exchange};
use std::time::{Duration, Instant};

/// Runs with these flags. The request must have these header lines.
#[track_caller]
fn sends(args: &[&str], head: &str) {
    let body = "{\"status\":\"inactive\"}";
    let target = format!("PATCH /private/legacy/authorizations/{ID} HTTP/1.1");
    let length = format!("content-length: {}", body.len());
    let request = format!("{target}\r\n{length}\r\n{head}\r\n{body}");
    let server = Server::start([exchange(request, deactivated_reply(ID))]);
    set_inactive(&server.url())
        .args(["--id", ID])
        .args(args.to_vec())
        .stdout(deactivated_row())
        .code(0);
}

/// The program's own header lines without those whose names are in `without`, then the lines in
/// `added`.
fn head(without: &[&str], added: &str) -> String {
    let agent = concat!("user-agent: influx/", env!("CARGO_PKG_VERSION"), "\r\n");
    let token = format!("authorization: Token {TOKEN}\r\n");
    let ours = [
        agent,
        "accept: application/json\r\n",
        "host: HOST\r\n",
        &token,
        "content-type: application/json\r\n",
    ];
    let kept = ours
        .iter()
        .filter(|line| !without.iter().any(|name| line.starts_with(name)));
    kept.copied().collect::<String>() + added
}

#[test]
fn trace_debug_id_is_sent_in_two_headers() {
    let both = "influx-debug-id: a b:c\r\nzap-trace-span: a b:c\r\n";
    sends(&["--trace-debug-id", "a b:c"], &head(&[], both));
    let one = "influx-debug-id: a\r\nzap-trace-span: own\r\nx-b: 2\r\n";
    sends(
        &[
            "-trace-debug-id=a",
            "--extra-http-header",
            "Zap-Trace-Span:own",
            "--extra-http-header",
            "X-B:2",
        ],
        &head(&[], one),
    );
}

#[test]
fn extra_headers_are_repeatable_and_the_last_value_wins() {
    sends(
        &[
            "--extra-http-header",
            "X-A:1",
            "--extra-http-header=X-B: two words ",
            "-extra-http-header",
            "x-a:3:4",
        ],
        &head(&[], "x-a: 3:4\r\nx-b: two words\r\n"),
    );
    sends(
        &["--extra-http-header", "X-Empty:"],
        &head(&[], "x-empty: \r\n"),
    );
}

/// Commas separate headers only in the variable.
#[test]
fn a_comma_in_a_flag_does_not_separate_headers() {
    sends(
        &["--extra-http-header", "X-A:1,X-B:2"],
        &head(&[], "x-a: 1,X-B:2\r\n"),
    );
}

#[test]
fn extra_headers_replace_those_of_the_program() {
    for (ours, given) in [
        ("authorization", "Bearer another"),
        ("content-type", "application/merge-patch+json"),
    ] {
        let line = format!("{ours}: {given}\r\n");
        sends(
            &[
                "--extra-http-header",
                &format!("{}:{given}", ours.to_uppercase()),
            ],
            &head(&[ours], &line),
        );
    }
}

#[test]
fn extra_headers_replace_those_of_the_http_library() {
    for (ours, given) in [
        ("accept", "*/*"),
        ("user-agent", "mine/1"),
        ("host", "tenant.example"),
    ] {
        let line = format!("{ours}: {given}\r\n");
        sends(
            &["--extra-http-header", &format!("{ours}:{given}")],
            &head(&[ours], &line),
        );
    }
}

#[test]
fn headers_that_affect_body_framing_are_rejected() {
    for name in [
        "Accept-Encoding",
        "Content-Length",
        "Expect",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    ] {
        let lower = name.to_ascii_lowercase();
        for (flag, origin) in [
            (true, "--extra-http-header"),
            (false, "INFLUX_EXTRA_HTTP_HEADER"),
        ] {
            let given = format!("{name}:hunter2");
            let test = set_inactive("http://127.0.0.1:1").args(["--id", ID]);
            let test = match flag {
                true => test.args([origin, &given]),
                false => test.env(origin, given),
            };
            test.stderr(format!(
                "Error: {origin}: {lower} cannot be set, because it determines how the body is sent\n"
            ))
            .code(2);
        }
    }
}

#[test]
fn invalid_header_values_are_rejected_and_not_shown() {
    let line_break = "contains a line break, which is not allowed in a header";
    let character =
        "contains a character that is not allowed in a header (only printable ASCII can be sent)";
    let name = "the text before the colon is not a header name";
    for (flag, value, said) in [
        (
            "--extra-http-header",
            "hunter2",
            "expected NAME:VALUE, but there is no colon",
        ),
        ("--extra-http-header", ":hunter2", name),
        ("--extra-http-header", "a b:hunter2", name),
        ("--extra-http-header", "ä:hunter2", name),
        ("--extra-http-header", "X:hunter2\r\nY:1", line_break),
        ("--extra-http-header", "X:hunter2\u{1}x", character),
        ("--extra-http-header", "X:hünter2", character),
        ("--token", "hunter2\nx", line_break),
        ("--token", "hunter2\r", line_break),
        ("--token", "hunter2\u{7f}", character),
        ("--token", "hunter2ü", character),
    ] {
        set_inactive("http://127.0.0.1:1")
            .args(["--id", ID, flag, value])
            .stderr(format!("Error: {flag}: {said}\n"))
            .code(2);
    }
}

/// Comparing each header with all others would take far longer.
#[test]
fn ten_thousand_headers_are_sent_quickly() {
    const MANY: usize = 10_000;
    let own: String = (0..MANY)
        .map(|number| format!("x-h{number}: value-{number}\r\n"))
        .collect();
    let body = "{\"status\":\"inactive\"}";
    let target = format!("PATCH /private/legacy/authorizations/{ID} HTTP/1.1");
    let head = head(&[], &own);
    let request = format!(
        "{target}\r\ncontent-length: {}\r\n{head}\r\n{body}",
        body.len()
    );
    let server = Server::start([exchange(request, deactivated_reply(ID))]);
    let flags = (0..MANY).flat_map(|number| {
        let header = format!("X-H{number}: value-{number}");
        ["--extra-http-header".to_string(), header]
    });
    let test = set_inactive(&server.url()).args(["--id", ID]).args(flags);
    let start = Instant::now();
    test.stdout(deactivated_row()).code(0);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[test]
fn too_long_or_too_many_headers_are_rejected() {
    let name = format!("{}:hunter2", "n".repeat(65_536));
    let test = set_inactive("http://127.0.0.1:1").args(["--id", ID]);
    test.args(["--extra-http-header", &name])
        .stderr("Error: --extra-http-header: the text before the colon is not a header name\n")
        .code(2);
    let many: Vec<_> = (0..=16 * 1024)
        .map(|number| format!("A{number}:"))
        .collect();
    let test = set_inactive("http://127.0.0.1:1").args(["--id", ID]);
    test.args(["--extra-http-header", "A:1"])
        .args(
            many.iter()
                .flat_map(|header| ["--extra-http-header", header]),
        )
        .stderr("Error: --extra-http-header: there are more than 16384 headers\n")
        .code(2);
}
