//! Detects certificates with X.509 version 1 and self-signed certificates. rustls does not report
//! either.

use std::fmt;

/// A fault that rustls has no error for.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// A certificate with X.509 version 1 has no subjectAltName.
    Version1,
    /// The issuer equals the subject.
    SelfSigned,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Fault {}

/// The fault of a certificate in DER. `None` if it has neither fault, or if it is damaged.
pub fn fault(certificate: &[u8]) -> Option<Fault> {
    const VERSION: u8 = 0xa0;
    let (_, content, _) = value(certificate)?;
    let (_, content, _) = value(content)?;
    let (first, _, rest) = value(content)?;
    // DER omits the version if it is 1.
    if first != VERSION {
        return Some(Fault::Version1);
    }
    let (_, _serial_number, rest) = value(rest)?;
    let (_, _algorithm, rest) = value(rest)?;
    let (_, issuer, rest) = value(rest)?;
    let (_, _validity, rest) = value(rest)?;
    let (_, subject, _) = value(rest)?;
    (issuer == subject).then_some(Fault::SelfSigned)
}

/// The tag and content of the first value, and the bytes after it.
fn value(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (length, rest) = rest.split_first()?;
    // In the long form, the first byte is 128 plus the number of length bytes.
    let (length, rest) = match length.checked_sub(128) {
        None => (usize::from(*length), rest),
        Some(bytes) => {
            let (bytes, rest) = rest.split_at_checked(usize::from(bytes))?;
            let length = bytes.iter().try_fold(0, |length: usize, byte| {
                length.checked_mul(256)?.checked_add(usize::from(*byte))
            });
            (length?, rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}
