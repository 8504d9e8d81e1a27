//! Chooses the proxy for a server from the environment variables, as curl and Go do. ureq would use one
//! proxy for every URL and silently ignore a malformed one.

mod no_proxy;

use crate::error::Error;
use crate::secret::{Redactor, Secret};
use crate::url::percent_decoded;
use std::ffi::OsString;
use std::net::IpAddr;

/// A parsed proxy URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    /// Whether the connection to the proxy uses TLS.
    pub https: bool,
    /// Host name or address, IPv6 in brackets.
    pub host: String,
    /// As given, or the default of the scheme.
    pub port: u16,
    /// User and password, if given.
    pub login: Option<Login>,
}

/// User and password for a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    user: Secret,
    password: Secret,
    /// The password as the variable has it, percent-encoded.
    given: Secret,
}

impl Login {
    fn parse(given: &str) -> Result<Login, String> {
        let (user, password) = given.split_once(':').unwrap_or((given, ""));
        Ok(Login {
            user: Secret::new(decode(user)?),
            password: Secret::new(decode(password)?),
            given: Secret::new(password),
        })
    }

    /// Adds the password, as it is and as it was given.
    pub fn add_to(&self, redactor: &mut Redactor) {
        redactor.add(self.password.expose());
        redactor.add(self.given.expose());
    }
}

impl Proxy {
    /// The proxy without its credentials, for messages.
    pub fn shown(&self) -> String {
        let scheme = if self.https { "https" } else { "http" };
        format!("{scheme}://{}:{}", self.host, self.port)
    }

    /// The proxy as ureq takes it.
    ///
    /// # Errors
    /// Exit code 2 if ureq rejects it.
    pub fn to_ureq(&self) -> Result<ureq::Proxy, Error> {
        let protocol = if self.https {
            ureq::ProxyProtocol::Https
        } else {
            ureq::ProxyProtocol::Http
        };
        let mut builder = ureq::Proxy::builder(protocol)
            .host(&self.host)
            .port(self.port);
        if let Some(login) = &self.login {
            builder = builder
                .username(login.user.expose())
                .password(login.password.expose());
        }
        builder
            .build()
            .map_err(|_| Error::usage(format!("the proxy {} cannot be used", self.shown())))
    }
}

/// The proxy for a server, or `None` for a direct connection. `host` is a name, or an address without
/// brackets.
///
/// # Errors
/// Exit code 2 if the variable that applies is malformed or asks for an unsupported kind of proxy. The
/// message does not show the value because it may contain a password.
pub fn for_server(
    https: bool,
    host: &str,
    port: u16,
    env: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<Proxy>, Error> {
    if is_loopback(host) {
        return Ok(None);
    }
    let set = |name: &'static str| {
        let value = env(name).filter(|value| !value.is_empty())?;
        Some((name, value.to_string_lossy().trim().to_string()))
    };
    let own = if https {
        set("https_proxy").or_else(|| set("HTTPS_PROXY"))
    } else {
        // A web server sets REQUEST_METHOD for its CGI programs. There, HTTP_PROXY is the header
        // `Proxy` of whoever sent the request.
        let cgi = env("REQUEST_METHOD").is_some();
        set("http_proxy").or_else(|| set("HTTP_PROXY").filter(|_| !cgi))
    };
    let named = own
        .or_else(|| set("all_proxy"))
        .or_else(|| set("ALL_PROXY"));
    let Some((name, value)) = named else {
        return Ok(None);
    };
    let exceptions = set("no_proxy").or_else(|| set("NO_PROXY"));
    if exceptions.is_some_and(|(_, list)| no_proxy::excepts(&list, host, port)) {
        return Ok(None);
    }
    parse(&value).map(Some).map_err(|reason| {
        Error::usage(format!("{name}: {reason}")).hint(
            "expected such as http://proxy.example:3128; NO_PROXY lists the hosts that need none",
        )
    })
}

