//! Mistakes on the command line, and unusual forms that are accepted.

use crate::fixtures::*;
use crate::harness::{Test, set_inactive};
use crate::scripted_server::{Server, exchange, json};

const LEAF: [&str; 3] = ["v1", "auth", "set-inactive"];
const LISTS_FLAGS: &str = "`influx v1 auth set-inactive --help` lists the flags";
const FLAGS_ONLY: &str =
    "`influx v1 auth set-inactive` takes only flags (to turn a flag off, use --FLAG=false)";

#[track_caller]
fn refused(args: &[&str], error: &str, hint: &str) {
    let hint = match hint {
        "" => String::new(),
        hint => format!("Hint: {hint}\n"),
    };
    Test::new(args.to_vec())
        .stderr(format!("Error: {error}\n{hint}"))
        .code(2);
}

#[test]
fn unknown_commands_are_refused_with_a_hint() {
    for (args, unknown, of, hint) in [
        (
            &["frob"][..],
            "frob",
            "influx",
            "`influx --help` lists the commands",
        ),
        (
            &["verson"],
            "verson",
            "influx",
            "did you mean `influx version`?",
        ),
        (&["v2"], "v2", "influx", "did you mean `influx v1`?"),
        (&["V1"], "V1", "influx", "did you mean `influx v1`?"),
        (&[""], "", "influx", "`influx --help` lists the commands"),
        (&["-"], "-", "influx", "`influx --help` lists the commands"),
        (
            &["--", "frob"],
            "frob",
            "influx",
            "`influx --help` lists the commands",
        ),
        (
            &["v1", "auht"],
            "auht",
            "influx v1",
            "`influx v1 --help` lists the commands",
        ),
        (
            &["v1", "auths"],
            "auths",
            "influx v1",
            "did you mean `influx v1 auth`?",
        ),
        (
            &["v1", "authorisation"],
            "authorisation",
            "influx v1",
            "did you mean `influx v1 authorization`?",
        ),
        (
            &["v1", "auth", "set-inactve"],
            "set-inactve",
            "influx v1 auth",
            "did you mean `influx v1 auth set-inactive`?",
        ),
        (
            &["v1", "auth", "setactive", "-i", "x"],
            "setactive",
            "influx v1 auth",
            "did you mean `influx v1 auth set-active`?",
        ),
        (
            &["v1", "auth", "a\u{1b}\n\"b"],
            "a\\u{1b}\\n\\\"b",
            "influx v1 auth",
            "`influx v1 auth --help` lists the commands",
        ),
        (
            &["help", "frob"],
            "frob",
            "influx",
            "`influx --help` lists the commands",
        ),
        (
            &["help", "v1", "aut"],
            "aut",
            "influx v1",
            "did you mean `influx v1 auth`?",
        ),
    ] {
        refused(
            args,
            &format!("unknown command \"{unknown}\" for \"{of}\""),
            hint,
        );
    }
}

#[test]
fn unknown_flags_are_refused_with_a_hint() {
    for (flag, shown, hint) in [
        ("--frobnicate", "--frobnicate", LISTS_FLAGS),
        ("--jsn", "--jsn", "did you mean --json?"),
        ("--hots=x", "--hots", LISTS_FLAGS),
        ("--hosts=x", "--hosts", "did you mean --host?"),
        ("--usrname", "--usrname", "did you mean --username?"),
        ("--token-fil", "--token-fil", "did you mean --token-file?"),
        (
            "--token-files=x",
            "--token-files",
            "did you mean --token-file?",
        ),
        ("--timeouts", "--timeouts", "did you mean --timeout?"),
        ("--tls-certificates", "--tls-certificates", LISTS_FLAGS),
        ("--JSON", "--JSON", "did you mean --json?"),
        // Hidden flags are not suggested.
        ("--trace-debug-i", "--trace-debug-i", LISTS_FLAGS),
        ("-y", "-y", LISTS_FLAGS),
        ("-I", "-I", LISTS_FLAGS),
        ("-\u{7}", "-\\u{7}", LISTS_FLAGS),
        ("--a\nb", "--a\\nb", LISTS_FLAGS),
        ("--ä", "--ä", LISTS_FLAGS),
        ("---json", "---json", "did you mean --json?"),
        ("--i", "--i", "did you mean --id?"),
        ("--t=x", "--t", LISTS_FLAGS),
    ] {
        println!("{flag}");
        refused(
            &[&LEAF[..], &["--id", ID, flag]].concat(),
            &format!("unknown flag \"{shown}\""),
            hint,
        );
    }
}

