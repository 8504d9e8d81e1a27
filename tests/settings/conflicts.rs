//! Settings that conflict, are given twice, or come from a file.

use crate::fixtures::*;
use crate::harness::{Test, set_inactive};

#[test]
fn token_and_token_file_together_exit_with_2() {
    let secret = "hunter2-hunter2";
    for (args, variables, said) in [
        (
            &["--token", secret, "--token-file", "f"][..],
            &[][..],
            "--token or --token-file",
        ),
        (
            &["--token-file", "f", "-t", secret],
            &[],
            "--token or --token-file",
        ),
        (
            &[],
            &[("INFLUX_TOKEN", secret), ("INFLUX_TOKEN_FILE", "f")],
            "INFLUX_TOKEN or INFLUX_TOKEN_FILE",
        ),
    ] {
        let mut test = by_id().args(args.to_vec());
        for (name, value) in variables {
            test = test.env(name, value);
        }
        test.stderr(format!("Error: specify {said}, not both\n"))
            .code(2);
    }
}

#[test]
fn a_token_flag_overrides_both_token_variables() {
    for args in [&["--token", "settled"][..], &["--token-file", "file"]] {
        let server = with_token("settled");
        let test = by_id()
            .args(args.to_vec())
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", "not this one")
            .env("INFLUX_TOKEN_FILE", "nor that");
        test.keep().file("file", "settled");
        test.stdout(deactivated_row()).code(0);
    }
}

#[test]
fn an_empty_token_variable_is_ignored() {
    for (empty, full, value) in [
        ("INFLUX_TOKEN", "INFLUX_TOKEN_FILE", "file"),
        ("INFLUX_TOKEN_FILE", "INFLUX_TOKEN", "settled"),
    ] {
        let server = with_token("settled");
        let test = by_id()
            .env("INFLUX_HOST", server.url())
            .env(empty, "")
            .env(full, value);
        test.keep().file("file", "settled");
        test.stdout(deactivated_row()).code(0);
    }
}

#[test]
fn the_last_of_repeated_flags_wins() {
    let server = with_token("last");
    by_id()
        .args([
            "--host",
            "http://127.0.0.1:1",
            "-t",
            "first",
            "--json",
            "--timeout",
            "1ms",
        ])
        .args([
            "-host",
            &server.url(),
            "-token=last",
            "--json=false",
            "--timeout",
            "0",
        ])
        .stdout(deactivated_row())
        .code(0);

    let server = with_token("last");
    let test = by_id()
        .args([
            "--host",
            &server.url(),
            "--configs-path",
            "none",
            "-c",
            "none",
        ])
        .args(["--configs-path", "file", "-c", "b"]);
    test.keep()
        .file("file", "[a]\ntoken = \"first\"\n[b]\ntoken = \"last\"\n");
    test.stdout(deactivated_row()).code(0);

    let server = with_token("last");
    let test = by_id().args([
        "--host",
        &server.url(),
        "--token-file",
        "none",
        "--token-file",
        "file",
    ]);
    test.keep().file("file", "last");
    test.stdout(deactivated_row()).code(0);
}

#[test]
fn an_invalid_value_is_an_error_even_if_a_later_one_overrides_it() {
    by_id()
        .args(["--timeout", "soon", "--timeout", "1s"])
        .stderr(
            "Error: --timeout \"soon\": expected a duration such as 500ms, 30s, 2m or 1h, or 0\n",
        )
        .code(2);
}

#[test]
fn only_one_flag_may_read_standard_input() {
    for (args, variables, said) in [
        (
            &["-i", "-", "--token-file", "-"][..],
            &[][..],
            "--id - and --token-file -",
        ),
        (&["-i", "-", "--id", "-"], &[], "--id - and --id -"),
        (
            &["--username=-", "-token-file=-"],
            &[],
            "--username - and --token-file -",
        ),
        (
            &["--username", "-"],
            &[("INFLUX_TOKEN_FILE", "-")],
            "--username - and INFLUX_TOKEN_FILE -",
        ),
        (
            &[],
            &[("INFLUX_TOKEN_FILE", "-"), ("INFLUX_USERNAME", "-")],
            "INFLUX_USERNAME - and INFLUX_TOKEN_FILE -",
        ),
    ] {
        let mut test = Test::new(["v1", "auth", "set-inactive"]).args(args.to_vec());
        for (name, value) in variables {
            test = test.env(name, value);
        }
        test.stdin(ID)
            .stderr(format!("Error: {said} both read standard input\n"))
            .code(2);
    }
}

#[test]
fn token_is_read_from_standard_input_and_trimmed() {
    for given in [
        "from-stdin",
        "from-stdin\n",
        "from-stdin \t\r\n\n",
        "\u{feff}from-stdin\r\n",
    ] {
        let server = with_token("from-stdin");
        by_id()
            .args(["--host", &server.url(), "--token-file", "-"])
            .stdin(given)
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn unusable_token_files_exit_with_3() {
    let cases: [(&str, Option<&[u8]>, &str); 10] = [
        ("missing", None, "No such file or directory"),
        (".", None, "is a directory"),
        ("f", Some(b""), "it is empty"),
        ("f", Some(b" \n\t\n"), "it is empty"),
        ("f", Some(b"\xef\xbb\xbf\r\n"), "it is empty"),
        (
            "f",
            Some(b"hunter2\xef\xbb\xbf"),
            "it contains a character that is not allowed in a header (only printable ASCII can be sent)",
        ),
        (
            "f",
            Some(b"hunter2\nhunter3\n"),
            "it contains a line break, which is not allowed in a header",
        ),
        (
            "f",
            Some(b"hunter2\x01"),
            "it contains a character that is not allowed in a header (only printable ASCII can be sent)",
        ),
        ("f", Some(b"hunter2\xff"), "not UTF-8 text"),
        ("new\nline", None, "No such file or directory"),
    ];
    for (path, content, said) in cases {
        for (flag, origin) in [(true, "--token-file"), (false, "INFLUX_TOKEN_FILE")] {
            let test = set_inactive("http://127.0.0.1:1")
                .args(["--id", ID])
                .env("INFLUX_TOKEN", "");
            let test = match flag {
                true => test.args([origin, path]),
                false => test.env(origin, path),
            };
            if let Some(content) = content {
                test.keep().file(path, content);
            }
            let shown = path.replace('\n', "\\n");
            test.stderr(format!(
                "Error: cannot read the token from {origin} {shown}: {said}\n"
            ))
            .code(3);
        }
    }
}

#[test]
fn an_endless_token_file_exits_with_3() {
    by_id()
        .args(["--token-file", "/dev/zero"])
        .stderr("Error: cannot read the token from --token-file /dev/zero: larger than 4 MiB\n")
        .code(3);
}

#[test]
fn id_and_username_together_exit_with_2() {
    for args in [
        &["--id", "a", "--username", "b"][..],
        &["--username=b", "-ia"],
        &["-i", "-", "--username", "-"],
    ] {
        Test::new(["v1", "auth", "set-inactive"])
            .args(args.to_vec())
            .stderr("Error: specify id or username, not both\n")
            .code(2);
    }
}
