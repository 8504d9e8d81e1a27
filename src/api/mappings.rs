//! Mappings of a database and retention policy to a bucket: one function, one request.

use super::look_up::{explain_id, usable};
use crate::client::{Call, Client, Effect, Resource, object};
use crate::error::{Code, Error};
use crate::text::quote;
use crate::url::{push_query, push_segment};
use serde::Deserialize;
use ureq::http::Method;

const PATH: &str = "/api/v2/dbrps";
const WHAT: &str = "mapping";
const ID_HINT: &str = "an ID has 16 hex digits; `v1 dbrp list` shows it";

/// What the requests about mappings name: if the server says that one of these is not there, the exit
/// code is 6.
const NAMED: &[Resource] = &[Resource::Mapping, Resource::Organization, Resource::Bucket];

/// A mapping as InfluxDB answers with it.
#[derive(Debug, Deserialize)]
pub struct Mapping {
    /// Sixteen hex digits; that of the bucket if it is virtual.
    pub id: String,
    /// The database that 1.x clients name.
    pub database: String,
    /// The retention policy that they name.
    pub retention_policy: String,
    /// Whether it counts if they name no retention policy.
    pub default: bool,
    /// Whether it is derived from the name of its bucket alone. Servers before 2.4 do not say.
    #[serde(default, rename = "virtual")]
    pub is_virtual: bool,
    /// ID of the organization.
    #[serde(rename = "orgID")]
    pub org_id: String,
    /// ID of the bucket.
    #[serde(rename = "bucketID")]
    pub bucket_id: String,
}

/// The answer about one mapping.
#[derive(Deserialize)]
struct Content {
    #[serde(deserialize_with = "object")]
    content: Mapping,
}

/// What a mapping has to be, field by field.
#[derive(Default)]
pub struct Wanted<'a> {
    /// Its ID. Of IDs, the case makes no difference.
    pub id: Option<&'a str>,
    /// Its database.
    pub database: Option<&'a str>,
    /// Its retention policy.
    pub retention_policy: Option<&'a str>,
    /// Whether it is the default.
    pub default: Option<bool>,
    /// The ID of its organization.
    pub org_id: Option<&'a str>,
    /// The ID of its bucket.
    pub bucket_id: Option<&'a str>,
}

impl Mapping {
    /// Whether it is as wanted.
    pub fn is(&self, wanted: &Wanted) -> bool {
        self.difference(wanted).is_none()
    }

