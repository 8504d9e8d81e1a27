//! Timeouts, booleans, invalid variables, and the username from the environment.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test, set_inactive};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};

#[test]
fn timeout_precedence() {
    for (args, variable, limit) in [
        (&["--timeout", "310ms"][..], None, "310ms"),
        (&["--timeout", "310ms"], Some("1h"), "310ms"),
        (&["--timeout=310ms"], Some(""), "310ms"),
        (&["--timeout", "1h", "-timeout", "320ms"], None, "320ms"),
        (&[], Some("330ms"), "330ms"),
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
            "Error: failed to update status of authorization with ID \"{ID}\": {} did not send a complete response within {limit}; \
             the request may have been carried out, and repeating it is safe\n\
             Hint: --timeout or INFLUX_TIMEOUT sets the limit, and 0 means no limit\n",
            server.url()
        ))
        .code(4);
    }
}

#[test]
fn every_command_accepts_a_timeout_in_seconds() {
    for args in [
        &["ping"][..],
        &["v1", "auth", "list"],
        &["v1", "auth", "set-inactive", "--id", ID],
        &["v1", "dbrp", "list", "--org", "acme"],
        &["auth", "list"],
    ] {
        let test = Test::new(args.to_vec()).env("INFLUX_HOST", "http://127.0.0.1:1");
        let run = test.env("INFLUX_TIMEOUT", "10").run();
        run.assert(run.code == 4, "exit code 4");
    }
}

#[test]
fn a_flag_overrides_even_an_invalid_variable() {
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
fn boolean_variables_accept_the_same_words_as_go() {
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
fn messages_name_the_invalid_variable() {
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
            " \"soon\": expected a duration such as 500ms, 30s, 2m or 1h, or 0".into(),
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
fn influx_username_is_used_only_without_id_and_username() {
    let lookup = |name: &str| -> Exchange {
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
            script.insert(0, lookup(name));
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
        .stderr("Error: id or username required\nHint: use --id or --username for one authorization, or --match for several\n")
        .code(2);
}

#[test]
fn host_and_token_flags_override_invalid_variables() {
    let server = Server::start([deactivated()]);
    by_id()
        .args(["--host", &server.url(), "--token", TOKEN])
        .env("INFLUX_HOST", "wrong")
        .env("INFLUX_TOKEN", "wrong\n")
        .stdout(deactivated_row())
        .code(0);
}
