//! Tests that run the built program. There is a folder for each area and a module for each topic.
//! All tests are in one binary, because that links faster.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use support::{fixtures, harness, replay, scripted_proxy, scripted_server, tls_server, tools};

/// Helpers for the tests of several topics.
mod support {
    /// Requests and responses of `influx auth create`.
    pub mod api_token_create;
    /// Requests, responses and runs of `influx auth`.
    pub mod api_tokens;
    /// Runs of `influx config` with a configs file.
    pub mod configs_files;
    /// Responses and runs of `influx v1 dbrp`.
    pub mod dbrp_requests;
    /// Runs that fail, and the usual parts of their messages.
    pub mod expected_failures;
    /// The usual requests and responses, byte for byte.
    pub mod fixtures;
    /// How a test describes a run: its input and its expected result.
    pub mod harness;
    /// Commands whose help is tested, and runs that print help.
    pub mod help_texts;
    /// A real InfluxDB, and the data that tests create there.
    pub mod live_server;
    /// A v2 user on a real InfluxDB with one credential of each kind.
    pub mod live_user;
    /// The assertion that no secret is printed.
    pub mod no_secrets;
    /// Requests, responses and runs of `influx org list` and `influx bucket list`.
    pub mod objects;
    /// A root directory that only has the program.
    pub mod own_root;
    /// Requests, responses and runs of `influx ping`.
    pub mod ping_requests;
    /// A run of the program and its result.
    pub mod process;
    /// The README's tables, code blocks and words in backticks.
    pub mod readme;
    /// The requests that scripted servers still expect, and their failures.
    pub mod record;
    /// Recorded cases of InfluxData's client: loads them, runs them, and formats the expected
    /// output.
    pub mod replay;
    /// The common part of the scripted server and the scripted proxy.
    pub mod scripted;
    /// A proxy that follows a script.
    pub mod scripted_proxy;
    /// A server that follows a script of exact requests and replies.
    pub mod scripted_server;
    /// Every combination of the sources of a setting.
    pub mod setting_sources;
    /// Sends requests to the demo's stand-in server directly, without the program.
    pub mod stand_in_client;
    /// Runs with ten thousand targets.
    pub mod ten_thousand;
    /// Runs that ask for a password on a terminal.
    pub mod terminal;
    /// Runs through a proxy.
    pub mod through_proxy;
    /// Servers that speak TLS.
    pub mod tls_server;
    /// Programs and permissions that some tests need.
    pub mod tools;
    /// Requests, responses and runs of `influx user`.
    pub mod users;
    /// Runs of `influx v1 auth` with several targets.
    pub mod v1_auth_many;
    /// Requests, responses and runs of `influx v1 auth`.
    pub mod v1_auth_requests;
}

/// The recorded exchanges of InfluxData's client with InfluxDB 2.9, and the intended differences of
/// this program.
mod contract {
    /// Cases of `influx auth`.
    mod auth;
    /// Cases of `influx bucket`.
    mod bucket;
    /// Cases of `influx config`.
    mod config;
    /// Cases of `influx v1 dbrp`.
    mod dbrp;
    /// Cases of `influx org`.
    mod org;
    /// Cases of `influx ping`.
    mod ping;
    /// Cases of `influx user`.
    mod user;
    /// Cases of `influx v1 auth`, and of unknown commands.
    mod v1_auth;
    /// Replays the cases of `influx v1 auth`.
    mod v1_auth_replay;
}

/// The command line: commands, flags, help.
mod cli {
    /// Random command lines.
    mod fuzz;
    /// The fragments of random command lines.
    mod fuzz_words;
    /// Completion scripts and the manual page.
    mod generated;
    /// Help and version at every level.
    mod help;
    /// Help and version take precedence over everything else.
    mod help_precedence;
    /// The manual page.
    mod manual;
    /// The program under another name.
    mod program_name;
    /// Misspelled commands and flags.
    mod suggestions;
    /// Suggestions for commands that only InfluxData's client has.
    mod suggestions_client;
    /// Suggestions for invalid values.
    mod suggestions_values;
    /// Mistakes in the command line and the environment.
    mod usage;
    /// Values that are refused, and arguments that are not UTF-8.
    mod usage_values;
}

