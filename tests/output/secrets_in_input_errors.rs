//! Errors about secret flags, variables and files do not show their values.

use crate::fixtures::ID;
use crate::harness::{TOKEN, Test};
use crate::support::no_secrets::assert_no_secret;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

const LISTS_FLAGS: &str = "Hint: `influx v1 auth set-inactive --help` lists the flags\n";
const FLAGS_ONLY: &str =
    "Hint: `influx v1 auth set-inactive` takes only flags (to turn a flag off, use --FLAG=false)\n";
const NO_LINE_BREAK: &str = "contains a line break, which is not allowed in a header";
const ONLY_ASCII: &str =
    "contains a character that is not allowed in a header (only printable ASCII can be sent)";

/// A run by ID that must fail before it connects. No server listens at this address.
fn set(args: &[&str]) -> Test {
    Test::new([
        "v1",
        "auth",
        "set-inactive",
        "--id",
        ID,
        "--host",
        "http://127.0.0.1:1",
    ])
    .args(args)
}

#[track_caller]
fn refused(args: &[&str], code: i32, expected: &str) {
    assert!(!expected.contains(TOKEN));
    set(args).stderr(format!("Error: {expected}")).code(code);
}

#[test]
fn an_unexpected_argument_does_not_show_the_token() {
    let joined = format!("--token={TOKEN}");
    for args in [
        &["--token", TOKEN, "extra"][..],
        &[&joined, "extra"],
        &["-t", TOKEN, "extra"],
        &["-token", TOKEN, "extra"],
    ] {
        refused(
            args,
            2,
            &format!("unexpected argument \"extra\"\n{FLAGS_ONLY}"),
        );
    }
}

#[test]
fn misspelled_token_flags_do_not_show_the_token() {
    let near = "Hint: did you mean --token?\n";
    for spelled in ["--tokn", "--tokens", "--Token"] {
        for args in [
            vec![format!("{spelled}={TOKEN}")],
            vec![spelled.to_string(), TOKEN.to_string()],
        ] {
            let args: Vec<_> = args.iter().map(String::as_str).collect();
            refused(&args, 2, &format!("unknown flag \"{spelled}\"\n{near}"));
        }
    }
    refused(
        &[&format!("-T{TOKEN}")],
        2,
        &format!("unknown flag \"-T\"\n{LISTS_FLAGS}"),
    );
    refused(
        &[&format!("-T={TOKEN}")],
        2,
        &format!("unknown flag \"-T\"\n{LISTS_FLAGS}"),
    );
}

#[test]
fn unknown_flags_that_only_start_like_a_secret_flag_are_shown() {
    refused(
        &["--tls-verify"],
        2,
        &format!("unknown flag \"--tls-verify\"\n{LISTS_FLAGS}"),
    );
    refused(
        &["--token-flie", "/run/secrets/token"],
        2,
        "unknown flag \"--token-flie\"\nHint: did you mean --token-file?\n",
    );
}

#[test]
fn a_token_before_the_command_is_not_shown() {
    let hint = |words: &str| {
        format!("Hint: flags come after the command, as in `{words} COMMAND --flag`\n")
    };
    for (words, name) in [
        (&[][..], "influx"),
        (&["v1"], "influx v1"),
        (&["v1", "auth"], "influx v1 auth"),
    ] {
        for flag in ["--token", "-t"] {
            let arguments = [words, &[flag, TOKEN, "set-inactive"]].concat();
            Test::new(arguments)
                .stderr(format!("Error: unknown flag \"{flag}\"\n{}", hint(name)))
                .code(2);
        }
    }
}

#[test]
fn values_that_are_invalid_in_a_header_are_not_shown() {
    for (broken, reason) in [
        (format!("{TOKEN}\n{TOKEN}"), NO_LINE_BREAK),
        (format!("{TOKEN}\r\nX: y"), NO_LINE_BREAK),
        (format!("{TOKEN}ü"), ONLY_ASCII),
        (format!("{TOKEN}\u{7f}"), ONLY_ASCII),
    ] {
        refused(&["--token", &broken], 2, &format!("--token: {reason}\n"));
        set(&[])
            .env("INFLUX_TOKEN", &broken)
            .stderr(format!("Error: INFLUX_TOKEN: {reason}\n"))
            .code(2);
        let header = format!("X-Tenant: a{broken}b");
        refused(
            &["--extra-http-header", &header],
            2,
            &format!("--extra-http-header: {reason}\n"),
        );
    }
    refused(&["--token", ""], 2, "--token must not be empty\n");
    let no_colon = "expected NAME:VALUE, but there is no colon\n";
    refused(
        &["--extra-http-header", TOKEN],
        2,
        &format!("--extra-http-header: {no_colon}"),
    );
    set(&[])
        .env("INFLUX_EXTRA_HTTP_HEADER", format!("A:b,{TOKEN}"))
        .stderr(format!("Error: INFLUX_EXTRA_HTTP_HEADER: {no_colon}"))
        .code(2);
    let no_name = "--extra-http-header: the text before the colon is not a header name\n";
    refused(
        &["--extra-http-header", &format!("{TOKEN} x: y")],
        2,
        no_name,
    );
}

