//! Removes secrets from messages and debug output.

use super::Secret;
use std::borrow::Cow;
use std::ops::Range;

/// Replaces a secret in text that is shown.
pub const REDACTED: &str = "[redacted]";

/// The shortest secret that is replaced, in bytes. If every `a` were replaced, readers could guess the
/// secret.
const MIN_LENGTH: usize = 8;

/// The secrets of a run. Only exact matches are replaced.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    secrets: Vec<Secret>,
}

impl Redactor {
    pub fn add(&mut self, secret: &str) {
        if secret.len() >= MIN_LENGTH {
            self.secrets.push(Secret::new(secret));
        }
    }

    /// Adds a token or other base64 text. Servers may omit the padding, so this adds both forms.
    pub fn add_token(&mut self, token: &str) {
        self.add(token);
        self.add(token.trim_end_matches('='));
    }

    /// Adds the value of a header. Also adds the credentials after a scheme (as in `Bearer X`) and each
    /// cookie value.
    pub fn add_header(&mut self, name: &str, value: &str) {
        self.add(value);
        if name.eq_ignore_ascii_case("cookie") {
            for cookie in value.split(';') {
                let (_, cookie_value) = cookie.split_once('=').unwrap_or(("", cookie));
                self.add(cookie_value.trim());
            }
        } else if let Some((_scheme, credential)) = value.split_once(' ') {
            self.add_token(credential.trim_start());
        }
    }

    /// The start of a body of which at most `limit` bytes were read. If it was cut in the middle of a
    /// secret, that part is left out, because [`Redactor::clean`] would not find it.
    pub fn without_cut_secret<'a>(&self, start: &'a [u8], limit: usize) -> &'a [u8] {
        if start.len() < limit {
            return start;
        }
        let prefixes = self.secrets.iter().flat_map(|secret| {
            let secret = secret.expose().as_bytes();
            (1..secret.len()).map(|length| &secret[..length])
        });
        let found = prefixes.filter(|prefix| start.ends_with(prefix));
        let longest = found.map(<[u8]>::len).max().unwrap_or(0);
        &start[..start.len() - longest]
    }

    /// Replaces every secret in `text`. Overlapping secrets are replaced completely.
    pub fn clean<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for secret in &self.secrets {
            found.extend(occurrences(text, secret.expose()));
        }
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        found.sort_by_key(|range| range.start);
        let mut clean = String::with_capacity(text.len());
        let mut end = 0;
        for range in found {
            // An overlapping range is covered by the previous `REDACTED`.
            if range.start >= end {
                clean.push_str(&text[end..range.start]);
                clean.push_str(REDACTED);
            }
            end = end.max(range.end);
        }
        clean.push_str(&text[end..]);
        Cow::Owned(clean)
    }
}

/// The ranges of `secret` in `text`, including overlapping ones.
fn occurrences(text: &str, secret: &str) -> Vec<Range<usize>> {
    let first = secret.chars().next().map_or(1, char::len_utf8);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(secret) {
        let start = from + at;
        found.push(start..start + secret.len());
        from = start + first;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(secrets: &[&str], text: &str, expected: &str) {
        let mut redactor = Redactor::default();
        for secret in secrets {
            redactor.add_token(secret);
        }
        assert_eq!(redactor.clean(text), expected);
    }

    #[test]
    fn debug_output_hides_secrets() {
        let mut redactor = Redactor::default();
        redactor.add("hunter2hunter2");
        assert!(!format!("{redactor:?}").contains("hunter2"));
    }

    #[test]
    fn exact_matches_of_long_secrets_are_replaced() {
        check(&["t0ken-00=="], "xt0ken-00==y", "x[redacted]y");
        check(&["t0ken-00=="], "t0ken-00%3D", "[redacted]%3D");
        check(&["t0ken-00"], "t0ken-0 T0KEN-00", "t0ken-0 T0KEN-00");
        check(&["1234567", ""], "1234567", "1234567");
    }

    #[test]
    fn overlapping_secrets_are_replaced_completely() {
        let both = ["abcd-1234", "1234-efgh"];
        check(&both, "xabcd-1234-efghy", "x[redacted]y");
        check(&both, "abcd-12341234-efgh", "[redacted][redacted]");
        check(&["pass-word"], "pass-word1", "[redacted]1");
        check(&["pass-word", "pass-word1"], "pass-word1", "[redacted]");
        check(&["ääääääää"], "ääääääääää", "[redacted]");
    }

    #[test]
    fn credentials_after_a_scheme_and_cookie_values_are_replaced() {
        let mut redactor = Redactor::default();
        redactor.add_header("authorization", "Bearer b3arer-00=");
        redactor.add_header("Cookie", "a=c00kie-00; b=c00kie-01");
        let text = "b3arer-00; c00kie-00, c00kie-01";
        assert_eq!(redactor.clean(text).replace(REDACTED, "*"), "*; *, *");
    }
}
