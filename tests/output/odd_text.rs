//! Characters that lie: what turns the direction of text, or drives a terminal, is shown escaped.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Reply, Server, answer, exchange, json};
use crate::support::expected_failures::not_updated;

/// Every character that turns the direction of text.
const TURNING: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// The same, as they are shown.
fn escaped() -> String {
    let all = TURNING.map(|c| format!("\\u{{{:x}}}", u32::from(c)));
    all.concat()
}

fn turning() -> String {
    String::from_iter(TURNING)
}

#[test]
fn a_cell_shows_what_turns_its_text() {
    // Their neighbours are text like any other.
    let plain = "\u{61b}\u{200d}\u{2010}\u{202f}\u{2065}\u{206a}";
    let body = authorization(ID, "telegraf", "inactive")
        .replace("a test", &format!("{}{plain}", turning()));
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
fn the_servers_message_shows_it() {
    let body = format!(r#"{{"code":"x","message":"a{}b"}}"#, turning());
    let answers = json("400 Bad Request", &body);
    let server = Server::start([exchange(patch(ID, "inactive"), answers)]);
    set_inactive(&server.url())
        .args(["--id", ID])
        .stderr(not_updated(&format!("400 Bad Request: a{}b", escaped())))
        .code(7);
}

/// What is no message of InfluxDB's loses its control characters, and these.
#[test]
fn a_page_loses_it() {
    let page = format!("<p>a{}b</p>\n", turning());
    let page = answer("502 Bad Gateway", "text/html", page.as_bytes());
    let server = Server::start([exchange(patch(ID, "inactive"), Reply::Send(page))]);
    set_inactive(&server.url())
        .args(["--id", ID])
        .stderr(not_updated("502 Bad Gateway: <p>ab</p>"))
        .code(7);
}

#[test]
fn what_was_typed_shows_it() {
    let server = Server::start([]);
    for (flags, said) in [
        (
            ["--token-file", "no\u{202e}ne"],
            "cannot take the token from --token-file no\\u{202e}ne: No such file or directory",
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
        run.assert(!run.stderr.contains(TURNING), "nothing that turns text");
    }
}

#[test]
fn the_exchange_shows_it() {
    let body = authorization(ID, "telegraf", "inactive").replace("a test", &turning());
    let server = Server::start([exchange(patch(ID, "inactive"), json("200 OK", &body))]);
    let run = set_inactive(&server.url())
        .args(["--id", ID, "--http-debug"])
        .run();
    run.assert(run.code == 0, "success");
    run.assert(run.stderr.contains(&escaped()), "all of them escaped");
    run.assert(!run.stderr.contains(TURNING), "none as it is");
}

#[test]
fn json_has_no_control_character() {
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
