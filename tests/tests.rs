//! Tests that run the built program. All of them are one test binary, because that links faster: a folder for
//! each area, a module for each topic.
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
    /// Help texts of every level of commands.
    pub mod help_texts;
    /// A real InfluxDB, and what tests create there.
    pub mod live_server;
    /// A v2 user on a real InfluxDB, with one credential of each kind.
    pub mod live_user;
    /// The assertion that no secret is printed.
    pub mod no_secrets;
    /// Requests, answers and runs of `influx org list` and `influx bucket list`.
    pub mod objects;
    /// A root directory with nothing but the program.
    pub mod own_root;
    /// The request, the answer and the run of `influx ping`.
    pub mod ping_requests;
    /// A run of the program and its result.
    pub mod process;
    /// The README's tables, code blocks and words in backticks.
    pub mod readme;
    /// The requests that scripted servers still expect, and what went wrong.
    pub mod record;
    /// Recorded cases of InfluxData's client: loading them, and their requests as this program sends them.
    pub mod replay;
    /// What the scripted server and the scripted proxy have in common.
    pub mod scripted;
    /// A proxy that follows a script.
    pub mod scripted_proxy;
    /// A server that follows a script: the exact requests it expects, and its replies.
    pub mod scripted_server;
    /// The sources of a setting, in every combination.
    pub mod setting_sources;
    /// Requests to the demo's stand-in server without the program.
    pub mod stand_in_client;
    /// Runs over ten thousand targets.
    pub mod ten_thousand;
    /// Runs that ask for a password on a terminal.
    pub mod terminal;
    /// Runs through a proxy.
    pub mod through_proxy;
    /// Servers that speak TLS.
    pub mod tls_server;
    /// Programs and permissions that some tests need.
    pub mod tools;
    /// Requests, answers and runs of `influx user`.
    pub mod users;
    /// Runs of `influx v1 auth` with several targets.
    pub mod v1_auth_many;
    /// Requests, answers and runs of `influx v1 auth`.
    pub mod v1_auth_requests;
}

/// The recorded exchanges of InfluxData's client with InfluxDB 2.9, and where this program differs on purpose.
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
    /// How the cases of `influx v1 auth` are run.
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
    /// Help and version come before everything else.
    mod help_precedence;
    /// The manual page.
    mod manual;
    /// The program under another name.
    mod program_name;
    /// Misspelled commands and flags.
    mod suggestions;
    /// Commands that only InfluxData's client has.
    mod suggestions_client;
    /// Wrong values with an obvious correction.
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
    /// Links, directories and disks: where the file can be written, and where it cannot.
    mod places;
    /// Other programs that change the file at the same time.
    mod race;
    /// Killed commands and concurrent commands leave the file intact.
    mod whole;
}

/// Settings: flags, variables, the configs file.
mod settings {
    /// Which entry of the configs file is used.
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
    /// Settings that a request does not show: limits, TLS, usernames.
    mod settings_more;
    /// `--tls-ca` and `--skip-verify`.
    mod settings_tls;
    /// Names and values that are too long to send.
    mod too_long;
}

/// Connections and responses.
mod connection {
    /// What InfluxDB 2.0 answers if the host has a prefix of `/api/v2`.
    mod api_index;
    /// Creations whose response was lost must not be repeated.
    mod creations;
    /// Connections that fail, break off or hang. Every exit code.
    mod failures;
    /// Responses that are invalid, unusual or too large as HTTP.
    mod failures_http;
    /// Successful responses with unusable content.
    mod failures_json;
    /// Runs by username that fail.
    mod failures_look_up;
    /// `--extra-http-header` and debug IDs.
    mod headers;
    /// Host names and addresses.
    mod names;
    /// Servers that need no proxy.
    mod no_proxy;
    /// `ping`: when a server counts as up.
    mod ping;
    /// `ping --wait`: when it tries again, and how it ends.
    mod ping_wait;
    /// Which proxy is used, and what it gets.
    mod proxy;
    /// Proxies that are invalid, refuse, break off or are slow.
    mod proxy_failures;
    /// TLS that fails at a proxy, or behind it.
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
    /// `check`: which answers mean that a token is accepted.
    mod check;
    /// `create`: its requests.
    mod create;
    /// `create`: responses that differ from the request.
    mod create_differs;
    /// `create` with arguments that cannot work: nothing is sent.
    mod create_refused;
    /// `create` prints the new token on standard output, and nowhere else.
    mod create_shown;
    /// `delete`.
    mod delete;
    /// `list`: its request and its filters.
    mod list;
    /// Tokens and patterns with a real InfluxDB.
    mod live;
    /// Tokens that match a pattern.
    mod matching;
    /// `active` and `inactive`. Tokens that a server sends are not printed.
    mod status;
}

/// The command of `influx bucket`.
mod bucket {
    /// `list`: its pages, its filters, its columns and its forms.
    mod list;
}

/// The command of `influx org`.
mod org {
    /// `list`: its pages, its filters and its forms.
    mod list;
}

/// The commands of `influx user`.
mod user {
    /// The user that the token in use belongs to.
    mod guard;
    /// `list`: its pages, its filters and its forms.
    mod list;
    /// Users, and checks of credentials, against a real InfluxDB.
    mod live;
    /// Users that a pattern matches, and `--dry-run`.
    mod matching;
    /// `password`: where it comes from, and what counts as success.
    mod password;
    /// `inactive` and `active`: what is sent, and what counts as success.
    mod status;
}

/// The commands of `influx v1 auth`.
mod v1_auth {
    /// Names that several things have.
    mod ambiguous;
    /// `check`: which answers mean that a username and password are accepted.
    mod check;
    /// `create`: its requests, and how it reverts what fails halfway.
    mod create;
    /// `create`: responses that differ from the request.
    mod create_differs;
    /// `create` with arguments that cannot work: nothing is sent.
    mod create_refused;
    /// `delete`: it deletes what it shows.
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
    /// Rows of several targets are printed as soon as they are known.
    mod many_rows;
    /// Targets from standard input.
    mod many_stdin;
    /// Authorizations that match a pattern.
    mod matching;
    /// Where a password comes from, and that it is not printed.
    mod password;
    /// The prompt for a password, on a pseudo-terminal.
    mod prompt;
    /// `set-password`: it needs one target.
    mod set_password;
    /// `set-active` and `set-inactive`: their requests and output.
    mod set_status;
    /// The exit code says what happened.
    mod truth;
    /// Lost responses: messages say what may have been done.
    mod truth_lost;
}

/// The commands of `influx v1 dbrp`.
mod v1_dbrp {
    /// `create`: its requests, and which responses confirm it.
    mod create;
    /// `delete`: it deletes what it shows.
    mod delete;
    /// `list`: its request, filters and formats.
    mod list;
    /// Mappings and `ping` with a real InfluxDB.
    mod live;
    /// `update`: the response must confirm it.
    mod update;
}

/// Output: formats, memory, and that it has no secrets.
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
    /// Tokens and header values are not in messages, even if the server echoes them.
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
