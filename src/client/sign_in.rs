//! Signs in with the username and password of the active config. InfluxDB returns a session cookie,
//! which replaces the token.

use super::response::drain;
use super::{AuthMethod, Call, Client};
use crate::error::{Code, Error};
use crate::secret::Secret;
use crate::settings::login::Login;
use ureq::http::{HeaderMap, Method};

/// The longest session cookie that is accepted, in bytes. InfluxDB's have about a hundred.
const MAX_COOKIE: usize = 4096;

impl Client {
    /// Opens a session. All further requests send the session cookie instead of a token.
    pub(super) fn sign_in(&mut self, login: &Login) -> Result<(), Error> {
        login.add_to(&mut self.redactor);
        let basic = format!("Basic {}", login.basic().expose());
        self.credentials = Some(("authorization", Secret::new(basic)));
        self.auth_method = AuthMethod::Login;
        let call = Call {
            method: Method::POST,
            body: Some(""),
            ..Call::new("/api/v2/signin".to_string(), &[])
        };
        let response = self.exchange(&call)?;
        let session = session_cookie(response.headers());
        if let Some((_, value)) = &session {
            self.redactor.add(value);
        }
        let response = self.successful(&call, response)?;
        let status = response.status();
        drain(response);
        let Some((name, value)) = session else {
            let summary = self.summary(&call, status, &[]);
            let error = format!("no usable session cookie in the response {summary}");
            return Err(Error::new(Code::Unexpected, error));
        };
        self.credentials = Some(("cookie", Secret::new(format!("{name}={value}"))));
        self.auth_method = AuthMethod::Session;
        Ok(())
    }
}

/// Name and value of the session cookie. Since InfluxDB 2.1, its name contains `influxdb`.
fn session_cookie(headers: &HeaderMap) -> Option<(String, String)> {
    let cookies = headers.get_all("set-cookie").iter();
    let cookies: Vec<_> = cookies
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .filter_map(|cookie| cookie.trim().split_once('='))
        .collect();
    let find = |is: fn(&str) -> bool| cookies.iter().find(|(name, _)| is(name));
    let (name, value) =
        find(|name| name.contains("influxdb")).or_else(|| find(|name| name == "session"))?;
    let usable = name.len() + value.len() < MAX_COOKIE && !value.is_empty();
    usable.then(|| (name.to_string(), value.to_string()))
}