#[test]
fn tokens_that_are_not_utf8_are_not_shown() {
    let mut broken = TOKEN.as_bytes().to_vec();
    broken.push(0xff);
    let broken = OsString::from_vec(broken);
    set(&["--token"])
        .args([&broken])
        .stderr("Error: --token: is not UTF-8\n")
        .code(2);
    set(&[])
        .env("INFLUX_TOKEN", &broken)
        .stderr("Error: INFLUX_TOKEN: is not UTF-8\n")
        .code(2);
}

#[test]
fn the_password_in_a_host_is_not_shown() {
    let url = format!("http://admin:{TOKEN}@127.0.0.1:1");
    let reason = "it must not have user:password; use a token\n";
    refused(&["--host", &url], 2, &format!("--host: {reason}"));
    Test::new(["v1", "auth", "set-inactive", "--id", ID])
        .env("INFLUX_HOST", &url)
        .stderr(format!("Error: INFLUX_HOST: {reason}"))
        .code(2);
    let test = Test::new(["v1", "auth", "set-inactive", "--id", ID])
        .configs(format!("[a]\nurl = \"{url}\"\n"));
    let path = test.home().join(".influxdbv2/configs");
    let error = format!("Error: url of config \"a\" in {}: {reason}", path.display());
    test.stderr(error).code(3);
    let run = set(&["--host", &url, &url]).run();
    run.assert(run.code == 2, "a usage error");
    assert_no_secret(&run);
}

#[test]
fn errors_about_token_files_do_not_show_the_token() {
    let two_lines = format!("{TOKEN}\nmore\n");
    let accent = format!("{TOKEN}é");
    let latin1 = [TOKEN.as_bytes(), b"\xe9"].concat();
    let large = TOKEN.repeat(100_000);
    for (content, reason) in [
        (two_lines.as_bytes(), format!("it {NO_LINE_BREAK}")),
        (accent.as_bytes(), format!("it {ONLY_ASCII}")),
        (&latin1, "not UTF-8 text".to_string()),
        (large.as_bytes(), "larger than 4 MiB".to_string()),
        (b" \n", "it is empty".to_string()),
    ] {
        let test = set(&[]);
        let path = test.home().join("token");
        std::fs::write(&path, content).unwrap();
        let shown = path.display();
        test.args(["--token-file", path.to_str().unwrap()])
            .stderr(format!(
                "Error: cannot read the token from --token-file {shown}: {reason}\n"
            ))
            .code(3);
        set(&["--token-file", "-"])
            .stdin(content)
            .stderr(format!(
                "Error: cannot read the token from --token-file -: {reason}\n"
            ))
            .code(3);
    }
}

#[test]
fn errors_about_the_configs_file_do_not_show_the_token() {
    for broken in [
        format!("token = \"{TOKEN}"),
        format!("token = '{TOKEN}"),
        format!("token = '''{TOKEN}"),
        format!("token = {TOKEN}"),
        format!("token \"{TOKEN}\""),
        format!("token = \"{TOKEN}\" \"{TOKEN}\""),
        format!("token = \"{TOKEN}\\q\""),
        format!("token = \"{TOKEN}\u{1}\""),
        format!("token = [\"{TOKEN}\"]"),
        format!("token = {{ value = \"{TOKEN}\" }}"),
        format!("token = \"{TOKEN}\"\ntoken = \"{TOKEN}\""),
        format!("\"{TOKEN}\" = 1\n\"{TOKEN}\" = 2"),
        format!("[{TOKEN}"),
        TOKEN.to_string(),
        format!("token: {TOKEN}"),
        format!("token = \"{TOKEN}ü\""),
        format!("token = \"{TOKEN}\\n\""),
        format!("cookie = \"{TOKEN}\""),
        format!("cookie = [\"{TOKEN}\"]"),
        format!("active = \"{TOKEN}\""),
    ] {
        let test = Test::new(["v1", "auth", "set-inactive", "--id", ID]).configs(format!(
            "[default]\nurl = \"http://127.0.0.1:1\"\n{broken}\n"
        ));
        let path = test.home().join(".influxdbv2/configs");
        let run = test.run();
        run.assert(
            run.code == 3 && run.stdout.is_empty(),
            &format!("exit code 3 for {broken:?}"),
        );
        run.assert(
            run.stderr.contains(path.to_str().unwrap()) && run.stderr.lines().count() == 1,
            "one line that names the file",
        );
        assert_no_secret(&run);
    }
}
