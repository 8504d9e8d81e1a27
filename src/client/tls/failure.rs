//! Explains why TLS failed: a sentence and a hint.

use rustls::pki_types::ServerName;
use rustls::{AlertDescription, CertificateError, Error, InvalidMessage, PeerIncompatible};

/// A sentence and a hint.
pub type Explained = (String, &'static str);

const TRUST: &str = "--tls-ca or INFLUX_TLS_CA names the certificate to trust, that of the authority or the server's own; --skip-verify trusts any server";
const NAME: &str =
    "--host must be one of the names in the certificate; --skip-verify does not check it";
const UNNAMED: &str =
    "the server needs a certificate with a subjectAltName; --skip-verify does not check it";
const RENEW: &str = "the server needs a new certificate; --skip-verify trusts it all the same";
const CLOCK: &str =
    "is this machine's clock right? --skip-verify trusts the certificate all the same";
const CLIENT: &str =
    "--tls-cert and --tls-key, or INFLUX_TLS_CERT and INFLUX_TLS_KEY, give a client certificate";
const REFUSED: &str = "--tls-cert and --tls-key must name a certificate that the server's authority has signed, and its key";
const PLAIN: &str = "if the port speaks plain HTTP, --host must begin with http://";
const OLD: &str = "TLS 1.2 and 1.3 are spoken here: the server has to be brought up to date";
const ANY: &str = "--host or INFLUX_HOST sets the address";

/// Explains an error of rustls. `asked`: the server asked for a client certificate. `own`: the client
/// has one.
pub fn explain(error: &Error, asked: bool, own: bool) -> Explained {
    match error {
        Error::InvalidCertificate(wrong) => certificate(wrong),
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => (
            "the server does not speak TLS on this port".to_string(),
            PLAIN,
        ),
        Error::AlertReceived(AlertDescription::ProtocolVersion)
        | Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => ("the server speaks no TLS newer than 1.1".to_string(), OLD),
        Error::AlertReceived(AlertDescription::CertificateRequired) if !own => unnamed_client(),
        Error::AlertReceived(_) if asked && !own => unnamed_client(),
        Error::AlertReceived(alert) if asked => (
            format!("the server refuses the client certificate ({alert:?})"),
            REFUSED,
        ),
        Error::AlertReceived(alert) => (
            format!("the server ended the TLS handshake ({alert:?})"),
            ANY,
        ),
        other => (format!("TLS failed: {other}"), ANY),
    }
}

/// Explains a connection that was closed after the server asked for a client certificate. In TLS 1.3
/// the server refuses one only after the request was sent, often with a reset. `own`: the client has one.
pub fn refused_late(own: bool) -> Explained {
    if !own {
        return unnamed_client();
    }
    (
        "the server asked for a client certificate, and closed the connection when it had this one"
            .to_string(),
        REFUSED,
    )
}

fn unnamed_client() -> Explained {
    (
        "the server asked for a client certificate, and closed the connection without one"
            .to_string(),
        CLIENT,
    )
}

fn certificate(wrong: &CertificateError) -> Explained {
    match wrong {
        CertificateError::UnknownIssuer => (
            "the server's certificate is signed by an authority that is not trusted here"
                .to_string(),
            TRUST,
        ),
        CertificateError::ExpiredContext { time, not_after } => {
            let since = time.as_secs().saturating_sub(not_after.as_secs());
            (
                format!("the server's certificate expired {} ago", span(since)),
                RENEW,
            )
        }
        CertificateError::Expired => ("the server's certificate has expired".to_string(), RENEW),
        CertificateError::NotValidYetContext { time, not_before } => {
            let left = not_before.as_secs().saturating_sub(time.as_secs());
            let left = span(left);
            (
                format!("the server's certificate is not valid for another {left}"),
                CLOCK,
            )
        }
        CertificateError::NotValidYet => (
            "the server's certificate is not valid yet".to_string(),
            CLOCK,
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
                    "the server's certificate is not for {asked}: it has no subjectAltName, and so no host name at all"
                );
                return (what, UNNAMED);
            }
            let names: Vec<_> = presented.iter().map(|name| plain(name)).collect();
            let what = format!(
                "the server's certificate is not for {asked}: it is for {}",
                names.join(", ")
            );
            (what, NAME)
        }
        CertificateError::NotValidForName => (
            "the server's certificate is for another host name".to_string(),
            NAME,
        ),
        CertificateError::Other(other) if other.to_string() == "CaUsedAsEndEntity" => (
            "the server's certificate is self-signed, and not among those that are trusted"
                .to_string(),
            TRUST,
        ),
        // By the inner error, because the release build cuts a derived Debug to the outermost name.
        CertificateError::Other(reason) => (
            format!("the server's certificate cannot be used ({reason})"),
            TRUST,
        ),
        other => (
            format!("the server's certificate cannot be used ({other})"),
            TRUST,
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
    use super::*;

    #[test]
    fn spans_have_one_unit() {
        for (seconds, text) in [
            (0, "less than a minute"),
            (59, "less than a minute"),
            (60, "1 minute"),
            (3_599, "59 minutes"),
            (3_600, "1 hour"),
            (86_399, "23 hours"),
            (86_400, "1 day"),
            (12 * 86_400 + 5, "12 days"),
        ] {
            assert_eq!(span(seconds), text);
        }
    }

    #[test]
    fn names_lose_their_wrapping() {
        assert_eq!(plain("DnsName(\"a.example\")"), "a.example");
        assert_eq!(plain("IpAddress(192.0.2.1)"), "192.0.2.1");
        assert_eq!(plain("IpAddress(0::1)"), "::1");
        assert_eq!(plain("odd"), "odd");
    }
}
