//! The sources of a password. The password must never be printed.

use crate::fixtures::*;
use crate::harness::{Run, TOKEN, Test};
use crate::scripted_server::{Reply, Server, exchange, json};
use crate::support::no_secrets::assert_no_secret;
use crate::support::v1_auth_requests::{
    BY_ID, PASSWORD, create, create_request, creates, no_content, removes, set_password,
    sets_password,
};

fn by_id(server: &Server) -> Test {
    set_password(server, &["--id", ID])
}

/// Runs `set-password` with the source that `given` adds. The server must receive `sent`.
#[track_caller]
fn assert_sent(sent: &str, given: impl FnOnce(Test) -> Test) {
    let server = Server::start([sets_password(sent, no_content())]);
    given(by_id(&server)).code(0);
}

#[test]
fn a_line_break_after_a_password_in_a_file_is_stripped() {
    for (content, sent) in [
        ("from a file", "from a file"),
        ("from a file\n", "from a file"),
        ("from a file \r\n\n", "from a file "),
        ("  ü\t", "  ü\\t"),
        ("\u{feff}from PowerShell\r\n", "from PowerShell"),
    ] {
        assert_sent(sent, |test| {
            test.keep().file("secret", content);
            test.args(["--password-file", "secret"])
        });
        assert_sent(sent, |test| {
            test.keep().file("secret", content);
            test.env("INFLUX_PASSWORD_FILE", "secret")
        });
    }
}

#[test]
fn a_password_may_have_72_bytes() {
    let longest = "ü".repeat(36);
    assert_sent(&longest, |test| test.args(["--password", &longest]));
    assert_sent(&longest, |test| test.stdin(longest.clone()));
}

#[test]
fn the_password_is_the_first_line_of_standard_input() {
    for input in [
        "from input\n",
        "from input",
        "from input\r\nanother\n",
        "\u{feff}from input\r\n",
    ] {
        assert_sent("from input", |test| test.stdin(input));
        assert_sent("from input", |test| {
            test.args(["--password-file", "-"]).stdin(input)
        });
        let server = Server::start([creates(), sets_password("from input", no_content())]);
        create(&server, &BY_ID)
            .stdin(input)
            .stdout(table(&[(ID, "telegraf", "active")]))
            .code(0);
    }
}

#[test]
fn a_flag_overrides_the_variable_which_overrides_standard_input() {
    let none = ("INFLUX_PASSWORD_FILE", "none");
    assert_sent("a flag", |test| {
        test.args(["--password", "a flag"]).env(none.0, none.1)
    });
    let server = Server::start([creates()]);
    create(&server, &BY_ID)
        .args(["--no-password"])
        .env(none.0, none.1)
        .stdout(table(&[(ID, "telegraf", "active")]))
        .code(0);
    // If the file does not exist, standard input is not read instead.
    let server = Server::start([]);
    by_id(&server)
        .env(none.0, none.1)
        .stdin("line\n")
        .stderr("Error: cannot read the password from INFLUX_PASSWORD_FILE none: No such file or directory\n")
        .code(3);
}