/// The commands of `influx config`.
mod config {
    /// The permissions of a file with a POSIX ACL.
    mod acl;
    /// What each command accepts, prints and refuses.
    mod commands;
    /// Tokens, passwords and users of a config.
    mod credentials;
    /// Every edit, byte for byte.
    mod edits;
    /// Files with many entries.
    mod large;
    /// Configs with a real InfluxDB.
    mod live;
    /// Commands that wait for each other.
    mod lock;
    /// Which entry is active or previous after several commands.
    mod marks;
    /// Links, directories and disks, and whether the file can be written there.
    mod places;
    /// Concurrent changes of the file by other programs.
    mod race;
    /// The file stays intact if commands are killed or run concurrently.
    mod whole;
}

/// Settings: flags, variables and the configs file.
mod settings {
    /// Which entry of the configs file is used.
    mod configs;
    /// Where the configs file is, and that these commands only read it.
    mod configs_place;
    /// Configs files that cannot be read or parsed.
    mod configs_wrong;
    /// Precedence of every setting that has several sources.
    #[allow(clippy::module_inception)]
    mod settings;
    /// Settings that conflict, are given twice, or come from a file.
    mod settings_conflicts;
    /// Timeouts, booleans, invalid variables, and the username from the environment.
    mod settings_more;
    /// `--tls-ca` and `--skip-verify`.
    mod settings_tls;
    /// Names and values that are too long to send.
    mod too_long;
}

/// Connections and responses.
mod connection {
    /// The API index that InfluxDB 2.0 returns if the host has a path prefix such as `/api/v2`.
    mod api_index;
    /// The program must not repeat a creation if the response is lost.
    mod creations;
    /// Connections that fail, break or hang. Every exit code.
    mod failures;
    /// HTTP responses that are invalid, unusual or too large.
    mod failures_http;
    /// Successful responses with unusable content.
    mod failures_json;
    /// Runs by username that fail in the lookup or after it.
    mod failures_look_up;
    /// `--extra-http-header` and debug IDs.
    mod headers;
    /// Host names and addresses.
    mod names;
    /// Servers that are reached without the proxy.
    mod no_proxy;
    /// `ping`: when it reports a server as up.
    mod ping;
    /// `ping --wait`: when it tries again, and when it stops.
    mod ping_wait;
    /// Which proxy is used, and what the program sends to it.
    mod proxy;
    /// Proxies that are invalid or slow, refuse a request, or close the connection.
    mod proxy_failures;
    /// TLS failures with the proxy, or with the server through the proxy.
    mod proxy_tls_failures;
    /// Responses with an error status.
    mod refusals;
    /// A session from the active config's cookie.
    mod sign_in;
    /// HTTPS: which servers are trusted.
    mod tls;
    /// HTTPS with a client certificate.
    mod tls_client;
    /// Combinations of proxies, roots, client certificates and names.
    mod tls_pairs;
    /// Where trusted certificates come from.
    mod tls_roots;
    /// Signals while the program waits for a response.
    mod waiting;
}

/// The commands of `influx auth`.
mod auth {
    /// `check`: which responses mean that a token is accepted.
    mod check;
    /// `create`: its requests.
    mod create;
    /// `create`: responses that differ from the request.
    mod create_differs;
    /// `create` with invalid arguments, which sends nothing.
    mod create_refused;
    /// `create` prints the new token only on standard output.
    mod create_shown;
    /// `delete`.
    mod delete;
    /// `list`: its request and its filters.
    mod list;
    /// Tokens and patterns with a real InfluxDB.
    mod live;
    /// Tokens that match a pattern.
    mod matching;
    /// `active` and `inactive`. They do not print tokens that a server sends.
    mod status;
}

/// The command of `influx bucket`.
mod bucket {
    /// `list`: its pages, filters, columns and output formats.
    mod list;
}

