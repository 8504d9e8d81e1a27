//! Error messages and hints for TLS failures.

use super::certificate::Fault;
use rustls::pki_types::ServerName;
use rustls::{
    AlertDescription, CertificateError, Error, InvalidMessage, OtherError, PeerIncompatible,
};
use std::fmt;

/// An error message and a hint.
pub type Explanation = (String, String);

/// The other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    Server,
    Proxy,
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Peer::Server => "the server",
            Peer::Proxy => "the proxy",
        })
    }
}

impl Peer {
    /// The hint if the address may be wrong. `hint` is used for the server.
    fn address_hint(self, hint: &str) -> String {
        match self {
            Peer::Server => hint.to_string(),
            Peer::Proxy => PROXY.to_string(),
        }
    }
}

/// The hint if the proxy cannot be used.
pub const PROXY: &str =
    "is HTTPS_PROXY, HTTP_PROXY or ALL_PROXY right? NO_PROXY lists hosts that need no proxy";
const NAME: &str =
    "--host must be one of the names in the certificate; --skip-verify turns off this check";
const CLOCK: &str = "is this machine's clock right? --skip-verify trusts the certificate anyway";
const CLIENT: &str =
    "set a client certificate with --tls-cert and --tls-key, or INFLUX_TLS_CERT and INFLUX_TLS_KEY";
const PLAIN: &str = "if the port speaks plain HTTP, --host must begin with http://";
const ADDRESS: &str = "--host or INFLUX_HOST sets the address";

fn trust(peer: Peer) -> String {
    format!(
        "set --tls-ca or INFLUX_TLS_CA to a file with the certificate of {peer} or of its CA; --skip-verify trusts any server"
    )
}

fn renew(peer: Peer) -> String {
    format!("{peer} needs a new certificate; --skip-verify trusts the expired one")
}

fn refused(peer: Peer) -> String {
    format!(
        "--tls-cert and --tls-key must name a certificate signed by a CA that {peer} trusts, and its key"
    )
}

/// Explains a rustls error. `requested` means that the peer requested a client certificate. `has_own`
/// means that the client has a certificate.
pub fn tls_error(error: &Error, peer: Peer, requested: bool, has_own: bool) -> Explanation {
    match error {
        Error::InvalidCertificate(error) => certificate(error, peer),
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => (
            format!("{peer} does not speak TLS on this port"),
            peer.address_hint(PLAIN),
        ),
        Error::AlertReceived(AlertDescription::ProtocolVersion)
        | Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => (
            format!("{peer} does not support TLS 1.2 or 1.3"),
            format!("older versions are not supported; {peer} has to be upgraded"),
        ),
        Error::AlertReceived(AlertDescription::CertificateRequired) if !has_own => {
            no_client_certificate(peer)
        }
        Error::AlertReceived(_) if requested && !has_own => no_client_certificate(peer),
        Error::AlertReceived(alert) if requested => (
            format!("{peer} refuses the client certificate ({alert:?})"),
            refused(peer),
        ),
        Error::AlertReceived(alert) => (
            format!("{peer} ended the TLS handshake ({alert:?})"),
            peer.address_hint(ADDRESS),
        ),
        other => (format!("TLS failed: {other}"), peer.address_hint(ADDRESS)),
    }
}

/// Explains a connection that was closed after the peer requested a client certificate. With TLS 1.3,
/// the peer refuses the certificate after the handshake, often with a reset. `has_own` means that the
/// client has a certificate.
pub fn refused_after_handshake(peer: Peer, has_own: bool) -> Explanation {
    if !has_own {
        return no_client_certificate(peer);
    }
    (
        format!(
            "{peer} asked for a client certificate, and closed the connection after it received yours"
        ),
        refused(peer),
    )
}

fn no_client_certificate(peer: Peer) -> Explanation {
    (
        format!("{peer} asked for a client certificate and then closed the connection"),
        CLIENT.to_string(),
    )
}