    /// The first field that is not as wanted: its key, what it is and what it has to be.
    fn difference<'a>(&'a self, wanted: &Wanted<'a>) -> Option<(&'static str, &'a str, &'a str)> {
        let word = |on| if on { "true" } else { "false" };
        let ids = [
            ("id", self.id.as_str(), wanted.id),
            ("bucketID", &self.bucket_id, wanted.bucket_id),
            ("orgID", &self.org_id, wanted.org_id),
        ];
        let texts = [
            ("database", self.database.as_str(), wanted.database),
            ("default", word(self.default), wanted.default.map(word)),
            (
                "retention_policy",
                &self.retention_policy,
                wanted.retention_policy,
            ),
        ];
        let mut ids = ids.into_iter();
        let other = ids.find(|(_, is, wanted)| !wanted.unwrap_or(is).eq_ignore_ascii_case(is));
        let mut texts = texts.into_iter();
        let other = other.or_else(|| texts.find(|(_, is, wanted)| wanted.unwrap_or(is) != *is));
        other.map(|(key, is, wanted)| (key, is, wanted.unwrap_or(is)))
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

    /// Hands each mapping of the list to `each` as it comes, until that returns false.
    ///
    /// # Errors
    /// Exit code 7 also if the list is wrong further on, behind mappings that were handed on.
    pub fn list(
        &self,
        query: &[(&str, &str)],
        each: &mut dyn FnMut(Mapping) -> bool,
    ) -> Result<(), Error> {
        let mut path = PATH.to_string();
        push_query(&mut path, query);
        let call = Call::get(path, NAMED);
        let mut sound = Ok(());
        let read = self.client.list(
            &call,
            "content",
            "list of mappings",
            &mut |found: Mapping| {
                sound = usable(&found.id);
                sound.is_ok() && each(found)
            },
        );
        read.and(sound)
    }

    /// The mapping with `id`.
    ///
    /// # Errors
    /// Exit code 7 if the answer is another mapping.
    pub fn get(&self, id: &str) -> Result<Mapping, Error> {
        let wanted = Wanted {
            id: Some(id),
            ..Wanted::default()
        };
        self.read(id, &wanted).map_err(|error| {
            explain_id(error, id, ID_HINT).context(&format!("could not find {}", self.describe(id)))
        })
    }

    /// Asks again for the mapping with `id`, which has to be as `wanted` since the server said that a
    /// change was made.
    ///
    /// # Errors
    /// Exit code 7 if it is not.
    pub fn holds(&self, id: &str, wanted: &Wanted) -> Result<Mapping, Error> {
        let now = self.get(id).and_then(|now| self.check(now, wanted));
        now.map_err(|error| error.append("the answer to the change said that it was made"))
    }

    /// Creates what `body` says, and returns the mapping as the server has it.
    ///
    /// # Errors
    /// Exit code 7 if it is not as `wanted`.
    pub fn create(&self, body: &str, wanted: &Wanted) -> Result<Mapping, Error> {
        let made: Mapping = self.client.one(
            &Call {
                method: Method::POST,
                body: Some(body),
                effect: Effect::Once,
                ..Call::get(PATH.to_string(), NAMED)
            },
            WHAT,
        )?;
        usable(&made.id)?;
        self.check(made, wanted)
    }

    /// Changes the mapping with `id` as `body` says, and returns it as the server says it is now.
    ///
    /// # Errors
    /// Exit code 7 if it is not as `wanted`.
    pub fn update(&self, id: &str, body: &str, wanted: &Wanted) -> Result<Mapping, Error> {
        let call = Call {
            method: Method::PATCH,
            body: Some(body),
            effect: Effect::Repeatable,
            ..Call::get(self.path_of(id), NAMED)
        };
        let Content { content: now } = self.client.one(&call, WHAT)?;
        self.check(now, wanted)
    }

    /// Removes the mapping with `id`.
    ///
    /// # Errors
    /// Exit codes 4 to 7.
    pub fn remove(&self, id: &str) -> Result<(), Error> {
        self.client.act(&Call {
            method: Method::DELETE,
            effect: Effect::Removal,
            ..Call::get(self.path_of(id), NAMED)
        })
    }

    /// `mapping with ID "X"`, for messages.
    pub fn describe(&self, id: &str) -> String {
        format!("mapping with ID {}", quote(id))
    }

    fn read(&self, id: &str, wanted: &Wanted) -> Result<Mapping, Error> {
        let call = Call::get(self.path_of(id), NAMED);
        let Content { content: now } = self.client.one(&call, WHAT)?;
        self.check(now, wanted)
    }

    /// Path of the mapping with `id`. The server wants the organization in it too.
    fn path_of(&self, id: &str) -> String {
        let mut path = format!("{PATH}/");
        push_segment(&mut path, id);
        push_query(&mut path, &[self.org]);
        path
    }

    /// What the server says of a mapping, if that is as `wanted`.
    fn check(&self, mapping: Mapping, wanted: &Wanted) -> Result<Mapping, Error> {
        let Some((key, said, wanted)) = mapping.difference(wanted) else {
            return Ok(mapping);
        };
        let (said, wanted) = (self.client.quoted(said), self.client.quoted(wanted));
        let what = format!("the server says that its {key} is {said}, not {wanted}");
        Err(Error::new(Code::Unexpected, what))
    }
}
