//! How the token or password of a config is set, and that it is never printed.

use crate::harness::{Dir, TOKEN, Test};
use crate::support::config_runs::{HEADER, TWO, assert_output_and_file, config, refused};
use std::fs;

#[test]
fn the_user_and_password_in_a_url_are_not_printed() {
    let entry = |name: &str, url: &str| format!("[{name}]\nurl = '{url}'\n");
    let file = entry("a", "http://me:s3cr3t@h:8086/x")
        + "active = true\n"
        + &entry("b", "https://me:s3/cr3t@h")
        + &entry("c", "me:s3cr3t@h:8086")
        + &entry("d", "http://h/with@sign")
        + &entry("e", "HTTPS://me@h")
        + &entry("f", "http://me:s3/cr@et#?@h")
        + &entry("g", "http://me:a://b@h")
        + &entry("h", "me:s3cret://x@h");
    for args in [
        &[][..],
        &["--json"],
        &["ls"],
        &["ls", "--json"],
        &["b"],
        &["c", "--json"],
        &["set", "-n", "a", "-o", "o"],
        &["set", "-n", "b"],
        &["rm", "a", "b", "c"],
        &["rm", "a", "b", "c", "--json"],
    ] {
        let test = Test::new(["config"]).args(args.to_vec()).configs(&file);
        let run = test.run();
        run.assert(run.code == 0 && !run.stdout.is_empty(), "success");
        run.assert(!format!("{run:?}").contains("s3"), "no password");
    }
    Test::new(["config", "ls", "--hide-headers"])
        .configs(&file)
        .stdout("*\ta\thttp://h:8086/x\t\t\n\tb\thttps://h\t\t\n\tc\th:8086\t\t\t\n\td\thttp://h/with@sign\t\n\te\tHTTPS://h\t\t\n\tf\thttp://h\t\t\n\tg\thttp://h\t\t\n\th\th\t\t\t\n")
        .code(0);
}

#[test]
fn a_new_credential_replaces_the_old_one() {
    let token = TWO.replace(
        "cookie = \"dTpwYXNzd29yZC1vZi1i\"",
        &format!("token = \"{TOKEN}\""),
    );
    let shown = format!("{HEADER}\tb\thttp://h:8087\tacme\n");
    let args = ["set", "-n", "b", "--token-file", "-"];
    let test = config(&args).stdin(format!("{TOKEN}\n"));
    let home = test.keep();
    test.stdout(&shown).code(0);
    let file = home.path().join(".influxdbv2/configs");
    assert_eq!(fs::read_to_string(file).unwrap(), token);
    let dir = Dir::new();
    let path = dir.file("token", format!("{TOKEN}\n"));
    let args = ["update", "-n", "b", "--token-file", path.to_str().unwrap()];
    assert_output_and_file(&args, &shown, "", &token);
    let cookie = TWO.replace("token = \"t0ken-of-a\"", "cookie = \"bWU6YTpi\"");
    let shown = format!("{HEADER}*\ta\thttp://h:8086\t\n");
    assert_output_and_file(&["set", "-n", "a", "-p", "me:a:b"], &shown, "", &cookie);
}

#[test]
fn an_invalid_credential_is_refused_and_not_printed() {
    let new = ["create", "-n", "c", "-u", "http://h"];
    for (flags, said) in [
        (
            &["-p", "s3cret-user"][..],
            "--username-password: expected USER:PASSWORD, but there is no password",
        ),
        (
            &["-p", "s3cret-user:"],
            "--username-password: expected USER:PASSWORD, but there is no password",
        ),
        (
            &["-t", "s3cret\n-token"],
            "--token: contains a line break, which is not allowed in a header",
        ),
        (
            &["-t", "s3cret-token", "-p", "u:s3cret"],
            "specify --token or --username-password, not both",
        ),
        (
            &["-t", "s3cret-token", "--token-file", "x"],
            "specify --token or --token-file, not both",
        ),
        (
            &["--token-file", "x", "-p", "u:s3cret"],
            "specify --token-file or --username-password, not both",
        ),
        (
            &["-u", "http://me:s3cret@h"],
            "--host-url: it must not have user:password; use a token",
        ),
    ] {
        refused(&[&new[..], flags].concat(), 2, &format!("Error: {said}\n"));
    }
    refused(
        &[&new[..], &["--token-file", "/nowhere/token"]].concat(),
        3,
        "Error: cannot read the token from --token-file /nowhere/token: No such file or directory\n",
    );
    // Other errors do not show the token either.
    let taken = ["create", "-n", "a", "-u", "http://h", "-t", "s3cret-token"];
    refused(
        &taken,
        3,
        "Error: the configs file FILE already has an entry \"a\"\nHint: `config set` changes it\n",
    );
}
