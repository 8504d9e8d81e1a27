//! Hints that suggest the right command or flag for a wrong one.

use crate::harness::{TOKEN, Test};
use crate::scripted_server::Server;

const LEAF: [&str; 3] = ["v1", "auth", "set-inactive"];

/// Asserts exit code 2, this error and this hint, and that nothing is sent.
#[track_caller]
pub fn refused(args: &[&str], error: &str, hint: &str) {
    let server = Server::start([]);
    Test::new(args.to_vec())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
        .stderr(format!("Error: {error}\nHint: {hint}\n"))
        .code(2);
    assert_eq!(server.connections(), 0);
}

#[test]
fn synonyms_of_commands_suggest_the_command() {
    for (typed, meant) in [
        ("deactivate", "set-inactive"),
        ("disable", "set-inactive"),
        ("inactivate", "set-inactive"),
        ("inactive", "set-inactive"),
        ("activate", "set-active"),
        ("enable", "set-active"),
        ("active", "set-active"),
        ("remove", "delete"),
        ("rm", "delete"),
        ("RM", "delete"),
        ("LIST", "list"),
        ("Find", "find"),
        ("SET-INACTIVE", "set-inactive"),
    ] {
        println!("{typed}");
        refused(
            &["v1", "auth", typed, "--id", "x"],
            &format!("unknown command \"{typed}\" for \"influx v1 auth\""),
            &format!("did you mean `influx v1 auth {meant}`?"),
        );
    }
    for typed in ["dbrps", "mapping", "mappings"] {
        refused(
            &["v1", typed, "list"],
            &format!("unknown command \"{typed}\" for \"influx v1\""),
            "did you mean `influx v1 dbrp`?",
        );
    }
    for typed in ["health", "ready"] {
        refused(
            &[typed],
            &format!("unknown command \"{typed}\" for \"influx\""),
            "did you mean `influx ping`?",
        );
    }
    for (typed, ours) in [("--database", "--db"), ("--retention-policy", "--rp")] {
        refused(
            &["v1", "dbrp", "list", typed, "a"],
            &format!("unknown flag \"{typed}\""),
            &format!("did you mean {ours}?"),
        );
    }
    // A command is only suggested if the group has it.
    refused(
        &["v1", "deactivate"],
        "unknown command \"deactivate\" for \"influx v1\"",
        "`influx v1 --help` lists the commands",
    );
}

#[test]
fn synonyms_of_flags_suggest_the_flag() {
    let port = "the port is part of the address, as in --host http://localhost:8086";
    let lists = "`influx v1 auth set-inactive --help` lists the flags";
    for (typed, shown, hint) in [
        (&["--user", "x"][..], "--user", "did you mean --username?"),
        (&["--user=x"], "--user", "did you mean --username?"),
        (&["-user", "x"], "-user", "did you mean --username?"),
        (&["-u", "x"], "-u", "did you mean --username?"),
        (&["-ux"], "-u", "did you mean --username?"),
        (&["-u=x"], "-u", "did you mean --username?"),
        (&["--name", "x"], "--name", "did you mean --username?"),
        (&["-host", "http://h", "-port", "8086"], "-port", port),
        (&["--port", "8086"], "--port", port),
        (&["--port=8086"], "--port", port),
        (&["-k"], "-k", "did you mean --skip-verify?"),
        (&["--insecure"], "--insecure", "did you mean --skip-verify?"),
        (&["-o", "json"], "-o", "did you mean --json?"),
        (&["-ojson"], "-o", "did you mean --json?"),
        (&["-o=json"], "-o", "did you mean --json?"),
        (&["--output", "json"], "--output", "did you mean --json?"),
        (&["--output=json"], "--output", "did you mean --json?"),
        (&["-output", "json"], "-output", "did you mean --json?"),
        (&["--format", "json"], "--format", "did you mean --json?"),
        (&["-v"], "-v", "did you mean --version?"),
        (&["--ID", "x"], "--ID", "did you mean --id?"),
        (&["-Host=x"], "-Host", "did you mean --host?"),
        (
            &["--Skip-Verify"],
            "--Skip-Verify",
            "did you mean --skip-verify?",
        ),
        // These probably mean something else.
        (&["-o", "acme"], "-o", lists),
        (&["-o"], "-o", lists),
        (&["--format", "csv"], "--format", lists),
        (&["-kv"], "-k", lists),
        (&["-verbose"], "-v", lists),
    ] {
        println!("{typed:?}");
        refused(
            &[&LEAF[..], typed].concat(),
            &format!("unknown flag \"{shown}\""),
            hint,
        );
    }
    for (args, shown, hint) in [
        (
            &["v1", "auth", "create", "--bucket", "x"][..],
            "--bucket",
            "did you mean --read-bucket or --write-bucket?",
        ),
        (
            &["v1", "auth", "create", "-bucket=x"],
            "-bucket",
            "did you mean --read-bucket or --write-bucket?",
        ),
        (&["-v"], "-v", "did you mean --version?"),
        // A flag is only suggested if the command has it.
        (
            &["v1", "auth", "list", "--bucket", "x"],
            "--bucket",
            "`influx v1 auth list --help` lists the flags",
        ),
        (
            &["v1", "auth", "-k", "list"],
            "-k",
            "flags come after the command, as in `influx v1 auth COMMAND --flag`",
        ),
        (
            &["-host", "localhost", "-port", "8086"],
            "-host",
            "flags come after the command, as in `influx COMMAND --flag`",
        ),
    ] {
        refused(args, &format!("unknown flag \"{shown}\""), hint);
    }
}