#[test]
fn an_invalid_password_is_rejected_before_anything_is_sent() {
    let server = Server::start([]);
    let hint = "Hint: --password-file names a file with the password; the default is a prompt on a terminal, else the first line of standard input\n";
    let long = "ü".repeat(36) + "x";
    let limit =
        "Hint: servers before 2.7.6 silently truncate longer passwords, later ones refuse them\n";
    let too_long = || format!("is longer than 72 bytes\n{limit}");
    for (content, said, code) in [
        (&b""[..], format!("is empty\n{hint}"), 2),
        (b"\n", format!("is empty\n{hint}"), 2),
        (b"\xff", "is not UTF-8\n".into(), 2),
        (long.as_bytes(), too_long(), 2),
        (b"a\nb\n", "it contains more than one line\n".into(), 3),
    ] {
        let test = by_id(&server).args(["--password-file", "secret"]);
        test.keep().file("secret", content);
        let place = "password from --password-file secret";
        test.stderr(match code {
            2 => format!("Error: the {place} {said}"),
            _ => format!("Error: cannot read the {place}: {said}"),
        })
        .code(code);
        if code == 2 {
            by_id(&server)
                .stdin(content)
                .stderr(format!("Error: the password from standard input {said}"))
                .code(2);
        }
    }
    by_id(&server)
        .args(["--password", &long])
        .stderr(format!(
            "Error: the password from --password {}",
            too_long()
        ))
        .code(2);
    let run = create(&server, &BY_ID).args(["--password", &long]).run();
    run.assert(run.code == 2 && !run.stderr.contains("ü"), "exit code 2");
    by_id(&server)
        .args(["--password", ""])
        .stderr("Error: --password must not be empty\n")
        .code(2);
    for (path, reason) in [
        ("none", "No such file or directory"),
        (".", "is a directory"),
    ] {
        by_id(&server)
            .args(["--password-file", path])
            .stderr(format!(
                "Error: cannot read the password from --password-file {path}: {reason}\n"
            ))
            .code(3);
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn token_and_password_cannot_both_come_from_standard_input() {
    let server = Server::start([]);
    for (flags, said) in [
        (
            &["--token-file", "-"][..],
            "--token-file - and the password would both read standard input\nHint: --password-file names a file with the password",
        ),
        (
            &["--token-file", "-", "--password-file", "-"],
            "--token-file - and --password-file - both read standard input",
        ),
    ] {
        by_id(&server)
            .args(flags.to_vec())
            .stdin("x\n")
            .stderr(format!("Error: {said}\n"))
            .code(2);
    }
    // The token alone may come from standard input.
    let server = Server::start([sets_password(PASSWORD, no_content())]);
    Test::new(["v1", "auth", "set-password", "--id", ID])
        .args([
            "--host",
            &server.url(),
            "--token-file",
            "-",
            "--password",
            PASSWORD,
        ])
        .stdin(TOKEN)
        .code(0);
}

fn with_password(source: &str, test: Test) -> Test {
    match source {
        "flag" => test.args(["--password", PASSWORD]),
        "file" => {
            test.keep().file("secret", PASSWORD);
            test.args(["--password-file", "secret"])
        }
        _ => test.stdin(PASSWORD),
    }
}

/// This applies to every source and every kind of failure, also with `--http-debug`.
#[test]
fn the_password_is_never_printed() {
    let echoes = |status: &str| {
        let body = format!("{{\"code\":\"x\",\"message\":\"no {PASSWORD}: {PASSWORD}!\"}}");
        json(status, &body)
    };
    let check = |run: Run, code: i32| {
        run.assert(run.code == code, "the exit code");
        assert_no_secret(&run);
    };
    for source in ["flag", "file", "input"] {
        for debug in [&[][..], &["--http-debug"]] {
            let server = Server::start([sets_password(PASSWORD, echoes("400 Bad Request"))]);
            let test = by_id(&server).args(debug.to_vec());
            check(with_password(source, test).run(), 7);
            let server = Server::start([sets_password(PASSWORD, Reply::SendAndClose(Vec::new()))]);
            let test = by_id(&server).args(debug.to_vec());
            check(with_password(source, test).run(), 4);
            let server = Server::start([
                creates(),
                sets_password(PASSWORD, echoes("500 Internal Server Error")),
                removes(ID, echoes("500 Internal Server Error")),
            ]);
            let test = create(&server, &BY_ID).args(debug.to_vec());
            check(with_password(source, test).run(), 7);
        }
    }
}

/// Results are never altered, even if the password is the same as the username.
#[test]
fn results_are_not_redacted_if_they_contain_the_password() {
    let server = Server::start([creates(), sets_password("telegraf", no_content())]);
    create(&server, &BY_ID)
        .args(["--password", "telegraf", "--json"])
        .stdout(object(ID, "telegraf", "active") + "\n")
        .code(0);
}

/// Only the server's message is redacted.
#[test]
fn an_error_names_the_username_even_if_the_password_is_the_same() {
    let refused = json("403 Forbidden", r#"{"message":"not telegraf"}"#);
    let server = Server::start([exchange(create_request(), refused)]);
    let run = create(&server, &BY_ID)
        .args(["--password", "telegraf"])
        .run();
    let said = "Error: failed to create authorization with username \"telegraf\": 403 Forbidden: not [redacted]\n";
    run.assert(run.code == 5 && run.stderr.starts_with(said), said);
}

#[test]
fn http_debug_hides_the_body_even_if_the_password_is_short() {
    for password in ["x", "ab", "a\"b", "<&>", "pass", PASSWORD] {
        let sent = password.replace('"', "\\\"");
        let server = Server::start([sets_password(&sent, no_content())]);
        let run = by_id(&server)
            .args(["--password", password, "--http-debug"])
            .run();
        run.assert(run.code == 0, "success");
        run.assert(
            run.stderr
                .contains("> (the body is not shown, because it may contain a secret)\n"),
            "no body in the debug output",
        );
        let body = format!("{{\"password\":\"{sent}\"}}");
        run.assert(!run.stderr.contains(&body), "no password");
    }
}

#[test]
fn usage_errors_do_not_print_the_password() {
    for flags in [
        &["--password", PASSWORD, "--wrong"][..],
        &["--pasword", PASSWORD],
        &["--passwd", PASSWORD],
        &["-password", PASSWORD, "extra"],
        &["--wrong", "--password", PASSWORD],
    ] {
        for command in ["set-password", "create", "list", "set-inactive"] {
            let run = Test::new(["v1", "auth", command])
                .args(flags.to_vec())
                .run();
            run.assert(run.code == 2, "exit code 2");
            assert_no_secret(&run);
        }
    }
    let attached = format!("--password={PASSWORD}");
    let run = Test::new(["v1", "auth", "list", &attached]).run();
    run.assert(run.code == 2, "exit code 2");
    assert_no_secret(&run);
}
