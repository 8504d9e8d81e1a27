//! Answers: read as JSON about one thing or a list of things, or only for their success.

use super::bounded::Bounded;
use super::fields::{Field, Fields, FromField};
use super::json::Entries;
use super::{Call, Client, Effect, FAILURE, ONE, SHOWN, WRONG_HOST};
use crate::error::{Code, Error};
use serde::de::DeserializeSeed;
use serde_json::error::Category;
use std::cell::Cell;
use std::io::{self, BufReader, Read};
use ureq::http::{Response, StatusCode};
use ureq::{Body, BodyReader};

/// Room for an answer whose length is not said, in bytes.
const USUAL: u64 = 2048;

impl Client {
    /// Sends a request and reads its answer, which is JSON about one thing.
    ///
    /// # Errors
    /// Exit codes 4 to 7; `what` says what the answer lacks.
    pub fn one<T: FromField>(&self, call: &Call, what: &str) -> Result<T, Error> {
        let came = self.send(call);
        let read = came.and_then(|response| self.read(call, response, what, &T::from_field));
        self.settle(call, read)
    }

    /// The same of the object under the key `inside`, where that is given.
    ///
    /// # Errors
    /// As for [`Client::one`], also where the object has no text under `key`.
    pub fn fields(
        &self,
        call: &Call,
        what: &str,
        inside: Option<&str>,
        key: &'static str,
    ) -> Result<Fields, Error> {
        let came = self.send(call);
        let read = came.and_then(|response| self.read_fields(call, response, what, inside, key));
        self.settle(call, read)
    }

    /// The same of an answer that is a success or not, but no redirect. An answer that lacks it has
    /// the hint about the host.
    ///
    /// # Errors
    /// Exit codes 4 and 7.
    pub fn fields_of_any(
        &self,
        call: &Call,
        what: &str,
        key: &'static str,
    ) -> Result<(StatusCode, Fields), Error> {
        let response = self.exchange(call)?;
        let response = match response.status().is_redirection() {
            true => self.successful(call, response)?,
            false => {
                self.show_answer(&response);
                response
            }
        };
        let status = response.status();
        let read = self.read_fields(call, response, what, None, key);
        read.map(|fields| (status, fields))
            .map_err(|error| match error.advice() {
                None => error.hint(WRONG_HOST),
                Some(_) => error,
            })
    }

    fn read_fields(
        &self,
        call: &Call,
        response: Response<Body>,
        what: &str,
        inside: Option<&str>,
        key: &'static str,
    ) -> Result<Fields, Error> {
        self.read(call, response, what, &|field| {
            let mut fields = Fields::from_field(field)?;
            if let Some(inside) = inside {
                fields = Fields::from_field(fields.take(inside))?;
            }
            (!fields.text(key).is_empty()).then_some(fields)
        })
    }

    /// What `of` makes of an answer; `None` means that the answer lacks it.
    fn read<T>(
        &self,
        call: &Call,
        response: Response<Body>,
        what: &str,
        of: &dyn Fn(Field) -> Option<T>,
    ) -> Result<T, Error> {
        let status = response.status();
        let field = self.field(call, response, what)?;
        of(field).ok_or_else(|| {
            let content = self.content.take();
            let error = self.unusable(call, status, &content, None, what);
            self.content.set(content);
            error
        })
    }

    /// The answer, whatever it is, if only it is JSON.
    fn field(&self, call: &Call, response: Response<Body>, what: &str) -> Result<Field, Error> {
        let status = response.status();
        let mut content = self.content.take();
        content.clear();
        let body = response.into_body();
        // Room for the whole answer and a little more: one read gets it, and the next sees its end.
        let length = body.content_length().unwrap_or(USUAL).min(ONE);
        content.reserve(length as usize + 64);
        let reader = body.into_with_config().limit(ONE).reader();
        if let Err(error) = read_up_to(u64::MAX, reader, &mut content) {
            return Err(self.transport(call, error.into()));
        }
        self.show_body(call, &content, false);
        let read = serde_json::from_slice(&content)
            .map_err(|error| self.unusable(call, status, &content, Some(&error), what));
        self.content.set(content);
        read
    }

    /// Sends a request whose answer has a list under `key`, and hands on each entry as it comes, until
    /// `each` returns false.
    ///
    /// # Errors
    /// Exit codes 4 to 7; `what` says what the answer lacks.
    pub fn list<T: FromField>(
        &self,
        call: &Call,
        key: &'static str,
        what: &str,
        each: &mut dyn FnMut(T) -> bool,
    ) -> Result<(), Error> {
        let mut each = |field| T::from_field(field).map(&mut *each);
        self.entries(call, key, what, &mut each)
    }