fn certificate(error: &CertificateError, peer: Peer) -> Explanation {
    match error {
        CertificateError::UnknownIssuer => (
            format!("{peer}'s certificate is signed by a CA that is not trusted"),
            trust(peer),
        ),
        CertificateError::ExpiredContext { time, not_after } => {
            let since = time.as_secs().saturating_sub(not_after.as_secs());
            (
                format!(
                    "{peer}'s certificate expired {} ago",
                    rounded_duration(since)
                ),
                renew(peer),
            )
        }
        CertificateError::Expired => (format!("{peer}'s certificate has expired"), renew(peer)),
        CertificateError::NotValidYetContext { time, not_before } => {
            let remaining = not_before.as_secs().saturating_sub(time.as_secs());
            (
                format!(
                    "{peer}'s certificate is not valid yet; it becomes valid in {}",
                    rounded_duration(remaining)
                ),
                CLOCK.to_string(),
            )
        }
        CertificateError::NotValidYet => (
            format!("{peer}'s certificate is not valid yet"),
            CLOCK.to_string(),
        ),
        CertificateError::NotValidForNameContext {
            expected,
            presented,
        } => {
            let asked = match expected {
                ServerName::DnsName(name) => name.as_ref().to_string(),
                ServerName::IpAddress(address) => std::net::IpAddr::from(*address).to_string(),
                _ => "this host".to_string(),
            };
            if presented.is_empty() {
                let what = format!(
                    "{peer}'s certificate is not for {asked}: it has no subjectAltName, and therefore no host name"
                );
                let hint = format!(
                    "{peer} needs a certificate with a subjectAltName; --skip-verify turns off this check"
                );
                return (what, hint);
            }
            let names: Vec<_> = presented.iter().map(|name| plain_name(name)).collect();
            let what = format!(
                "{peer}'s certificate is not for {asked}: it is for {}",
                names.join(", ")
            );
            (what, peer.address_hint(NAME))
        }
        CertificateError::NotValidForName => (
            format!("{peer}'s certificate is for another host name"),
            peer.address_hint(NAME),
        ),
        CertificateError::Other(OtherError(reason)) => match reason.downcast_ref() {
            Some(Fault::SelfSigned) => (
                format!("{peer}'s certificate is self-signed and not trusted"),
                trust(peer),
            ),
            Some(Fault::Version1) => (
                format!("{peer}'s certificate uses X.509 version 1, which has no host names"),
                format!(
                    "{peer} needs a certificate of version 3 with a subjectAltName; --skip-verify turns off this check"
                ),
            ),
            // Shows the inner error with Display. In the release build, the derived Debug of the outer
            // error only prints its name.
            None => (
                format!("{peer}'s certificate cannot be used ({reason})"),
                trust(peer),
            ),
        },
        other => (
            format!("{peer}'s certificate cannot be used ({other})"),
            trust(peer),
        ),
    }
}

/// rustls formats names as `DnsName("a.example")` and `IpAddress(0::1)`. This returns `a.example` and
/// `::1`.
fn plain_name(presented: &str) -> String {
    let Some((_, name)) = presented.split_once('(') else {
        return presented.to_string();
    };
    let name = name.trim_end_matches(')').trim_matches('"');
    match name.parse::<std::net::IpAddr>() {
        Ok(address) => address.to_string(),
        Err(_) => name.to_string(),
    }
}

/// Formats seconds as whole days, hours or minutes, such as `12 days` or `1 hour`.
fn rounded_duration(seconds: u64) -> String {
    let (count, unit) = match seconds / 60 {
        0 => return "less than a minute".to_string(),
        minutes @ 1..60 => (minutes, "minute"),
        minutes @ 60..1440 => (minutes / 60, "hour"),
        minutes => (minutes / 1440, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::rounded_duration;

    #[test]
    fn durations_have_one_unit() {
        for (seconds, text) in [
            (59, "less than a minute"),
            (60, "1 minute"),
            (3_599, "59 minutes"),
            (3_600, "1 hour"),
            (86_399, "23 hours"),
            (12 * 86_400 + 5, "12 days"),
        ] {
            assert_eq!(rounded_duration(seconds), text);
        }
    }
}
