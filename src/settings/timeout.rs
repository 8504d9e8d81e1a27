//! The time limit for each request. It covers everything from the lookup of the host to the last byte of
//! the response.

use crate::cli::args::Args;
use crate::cli::flag::{BASE, DURATION, Flag, Takes};
use crate::cli::values::duration;
use crate::error::Error;
use std::time::Duration;

pub static TIMEOUT: Flag = Flag {
    long: "timeout",
    env: Some("INFLUX_TIMEOUT"),
    takes: Takes::Text(DURATION),
    help: "Time limit for each request, such as 500ms, 30s (or 30), 2m or 1h. It includes everything from the name lookup to the last byte of the response. Use 0 for no limit (default: 30s)",
    check: Some(|text| parse(text).map(drop)),
    ..BASE
};

const DEFAULT: Duration = Duration::from_secs(30);

/// `None` means no limit.
pub fn from_args(args: &Args) -> Result<Option<Duration>, Error> {
    match args.text(&TIMEOUT) {
        Some(text) => parse(text).map_err(Error::usage),
        None => Ok(Some(DEFAULT)),
    }
}

/// Parses a duration. Also accepts a number of seconds without a unit, as in many `.env` files.
fn parse(text: &str) -> Result<Option<Duration>, String> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        duration(&format!("{text}s"))
    } else {
        duration(text)
    }
}
