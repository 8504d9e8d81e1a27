//! Settings whose value shows in another way than in a request: limits, TLS, usernames.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::scripted::serve_once;
use std::io::Read;
use std::net::TcpListener;

#[test]
fn timeout() {
    for (args, variable, limit) in [
        (&["--timeout", "31ms"][..], None, "31ms"),
        (&["--timeout", "31ms"], Some("1h"), "31ms"),
        (&["--timeout=31ms"], Some(""), "31ms"),
        (&["--timeout", "1h", "-timeout", "32ms"], None, "32ms"),
        (&[], Some("33ms"), "33ms"),
        // A bare number is seconds.
        (&["--timeout", "1"], Some("2"), "1s"),
        (&[], Some("1"), "1s"),
    ] {
        let server = Server::start([exchange(patch(ID, "inactive"), Reply::Hang)]);
        let test = set_inactive(&server.url())
            .args(["--id", ID])
            .args(args.to_vec());
        let test = match variable {
            Some(value) => test.env("INFLUX_TIMEOUT", value),
            None => test,
        };
        test.stderr(format!(
            "Error: failed to update status of authorization with ID \"{ID}\": {} did not respond completely within {limit}; \
             the request may have been carried out, and repeating it is safe\n\
             Hint: --timeout or INFLUX_TIMEOUT sets the limit, and 0 means no limit\n",
            server.url()
        ))
        .code(4);
    }
}

#[test]
fn every_command_takes_a_timeout_in_seconds() {
    for args in [
        &["ping"][..],
        &["v1", "auth", "list"],
        &["v1", "auth", "set-inactive", "--id", ID],
        &["v1", "dbrp", "list", "--org", "acme"],
        &["auth", "list"],
    ] {
        let test = Test::new(args.to_vec()).env("INFLUX_HOST", "http://127.0.0.1:1");
        let run = test.env("INFLUX_TIMEOUT", "10").run();
        run.assert(run.code == 4, "nobody answers");
    }
}

