//! Secrets as a type that cannot be printed, and their removal from everything that is.

use crate::url::push_query_value;
use std::borrow::Cow;
use std::fmt;

/// What stands where a secret was.
pub const REDACTED: &str = "[redacted]";

/// Secrets shorter than this many bytes are removed only where they stand as a word of their own:
/// taking every `a` out of a message would tell more than it hides.
const SHORT: usize = 8;

/// How many characters at the end of a text that was cut off may be the start of a secret.
const MOST: usize = 4096;

/// A token, password, cookie or header value. It has no `Display`; its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the secret over. It may be empty: callers refuse that where it makes no sense.
    pub fn new(value: impl Into<String>) -> Self {
        Secret(value.into())
    }

    /// The secret itself, to be sent and never shown.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// Knows the secrets of a run and takes them out of any text, whoever sent it.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    secrets: Vec<Secret>,
    /// Names of users, which stand in no message but may well stand in a result.
    names: Vec<Secret>,
}

impl Redactor {
    /// Adds a secret, in every form in which an answer may hold it: as it is, in JSON as Rust and
    /// as Go and others write it, percent-encoded. Longer ones are removed first, so that one inside another
    /// leaves nothing.
    pub fn add(&mut self, secret: &str) {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        if secret.bytes().all(plain) {
            // Every form is the same.
            return self.add_forms(&[secret]);
        }
        let json = serde_json::to_string(secret).unwrap_or_default();
        let json = json.trim_start_matches('"').trim_end_matches('"');
        let go = json
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026");
        let mut encoded = String::new();
        push_query_value(&mut encoded, secret);
        let slashes = json.replace('/', "\\/");
        let spaces = encoded.replace('+', "%20");
        let (lower, lower_spaces) = (lower_digits(&encoded), lower_digits(&spaces));
        let percent = [&*encoded, &spaces, &lower, &lower_spaces];
        self.add_forms(&[secret, json, &go, &slashes]);
        self.add_forms(&percent);
    }

    fn add_forms(&mut self, forms: &[&str]) {
        for form in forms {
            if form.is_empty() || self.secrets.iter().any(|known| known.0 == *form) {
                continue;
            }
            let shorter = |known: &Secret| known.0.len() < form.len();
            let at = self.secrets.iter().position(shorter);
            let at = at.unwrap_or(self.secrets.len());
            self.secrets.insert(at, Secret::new(*form));
        }
    }

    /// Adds a user's name that is no business of the server's. Results keep it: the same name may
    /// be known there too.
    pub fn add_name(&mut self, name: &str) {
        if !name.is_empty() {
            self.names.push(Secret::new(name));
        }
    }

    /// `text` without any of the secrets.
    pub fn clean<'a>(&self, text: &'a str) -> Cow<'a, str> {
        without(text, self.all())
    }

    /// A field of a result without any secret that is long enough to be one: a short word is more
    /// likely a user's name than a password, and scripts rely on it.
    pub fn clean_result<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let long = |secret: &&Secret| secret.0.len() >= SHORT;
        without(text, self.secrets.iter().filter(long))
    }

    /// `text`, which was cut off somewhere, without the secrets and without the start of one at
    /// its end.
    pub fn clean_cut(&self, text: &str) -> String {
        let clean = self.clean(text);
        let is_start = |end: &str| self.all().any(|secret| secret.0.starts_with(end));
        let starts = clean.char_indices().map(|(at, _)| at);
        let end = starts
            .rev()
            .take(MOST)
            .filter(|at| is_start(&clean[*at..]))
            .last();
        clean[..end.unwrap_or(clean.len())].to_string()
    }

    fn all(&self) -> impl Iterator<Item = &Secret> {
        self.secrets.iter().chain(&self.names)
    }
}

fn without<'a, 's>(text: &'a str, secrets: impl Iterator<Item = &'s Secret>) -> Cow<'a, str> {
    let mut clean = Cow::Borrowed(text);
    for secret in secrets {
        if clean.contains(&secret.0) {
            clean = Cow::Owned(remove(&clean, &secret.0));
        }
    }
    clean
}

