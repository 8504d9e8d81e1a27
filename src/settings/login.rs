//! The username and password of a config. Its `cookie` is the base64 of `user:password`, in the format
//! of the Go client. If the config has no token, the program uses them to open a session.

use crate::header::check_length;
use crate::secret::{Redactor, Secret};
use base64::prelude::{BASE64_STANDARD, Engine as _};

/// Encodes `user:password` as the `cookie` of a config.
///
/// # Errors
/// The error does not show the text.
pub fn to_cookie(text: &str) -> Result<Secret, String> {
    let cookie = Secret::new(BASE64_STANDARD.encode(text));
    check_length(cookie.expose())?;
    if has_password(text) {
        Ok(cookie)
    } else {
        Err("expected USER:PASSWORD, but there is no password".to_string())
    }
}

/// A username and password for basic authentication.
#[derive(Debug)]
pub struct Login {
    cookie: Secret,
    password: Secret,
}

impl Login {
    /// Decodes and checks the `cookie` of a config.
    ///
    /// # Errors
    /// The error does not show the cookie.
    pub fn from_cookie(cookie: &Secret) -> Result<Login, String> {
        let decoded = BASE64_STANDARD
            .decode(cookie.expose())
            .map_err(|_| "is not the base64 of user:password")?;
        let text = String::from_utf8(decoded).map_err(|_| "is not the base64 of UTF-8 text")?;
        match text.split_once(':') {
            Some((_, password)) if !password.is_empty() => Ok(Login {
                cookie: cookie.clone(),
                password: Secret::new(password),
            }),
            _ => Err("has no password: expected the base64 of user:password".to_string()),
        }
    }

    /// The username must not contain a colon.
    pub fn new(user: &str, password: &Secret) -> Login {
        let pair = format!("{user}:{}", password.expose());
        Login {
            cookie: Secret::new(BASE64_STANDARD.encode(pair)),
            password: password.clone(),
        }
    }

    /// The value after `Authorization: Basic `. It is the cookie itself.
    pub fn basic(&self) -> &Secret {
        &self.cookie
    }

    /// Adds the cookie and the password to the redactor.
    pub fn add_to(&self, redactor: &mut Redactor) {
        redactor.add_token(self.cookie.expose());
        redactor.add(self.password.expose());
    }
}

/// The first colon ends the username.
fn has_password(text: &str) -> bool {
    let split = text.split_once(':');
    split.is_some_and(|(_, password)| !password.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_colon_ends_the_username() {
        let login = Login::from_cookie(&Secret::new("YTpiOmM="));
        let password = login.map(|login| login.password);
        assert_eq!(password, Ok(Secret::new("b:c")));
    }

    #[test]
    fn errors_do_not_show_the_cookie() {
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