#[test]
fn a_flag_silences_its_variable_however_wrong() {
    for (args, variable) in [
        (&["--timeout", "5s"][..], "INFLUX_TIMEOUT"),
        (&["--json=false"], "INFLUX_OUTPUT_JSON"),
        (&["--hide-headers=f"], "INFLUX_HIDE_HEADERS"),
        (&["--skip-verify"], "INFLUX_SKIP_VERIFY"),
        (
            &["--extra-http-header", "content-type:application/json"],
            "INFLUX_EXTRA_HTTP_HEADER",
        ),
    ] {
        let server = Server::start([deactivated()]);
        set_inactive(&server.url())
            .args(["--id", ID])
            .args(args.to_vec())
            .env(variable, "wrong")
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn booleans_of_the_environment_are_those_of_go() {
    let object = object(ID, "telegraf", "inactive") + "\n";
    for (on, words) in [
        (true, ["1", "t", "T", "TRUE", "true", "True"]),
        (false, ["0", "f", "F", "FALSE", "false", "False"]),
    ] {
        for word in words {
            let server = Server::start([deactivated()]);
            set_inactive(&server.url())
                .args(["--id", ID])
                .env("INFLUX_OUTPUT_JSON", word)
                .stdout(if on {
                    object.clone()
                } else {
                    deactivated_row()
                })
                .code(0);
        }
    }
    for variable in [
        "INFLUX_OUTPUT_JSON",
        "INFLUX_HIDE_HEADERS",
        "INFLUX_SKIP_VERIFY",
    ] {
        for word in ["yes", "no", "on", "2", "tRUE", " true", "true "] {
            by_id()
                .env(variable, word)
                .stderr(format!(
                    "Error: {variable} \"{word}\": expected true or false\n"
                ))
                .code(2);
        }
    }
}

#[test]
fn a_wrong_variable_is_named() {
    let url = "http:// or https:// is missing; expected a URL such as http://localhost:8086 or https://influx.example/prefix";
    let printable =
        "contains a character that is not allowed in a header (only printable ASCII can be sent)";
    for (variable, value, said) in [
        ("INFLUX_HOST", "localhost:8086", format!(": {url}")),
        (
            "INFLUX_HOST",
            "http://me:hunter2@h",
            ": it must not have user:password; use a token".into(),
        ),
        (
            "INFLUX_TOKEN",
            "hunter2\nx",
            ": contains a line break, which is not allowed in a header".into(),
        ),
        ("INFLUX_TOKEN", "hünter2", format!(": {printable}")),
        (
            "INFLUX_TIMEOUT",
            "soon",
            " \"soon\": expected a whole number and ms, s, m or h, as in 500ms or 30s, or 0".into(),
        ),
        (
            "INFLUX_TIMEOUT",
            "99999999h",
            " \"99999999h\": the number is too large".into(),
        ),
        (
            "INFLUX_TRACE_DEBUG_ID",
            "a\r\nb",
            ": contains a line break, which is not allowed in a header".into(),
        ),
        (
            "INFLUX_EXTRA_HTTP_HEADER",
            "X-A:1,hunter2",
            ": expected NAME:VALUE, but there is no colon".into(),
        ),
        (
            "INFLUX_EXTRA_HTTP_HEADER",
            "X-A:hunter2\u{7}",
            format!(": {printable}"),
        ),
    ] {
        by_id()
            .env(variable, value)
            .stderr(format!("Error: {variable}{said}\n"))
            .code(2);
    }
    let test = Test::new(["v1", "auth", "set-inactive"]);
    let run = test.env("INFLUX_USERNAME", "u".repeat(1025)).run();
    run.assert(
        run.stderr.starts_with("Error: INFLUX_USERNAME \"uuuu"),
        "the variable",
    );
    run.assert(
        run.stderr.ends_with(": longer than 1024 bytes\n"),
        "the reason",
    );
    run.assert(run.code == 2, "exit code 2");
}

#[test]
fn tls_ca() {
    for (args, variable, path) in [
        (&["--tls-ca", "flag.pem"][..], None, "flag.pem"),
        (&["--tls-ca", "flag.pem"], Some("variable.pem"), "flag.pem"),
        (&["--tls-ca", "a.pem", "--tls-ca", "b.pem"], None, "b.pem"),
        (&["-tls-ca=flag.pem"], Some(""), "flag.pem"),
        (&[], Some("variable.pem"), "variable.pem"),
    ] {
        let test = set_inactive("https://127.0.0.1:1")
            .args(["--id", ID])
            .args(args.to_vec());
        let test = match variable {
            Some(value) => test.env("INFLUX_TLS_CA", value),
            None => test,
        };
        test.stderr(format!(
            "Error: cannot read certificates from {path}: No such file or directory\n"
        ))
        .code(3);
    }
    // Neither: the roots built in, with which a connection is tried.
    set_inactive("https://127.0.0.1:1")
        .args(["--id", ID])
        .env("INFLUX_TLS_CA", "")
        .stderr(format!(
            "Error: failed to update status of authorization with ID \"{ID}\": cannot reach https://127.0.0.1:1: Connection refused\n\
             Hint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n"
        ))
        .code(4);
}

/// Without a TLS server: who checks no signature offers SHA-1 ones too (0x0201 in the extension
/// `signature_algorithms`, 13), and the first message of the handshake says so.
#[test]
fn skip_verify() {
    for (args, variable, skips) in [
        (&[][..], None, false),
        (&[], Some(""), false),
        (&[], Some("true"), true),
        (&["--skip-verify"], None, true),
        (&["--skip-verify"], Some("false"), true),
        (&["--skip-verify=false"], Some("true"), false),
        (&["--skip-verify", "--skip-verify=0"], None, false),
    ] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let hello = serve_once(listener, |mut stream| {
            let mut head = [0; 5];
            stream.read_exact(&mut head).unwrap();
            let mut hello = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
            stream.read_exact(&mut hello).unwrap();
            hello
        });
        let test = set_inactive(&url).args(["--id", ID]).args(args.to_vec());
        let test = match variable {
            Some(value) => test.env("INFLUX_SKIP_VERIFY", value),
            None => test,
        };
        let run = test.run();
        run.assert(run.code == 4, "exit code 4");
        let offers = signature_algorithms(&hello.join().unwrap()).contains(&0x0201);
        assert_eq!(offers, skips, "{args:?} {variable:?}");
    }
}

fn signature_algorithms(hello: &[u8]) -> Vec<u16> {
    let number = |at: usize| u16::from_be_bytes([hello[at], hello[at + 1]]);
    let length = |at: usize| usize::from(number(at));
    // Type, length, version and random; then the session, the ciphers and the compressions.
    let mut at = 4 + 2 + 32;
    at += 1 + usize::from(hello[at]);
    at += 2 + length(at);
    at += 1 + usize::from(hello[at]);
    at += 2;
    while number(at) != 13 {
        at += 4 + length(at + 2);
    }
    let end = at + 4 + length(at + 2);
    (at + 6..end).step_by(2).map(number).collect()
}

#[test]
fn username_of_the_environment_counts_only_without_either_flag() {
    let look_up = |name: &str| -> Exchange {
        let entry = authorization(ID, name, "active");
        exchange(get(name), json("200 OK", &listed(&[entry])))
    };
    let changed = |name: &str| {
        exchange(
            patch(ID, "inactive"),
            json("200 OK", &authorization(ID, name, "inactive")),
        )
    };
    for (args, name) in [
        (&[][..], "by-variable"),
        (&["--username", "by-flag"], "by-flag"),
        (&["--id", ID], ""),
    ] {
        let mut script = vec![changed(name)];
        if !name.is_empty() {
            script.insert(0, look_up(name));
        }
        let server = Server::start(script);
        set_inactive(&server.url())
            .args(args.to_vec())
            .env("INFLUX_USERNAME", "by-variable")
            .stdout(table(&[(ID, name, "inactive")]))
            .stderr(if args.is_empty() { FROM_VARIABLE } else { "" })
            .code(0);
    }
    Test::new(["v1", "auth", "set-inactive"])
        .env("INFLUX_USERNAME", "")
        .stderr("Error: id or username required\nHint: --id or --username names an authorization, --match finds several\n")
        .code(2);
}

#[test]
fn host_and_token_of_flags_need_nothing_else() {
    let server = Server::start([deactivated()]);
    by_id()
        .args(["--host", &server.url(), "--token", TOKEN])
        .env("INFLUX_HOST", "wrong")
        .env("INFLUX_TOKEN", "wrong\n")
        .stdout(deactivated_row())
        .code(0);
}
