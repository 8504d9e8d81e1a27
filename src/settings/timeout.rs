//! The limit for each request, from the look-up of the host to the last byte of the response.

use super::flags::TIMEOUT;
use crate::cli::args::Args;
use crate::cli::values::duration;
use crate::error::Error;
use std::time::Duration;

const DEFAULT: Duration = Duration::from_secs(30);

/// `None` is no limit.
pub fn from_args(args: &Args) -> Result<Option<Duration>, Error> {
    match args.text(&TIMEOUT) {
        Some(text) => parse(text).map_err(Error::usage),
        None => Ok(Some(DEFAULT)),
    }
}

/// A duration, or a bare number of seconds, which `.env` files often have.
pub fn parse(text: &str) -> Result<Option<Duration>, String> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        duration(&format!("{text}s"))
    } else {
        duration(text)
    }
}
