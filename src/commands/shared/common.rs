//! The flags of the commands that talk to a server.

use crate::cli::flag::{BASE, Flag};
use crate::output::format::{COLUMNS, HIDE_HEADERS, JSON, WIDE};
use crate::settings::flags::{
    ACTIVE_CONFIG, CONFIGS_PATH, EXTRA_HTTP_HEADER, HOST, HTTP_DEBUG, SKIP_VERIFY, TLS_CA,
    TLS_CERT, TLS_KEY, TOKEN, TOKEN_FILE, TRACE_DEBUG_ID,
};
use crate::settings::timeout::TIMEOUT;

/// In the order of the help.
pub static COMMON: [&Flag; 17] = [
    &HOST,
    &TOKEN,
    &TOKEN_FILE,
    &ACTIVE_CONFIG,
    &CONFIGS_PATH,
    &SKIP_VERIFY,
    &TLS_CA,
    &TLS_CERT,
    &TLS_KEY,
    &TIMEOUT,
    &JSON,
    &HIDE_HEADERS,
    &COLUMNS,
    &WIDE,
    &HTTP_DEBUG,
    &TRACE_DEBUG_ID,
    &EXTRA_HTTP_HEADER,
];

/// The flags of a command that sends no token.
pub static ANONYMOUS: [&Flag; 15] = [
    &HOST,
    &ACTIVE_CONFIG,
    &CONFIGS_PATH,
    &SKIP_VERIFY,
    &TLS_CA,
    &TLS_CERT,
    &TLS_KEY,
    &TIMEOUT,
    &JSON,
    &HIDE_HEADERS,
    &COLUMNS,
    &WIDE,
    &HTTP_DEBUG,
    &TRACE_DEBUG_ID,
    &EXTRA_HTTP_HEADER,
];

pub static IF_NOT_EXISTS: Flag = Flag {
    long: "if-not-exists",
    help: "Succeed if the mapping already exists as requested. If the existing mapping differs, nothing is changed and the exit code is 7 (default: false)",
    ..BASE
};