#[test]
fn flags_before_the_command_are_refused_with_a_hint() {
    for (args, shown, of) in [
        (
            &["--json", "v1", "auth", "set-inactive"][..],
            "--json",
            "influx",
        ),
        (&["--token-file", "x", "v1"], "--token-file", "influx"),
        (
            &["v1", "--trace-debug-id", "x", "auth"],
            "--trace-debug-id",
            "influx v1",
        ),
        (
            &["v1", "auth", "-i", "x", "set-inactive"],
            "-i",
            "influx v1 auth",
        ),
    ] {
        refused(
            args,
            &format!("unknown flag \"{shown}\""),
            &format!("flags come after the command, as in `{of} COMMAND --flag`"),
        );
    }
}

#[test]
fn missing_empty_and_wrong_values_are_refused() {
    for (args, error) in [
        (&["--id"][..], "--id needs a value"),
        (&["-i"], "--id needs a value"),
        (&["-id"], "--id needs a value"),
        (&["--id", ID, "--token"], "--token needs a value"),
        (&["--id", ""], "--id must not be empty"),
        (&["--id="], "--id must not be empty"),
        (&["-id="], "--id must not be empty"),
        (&["-i="], "--id must not be empty"),
        (&["--username", ""], "--username must not be empty"),
        (&["--host="], "--host must not be empty"),
        (&["-t", ""], "--token must not be empty"),
        (&["--token-file="], "--token-file must not be empty"),
        (&["-c", ""], "--active-config must not be empty"),
        (&["--json="], "--json must not be empty"),
        (
            &["--extra-http-header="],
            "--extra-http-header must not be empty",
        ),
        (&["--json=yes"], "--json \"yes\": expected true or false"),
        (
            &["-skip-verify=TrUe"],
            "--skip-verify \"TrUe\": expected true or false",
        ),
        (
            &["--http-debug=\n"],
            "--http-debug \"\\n\": expected true or false",
        ),
    ] {
        refused(&[&LEAF[..], args].concat(), error, "");
    }
}

#[test]
fn unexpected_arguments_are_refused() {
    for (args, shown) in [
        (&["--id", ID, "extra"][..], "extra"),
        (&["--json", "false", "--id", ID], "false"),
        (&["-"], "-"),
        (&["--id", ID, "--", "--json"], "--json"),
        (&["--id", ID, "--", "-json"], "-json"),
        (&["--id", ID, "--", "-h"], "-h"),
        (&["--id", ID, "--", "--"], "--"),
        (&["--id", ID, ""], ""),
    ] {
        refused(
            &[&LEAF[..], args].concat(),
            &format!("unexpected argument \"{shown}\""),
            FLAGS_ONLY,
        );
    }
    let hint = "`influx version` takes only flags (to turn a flag off, use --FLAG=false)";
    refused(&["version", "x"], "unexpected argument \"x\"", hint);
}

#[test]
fn every_form_of_a_flag_is_accepted() {
    for form in [
        &["--id", ID][..],
        &[&format!("--id={ID}")],
        &["-i", ID],
        &[&format!("-i{ID}")],
        &[&format!("-i={ID}")],
        &["-id", ID],
        &[&format!("-id={ID}")],
        &["--id", ID, "--"],
        &["--json", "--json=false", "-json=0", "--id", ID],
        &["--id", ID, "-hide-headers=F", "-http-debug=false"],
    ] {
        println!("{form:?}");
        let server = Server::start([deactivated()]);
        set_inactive(&server.url())
            .args(form.to_vec())
            .stdout(deactivated_row())
            .code(0);
    }
}

/// If a flag needs a value, the next argument is the value, even if it looks like a flag.
#[test]
fn values_may_begin_with_a_dash() {
    for id in ["-abc", "--json", "--", "-h", "=x"] {
        let target = format!("/private/legacy/authorizations/{}", id.replace('=', "%3D"));
        let credentials = "authorization: Token -t0ken\r\n";
        let request = request_as(credentials, "PATCH", &target, "{\"status\":\"inactive\"}");
        let reply = json("200 OK", &authorization(id, "telegraf", "inactive"));
        let server = Server::start([exchange(request, reply)]);
        Test::new(LEAF)
            .args(["--host", &server.url(), "-t", "-t0ken", "-i", id])
            .stdout(table(&[(id, "telegraf", "inactive")]))
            .code(0);
    }
}
