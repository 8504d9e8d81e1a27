//! Parses and checks the base URL of a server before a request is sent. ureq would silently replace an
//! invalid port with 80, and use a username in the URL for basic authentication.

mod encoding;

pub use encoding::{percent_decoded, push_query, push_segment};
use std::net::Ipv6Addr;

/// The longest ID or name in a request, in bytes. InfluxDB's IDs have 16 bytes.
pub const MAX_NAME: usize = 1024;

/// The longest base URL, in bytes.
const MAX_URL: usize = 8 * 1024;

const NO_SCHEME: &str = "http:// or https:// is missing; expected a URL such as http://localhost:8086 or https://influx.example/prefix";

/// Returns an error if an ID or name is too long. Names come from the command line and from files.
pub fn check_name(name: &str) -> Result<(), String> {
    if name.len() > MAX_NAME {
        return Err(format!("longer than {MAX_NAME} bytes"));
    }
    Ok(())
}

/// Whether `word` looks like an InfluxDB ID, which has 16 hex digits.
pub fn is_id(word: &str) -> bool {
    word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Scheme, host, port and path prefix of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    is_https: bool,
    /// The host, and the port if the URL has one.
    authority: String,
    /// The host in lower case. An IPv6 address has no brackets.
    host: String,
    port: u16,
}

impl BaseUrl {
    /// Parses `http://host:port/prefix`. Trailing slashes are ignored. The error does not show the text,
    /// which may have a password.
    pub fn parse(text: &str) -> Result<BaseUrl, String> {
        BaseUrl::read(text).map_err(|reason| stray_character(text).map_or(reason, String::from))
    }

    fn read(text: &str) -> Result<BaseUrl, String> {
        if text.len() > MAX_URL {
            return Err(format!("longer than {MAX_URL} bytes"));
        }
        let (scheme, rest) = text.split_once("://").ok_or(NO_SCHEME)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "http" && scheme != "https" {
            return Err("the scheme is neither http nor https".to_string());
        }
        if rest.contains(['?', '#']) {
            return Err("it must not have a query or a fragment".to_string());
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if authority.contains('@') {
            return Err("it must not have user:password; use a token".to_string());
        }
        let (host, port) = split_port(authority)?;
        check_host(host)?;
        let port = port.map(check_port).transpose()?;
        let path = path.trim_end_matches('/');
        check_path(path)?;
        let host = host.to_ascii_lowercase();
        let authority = match port {
            Some(port) => format!("{host}:{port}"),
            None => host.clone(),
        };
        let is_https = scheme == "https";
        Ok(BaseUrl {
            text: format!("{scheme}://{authority}{path}"),
            is_https,
            authority,
            host: host.trim_matches(['[', ']']).to_string(),
            port: port.unwrap_or(if is_https { 443 } else { 80 }),
        })
    }

    /// The whole URL without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The port, or the default port of the scheme.
    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn is_https(&self) -> bool {
        self.is_https
    }
}

/// Finds white space or quotation marks that a manifest or an environment file added by mistake.
fn stray_character(text: &str) -> Option<&'static str> {
    Some(match text.as_bytes() {
        [.., b'\r' | b'\n'] => "it ends with a line break",
        [.., b' ' | b'\t'] => "it ends with a space",
        [b' ' | b'\t' | b'\r' | b'\n', ..] => "it starts with a space",
        [b'"' | b'\'', ..] => "it starts with a quotation mark",
        [.., b'"' | b'\''] => "it ends with a quotation mark",
        _ => return None,
    })
}

/// Splits an authority into host and port.
pub fn split_port(authority: &str) -> Result<(&str, Option<&str>), String> {
    let host_end = if authority.starts_with('[') {
        let bracket = authority.find(']');
        bracket.ok_or("the [ of the IPv6 address is not closed")? + 1
    } else {
        let host = authority.rsplit_once(':').map_or("", |(host, _)| host);
        if [authority, host]
            .iter()
            .any(|text| text.parse::<Ipv6Addr>().is_ok())
        {
            return Err("an IPv6 address needs brackets, as in http://[::1]:8086".to_string());
        }
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, rest) = authority.split_at(host_end);
    if rest.is_empty() {
        return Ok((host, None));
    }
    let port = rest.strip_prefix(':');
    let port = port.ok_or("only a port may follow the ]")?;
    Ok((host, Some(port)))
}

