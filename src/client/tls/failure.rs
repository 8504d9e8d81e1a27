//! What went wrong with TLS, in a sentence and a hint for the operator.

use rustls::pki_types::{ServerName, UnixTime};
use rustls::{AlertDescription, CertificateError, Error, InvalidMessage, PeerIncompatible};

/// A sentence, and what to do about it.
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

/// Explains what rustls says. `asked`: the server asked for a client certificate; `own`: there was
/// one to show.
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

/// The explanation of a connection that breaks off once the server has asked for a client
/// certificate: with TLS 1.3 its refusal comes after the request was sent, and often as a reset.
/// `own`: there was one to show.
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
        CertificateError::ExpiredContext { not_after, .. } => (
            format!("the server's certificate expired on {}", date(*not_after)),
            RENEW,
        ),
        CertificateError::Expired => ("the server's certificate has expired".to_string(), RENEW),
        CertificateError::NotValidYetContext { not_before, .. } => (
            format!(
                "the server's certificate is not valid before {}",
                date(*not_before)
            ),
            CLOCK,
        ),
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
        // Shown by what is in it: a build may leave out what a derived Debug has in brackets.
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

/// `DnsName("a.example")` of rustls as `a.example`, `IpAddress(0::1)` as `::1`.
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

/// `2026-11-23`, in UTC.
fn date(time: UnixTime) -> String {
    // Days to year, month and day of the proleptic Gregorian calendar, counted from March so that
    // the leap day comes last: 146,097 days make 400 years.
    let days = time.as_secs() / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{}-{month:02}-{day:02}", era * 400 + year + carry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn dates_read_as_dates() {
        let on = |seconds| date(UnixTime::since_unix_epoch(Duration::from_secs(seconds)));
        assert_eq!(on(0), "1970-01-01");
        assert_eq!(on(951_782_400), "2000-02-29");
        assert_eq!(on(1_609_459_199), "2020-12-31");
        assert_eq!(on(1_609_459_200), "2021-01-01");
        assert_eq!(on(4_102_444_800), "2100-01-01");
        assert_eq!(on(4_107_542_400), "2100-03-01");
    }

    #[test]
    fn names_lose_their_wrapping() {
        assert_eq!(plain("DnsName(\"a.example\")"), "a.example");
        assert_eq!(plain("IpAddress(192.0.2.1)"), "192.0.2.1");
        assert_eq!(plain("IpAddress(0::1)"), "::1");
        assert_eq!(plain("odd"), "odd");
    }
}
