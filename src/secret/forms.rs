//! The forms in which an answer may hold a secret.

use crate::text::json_string;
use crate::url::push_query_value;

/// Hands on `secret` as it is, in JSON as Rust and as Go and others write it, and percent-encoded; and
/// in the same forms what is left of it without white space and quotation marks around it and
/// without `=` at its end: a server may write these in ways that nobody foresees.
pub fn each(secret: &str, take: &mut dyn FnMut(&str)) {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    if secret.bytes().all(plain) {
        // Every form is the same.
        return take(secret);
    }
    spelled(secret, take);
    let around = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    let core = secret.trim_matches(around).trim_end_matches('=');
    if core.len() < secret.len() {
        each(core, take);
    }
}

fn spelled(secret: &str, take: &mut dyn FnMut(&str)) {
    let json = json_string(secret);
    let json = &json[1..json.len() - 1];
    let go = json
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026");
    let mut encoded = String::new();
    push_query_value(&mut encoded, secret);
    let slashes = json.replace('/', "\\/");
    let spaces = encoded.replace('+', "%20");
    let (lower, lower_spaces) = (lower_digits(&encoded), lower_digits(&spaces));
    for form in [
        secret,
        json,
        &go,
        &slashes,
        &encoded,
        &spaces,
        &lower,
        &lower_spaces,
    ] {
        take(form);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(secret: &str) -> Vec<String> {
        let mut forms = Vec::new();
        each(secret, &mut |form| forms.push(form.to_string()));
        forms
    }

    #[test]
    fn as_json_and_urls_write_it() {
        let forms = forms("ab&<\"cdef gh==");
        for form in [
            "ab&<\"cdef gh==",
            "ab&<\\\"cdef gh==",
            "ab\\u0026\\u003c\\\"cdef gh==",
            "ab%26%3C%22cdef%20gh%3D%3D",
            "ab%26%3C%22cdef+gh%3D%3D",
            "ab%26%3c%22cdef%20gh%3d%3d",
        ] {
            assert!(forms.iter().any(|known| known == form), "{form}");
        }
    }

    #[test]
    fn without_what_stands_around_it() {
        for (secret, core) in [
            ("abc==", "abc"),
            ("\"abc==\"", "abc"),
            (" \t'a b' \n", "a b"),
            ("a=b=", "a=b"),
            ("\"a/b=\"", "a\\/b"),
        ] {
            let forms = forms(secret);
            assert!(forms.iter().any(|known| known == core), "{secret:?}");
        }
        assert_eq!(forms("abc"), ["abc"]);
        assert!(
            forms("")
                .iter()
                .chain(&forms("=="))
                .all(|form| form.trim_matches('=').is_empty() || form.contains('%'))
        );
    }
}