/// Returns an error if `host` is neither a host name nor an IPv6 address in brackets.
pub fn check_host(host: &str) -> Result<(), String> {
    if host.is_empty() {
        return Err("the host name is missing".to_string());
    }
    if let Some(address) = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        let address = address.parse::<Ipv6Addr>();
        return address
            .map(drop)
            .map_err(|_| "the text in brackets is not an IPv6 address".to_string());
    }
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    if !host.bytes().all(is_allowed) {
        return Err("the host name has a character that is not allowed there (write an international name in its xn-- form)".to_string());
    }
    Ok(())
}

/// Parses a port from 1 to 65535.
pub fn check_port(port: &str) -> Result<u16, String> {
    let digits = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    match port.parse() {
        Ok(port) if digits && port > 0 => Ok(port),
        _ => Err("the port is not a number from 1 to 65535".to_string()),
    }
}

fn check_path(path: &str) -> Result<(), String> {
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@%".contains(&b);
    if !path.bytes().all(is_allowed) {
        return Err("the path has a character that must be percent-encoded".to_string());
    }
    if !has_valid_escapes(path) {
        return Err("the path has a % without two hex digits after it".to_string());
    }
    Ok(())
}

/// Whether two hex digits follow every `%`.
fn has_valid_escapes(text: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    text.split('%')
        .skip(1)
        .map(str::as_bytes)
        .all(|rest| is_digit(rest.first()) && is_digit(rest.get(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_normalized() {
        for (text, base) in [
            ("http://localhost:8086", "http://localhost:8086"),
            ("http://localhost:8086/", "http://localhost:8086"),
            ("HTTPS://GW.example/influx//", "https://gw.example/influx"),
            ("http://[::1]:8086/a%20b", "http://[::1]:8086/a%20b"),
            ("http://h", "http://h"),
            ("http://h:00080", "http://h:80"),
            (
                "http://under_score.example.:65535",
                "http://under_score.example.:65535",
            ),
        ] {
            assert_eq!(
                BaseUrl::parse(text).map(|url| url.text),
                Ok(base.to_string()),
                "{text}"
            );
        }
    }

    #[test]
    fn urls_have_a_host_and_a_port() {
        for (text, host, port) in [
            ("http://H.example", "h.example", 80),
            ("https://h/p:1/q", "h", 443),
            ("https://[2001:DB8::1]:8086/x", "2001:db8::1", 8086),
        ] {
            let url = BaseUrl::parse(text).unwrap();
            assert_eq!((url.host(), url.port()), (host, port), "{text}");
        }
        let url = BaseUrl::parse("https://[2001:DB8::1]:8086/x/y").unwrap();
        assert_eq!(url.authority(), "[2001:db8::1]:8086");
    }

    #[test]
    fn invalid_urls_are_refused() {
        for text in [
            "",
            "localhost",
            "localhost:8086",
            "ftp://h",
            "http://",
            "http:///x",
            "http://:80",
            "http://h:",
            "http://h:0",
            "http://h:65536",
            "http://h:99999",
            "http://h:+80",
            "http://h:abc",
            "http://u:p@h",
            "http://u@h",
            "http://h?x",
            "http://h/#f",
            "http://h/p?q=1",
            "http://h/a b",
            "http://h/%zz",
            "http://h/%2",
            "http://h/ä",
            "http://hä",
            "http://[::1",
            "http://[::1]x",
            "http://[fe80::1%25eth0]",
            "http://[1.2.3.4]",
            "http://a b",
            " http://h",
            "http://h ",
            "http://h\n",
            "http://h/\u{1}",
            "unix:///x",
            "http://h\\x",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text:?}");
        }
    }
}
