//! The user and password of a config's `cookie`, with which the program opens a session where
//! there is no token: base64 of `user:password`, as the Go client stores it.

use crate::secret::{Redactor, Secret};

/// User and password, ready for basic authentication.
#[derive(Debug)]
pub struct Login {
    basic: Secret,
    password: Secret,
}

impl Login {
    /// Takes apart the `cookie` of a configs entry, at its first colon.
    ///
    /// # Errors
    /// Says what is wrong with it, without showing it.
    pub fn from_cookie(cookie: &Secret) -> Result<Login, String> {
        let decoded = decode(cookie.expose()).ok_or("is not the base64 of user:password")?;
        let text = String::from_utf8(decoded).map_err(|_| "is not the base64 of UTF-8 text")?;
        match text.split_once(':') {
            Some((_, password)) if !password.is_empty() => Ok(Login {
                basic: cookie.clone(),
                password: Secret::new(password),
            }),
            _ => Err("has no password: expected the base64 of user:password".to_string()),
        }
    }

    /// What stands behind `Authorization: Basic`.
    pub fn basic(&self) -> &Secret {
        &self.basic
    }

    /// Makes `redactor` know the password and its coded form.
    pub fn add_to(&self, redactor: &mut Redactor) {
        redactor.add(self.basic.expose());
        redactor.add(self.password.expose());
    }
}

/// Standard base64 with padding; `None` for anything else, white space included.
fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if text.is_empty() || !text.len().is_multiple_of(4) || text.len() - digits.len() > 2 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len());
    let (mut bits, mut held) = (0u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(cookie: &str) -> Option<String> {
        let login = Login::from_cookie(&Secret::new(cookie)).ok()?;
        Some(login.password.expose().to_string())
    }

    #[test]
    fn splits_at_the_first_colon() {
        assert_eq!(password("YWRtaW46aHVudGVyMg=="), Some("hunter2".into()));
        assert_eq!(password("YTpiOmM="), Some("b:c".into()));
    }

    #[test]
    fn decodes_every_byte() {
        assert_eq!(decode("AAEC/f7/"), Some(vec![0, 1, 2, 0xfd, 0xfe, 0xff]));
        assert_eq!(decode("+/+/"), Some(vec![0xfb, 0xff, 0xbf]));
    }

    #[test]
    fn refuses_without_showing() {
        for wrong in [
            "",
            "=",
            "YQ",
            "YWRtaW4=",
            "YWRtaW46",
            "Y:==",
            "YTpi\n",
            "AAEC/f7/OgA=",
        ] {
            let reason = Login::from_cookie(&Secret::new(wrong)).err();
            assert!(
                reason.is_some_and(|reason| wrong.len() < 3 || !reason.contains(wrong)),
                "{wrong:?}"
            );
        }
    }
}
