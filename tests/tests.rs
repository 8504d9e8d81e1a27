//! Tests of the built binary from outside. One binary: a folder for each area, a module for each topic.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use support::{fixtures, harness, replay, scripted_proxy, scripted_server, tls_server, tools};

/// Helpers that tests of several topics share.
mod support {
    /// Requests and answers of `influx auth create`.
    pub mod api_token_create;
    /// Requests, answers and runs of `influx auth`.
    pub mod api_tokens;
    /// Configs files.
    pub mod configs_files;
    /// Answers and runs of `influx v1 dbrp`.
    pub mod dbrp_requests;
    /// Runs that fail, and the usual lines of their messages.
    pub mod expected_failures;
    /// The usual requests and answers, byte by byte.
    pub mod fixtures;
    /// How a test describes a run: what the program is given and what it must do.
    pub mod harness;
    /// A real InfluxDB, and what tests create there.
    pub mod live_server;
    /// The assertion that no secret is printed.
    pub mod no_secrets;
    /// The request, the answer and the run of `influx ping`.
    pub mod ping_requests;
    /// A run of the program and its result.
    pub mod process;
    /// The README's tables, code blocks and words in backticks.
    pub mod readme;
    /// The requests that scripted servers still expect, and what went wrong.
    pub mod record;
    /// Recorded cases of the Go client: loading them, and their requests as we send them.
    pub mod replay;
    /// What the scripted server and the scripted proxy have in common.
    pub mod scripted;
    /// A proxy that follows a script.
    pub mod scripted_proxy;
    /// A server that follows a script: the exact requests it expects, and its replies.
    pub mod scripted_server;
    /// Requests to the demo's stand-in server without the program.
    pub mod stand_in_client;
    /// Runs over ten thousand targets.
    pub mod ten_thousand;
    /// Runs through a proxy.
    pub mod through_proxy;
    /// Servers that speak TLS.
    pub mod tls_server;
    /// Programs and permissions that some tests need.
    pub mod tools;
    /// Runs of `influx v1 auth` with several targets.
    pub mod v1_auth_many;
    /// Requests, answers and runs of `influx v1 auth`.
    pub mod v1_auth_requests;
}

/// The recorded exchanges of the Go client with InfluxDB 2.9, and where we differ on purpose.
mod contract {
    /// Those of `influx auth`.
    mod auth;
    /// Those of `influx config`.
    mod config;
    /// Those of `influx v1 dbrp`.
    mod dbrp;
    /// Those of `influx ping`.
    mod ping;
    /// Those of `influx v1 auth`, and of words that are no command.
    mod v1_auth;
    /// How the cases of `influx v1 auth` are run.
    mod v1_auth_replay;
}

/// The command line: words, flags, help.
mod cli {
    /// Pseudo-random command lines.
    mod fuzz;
    /// Completion scripts and the manual page.
    mod generated;
    /// Help and version at every level.
    mod help;
    /// The program called by another name.
    mod program_name;
    /// Words and flags that are typed in place of what is meant.
    mod suggestions;
    /// Values that are given in place of what is meant.
    mod suggestions_values;
    /// Mistakes in the command line and the environment.
    mod usage;
    /// Values that are refused, and words that are not UTF-8.
    mod usage_values;
}

/// The commands of `influx config`.
mod config {
    /// The rights of a file with a POSIX ACL.
    mod acl;
    /// What each command takes, prints and refuses.
    mod commands;
    /// Every edit, byte for byte.
    mod edits;
    /// Files with many entries.
    mod large;
    /// Configs against a real InfluxDB, where there is one.
    mod live;
    /// Commands that wait for each other.
    mod lock;
    /// Which entry is active or previous after several commands.
    mod marks;
    /// Links, directories and disks: where the file can be written, and where not.
    mod places;
    /// Other programs that change the file at the same time.
    mod race;
    /// Kills and commands at once: the file stays whole.
    mod whole;
}

/// Settings: flags, variables, the configs file.
mod settings {
    /// Which entry of the configs file counts.
    mod configs;
    /// Where the configs file is, and that it is only read.
    mod configs_place;
    /// Configs files that cannot be read or parsed.
    mod configs_wrong;
    /// Precedence of every setting that has several sources.
    #[allow(clippy::module_inception)]
    mod settings;
    /// Settings that contradict each other, are given twice, or come from a file.
    mod settings_conflicts;
    /// Settings that show in another way than in a request: limits, TLS, usernames.
    mod settings_more;
    /// Names and values that are too long to send.
    mod too_long;
}

