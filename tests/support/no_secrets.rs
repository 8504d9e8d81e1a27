//! Secrets of the tests, and the assertion that none of them is printed.

use crate::harness::Run;
use crate::scripted_server::Reply;

/// A part of each secret that is long enough to reveal it.
pub const PARTS: [&str; 5] = [
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

/// A response with these header lines and this body.
pub fn echo(status: &str, headers: &str, body: &str) -> Reply {
    let text = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    Reply::SendAndClose(text.into_bytes())
}
