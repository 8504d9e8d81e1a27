//! Percent-decoding of a user name or password in a URL.

/// The bytes that `text` stands for; `None` where a `%` has no two hex digits behind it.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_or_refuses() {
        assert_eq!(decode("p%3Ass%c3%BC").as_deref(), Some("p:ssü".as_bytes()));
        for wrong in ["%", "%2", "a%zz", "%%41"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
