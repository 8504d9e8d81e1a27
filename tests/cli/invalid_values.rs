//! Values that are refused, and arguments and variables that are not UTF-8.

use crate::fixtures::*;
use crate::harness::{Test, set_inactive};
use crate::scripted_server::{Server, exchange, json};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};

const LEAF: [&str; 3] = ["v1", "auth", "set-inactive"];

#[track_caller]
fn refused(args: &[&str], error: &str) {
    Test::new(LEAF)
        .args(["--id", ID])
        .args(args.to_vec())
        .stderr(format!("Error: {error}\n"))
        .code(2);
}

#[test]
fn timeout_accepts_only_valid_durations() {
    let expected = "expected a duration such as 500ms, 30s, 2m or 1h, or 0";
    for (value, said) in [
        ("s", expected),
        ("-1s", expected),
        ("+1s", expected),
        ("1.5s", expected),
        ("1 s", expected),
        (" 1s", expected),
        ("1d", expected),
        ("1us", expected),
        ("1m30s", expected),
        ("infinity", expected),
        ("99999999999999999999s", "the number is too large"),
        ("18446744073709551615h", "the number is too large"),
        ("1000000h", "the number is too large"),
        ("99999999999999999999", "the number is too large"),
    ] {
        refused(
            &["--timeout", value],
            &format!("--timeout \"{value}\": {said}"),
        );
    }
    for value in [
        "0", "0s", "0ms", "30000ms", "30s", "2m", "1h", "007s", "876000h", "30", "010",
    ] {
        let server = Server::start([deactivated()]);
        set_inactive(&server.url())
            .args(["--id", ID, "--timeout", value])
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn invalid_hosts_are_refused_with_a_reason() {
    let url = "http:// or https:// is missing; expected a URL such as http://localhost:8086 or https://influx.example/prefix";
    let scheme = "the scheme is neither http nor https";
    let port = "the port is not a number from 1 to 65535";
    let user = "it must not have user:password; use a token";
    let query = "it must not have a query or a fragment";
    let name = "the host name has a character that is not allowed there (write an international name in its xn-- form)";
    for (host, said) in [
        ("localhost", url),
        ("localhost:8086", url),
        ("//localhost", url),
        ("ftp://localhost", scheme),
        ("unix:///run/influx", scheme),
        ("://h", scheme),
        ("http://", "the host name is missing"),
        ("http:///influx", "the host name is missing"),
        ("http://:8086", "the host name is missing"),
        ("http://h:", port),
        ("http://h:0", port),
        ("http://h:65536", port),
        ("http://h:+1", port),
        ("http://h:8086:8086", port),
        ("http://hunter2:hunter3@h", user),
        ("http://hunter2@h", user),
        ("http://@h", user),
        ("http://h?q=hunter2", query),
        ("http://h/#hunter2", query),
        ("http://hä", name),
        ("http://h h", name),
        ("http://h\nh", name),
        ("http://h\n", "it ends with a line break"),
        ("http://[::1", "the [ of the IPv6 address is not closed"),
        ("http://[::1]8086", "only a port may follow the ]"),
        (
            "http://[hunter2]",
            "the text in brackets is not an IPv6 address",
        ),
        (
            "http://h/a b",
            "the path has a character that must be percent-encoded",
        ),
        (
            "http://h/%2",
            "the path has a % without two hex digits after it",
        ),
    ] {
        refused(&["--host", host], &format!("--host: {said}"));
    }
}

#[test]
fn targets_may_have_at_most_1024_bytes() {
    let longest = "\u{1b}".repeat(1024);
    let target = format!("/private/legacy/authorizations/{}", "%1B".repeat(1024));
    let reply = json("200 OK", &authorization(ID, "telegraf", "inactive"));
    let server = Server::start([exchange(
        request("PATCH", &target, "{\"status\":\"inactive\"}"),
        reply,
    )]);
    set_inactive(&server.url())
        .args(["--id", &longest])
        .stderr(format!(
            "Error: failed to update status of authorization with ID \"{}\": the server returned a different authorization, \"{ID}\"\n",
            "\\u{1b}".repeat(1024)
        ))
        .code(7);
    for (flag, target) in [
        ("--id", "a".repeat(1025)),
        ("--username", "ü".repeat(513)),
        ("--id", "a".repeat(6000)),
    ] {
        let run = Test::new(LEAF).args([flag, &target]).run();
        run.assert(run.code == 2, "exit code 2");
        run.assert(
            run.stderr
                .starts_with(&format!("Error: {flag} \"{}", &target[..32])),
            "the flag",
        );
        run.assert(
            run.stderr.ends_with(": longer than 1024 bytes\n"),
            "the reason",
        );
        run.assert(run.stderr.len() < 4096, "a short message");
    }
}

/// The message shows U+FFFD instead of the invalid bytes.
#[test]
fn arguments_that_are_not_utf8_are_refused() {
    let flags = "Hint: `influx v1 auth set-inactive --help` lists the flags\n";
    let switch = "Hint: `influx v1 auth set-inactive` takes only flags (to turn a flag off, use --FLAG=false)\n";
    let cases: [(&[&[u8]], &str, &str); 11] = [
        (&[b"\xffx"], "unexpected argument \"\u{fffd}x\"", switch),
        (&[b"--\xff"], "unknown flag \"--\u{fffd}\"", flags),
        (&[b"--\xff=x"], "unknown flag \"--\u{fffd}\"", flags),
        (&[b"-\xff"], "unknown flag \"-\u{fffd}\"", flags),
        (&[b"--id", b"a\xff"], "--id \"a\u{fffd}\": is not UTF-8", ""),
        (&[b"--id=\xff"], "--id \"\u{fffd}\": is not UTF-8", ""),
        (&[b"-i\xff"], "--id \"\u{fffd}\": is not UTF-8", ""),
        (&[b"--json=\xff"], "--json \"\u{fffd}\": is not UTF-8", ""),
        (
            &[b"-c", b"\xff"],
            "--active-config \"\u{fffd}\": is not UTF-8",
            "",
        ),
        (&[b"-thunter2\xff"], "--token: is not UTF-8", ""),
        (
            &[b"--host", b"http://hunter2\xff"],
            "--host: is not UTF-8",
            "",
        ),
    ];
    for (words, said, hint) in cases {
        Test::new(LEAF)
            .args(words.iter().map(|word| OsStr::from_bytes(word)))
            .stderr(format!("Error: {said}\n{hint}"))
            .code(2);
    }
    Test::new([OsStr::from_bytes(b"\xff")])
        .stderr("Error: unknown command \"\u{fffd}\" for \"influx\"\nHint: `influx --help` lists the commands\n")
        .code(2);
}

#[test]
fn variables_that_are_not_utf8_are_refused() {
    for (variable, shown) in [
        ("INFLUX_HOST", ""),
        ("INFLUX_TOKEN", ""),
        ("INFLUX_EXTRA_HTTP_HEADER", ""),
        ("INFLUX_TIMEOUT", " \"x\u{fffd}\""),
        ("INFLUX_ACTIVE_CONFIG", " \"x\u{fffd}\""),
        ("INFLUX_OUTPUT_JSON", " \"x\u{fffd}\""),
        ("INFLUX_TRACE_DEBUG_ID", ""),
        ("INFLUX_USERNAME", " \"x\u{fffd}\""),
    ] {
        let id: &[&str] = if variable == "INFLUX_USERNAME" {
            &[]
        } else {
            &["--id", ID]
        };
        Test::new(LEAF)
            .args(id.to_vec())
            .env(variable, OsStr::from_bytes(b"x\xff"))
            .stderr(format!("Error: {variable}{shown}: is not UTF-8\n"))
            .code(2);
    }
}

#[test]
fn paths_need_not_be_utf8() {
    let path = || OsString::from_vec(b"f\xff".to_vec());
    let with_token = || {
        let target = format!("/private/legacy/authorizations/{ID}");
        let request = request_as(
            "authorization: Token filed\r\n",
            "PATCH",
            &target,
            "{\"status\":\"inactive\"}",
        );
        Server::start([exchange(request, deactivated_reply(ID))])
    };
    for (flag, variable, content) in [
        ("--token-file", "INFLUX_TOKEN_FILE", "filed"),
        (
            "--configs-path",
            "INFLUX_CONFIGS_PATH",
            "[a]\ntoken = 'filed'\n",
        ),
    ] {
        for by_flag in [true, false] {
            let server = with_token();
            let test = Test::new(LEAF).args(["--id", ID, "--host", &server.url()]);
            let test = match by_flag {
                true => test.args([OsStr::new(flag), &path()]),
                false => test.env(variable, path()),
            };
            std::fs::write(test.home().join(path()), content).unwrap();
            test.stdout(deactivated_row()).code(0);
        }
    }
    Test::new(LEAF)
        .args(["--id", ID])
        .args([OsStr::new("--token-file"), &path()])
        .stderr(
            "Error: cannot read the token from --token-file f\u{fffd}: No such file or directory\n",
        )
        .code(3);
}