    /// The same with what [`Entries`] wants.
    fn entries(
        &self,
        call: &Call,
        key: &'static str,
        what: &str,
        each: &mut dyn FnMut(Field) -> Option<bool>,
    ) -> Result<(), Error> {
        let response = self.send(call)?;
        let status = response.status();
        let left = Cell::new(ONE);
        let mut body = Bounded {
            inner: response.into_body().into_reader(),
            left: &left,
            start: Vec::new(),
        };
        let mut reader = serde_json::Deserializer::from_reader(BufReader::new(&mut body));
        let mut enough = false;
        let mut each = |entry| {
            left.set(ONE);
            let more = each(entry);
            enough = more == Some(false);
            more
        };
        let entries = Entries {
            key,
            each: &mut each,
        };
        let read = entries.deserialize(&mut reader);
        // To its end, or the connection could not be kept.
        let read = read.and_then(|()| reader.end());
        drop(reader);
        self.show_body(call, &body.start, body.start.len() == SHOWN);
        if enough {
            return Ok(());
        }
        read.map_err(|error| match error.is_io() {
            true => self.transport(call, io::Error::from(error).into()),
            false => self.unusable(call, status, &body.start, Some(&error), what),
        })
    }

    /// Sends a request that is done where the answer is 204.
    ///
    /// # Errors
    /// Exit codes 4 to 7. Another answer of success is code 7: a login page is one.
    pub fn act(&self, call: &Call) -> Result<(), Error> {
        match self
            .send(call)
            .and_then(|response| self.no_content(call, response))
        {
            // The attempt whose answer was lost has removed it.
            Err(error)
                if error.code == Code::NotFound
                    && call.effect == Effect::Removal
                    && self.progress.lost() =>
            {
                Ok(())
            }
            came => self.settle(call, came),
        }
    }

    fn no_content(&self, call: &Call, response: Response<Body>) -> Result<(), Error> {
        let status = response.status();
        if status == StatusCode::NO_CONTENT {
            drain(response);
            return Ok(());
        }
        let content = self.start_of(call, response.into_body());
        let answer = self.answer(call, status, &content);
        let error = Error::new(
            Code::Unexpected,
            format!("the server answered {answer}; InfluxDB answers 204 when it is done"),
        );
        Err(error.hint(WRONG_HOST))
    }

    /// Sends a request; its answer is a success.
    fn send(&self, call: &Call) -> Result<Response<Body>, Error> {
        let response = self.exchange(call)?;
        self.successful(call, response)
    }

    /// The answer, where it is a success.
    pub(super) fn successful(
        &self,
        call: &Call,
        response: Response<Body>,
    ) -> Result<Response<Body>, Error> {
        self.show_answer(&response);
        if response.status().is_success() {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let content = self.start_of(call, body);
        Err(self.refusal(call, &parts, &content))
    }

    /// The start of a body. One that breaks off is taken as far as it came: the status has said
    /// enough.
    fn start_of(&self, call: &Call, body: Body) -> Vec<u8> {
        let mut content = Vec::new();
        let read = read_up_to(FAILURE, body.into_reader(), &mut content);
        let cut = read.is_err() || content.len() as u64 == FAILURE;
        self.show_body(call, &content, cut);
        content
    }

    /// The error for an answer of success that does not hold what it should; without `error`, although
    /// it is JSON.
    fn unusable(
        &self,
        call: &Call,
        status: StatusCode,
        content: &[u8],
        error: Option<&serde_json::Error>,
        what: &str,
    ) -> Error {
        if content.trim_ascii().is_empty() {
            let answer = self.answer(call, status, &[]);
            return Error::new(
                Code::Unexpected,
                format!("{what} in the answer {answer}: it is empty"),
            );
        }
        let answer = self.answer(call, status, content);
        let error_of =
            |what: &str| Error::new(Code::Unexpected, format!("{what} in the answer {answer}"));
        // serde_json calls JSON that is nested too deeply a syntax error.
        let is_deep = |error: &serde_json::Error| error.to_string().starts_with("recursion limit");
        match error.map(serde_json::Error::classify) {
            Some(Category::Syntax) if !error.is_some_and(is_deep) => {
                error_of("no JSON").hint(WRONG_HOST)
            }
            Some(Category::Eof) => error_of("incomplete JSON"),
            _ => error_of(what),
        }
    }
}

/// Appends what comes of a body, `most` bytes of it at the most.
fn read_up_to(most: u64, body: BodyReader, content: &mut Vec<u8>) -> io::Result<()> {
    body.take(most).read_to_end(content).map(drop)
}

/// Reads the body to its end, or the connection could not be kept.
pub(super) fn drain(response: Response<Body>) {
    _ = read_up_to(FAILURE, response.into_body().into_reader(), &mut Vec::new());
}
