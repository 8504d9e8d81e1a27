//! Mappings of a database and retention policy to a bucket: one function, one request.

use super::look_up::{explain_id, reading, usable};
use crate::client::{Call, Client, Effect, Fields, Resource, SecretIn};
use crate::error::{Code, Error};
use crate::text::quote;
use crate::url::{push_query, push_segment};
use ureq::http::Method;

const PATH: &str = "/api/v2/dbrps";
const WHAT: &str = "no mapping";
const NO_ID: &str = "an ID has 16 hex digits; `v1 dbrp list` shows it";

/// What the requests about mappings name: one of these that is not there is exit code 6.
const NAMED: &[Resource] = &[Resource::Mapping, Resource::Organization, Resource::Bucket];

/// A mapping as InfluxDB has it: `id`, `database`, `retention_policy`, `default`, `virtual`, `orgID`
/// and `bucketID`.
#[derive(Debug)]
pub struct Mapping(pub Fields);

/// Fields of a mapping by name, and what they are to say; of an ID, capital hex digits are the same.
pub type Wanted<'a> = [(&'a str, &'a str)];

impl Mapping {
    /// Whether it says all this.
    pub fn is(&self, wanted: &Wanted) -> bool {
        self.first_other(wanted).is_none()
    }

    fn first_other<'a>(&self, wanted: &Wanted<'a>) -> Option<(&'a str, &'a str)> {
        let is = |key: &str, wanted: &str| {
            let said = self.0.text(key);
            said == wanted
                || matches!(key, "id" | "orgID" | "bucketID") && said.eq_ignore_ascii_case(wanted)
        };
        let other = wanted.iter().find(|(key, wanted)| !is(key, wanted));
        other.copied()
    }
}

/// The mappings of an organization.
pub struct Mappings<'c> {
    client: &'c Client,
    /// The organization, as a query names it.
    org: (&'c str, &'c str),
}

impl<'c> Mappings<'c> {
    /// Those of `org` on the server of `client`.
    pub fn new(client: &'c Client, org: (&'c str, &'c str)) -> Self {
        Mappings { client, org }
    }

    /// Lists mappings, each handed to `each` as it comes until that returns false.
    ///
    /// # Errors
    /// Those of the request.
    pub fn list(
        &self,
        query: &[(&str, &str)],
        each: &mut dyn FnMut(Mapping) -> bool,
    ) -> Result<(), Error> {
        let mut path = PATH.to_string();
        push_query(&mut path, query);
        let call = reading(path, NAMED);
        let mut sound = Ok(());
        let read = self.client.list(
            &call,
            "content",
            "no list of mappings",
            &mut |found: Fields| {
                sound = usable(found.text("id"));
                sound.is_ok() && each(Mapping(found))
            },
        );
        read.and(sound)
    }

    /// The mapping with `id`.
    ///
    /// # Errors
    /// Those of the request, and exit code 7 where the answer is another mapping.
    pub fn get(&self, id: &str) -> Result<Mapping, Error> {
        let call = reading(self.path_of(id), NAMED);
        let found = self.client.fields(&call, WHAT, Some("content"), "id");
        found
            .and_then(|found| self.check(found, &[("id", id)]))
            .map_err(|error| {
                explain_id(error, id, NO_ID)
                    .context(&format!("could not find {}", self.describe(id)))
            })
    }

    /// Makes a mapping of what `body` says, and returns it as the server holds it.
    ///
    /// # Errors
    /// Those of the request, and exit code 7 where the answer is not as `wanted`.
    pub fn create(&self, body: &str, wanted: &Wanted) -> Result<Mapping, Error> {
        let call = Call {
            method: Method::POST,
            path: PATH.to_string(),
            body: Some(body),
            effect: Effect::Once,
            named: NAMED,
            secret_in: SecretIn::Neither,
        };
        let made = self.client.fields(&call, WHAT, None, "id")?;
        usable(made.text("id"))?;
        self.check(made, wanted)
    }

    /// Changes the mapping with `id` as `body` says, and returns it as the server says it is now.
    ///
    /// # Errors
    /// Those of the request, and exit code 7 where the answer is not as `wanted`.
    pub fn update(&self, id: &str, body: &str, wanted: &Wanted) -> Result<Mapping, Error> {
        let call = Call {
            method: Method::PATCH,
            path: self.path_of(id),
            body: Some(body),
            effect: Effect::Repeatable,
            named: NAMED,
            secret_in: SecretIn::Neither,
        };
        let now = self.client.fields(&call, WHAT, Some("content"), "id")?;
        self.check(now, wanted)
    }

    /// Asks again for the mapping with `id`, which is to be as `wanted` since the server said that a
    /// change was made.
    ///
    /// # Errors
    /// As for [`Mappings::get`], and exit code 7 where it is not so.
    pub fn holds(&self, id: &str, wanted: &Wanted) -> Result<Mapping, Error> {
        let now = self.get(id).and_then(|now| self.check(now.0, wanted));
        now.map_err(|error| error.append("the answer to the change said that it was made"))
    }

    /// Removes the mapping with `id`.
    ///
    /// # Errors
    /// Those of the request.
    pub fn remove(&self, id: &str) -> Result<(), Error> {
        self.client.act(&Call {
            method: Method::DELETE,
            path: self.path_of(id),
            body: None,
            effect: Effect::Removal,
            named: NAMED,
            secret_in: SecretIn::Neither,
        })
    }

    /// `mapping with ID "X"`, for messages.
    pub fn describe(&self, id: &str) -> String {
        format!("mapping with ID {}", quote(id))
    }

    /// Path of the mapping with `id`. The server wants the organization in it too.
    fn path_of(&self, id: &str) -> String {
        let mut path = [PATH, "/"].concat();
        push_segment(&mut path, id);
        push_query(&mut path, &[self.org]);
        path
    }

    /// What the server says of a mapping, where that is as `wanted`.
    fn check(&self, said: Fields, wanted: &Wanted) -> Result<Mapping, Error> {
        let said = Mapping(said);
        let Some((key, wanted)) = said.first_other(wanted) else {
            return Ok(said);
        };
        let show = |text: &str| self.client.quoted(text);
        let (said, wanted) = (show(said.0.text(key)), show(wanted));
        Err(Error::new(
            Code::Unexpected,
            format!("the server says that its {key} is {said}, not {wanted}"),
        ))
    }
}