/// `list` has `-u` and `-o`, which get a hint with other commands.
#[test]
fn flags_that_the_command_has_get_no_hint() {
    let path = "/private/legacy/authorizations?user=x&org=json";
    let request = crate::fixtures::request("GET", path, "");
    let reply = crate::scripted_server::json("200 OK", &crate::fixtures::listed(&[]));
    let server = Server::start([crate::scripted_server::exchange(request, reply)]);
    Test::new(["v1", "auth", "list", "-u", "x", "-o", "json", "--json"])
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
        .stdout("[]\n")
        .code(0);
}

#[test]
fn an_argument_without_a_flag_suggests_the_flag() {
    let id = "0e1f2a3b4c5d6001";
    let switch = |leaf: &str| {
        format!("`influx v1 auth {leaf}` takes only flags (to turn a flag off, use --FLAG=false)")
    };
    for (args, word, hint) in [
        (&["set-inactive", id][..], id, "--id 0e1f2a3b4c5d6001"),
        (
            &["set-active", "0E1F2A3B4C5D6001"],
            "0E1F2A3B4C5D6001",
            "--id 0E1F2A3B4C5D6001",
        ),
        (&["delete", "telegraf"], "telegraf", "--username telegraf"),
        (
            &["delete", "telegraf", "grafana"],
            "telegraf",
            "--username telegraf",
        ),
        (
            &["set-inactive", "--json", "plant-7.a_b@c"],
            "plant-7.a_b@c",
            "--username plant-7.a_b@c",
        ),
        (&["list", "telegraf"], "telegraf", "--username telegraf"),
        (&["list", id], id, "--id 0e1f2a3b4c5d6001"),
        (
            &["set-password", "telegraf"],
            "telegraf",
            "--username telegraf",
        ),
        (&["create", "telegraf"], "telegraf", "--username telegraf"),
        // `create` has no --id.
        (&["create", id], id, "--username 0e1f2a3b4c5d6001"),
        // A second target is suggested with the same flag as the first.
        (
            &["set-inactive", "--id", "x", id],
            id,
            "--id 0e1f2a3b4c5d6001",
        ),
        (
            &["set-inactive", "-i", "x", "-i", "y", id],
            id,
            "--id 0e1f2a3b4c5d6001",
        ),
        (
            &["set-inactive", "--username", "x", "telegraf"],
            "telegraf",
            "--username telegraf",
        ),
        (
            &["delete", "--username", "x", id],
            id,
            "--username 0e1f2a3b4c5d6001",
        ),
    ] {
        println!("{args:?}");
        refused(
            &[&LEAF[..2], args].concat(),
            &format!("unexpected argument \"{word}\""),
            &format!("did you mean `{hint}`?"),
        );
    }
    for (args, shown) in [
        // Nothing is suggested if the command takes only one target or one kind of target, or if
        // the word probably belongs to the flag before it.
        (&["list", "--username", "x", "telegraf"][..], "telegraf"),
        (&["set-inactive", "--id", "x", "telegraf"], "telegraf"),
        (
            &["set-inactive", "--username", "x", "--json", "telegraf"],
            "telegraf",
        ),
        (
            &["create", "--username", "x", "-d", "two", "words"],
            "words",
        ),
        // `false` is meant as the value of --json.
        (&["list", "--json", "false"], "false"),
        (&["list", "-"], "-"),
        (&["list", ""], ""),
        (&["list", "a b"], "a b"),
        (&["list", "$(x)"], "$(x)"),
    ] {
        println!("{args:?}");
        refused(
            &[&LEAF[..2], args].concat(),
            &format!("unexpected argument \"{shown}\""),
            &switch(args[0]),
        );
    }
    refused(
        &["man", "telegraf"],
        "unexpected argument \"telegraf\"",
        "`influx man` takes only flags (to turn a flag off, use --FLAG=false)",
    );
}
