//! Characters that change the direction of text or control a terminal are escaped in the output.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::not_updated;

/// All bidirectional control characters of Unicode.
const BIDIRECTIONAL: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// The same characters as the program prints them.
fn escaped() -> String {
    let all = BIDIRECTIONAL.map(|c| format!("\\u{{{:x}}}", u32::from(c)));
    all.concat()
}

fn bidirectional() -> String {
    String::from_iter(BIDIRECTIONAL)
}

#[test]
fn cells_escape_bidirectional_control_characters() {
    // Other characters next to these in Unicode are printed unchanged.
    let plain = "\u{61b}\u{200d}\u{2010}\u{202f}\u{2065}\u{206a}";
    let body = authorization(ID, "telegraf", "inactive")
        .replace("a test", &format!("{}{plain}", bidirectional()));
    let server = Server::start([exchange(patch(ID, "inactive"), json("200 OK", &body))]);
    set_inactive(&server.url())
        .args(["--id", ID, "--hide-headers"])
        .stdout(format!(
            "{ID}\t{}{plain}\ttelegraf\tadmin\t0000000000000b01\tinactive\t[read:orgs/0000000000000a01/buckets/0000000000000c01]\n",
            escaped()
        ))
        .code(0);
}

#[test]
fn server_messages_escape_bidirectional_control_characters() {
    let body = format!(r#"{{"code":"x","message":"a{}b"}}"#, bidirectional());
    let answers = json("400 Bad Request", &body);
    let server = Server::start([exchange(patch(ID, "inactive"), answers)]);
    set_inactive(&server.url())
        .args(["--id", ID])
        .stderr(not_updated(&format!("400 Bad Request: a{}b", escaped())))
        .code(7);
}

/// In a response that is not an InfluxDB error, control characters are removed instead.
#[test]
fn bidirectional_control_characters_are_removed_from_html_pages() {
    let page = format!("<p>a{}b</p>\n", bidirectional());
    let page = http_response("502 Bad Gateway", "text/html", page.as_bytes());
    let server = Server::start([exchange(patch(ID, "inactive"), Reply::Send(page))]);
    set_inactive(&server.url())
        .args(["--id", ID])
        .stderr(not_updated("502 Bad Gateway: <p>ab</p>"))
        .code(7);
}

#[test]
fn errors_about_arguments_escape_bidirectional_control_characters() {
    let server = Server::start([]);
    for (flags, said) in [
        (
            ["--token-file", "no\u{202e}ne"],
            "cannot read the token from --token-file no\\u{202e}ne: No such file or directory",
        ),
        (
            ["--wro\u{2066}ng", "x"],
            "unknown flag \"--wro\\u{2066}ng\"",
        ),
    ] {
        let run = set_inactive(&server.url())
            .args(["--id", ID])
            .args(flags)
            .run();
        run.assert(run.stderr.contains(said), said);
        run.assert(
            !run.stderr.contains(BIDIRECTIONAL),
            "no bidirectional control characters",
        );
    }
}

#[test]
fn http_debug_escapes_bidirectional_control_characters() {
    let body = authorization(ID, "telegraf", "inactive").replace("a test", &bidirectional());
    let server = Server::start([exchange(patch(ID, "inactive"), json("200 OK", &body))]);
    let run = set_inactive(&server.url())
        .args(["--id", ID, "--http-debug"])
        .run();
    run.assert(run.code == 0, "success");
    run.assert(
        run.stderr.contains(&escaped()),
        "all of the characters escaped",
    );
    run.assert(
        !run.stderr.contains(BIDIRECTIONAL),
        "no unescaped characters",
    );
}

#[test]
fn json_escapes_control_characters() {
    let controls: String = ('\u{7f}'..='\u{9f}').collect();
    let body = authorization(ID, "telegraf", "inactive")
        .replace("a test", &format!("\\u001b{controls}\u{a0}\u{202e}"));
    let server = Server::start([exchange(patch(ID, "inactive"), json("200 OK", &body))]);
    let codes = ('\u{7f}'..='\u{9f}').map(|c| format!("\\u{:04x}", u32::from(c)));
    let shown = format!("\\u001b{}\u{a0}\u{202e}", String::from_iter(codes));
    set_inactive(&server.url())
        .args(["--id", ID, "--json"])
        .stdout(object(ID, "telegraf", "inactive").replace("a test", &shown) + "\n")
        .code(0);
}
