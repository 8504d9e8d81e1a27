//! Header names and values, checked before anything is sent.

use crate::secret::Secret;

/// Headers that say how the body is framed or coded. Ours must stay true, or the answer unread.
const RESERVED: [&str; 7] = [
    "accept-encoding",
    "content-length",
    "expect",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// One header of the request.
#[derive(Clone, Debug)]
pub struct Header {
    /// The name in lower case, as it is sent.
    pub name: String,
    /// The value without white space around it.
    pub value: Secret,
    /// Whether the value is to be removed from all that is shown.
    pub secret: bool,
}

impl Header {
    /// Bytes that it takes on the wire.
    pub fn len(&self) -> usize {
        self.name.len() + self.value.expose().len() + ": \r\n".len()
    }

    /// Reads `NAME:VALUE`. The error shows neither.
    pub fn parse(text: &str) -> Result<Header, String> {
        let (name, value) = text
            .split_once(':')
            .ok_or("expected NAME:VALUE, but there is no colon")?;
        let (name, value) = (name.trim(), value.trim());
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if name.is_empty() || !name.bytes().all(token) {
            return Err("the name before the colon is not that of a header".to_string());
        }
        let name = name.to_ascii_lowercase();
        if RESERVED.contains(&name.as_str()) {
            return Err(format!(
                "{name} says how the message is framed or coded, and cannot be set"
            ));
        }
        check_value(value)?;
        Ok(Header {
            name,
            value: Secret::new(value),
            secret: true,
        })
    }

    /// Puts it in place of a header of the same name, else behind the others.
    pub fn add_to(self, headers: &mut Vec<Header>) {
        match headers.iter_mut().find(|header| header.name == self.name) {
            Some(same) => *same = self,
            None => headers.push(self),
        }
    }
}

/// Refuses a value with a byte that cannot be sent in a header. The error does not show it.
pub fn check_value(value: &str) -> Result<(), String> {
    if value.contains(['\r', '\n']) {
        return Err("contains a line break, which no header may hold".to_string());
    }
    if value
        .bytes()
        .any(|b| b != b'\t' && !(b' '..=b'~').contains(&b))
    {
        return Err(
            "contains a character that no header may hold (only printable ASCII can be sent)"
                .to_string(),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_the_first_colon_and_trims() {
        let header = Header::parse(" X-Tenant :  plant 7:a ").ok();
        let shown = header.as_ref().map(|h| (h.name.as_str(), h.value.expose()));
        assert_eq!(shown, Some(("x-tenant", "plant 7:a")));
    }

    #[test]
    fn refuses_without_showing() {
        for wrong in [
            "hunter2",
            ":hunter2",
            "a b:hunter2",
            "X:hunter2\r\nY:1",
            "X:hunter2\u{1}",
            "X:hünter2",
            "Content-Length:hunter2",
            "TE:hunter2",
        ] {
            let reason = Header::parse(wrong).err();
            assert!(
                reason.is_some_and(|reason| !reason.contains("nter2")),
                "{wrong:?}"
            );
        }
    }

    #[test]
    fn the_last_of_a_name_wins() {
        let mut headers = Vec::new();
        for text in ["A:1", "B:2", "a:3"] {
            if let Ok(header) = Header::parse(text) {
                header.add_to(&mut headers);
            }
        }
        let shown: Vec<_> = headers
            .iter()
            .map(|h| (h.name.as_str(), h.value.expose()))
            .collect();
        assert_eq!(shown, [("a", "3"), ("b", "2")]);
    }
}