/// A percent-encoded text with the hexadecimal digits in lower case.
fn lower_digits(encoded: &str) -> String {
    let mut pieces = encoded.split('%');
    let mut text = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (digits, rest) = piece.split_at(2);
        text.push('%');
        text.push_str(&digits.to_ascii_lowercase());
        text.push_str(rest);
    }
    text
}

fn remove(text: &str, secret: &str) -> String {
    if secret.len() >= SHORT {
        return text.replace(secret, REDACTED);
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(at) = rest.find(secret) {
        let end = at + secret.len();
        let left = rest[..at].chars().next_back().or(before);
        let alone = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        clean.push_str(&rest[..at]);
        if alone(left) && alone(rest[end..].chars().next()) {
            clean.push_str(REDACTED);
        } else {
            clean.push_str(secret);
        }
        before = secret.chars().next_back();
        rest = &rest[end..];
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor(secrets: &[&str]) -> Redactor {
        let mut redactor = Redactor::default();
        for secret in secrets {
            redactor.add(secret);
        }
        redactor
    }

    #[test]
    fn debug_shows_nothing() {
        let debug = format!("{:?}", redactor(&["hunter2", "hunter2hunter2"]));
        assert!(!debug.contains("hunter2"), "{debug}");
    }

    #[test]
    fn removes_long_secrets_anywhere() {
        let redactor = redactor(&["t0ken-00000"]);
        assert_eq!(redactor.clean("xt0ken-00000y"), "x[redacted]y");
        assert!(matches!(redactor.clean("nothing here"), Cow::Borrowed(_)));
    }

    #[test]
    fn removes_short_secrets_only_as_words() {
        let redactor = redactor(&["T", "nope"]);
        assert_eq!(
            redactor.clean("Token T (nope)"),
            "Token [redacted] ([redacted])"
        );
        assert_eq!(redactor.clean("TT"), "TT");
    }

    #[test]
    fn a_secret_inside_another_leaves_nothing_of_either() {
        let redactor = redactor(&["password1", "user:password1!"]);
        assert_eq!(redactor.clean("user:password1!"), "[redacted]");
    }

    #[test]
    fn an_empty_secret_removes_nothing() {
        assert_eq!(redactor(&[""]).clean("abc"), "abc");
    }

    #[test]
    fn removes_a_secret_as_json_and_urls_write_it() {
        let redactor = redactor(&["ab&<\"cdef gh=="]);
        for text in [
            "ab&<\"cdef gh==",
            "ab&<\\\"cdef gh==",
            "ab\\u0026\\u003c\\\"cdef gh==",
            "ab%26%3C%22cdef%20gh%3D%3D",
            "ab%26%3C%22cdef+gh%3D%3D",
            "ab%26%3c%22cdef%20gh%3d%3d",
        ] {
            assert_eq!(redactor.clean(text), REDACTED, "{text}");
        }
    }

    #[test]
    fn a_cut_text_does_not_end_in_the_start_of_a_secret() {
        let redactor = redactor(&["t0ken-00000"]);
        assert_eq!(redactor.clean_cut("no: t0ken-00"), "no: ");
        assert_eq!(redactor.clean_cut("no: t0ken-00000"), "no: [redacted]");
        assert_eq!(redactor.clean_cut("nothing"), "nothing");
    }

    #[test]
    fn results_keep_their_short_words() {
        let redactor = redactor(&["admin", "t0ken-00000"]);
        assert_eq!(
            redactor.clean_result("admin t0ken-00000"),
            "admin [redacted]"
        );
    }

    #[test]
    fn results_keep_a_name() {
        let mut redactor = redactor(&[]);
        redactor.add_name("svc-influx");
        redactor.add_name("");
        assert_eq!(redactor.clean("svc-influx!"), "[redacted]!");
        assert_eq!(redactor.clean_result("svc-influx"), "svc-influx");
    }
}
