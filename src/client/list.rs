//! Lists: read entry by entry, so that memory does not grow with their length.

use super::json::Object;
use super::{Call, Client, MAX_BODY, SHOWN};
use crate::error::Error;
use serde::Deserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};
use std::marker::PhantomData;

impl Client {
    /// Sends a request whose answer is an object with a list under `key`. Each entry is handed to
    /// `each` as it comes, until that returns false. `what` names the list in errors.
    ///
    /// # Errors
    /// Exit codes 4 to 7. Entries before the error have been handed on.
    pub fn list<T: DeserializeOwned>(
        &self,
        call: &Call,
        key: &'static str,
        what: &str,
        each: &mut dyn FnMut(T) -> bool,
    ) -> Result<(), Error> {
        let response = self.exchange(call)?;
        let response = self.successful(call, response)?;
        let status = response.status();
        let left = Cell::new(MAX_BODY);
        let mut body = Bounded {
            inner: response.into_body().into_reader(),
            left: &left,
            start: Vec::new(),
        };
        let mut stopped = false;
        let mut each = |entry: T| {
            left.set(MAX_BODY);
            stopped = !each(entry);
            !stopped
        };
        let mut reader = serde_json::Deserializer::from_reader(BufReader::new(&mut body));
        let entries = Entries {
            key,
            each: &mut each,
        };
        // Only a body that is read to its end leaves the connection open for the next request.
        let read = entries.deserialize(&mut reader).and_then(|()| reader.end());
        drop(reader);
        self.show_body(call, &body.start, body.start.len() == SHOWN);
        match read {
            Err(error) if error.is_io() => Err(self.transport(call, io::Error::from(error).into())),
            Err(error) if !stopped => Err(self.unusable(call, status, &body.start, &error, what)),
            _ => Ok(()),
        }
    }
}

/// A body of any length, with at most [`MAX_BODY`] bytes from one entry to the next. It keeps its
/// start for messages.
struct Bounded<'l, R> {
    inner: R,
    /// How many bytes may still come before the next entry is complete.
    left: &'l Cell<u64>,
    start: Vec<u8>,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        let Some(left) = self.left.get().checked_sub(length as u64) else {
            return Err(ureq::Error::BodyExceedsLimit(MAX_BODY).into_io());
        };
        self.left.set(left);
        let room = SHOWN - self.start.len();
        self.start.extend_from_slice(&buffer[..length.min(room)]);
        Ok(length)
    }
}

/// An answer such as `{"authorizations": [...]}`.
struct Entries<'e, T> {
    /// The key of the list.
    key: &'static str,
    /// Takes each entry. If it returns false, reading ends with an error.
    each: &'e mut dyn FnMut(T) -> bool,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Entries<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Entries<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the list `{}`", self.key)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = map.next_key::<String>()? {
            if key != self.key {
                map.next_value::<IgnoredAny>()?;
            } else if found {
                return Err(A::Error::duplicate_field(self.key));
            } else {
                found = true;
                map.next_value_seed(Array(self.each, PhantomData))?;
            }
        }
        if !found {
            return Err(A::Error::missing_field(self.key));
        }
        Ok(())
    }
}

/// The list itself.
struct Array<'e, T>(&'e mut dyn FnMut(T) -> bool, PhantomData<T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Array<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Array<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(Object(entry)) = seq.next_element()? {
            if !(self.0)(entry) {
                return Err(A::Error::custom("enough"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Entry {
        id: String,
    }

    /// The first IDs in the list `authorizations`, at most `most`, and whether it was read to its end.
    fn ids(json: &str, most: usize) -> (Vec<String>, bool) {
        let mut ids = Vec::new();
        let mut each = |entry: Entry| {
            ids.push(entry.id);
            ids.len() < most
        };
        let entries = Entries {
            key: "authorizations",
            each: &mut each,
        };
        let mut reader = serde_json::Deserializer::from_str(json);
        let read = entries.deserialize(&mut reader).is_ok();
        (ids, read)
    }

    #[test]
    fn entries_are_handed_on_one_by_one() {
        let json = r#"{"links":{"x":[1]},"authorizations":[{"id":"1","a":2},{"id":"2"}]}"#;
        assert_eq!(ids(json, 3), (vec!["1".into(), "2".into()], true));
        assert_eq!(ids(json, 1), (vec!["1".into()], false));
    }

    #[test]
    fn anything_but_a_list_is_an_error() {
        for json in [
            "null",
            "[]",
            "{}",
            r#"{"authorizations":{}}"#,
            r#"{"authorizations":[{}]}"#,
            r#"{"authorizations":[["1"]]}"#,
            r#"{"authorizations":[null]}"#,
            r#"{"authorizations":null}"#,
            r#"{"authorizations":[],"authorizations":[]}"#,
        ] {
            assert_eq!(ids(json, 3), (Vec::new(), false), "{json}");
        }
    }
}
