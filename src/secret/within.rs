//! Secrets that are a part of what is given: of a header's value, of base64, of a URL.

use super::Redactor;
use crate::url::percent_decoded;
use base64::prelude::{BASE64_STANDARD, Engine as _};

/// Words in front of a credential, whatever the name of the header.
const SCHEMES: [&str; 6] = ["apikey", "basic", "bearer", "digest", "negotiate", "token"];

impl Redactor {
    /// Adds the value of a header, what stands behind a scheme in it, and each value of a cookie.
    pub fn add_header(&mut self, name: &str, value: &str) {
        let (name, value) = (name.trim(), value.trim());
        self.add(value);
        if name.eq_ignore_ascii_case("cookie") {
            for cookie in value.split(';') {
                let (_, value) = cookie.split_once('=').unwrap_or(("", cookie));
                self.add(value.trim());
            }
            return;
        }
        let Some((scheme, credential)) = value.split_once(char::is_whitespace) else {
            return;
        };
        let scheme = scheme.to_ascii_lowercase();
        let credential = credential.trim();
        let is_credential = name.to_ascii_lowercase().ends_with("authorization");
        if scheme == "basic" {
            self.add_basic(credential);
        } else if is_credential || SCHEMES.contains(&scheme.as_str()) {
            self.add(credential);
            // InfluxDB takes `Token user:password` as well.
            if let Some((_, password)) = credential.split_once(':') {
                self.add(password);
            }
        }
    }

    /// Adds the base64 of `user:password`, with its padding or without, the pair and the password.
    pub fn add_basic(&mut self, coded: &str) {
        self.add(coded);
        let mut whole = coded.trim_end_matches('=').to_string();
        whole.extend(std::iter::repeat_n('=', (4 - whole.len() % 4) % 4));
        let pair = BASE64_STANDARD.decode(&whole).ok();
        let pair = pair.and_then(|pair| String::from_utf8(pair).ok());
        if let Some(pair) = pair {
            self.add(&pair);
            if let Some((_, password)) = pair.split_once(':') {
                self.add(password);
            }
        }
    }

    /// Adds the passwords of the URLs in `text`, as they are and decoded: what stands between `://`
    /// and the last `@`, for a password may hold any character where it was not encoded.
    pub fn add_urls(&mut self, text: &str) {
        if !text.contains('@') {
            return;
        }
        for rest in text.split("://").skip(1) {
            let Some((login, _)) = rest.rsplit_once('@') else {
                continue;
            };
            // A name alone may be a token.
            let (before, password) = match login.split_once(':') {
                Some((_, password)) => (":", password),
                None => ("//", login),
            };
            self.add(password);
            self.add_around(&[before, password, "@"].concat());
            let decoded = percent_decoded(password);
            if let Some(decoded) = decoded {
                self.add(&decoded);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with a `*` for every secret.
    fn seen(text: &str, add: impl Fn(&mut Redactor)) -> String {
        let mut redactor = Redactor::default();
        add(&mut redactor);
        redactor.clean(text).replace("[redacted]", "*")
    }

    #[test]
    fn a_word_is_a_scheme_where_it_is_known_or_the_header_is_about_authorization() {
        let header = |name, value| seen("a b-credential", |all| all.add_header(name, value));
        assert_eq!(header("X-Tenant", "Own b-credential"), "a b-credential");
        assert_eq!(header("X-Tenant", "TOKEN b-credential"), "a *");
        assert_eq!(header("X-Authorization", "Own b-credential"), "a *");
    }

    #[test]
    fn the_values_of_a_cookie() {
        let seen = seen("a=b1, c=d2== e;\"f\" g", |all| {
            all.add_header(" COOKIE", "a=b1; c=\"d2==\"; e; g=\"f\"");
        });
        assert_eq!(seen, "a=*, c=*== *;* g");
    }

    #[test]
    fn what_is_no_base64_is_a_secret_all_the_same() {
        let seen = seen("not-base64! YTpiOmM=", |all| {
            all.add_basic("not-base64!");
            all.add_basic("YTpiOmM");
        });
        assert_eq!(seen, "* *=");
    }

    #[test]
    fn passwords_of_urls() {
        let seen = |word: &str| seen(word, |all| all.add_urls(word));
        assert_eq!(seen("http://u:hunter2@h/x"), "http://u*h/x");
        assert_eq!(seen("--id=http://u:a/b@c:d@h"), "--id=http://u*h");
        assert_eq!(seen("x://h:1/,https://u:hunter2@h"), "x://h:1/,https://u*h");
        assert_eq!(seen("http://u:p%3Ass-word@h p:ss-word"), "http://u*h *");
        assert_eq!(seen("https://gh-token-1@h"), "https:*h");
        assert_eq!(seen("http://h:1/x u:p@h"), "http://h*h");
        assert_eq!(seen("http://h:1/x"), "http://h:1/x");
    }
}
