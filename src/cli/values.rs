//! The values of flags and variables: booleans and durations.

use std::time::Duration;

/// A century. It is longer than any wait, and short enough not to overflow the clock.
const MAX_MILLISECONDS: u64 = 100 * 365 * 24 * 60 * 60 * 1000;

/// Accepts what Go's `strconv.ParseBool` accepts.
pub fn boolean(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(false),
        _ => Err("expected true or false".to_string()),
    }
}

/// Parses a whole number followed by `ms`, `s`, `m` or `h`. `0` means no limit, for which this
/// returns `None`.
pub fn duration(text: &str) -> Result<Option<Duration>, String> {
    let expected = || "expected a duration such as 500ms, 30s, 2m or 1h, or 0".to_string();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let number: u64 = match number.parse() {
        Ok(number) => number,
        Err(_) if number.is_empty() => return Err(expected()),
        Err(_) => return Err("the number is too large".to_string()),
    };
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60 * 1000,
        "h" => 60 * 60 * 1000,
        "" if number == 0 => 1,
        _ => return Err(expected()),
    };
    match number.checked_mul(milliseconds) {
        Some(0) => Ok(None),
        Some(total) if total <= MAX_MILLISECONDS => Ok(Some(Duration::from_millis(total))),
        _ => Err("the number is too large".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let limit = |text| duration(text).ok().flatten();
        assert_eq!(limit("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(limit("30s"), Some(Duration::from_secs(30)));
        assert_eq!(limit("2m"), Some(Duration::from_secs(120)));
        assert_eq!(limit("1h"), Some(Duration::from_secs(3600)));
        for no_limit in ["0", "0s", "0ms", "00h"] {
            assert_eq!(duration(no_limit), Ok(None), "{no_limit}");
        }
        for invalid in ["", "30", "1S", "30s ", "１s"] {
            assert!(duration(invalid).is_err(), "{invalid}");
        }
    }
}
