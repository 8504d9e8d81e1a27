//! Tests of the built binary from outside. One binary, a module an area.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

/// Which entry of the configs file counts.
mod configs;
/// Where the configs file is, and that it is only read.
mod configs_place;
/// Configs files that cannot be read or parsed.
mod configs_wrong;
/// The stand-in proxy.
mod connect_proxy;
/// The recorded exchanges of the Go client with InfluxDB 2.9, and where we differ on purpose.
mod contract;
/// `create`: what it asks, sends and takes back.
mod create;
/// `create` with what cannot work: nothing is sent.
mod create_refused;
/// `delete`: what is removed is what is shown.
mod delete;
/// The README against the program: flags, exit codes, commands, files.
mod docs;
/// Connections that fail, break off or fall silent; every exit code.
mod failures;
/// Answers that are wrong, odd or too large as HTTP.
mod failures_http;
/// Answers of success whose content is none.
mod failures_json;
/// Runs by username that fail.
mod failures_look_up;
/// The bytes of the usual requests and answers.
mod fixtures;
/// Pseudo-random command lines.
mod fuzz;
/// Completion scripts and the manual page.
mod generated;
/// How a test states what it gives and expects.
mod harness;
/// Headers of the user's own on the wire.
mod headers;
/// Help and version at every level.
mod help;
/// The README's Kubernetes Job against the Pod Security Standard.
mod kubernetes;
/// `list`: its request and its filters.
mod list;
/// `list`: its forms.
mod list_output;
/// A hundred thousand authorizations.
mod list_volume;
/// The main job against a real InfluxDB, where there is one.
mod live;
/// Several targets in one run.
mod many;
/// Targets from standard input.
mod many_stdin;
/// Host names and addresses.
mod names;
/// Servers that need no proxy.
mod no_proxy;
/// Standard output that closes or is full.
mod output;
/// Where a password comes from, and that it stays off both streams.
mod password;
/// The program called by another name.
mod program_name;
/// The prompt for a password, on a pseudo-terminal.
mod prompt;
/// Which proxy is chosen, and what it is sent.
mod proxy;
/// Proxies that are wrong, refuse, break off or are slow.
mod proxy_failures;
/// The credentials of a proxy stay off both streams.
mod proxy_secrets;
/// Answers whose status is no success.
mod refusals;
/// How a recorded exchange is run.
mod replay;
/// Token and header value stay off both streams, also where the server echoes them.
mod secrets;
/// Secrets given wrongly, on the command line, in variables or files.
mod secrets_given;
/// Password and session cookie stay off both streams.
mod secrets_session;
/// The scripted stand-in server.
mod server;
/// `set-password`: one target, named.
mod set_password;
/// What goes over the wire and comes out for the main job.
mod set_status;
/// Precedence of every setting that has several sources.
mod settings;
/// Settings that contradict each other, are given twice, or come from a file.
mod settings_conflicts;
/// Settings that show in another way than in a request: limits, TLS, usernames.
mod settings_more;
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
/// Servers that speak TLS.
mod tls_server;
/// Mistakes in the command line and the environment.
mod usage;
/// Values that are refused, and words that are not UTF-8.
mod usage_values;
/// Ten thousand targets.
mod volume;
