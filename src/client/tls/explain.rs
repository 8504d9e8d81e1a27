//! Explains why TLS failed: a sentence and a hint.

use super::certificate::Fault;
use rustls::pki_types::ServerName;
use rustls::{
    AlertDescription, CertificateError, Error, InvalidMessage, OtherError, PeerIncompatible,
};
use std::fmt;

/// What went wrong, and what to do about it.
pub type Explained = (String, String);

/// Who is at the other end of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// InfluxDB.
    Server,
    /// The proxy on the way to it.
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
    /// The hint if the address may be wrong: `hint` is about that of the server.
    fn address(self, hint: &str) -> String {
        match self {
            Peer::Server => hint.to_string(),
            Peer::Proxy => PROXY.to_string(),
        }
    }
}

/// The hint if the proxy fails.
pub const PROXY: &str =
    "is HTTPS_PROXY, HTTP_PROXY or ALL_PROXY right? NO_PROXY lists hosts that need no proxy";
const NAME: &str =
    "--host must be one of the names in the certificate; --skip-verify does not check it";
const CLOCK: &str = "is this machine's clock right? --skip-verify trusts the certificate anyway";
const CLIENT: &str =
    "--tls-cert and --tls-key, or INFLUX_TLS_CERT and INFLUX_TLS_KEY, give a client certificate";
const PLAIN: &str = "if the port speaks plain HTTP, --host must begin with http://";
const ANY: &str = "--host or INFLUX_HOST sets the address";

fn trust(peer: Peer) -> String {
    format!(
        "--tls-ca or INFLUX_TLS_CA names a file with the certificate of the authority, or with that of {peer}; --skip-verify trusts any server"
    )
}

fn renew(peer: Peer) -> String {
    format!("{peer} needs a new certificate; --skip-verify trusts it anyway")
}

fn refused(peer: Peer) -> String {
    format!(
        "--tls-cert and --tls-key must name a certificate that {peer}'s authority has signed, and its key"
    )
}

/// Explains an error of rustls. `asked`: the peer asked for a client certificate. `own`: the client has
/// one.
pub fn tls_error(error: &Error, peer: Peer, asked: bool, own: bool) -> Explained {
    match error {
        Error::InvalidCertificate(wrong) => certificate(wrong, peer),
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => (
            format!("{peer} does not speak TLS on this port"),
            peer.address(PLAIN),
        ),
        Error::AlertReceived(AlertDescription::ProtocolVersion)
        | Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => (
            format!("{peer} does not support TLS 1.2 or 1.3"),
            format!("no older version is supported here: {peer} has to be upgraded"),
        ),
        Error::AlertReceived(AlertDescription::CertificateRequired) if !own => unnamed_client(peer),
        Error::AlertReceived(_) if asked && !own => unnamed_client(peer),
        Error::AlertReceived(alert) if asked => (
            format!("{peer} refuses the client certificate ({alert:?})"),
            refused(peer),
        ),
        Error::AlertReceived(alert) => (
            format!("{peer} ended the TLS handshake ({alert:?})"),
            peer.address(ANY),
        ),
        other => (format!("TLS failed: {other}"), peer.address(ANY)),
    }
}

/// Explains a connection that was closed after the peer asked for a client certificate. In TLS 1.3 it
/// refuses one only after the request was sent, often with a reset. `own`: the client has one.
pub fn refused_late(peer: Peer, own: bool) -> Explained {
    if !own {
        return unnamed_client(peer);
    }
    (
        format!(
            "{peer} asked for a client certificate, and closed the connection after it received this one"
        ),
        refused(peer),
    )
}

fn unnamed_client(peer: Peer) -> Explained {
    (
        format!("{peer} asked for a client certificate, and closed the connection without one"),
        CLIENT.to_string(),
    )
}

fn certificate(wrong: &CertificateError, peer: Peer) -> Explained {
    match wrong {
        CertificateError::UnknownIssuer => (
            format!("{peer}'s certificate is signed by an authority that is not trusted"),
            trust(peer),
        ),
        CertificateError::ExpiredContext { time, not_after } => {
            let since = time.as_secs().saturating_sub(not_after.as_secs());
            (
                format!("{peer}'s certificate expired {} ago", span(since)),
                renew(peer),
            )
        }
        CertificateError::Expired => (format!("{peer}'s certificate has expired"), renew(peer)),
        CertificateError::NotValidYetContext { time, not_before } => {
            let left = not_before.as_secs().saturating_sub(time.as_secs());
            (
                format!(
                    "{peer}'s certificate is not valid for another {}",
                    span(left)
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
                    "{peer}'s certificate is not for {asked}: it has no subjectAltName, and so no host name at all"
                );
                let hint = format!(
                    "{peer} needs a certificate with a subjectAltName; --skip-verify does not check it"
                );
                return (what, hint);
            }
            let names: Vec<_> = presented.iter().map(|name| plain(name)).collect();
            let what = format!(
                "{peer}'s certificate is not for {asked}: it is for {}",
                names.join(", ")
            );
            (what, peer.address(NAME))
        }
        CertificateError::NotValidForName => (
            format!("{peer}'s certificate is for another host name"),
            peer.address(NAME),
        ),
        CertificateError::Other(OtherError(reason)) => match reason.downcast_ref() {
            Some(Fault::SelfSigned) => (
                format!(
                    "{peer}'s certificate is self-signed, and not among those that are trusted"
                ),
                trust(peer),
            ),
            Some(Fault::Version1) => (
                format!("{peer}'s certificate is of X.509 version 1, which has no host names"),
                format!(
                    "{peer} needs a certificate of version 3 with a subjectAltName; --skip-verify does not check it"
                ),
            ),
            // The inner error, because the release build cuts a derived Debug to the outermost name.
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

/// rustls presents `DnsName("a.example")` and `IpAddress(0::1)`. This returns `a.example` and `::1`.
fn plain(presented: &str) -> String {
    let Some((_, name)) = presented.split_once('(') else {
        return presented.to_string();
    };
    let name = name.trim_end_matches(')').trim_matches('"');
    match name.parse::<std::net::IpAddr>() {
        Ok(address) => address.to_string(),
        Err(_) => name.to_string(),
    }
}

/// Whole days, hours or minutes, such as `12 days` or `1 hour`.
fn span(seconds: u64) -> String {
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
    use super::span;

    #[test]
    fn spans_have_one_unit() {
        for (seconds, text) in [
            (59, "less than a minute"),
            (60, "1 minute"),
            (3_599, "59 minutes"),
            (3_600, "1 hour"),
            (86_399, "23 hours"),
            (12 * 86_400 + 5, "12 days"),
        ] {
            assert_eq!(span(seconds), text);
        }
    }
}
