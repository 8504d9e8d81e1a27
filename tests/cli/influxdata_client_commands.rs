//! Hints for commands that only InfluxData's client has.

use super::suggestions::refused;

#[test]
fn commands_that_only_influxdatas_client_has_get_a_hint() {
    for typed in [
        "apply",
        "backup",
        "bucket-schema",
        "dashboards",
        "delete",
        "export",
        "pkg",
        "query",
        "remote",
        "repl",
        "replication",
        "restore",
        "scripts",
        "secret",
        "server-config",
        "setup",
        "stacks",
        "task",
        "telegrafs",
        "template",
        "transpile",
        "write",
    ] {
        refused(
            &[typed, "--file", "x"],
            &format!("unknown command \"{typed}\" for \"influx\""),
            "InfluxData's client has this command; this program manages credentials only",
        );
    }
}

#[test]
fn subcommands_that_only_influxdatas_client_has_get_a_hint() {
    let list_only: &[_] = &["create", "delete", "update", "members", "retention"];
    for (typed, group, commands) in [
        ("org", "org", list_only),
        ("organization", "org", list_only),
        ("bucket", "bucket", list_only),
        ("user", "user", &["create", "delete", "update"]),
    ] {
        for command in commands {
            refused(
                &[typed, command, "--name", "x"],
                &format!("unknown command \"{command}\" for \"influx {group}\""),
                "InfluxData's client has this command; this program manages credentials only",
            );
        }
    }
}
