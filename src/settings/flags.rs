//! The flags of all commands that send requests. [`Settings::resolve`](super::Settings::resolve) reads
//! them.

use crate::cli::flag::{BASE, Candidates, Flag, OverrideGroup, Takes};
use crate::header::{self, check_value};
use crate::url::BaseUrl;
use ureq::http::HeaderMap;

/// Completes the names of the entries in the configs file.
pub const CONFIG_NAMES: &Candidates = &Candidates::Printed("config ls --quiet");

pub static HOST: Flag = Flag {
    long: "host",
    env: Some("INFLUX_HOST"),
    takes: Takes::Text("URL"),
    help: "HTTP or HTTPS URL of the server. It may have a path prefix (default: the active config's, else http://localhost:8086)",
    // An error must not show the URL, which may have a password.
    secret: true,
    check: Some(|text| BaseUrl::parse(text).map(drop)),
    ..BASE
};

pub static TOKEN: Flag = Flag {
    long: "token",
    short: Some('t'),
    env: Some("INFLUX_TOKEN"),
    takes: Takes::Text("TOKEN"),
    help: "API token (default: the active config's)",
    secret: true,
    env_trims: true,
    overrides: Some(OverrideGroup::Token),
    check: Some(check_value),
    ..BASE
};

pub static TOKEN_FILE: Flag = Flag {
    long: "token-file",
    env: Some("INFLUX_TOKEN_FILE"),
    takes: Takes::Path("PATH"),
    help: "File with the API token, such as a Docker or Kubernetes secret. Use - for standard input",
    overrides: Some(OverrideGroup::Token),
    reads_stdin: true,
    ..BASE
};

pub static ACTIVE_CONFIG: Flag = Flag {
    long: "active-config",
    short: Some('c'),
    env: Some("INFLUX_ACTIVE_CONFIG"),
    takes: Takes::Text("NAME"),
    help: "Entry of the configs file to use. Use - for the previous one (default: the active one)",
    candidates: Some(CONFIG_NAMES),
    ..BASE
};

pub static CONFIGS_PATH: Flag = Flag {
    long: "configs-path",
    env: Some("INFLUX_CONFIGS_PATH"),
    takes: Takes::Path("PATH"),
    help: "Path of the configs file (default: ~/.influxdbv2/configs)",
    ..BASE
};

pub static SKIP_VERIFY: Flag = Flag {
    long: "skip-verify",
    env: Some("INFLUX_SKIP_VERIFY"),
    help: "Do not verify the server's certificate chain and host name (default: false)",
    ..BASE
};

pub static TLS_CA: Flag = Flag {
    long: "tls-ca",
    env: Some("INFLUX_TLS_CA"),
    takes: Takes::Path("PATH"),
    help: "PEM bundle of the certificates to trust (default: SSL_CERT_FILE and SSL_CERT_DIR, else the system's, else the built-in Mozilla roots)",
    ..BASE
};

pub static TLS_CERT: Flag = Flag {
    long: "tls-cert",
    env: Some("INFLUX_TLS_CERT"),
    takes: Takes::Path("PATH"),
    help: "Client certificate, in PEM. It requires --tls-key",
    ..BASE
};

pub static TLS_KEY: Flag = Flag {
    long: "tls-key",
    env: Some("INFLUX_TLS_KEY"),
    takes: Takes::Path("PATH"),
    help: "Private key of the client certificate, in PEM without a passphrase",
    ..BASE
};

pub static HTTP_DEBUG: Flag = Flag {
    long: "http-debug",
    help: "Print requests and responses on standard error. Known secrets are redacted (default: false)",
    ..BASE
};

/// An ID that finds the request in the server's logs.
pub static TRACE_DEBUG_ID: Flag = Flag {
    long: "trace-debug-id",
    env: Some("INFLUX_TRACE_DEBUG_ID"),
    takes: Takes::Text("ID"),
    help: "Send ID in the headers Influx-Debug-Id and Zap-Trace-Span",
    hidden: true,
    secret: true,
    check: Some(check_value),
    ..BASE
};

pub static EXTRA_HTTP_HEADER: Flag = Flag {
    long: "extra-http-header",
    env: Some("INFLUX_EXTRA_HTTP_HEADER"),
    takes: Takes::Text("NAME:VALUE"),
    help: "Add a header to each request, or replace one of the same name. In the variable, commas separate several headers",
    hidden: true,
    secret: true,
    env_is_list: true,
    repeatable: true,
    check: Some(|text| header::add(text, &mut HeaderMap::new())),
    ..BASE
};