fn parse(value: &str) -> Result<Proxy, String> {
    let (scheme, rest) = value.split_once("://").unwrap_or(("http", value));
    let https = match scheme.to_ascii_lowercase().as_str() {
        "http" => false,
        "https" => true,
        scheme if scheme.starts_with("socks") => {
            return Err("SOCKS proxies are not supported".to_string());
        }
        _ => return Err("the scheme is neither http nor https".to_string()),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (login, address) = match authority.rsplit_once('@') {
        Some((login, address)) => (Some(Login::parse(login)?), address),
        None => (None, authority),
    };
    let (host, port) = crate::url::split_port(address)?;
    crate::url::check_host(host)?;
    let port = match port {
        Some(port) => crate::url::check_port(port)?,
        None if https => 443,
        // As in Go. curl would take 1080.
        None => 80,
    };
    Ok(Proxy {
        https,
        host: host.to_string(),
        port,
        login,
    })
}

/// Percent-decodes a user name or password.
fn decode(text: &str) -> Result<String, String> {
    percent_decoded(text)
        .filter(|decoded| !decoded.contains(char::is_control))
        .ok_or_else(|| {
            "the user name or password is not percent-encoded as it should be".to_string()
        })
}

fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    name.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(https: bool, host: &str, env: &[(&str, &str)]) -> Result<Option<String>, String> {
        let env = |name: &str| {
            let found = env.iter().find(|(known, _)| *known == name)?;
            Some(OsString::from(found.1))
        };
        let proxy = for_server(https, host, 8086, &env).map_err(|error| error.to_string())?;
        Ok(proxy.map(|proxy| proxy.shown()))
    }

    #[test]
    fn the_scheme_chooses_the_variable() {
        let all = [
            ("HTTPS_PROXY", "http://s:1"),
            ("HTTP_PROXY", "p:2"),
            ("ALL_PROXY", "https://a:3"),
        ];
        let some = |text: &str| Ok(Some(text.to_string()));
        assert_eq!(chosen(true, "h", &all), some("http://s:1"));
        assert_eq!(chosen(false, "h", &all), some("http://p:2"));
        assert_eq!(chosen(false, "h", &all[2..]), some("https://a:3"));
        assert_eq!(chosen(true, "h", &all[1..2]), Ok(None));
        let lower = [("https_proxy", "l:4"), ("HTTPS_PROXY", "u:5")];
        assert_eq!(chosen(true, "h", &lower), some("http://l:4"));
        let empty = [("https_proxy", ""), ("HTTPS_PROXY", "u:5")];
        assert_eq!(chosen(true, "h", &empty), some("http://u:5"));
        let cgi = [("HTTP_PROXY", "p:2"), ("REQUEST_METHOD", "GET")];
        assert_eq!(chosen(false, "h", &cgi), Ok(None));
        let lower_cgi = [("http_proxy", "p:2"), ("REQUEST_METHOD", "GET")];
        assert_eq!(chosen(false, "h", &lower_cgi), some("http://p:2"));
    }

    #[test]
    fn loopback_is_never_proxied() {
        let all = [("ALL_PROXY", "socks5://broken:99999999")];
        for host in [
            "localhost",
            "LOCALHOST.",
            "127.0.0.1",
            "127.9.9.9",
            "::1",
            "::ffff:127.0.0.1",
        ] {
            assert_eq!(chosen(true, host, &all), Ok(None), "{host}");
        }
    }

    #[test]
    fn what_is_malformed_and_would_be_used_is_an_error() {
        for wrong in [
            "socks5://h:1",
            "socks4a://h",
            "ftp://h",
            "http://",
            "h:0",
            "h:70000",
            "h:x",
            "http://u:%zz@h:1",
            "http://u:hunter2@",
            "a b",
        ] {
            let result = chosen(true, "h", &[("HTTPS_PROXY", wrong)]);
            assert!(
                result.as_ref().is_err_and(
                    |text| text.starts_with("HTTPS_PROXY: ") && !text.contains("hunter2")
                ),
                "{wrong}: {result:?}"
            );
            assert_eq!(
                chosen(true, "h", &[("HTTPS_PROXY", wrong), ("NO_PROXY", "h")]),
                Ok(None)
            );
            assert_eq!(chosen(false, "h", &[("HTTPS_PROXY", wrong)]), Ok(None));
        }
    }

    #[test]
    fn credentials_are_decoded_and_not_shown() {
        let proxy = parse("http://us%40er:p%3Ass@[2001:db8::1]:3128/").unwrap();
        let login = proxy.login.as_ref().unwrap();
        assert_eq!(login.user.expose(), "us@er");
        assert_eq!(login.password.expose(), "p:ss");
        assert_eq!(proxy.shown(), "http://[2001:db8::1]:3128");
    }
}
