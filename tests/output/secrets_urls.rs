//! The password of a URL stays out of every error, wherever on the command line the URL stands.

use crate::fixtures::*;
use crate::harness::{Run, Test, set_inactive};
use crate::server::{Server, exchange, json};

/// A password in a URL, and what of it may not be shown.
const PASSWORDS: [(&str, &str); 4] = [
    ("hunter2", "unter"),
    ("hunter2-hunter2", "unter"),
    ("hunter2%2Fhunter3", "unter"),
    ("hun@ter/2#", "ter/2"),
];

#[track_caller]
fn assert_hidden(run: &Run, codes: &[i32], part: &str) {
    run.assert(
        codes.contains(&run.code),
        &format!("an exit code of {codes:?}"),
    );
    let shown = run.stdout.contains(part) || run.stderr.contains(part);
    run.assert(!shown, &format!("nothing that contains {part}"));
    run.assert(
        run.stderr.contains("[redacted]"),
        "what was left of the URL",
    );
}

#[test]
fn as_a_wrong_word() {
    for (password, part) in PASSWORDS {
        let url = format!("https://admin:{password}@influx.example:8086/x");
        let command = ["v1", "auth", "set-inactive"];
        for words in [
            vec![&*url],
            vec!["v1", &url],
            vec!["v1", "auth", &url],
            vec!["help", &url],
            [&command[..], &[&url]].concat(),
            [&command[..], &["--id", ID, &url]].concat(),
            [&command[..], &["--json", &url]].concat(),
            [&command[..], &["--", &url]].concat(),
            [&command[..], &[&format!("--json={url}")]].concat(),
            [&command[..], &["--timeout", &url]].concat(),
            [&command[..], &[&format!("--{url}")]].concat(),
            [&command[..], &["--id", ID, &format!("url={url}")]].concat(),
        ] {
            assert_hidden(&Test::new(words).run(), &[2], part);
        }
        let variable = Test::new(command).args(["--id", ID]);
        assert_hidden(&variable.env("INFLUX_TIMEOUT", &url).run(), &[2], part);
    }
}

#[test]
fn as_the_name_of_something() {
    for (password, part) in PASSWORDS {
        let url = format!("http://admin:{password}@influx.example:8086/x");
        let hosted = || Test::new(["v1", "auth", "set-inactive", "--host", "http://127.0.0.1:1"]);
        for flags in [
            &["--id", &url][..],
            &["--username", &url],
            &["--id", ID, "--active-config", &url],
            &["--id", ID, "--configs-path", "/dev/null", "-c", &url],
            &["--id", ID, "--token-file", &url],
            &[
                "--id",
                ID,
                "--configs-path",
                &format!("/dev/null/{url}"),
                "-c",
                "a",
            ],
        ] {
            assert_hidden(&hosted().args(flags.to_vec()).run(), &[3, 4], part);
        }
        let variable = hosted().env("INFLUX_USERNAME", &url);
        assert_hidden(&variable.run(), &[4], part);
    }
}

/// The decoded password is known as well: the server may write it so.
#[test]
fn decoded() {
    let server = Server::start([exchange(
        patch("http%3A%2F%2Fu%3Ahunter2%252Fhunter3%40h", "inactive"),
        json(
            "404 Not Found",
            r#"{"code":"x","message":"no hunter2/hunter3"}"#,
        ),
    )]);
    let run = set_inactive(&server.url())
        .args(["--id", "http://u:hunter2%2Fhunter3@h"])
        .run();
    run.assert(
        run.stderr.contains("404 Not Found: no [redacted]\n"),
        "a mark",
    );
    assert_hidden(&run, &[7], "hunter3");
}