/// The command of `influx org`.
mod org {
    /// `list`: its pages, filters and output formats.
    mod list;
}

/// The commands of `influx user`.
mod user {
    /// The user that the token in use belongs to.
    mod guard;
    /// `list`: its pages, filters and output formats.
    mod list;
    /// Users and credential checks with a real InfluxDB.
    mod live;
    /// Users that match a pattern, and `--dry-run`.
    mod matching;
    /// `password`: the sources of the password, and which responses mean success.
    mod password;
    /// `inactive` and `active`: their requests, and which responses mean success.
    mod status;
}

/// The commands of `influx v1 auth`.
mod v1_auth {
    /// Names that match several authorizations, organizations or buckets.
    mod ambiguous;
    /// `check`: which responses mean that a username and password are accepted.
    mod check;
    /// `create`: its requests, and how it cleans up if it fails halfway.
    mod create;
    /// `create`: responses that differ from the request.
    mod create_differs;
    /// `create` with invalid arguments, which sends nothing.
    mod create_refused;
    /// `delete`: it deletes exactly the authorizations that it prints.
    mod delete;
    /// `--dry-run`.
    mod dry_run;
    /// `list`: its request and its filters.
    mod list;
    /// Usernames with a real InfluxDB.
    mod live;
    /// Several targets in one run.
    mod many;
    /// JSON on standard input instead of targets.
    mod many_json;
    /// With several targets, each row is printed as soon as it is known.
    mod many_rows;
    /// Targets from standard input.
    mod many_stdin;
    /// Authorizations that match a pattern.
    mod matching;
    /// The sources of a password, and that it is not printed.
    mod password;
    /// The prompt for a password, on a pseudo-terminal.
    mod prompt;
    /// `set-password`: it needs exactly one target.
    mod set_password;
    /// `set-active` and `set-inactive`: their requests and output.
    mod set_status;
    /// The exit code and the message if a response does not confirm the request.
    mod truth;
    /// If a response is lost, the message says what the server may have done.
    mod truth_lost;
}

/// The commands of `influx v1 dbrp`.
mod v1_dbrp {
    /// `create`: its requests, and which responses confirm it.
    mod create;
    /// `delete`: it deletes exactly the mapping that it prints.
    mod delete;
    /// `list`: its request, filters and formats.
    mod list;
    /// Mappings and `ping` with a real InfluxDB.
    mod live;
    /// `update`: the response must confirm it.
    mod update;
}

/// Output: formats, memory, and the absence of secrets.
mod output {
    /// The columns of tables, and tables on narrow terminals.
    mod columns;
    /// The formats of `list`.
    mod list_output;
    /// A hundred thousand authorizations.
    mod list_volume;
    /// Ten thousand authorizations that match a pattern.
    mod matching_volume;
    /// Characters that change the direction of text or control a terminal.
    mod odd_text;
    /// Standard output that is closed or full.
    #[allow(clippy::module_inception)]
    mod output;
    /// The credentials of a proxy are not printed.
    mod proxy_secrets;
    /// Tokens and header values are not printed, even if the server echoes them.
    mod secrets;
    /// Malformed secrets on the command line, in variables or in files.
    mod secrets_given;
    /// The password and the cookie of a session are not printed.
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
    /// Compares the README with the program: flags, exit codes and files.
    mod docs;
    /// Runs every command line of the README.
    mod docs_commands;
    /// The test harness. A test that must fail does so at once, with the expected and the actual
    /// bytes.
    mod harness;
    /// The README's Kubernetes Job meets the Pod Security Standard.
    mod kubernetes;
    /// The demo's stand-in server: authorizations and tokens.
    mod stand_in_authorizations;
    /// The demo's stand-in server: organizations, buckets and readiness.
    mod stand_in_lists;
    /// The demo's stand-in server: mappings.
    mod stand_in_mappings;
    /// The demo's stand-in server: v2 users and credentials.
    mod stand_in_users;
}
