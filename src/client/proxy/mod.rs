//! Chooses the proxy for a server from the environment variables, as curl and Go do. ureq would use the
//! same proxy for HTTP and HTTPS, and would silently ignore a malformed variable.

mod no_proxy;

use crate::error::Error;
use crate::secret::{Redactor, Secret};
use crate::url::percent_decoded;
use std::ffi::OsString;
use std::net::IpAddr;

/// A parsed proxy URL.
pub struct Proxy {
    /// Whether the connection to the proxy uses TLS.
    pub https: bool,
    /// Host name or IP address. IPv6 addresses are in brackets.
    host: String,
    port: u16,
    pub login: Option<ProxyLogin>,
}

/// Username and password for the proxy.
pub struct ProxyLogin {
    user: Secret,
    password: Secret,
    /// The password as it is in the variable, percent-encoded.
    encoded_password: Secret,
}

impl ProxyLogin {
    fn parse(login: &str) -> Result<ProxyLogin, String> {
        let (user, password) = login.split_once(':').unwrap_or((login, ""));
        Ok(ProxyLogin {
            user: Secret::new(decode(user)?),
            password: Secret::new(decode(password)?),
            encoded_password: Secret::new(password),
        })
    }

    /// Adds the password in both forms, decoded and encoded.
    pub fn add_to(&self, redactor: &mut Redactor) {
        redactor.add(self.password.expose());
        redactor.add(self.encoded_password.expose());
    }
}

impl Proxy {
    /// The URL for messages.
    pub fn url_without_login(&self) -> String {
        let scheme = if self.https { "https" } else { "http" };
        format!("{scheme}://{}:{}", self.host, self.port)
    }

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
        builder.build().map_err(|_| {
            Error::usage(format!(
                "the proxy {} cannot be used",
                self.url_without_login()
            ))
        })
    }
}

/// The proxy for a server, or `None` for a direct connection. An IPv6 address in `host` has no brackets.
///
/// # Errors
/// Exit code 2 if the proxy URL is malformed or has an unsupported scheme. The message does not show the
/// URL because it may contain a password.
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
    let for_scheme = if https {
        set("https_proxy").or_else(|| set("HTTPS_PROXY"))
    } else {
        // REQUEST_METHOD means that a web server runs this program as a CGI script. Then HTTP_PROXY is
        // the `Proxy` header of the HTTP request, which an attacker can set.
        let cgi = env("REQUEST_METHOD").is_some();
        set("http_proxy").or_else(|| set("HTTP_PROXY").filter(|_| !cgi))
    };
    let proxy = for_scheme
        .or_else(|| set("all_proxy"))
        .or_else(|| set("ALL_PROXY"));
    let Some((name, value)) = proxy else {
        return Ok(None);
    };
    let exceptions = set("no_proxy").or_else(|| set("NO_PROXY"));
    if exceptions.is_some_and(|(_, list)| no_proxy::matches(&list, host, port)) {
        return Ok(None);
    }
    parse(&value).map(Some).map_err(|reason| {
        Error::usage(format!("{name}: {reason}")).hint(
            "expected a URL such as http://proxy.example:3128; NO_PROXY lists hosts that need no proxy",
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
        Some((login, address)) => (Some(ProxyLogin::parse(login)?), address),
        None => (None, authority),
    };
    let (host, port) = crate::url::split_port(address)?;
    crate::url::check_host(host)?;
    let port = match port {
        Some(port) => crate::url::check_port(port)?,
        None if https => 443,
        // The default of Go. curl uses 1080.
        None => 80,
    };
    Ok(Proxy {
        https,
        host: host.to_string(),
        port,
        login,
    })
}

/// Percent-decodes a username or password.
fn decode(text: &str) -> Result<String, String> {
    percent_decoded(text)
        .filter(|decoded| !decoded.contains(char::is_control))
        .ok_or_else(|| "the username or password is not percent-encoded correctly".to_string())
}

fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    name.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.to_canonical().is_loopback())
}
