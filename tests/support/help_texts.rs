//! Commands whose help is tested, the help of the program, and runs that print help.

use crate::harness::{Run, Test};

pub const COMMANDS: [&[&str]; 44] = [
    &[],
    &["v1"],
    &["v1", "auth"],
    &["v1", "dbrp"],
    &["v1", "dbrp", "list"],
    &["v1", "dbrp", "create"],
    &["v1", "dbrp", "update"],
    &["v1", "dbrp", "delete"],
    &["ping"],
    &["v1", "auth", "set-inactive"],
    &["v1", "auth", "set-active"],
    &["v1", "auth", "list"],
    &["v1", "auth", "create"],
    &["v1", "auth", "delete"],
    &["v1", "auth", "set-password"],
    &["config"],
    &["config", "create"],
    &["config", "rm"],
    &["config", "ls"],
    &["config", "set"],
    &["completion", "bash"],
    &["completion", "fish"],
    &["version"],
    &["help"],
    &["completion"],
    &["completion", "zsh"],
    &["man"],
    &["auth"],
    &["auth", "list"],
    &["auth", "create"],
    &["auth", "active"],
    &["auth", "inactive"],
    &["auth", "delete"],
    &["auth", "check"],
    &["v1", "auth", "check"],
    &["user"],
    &["user", "list"],
    &["user", "inactive"],
    &["user", "active"],
    &["user", "password"],
    &["org"],
    &["org", "list"],
    &["bucket"],
    &["bucket", "list"],
];

pub const ROOT: &str = "\
Manage the credentials of InfluxDB 2.x

USAGE:
    influx COMMAND [FLAGS]

COMMANDS:
    v1              Commands for InfluxDB's 1.x-compatible API
    auth            Manage API tokens (v2 authorizations)
    user            List and deactivate v2 users, and set their passwords
    org             Look up the IDs of organizations
    bucket          Look up the IDs of buckets
    config          Manage configs: servers and tokens by name
    ping            Check that InfluxDB is up
    version         Print the version
    help            Print the help of a command
    completion      Print a completion script for bash, zsh or fish
    man             Print the manual page (pipe it into `man -l -`)

FLAGS:
    -h, --help                    Print this help
    -V, --version                 Print the version

EXAMPLES:
    influx v1 auth list
    influx help v1 auth
";

#[track_caller]
pub fn succeeds(args: &[&str]) -> Run {
    let run = Test::new(args.to_vec()).run();
    run.assert(run.code == 0, "exit code 0");
    run.assert(run.stderr.is_empty(), "empty standard error");
    run
}

#[track_caller]
pub fn prints(args: &[&str], text: &str) {
    Test::new(args.to_vec()).stdout(text).code(0);
}

pub fn printed(args: &[&str]) -> String {
    let run = Test::new(args.to_vec()).run();
    run.assert(
        run.code == 0 && run.stderr.is_empty(),
        "a text and exit code 0",
    );
    run.stdout
}