/// The way to the server, and answers of any kind.
mod connection {
    /// What InfluxDB 2.0 answers if the host has a prefix of `/api/v2`.
    mod api_index;
    /// What must not be done twice.
    mod creations;
    /// Connections that fail, break off or fall silent; every exit code.
    mod failures;
    /// Answers that are wrong, odd or too large as HTTP.
    mod failures_http;
    /// Answers of success whose content is none.
    mod failures_json;
    /// Runs by username that fail.
    mod failures_look_up;
    /// Headers of the user's own on the wire.
    mod headers;
    /// Host names and addresses.
    mod names;
    /// Servers that need no proxy.
    mod no_proxy;
    /// `ping`: what counts as up.
    mod ping;
    /// `ping --wait`: when it tries again, and how it ends.
    mod ping_wait;
    /// Which proxy is chosen, and what it is sent.
    mod proxy;
    /// Proxies that are wrong, refuse, break off or are slow.
    mod proxy_failures;
    /// Answers whose status is no success.
    mod refusals;
    /// A session from the active config's cookie.
    mod sign_in;
    /// HTTPS: which servers are trusted.
    mod tls;
    /// HTTPS with a certificate of the client.
    mod tls_client;
    /// Ways to a server that meet: proxies, roots, client certificates, names.
    mod tls_pairs;
    /// Where the certificates to trust come from.
    mod tls_roots;
    /// Waiting for a response while signals come.
    mod waiting;
}

/// The commands of `influx auth`.
mod auth {
    /// `create`: what it asks and sends.
    mod create;
    /// `create`: responses that differ from the request.
    mod create_differs;
    /// `create` with what cannot work: nothing is sent.
    mod create_refused;
    /// `create`: the one time that a token is shown, and that it is shown nowhere else.
    mod create_shown;
    /// `delete`.
    mod delete;
    /// `list`: its request and its filters.
    mod list;
    /// Tokens and patterns against a real InfluxDB, where there is one.
    mod live;
    /// Tokens that a pattern fits.
    mod matching;
    /// `active` and `inactive`; tokens that a server sends stay off both streams.
    mod status;
}

/// The commands of `influx v1 auth`.
mod v1_auth {
    /// `create`: what it asks, sends and takes back.
    mod create;
    /// `create`: responses that differ from the request.
    mod create_differs;
    /// `create` with what cannot work: nothing is sent.
    mod create_refused;
    /// `delete`: what is removed is what is shown.
    mod delete;
    /// A look before the work: `--dry-run`.
    mod dry_run;
    /// `list`: its request and its filters.
    mod list;
    /// The main job against a real InfluxDB, where there is one.
    mod live;
    /// Several targets in one run.
    mod many;
    /// JSON on standard input where targets are read.
    mod many_json;
    /// Rows of several targets, written as they come.
    mod many_rows;
    /// Targets from standard input.
    mod many_stdin;
    /// Authorizations that a pattern fits.
    mod matching;
    /// Where a password comes from, and that it stays off both streams.
    mod password;
    /// The prompt for a password, on a pseudo-terminal.
    mod prompt;
    /// `set-password`: one target, named.
    mod set_password;
    /// What goes over the wire and comes out for the main job.
    mod set_status;
    /// What the exit code says is what happened.
    mod truth;
    /// Answers that were lost: what may have been done is said.
    mod truth_lost;
}

/// The commands of `influx v1 dbrp`.
mod v1_dbrp {
    /// `create`: what it asks, sends and believes.
    mod create;
    /// `delete`: what is removed is what is shown.
    mod delete;
    /// `list`: its request, its filters and its forms.
    mod list;
    /// Mappings and `ping` against a real InfluxDB, where there is one.
    mod live;
    /// `update`: what holds afterwards.
    mod update;
}

/// What is printed, how much memory that takes, and that no secret is in it.
mod output {
    /// Which columns a table has, and that it fits its terminal.
    mod columns;
    /// `list`: its forms.
    mod list_output;
    /// A hundred thousand authorizations.
    mod list_volume;
    /// Ten thousand authorizations that a pattern fits.
    mod matching_volume;
    /// Characters that turn the direction of text, or drive a terminal.
    mod odd_text;
    /// Standard output that closes or is full.
    #[allow(clippy::module_inception)]
    mod output;
    /// The credentials of a proxy stay off both streams.
    mod proxy_secrets;
    /// Token and header value stay out of messages, also if the server echoes them.
    mod secrets;
    /// Secrets given wrongly, on the command line, in variables or files.
    mod secrets_given;
    /// Password and session cookie stay off both streams.
    mod secrets_session;
    /// Ten thousand targets.
    mod volume;
}

/// The demo's stand-in InfluxDB.
#[path = "demo/stand_in/mod.rs"]
#[allow(
    dead_code,
    reason = "some of it is only for `make demo` and for the measurements"
)]
mod stand_in;

/// The repository itself.
mod project {
    /// Compares the README with the program: flags, exit codes, files.
    mod docs;
    /// Runs every command line of the README.
    mod docs_commands;
    /// The test harness: a test that must fail does so at once, and says what it expected and got.
    mod harness;
    /// The README's Kubernetes Job meets the Pod Security Standard.
    mod kubernetes;
    /// The demo's stand-in server: authorizations and tokens.
    mod stand_in_authorizations;
    /// The demo's stand-in server: organizations, buckets, and whether it is ready.
    mod stand_in_lists;
    /// The demo's stand-in server: mappings.
    mod stand_in_mappings;
    /// The demo's stand-in server: v2 users, and whether a credential works.
    mod stand_in_users;
}
