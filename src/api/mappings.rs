//! Mappings of a database and retention policy to a bucket.

use super::lookup::{
    add_created_id, check_complete, check_created_id, check_usable_id, explain_id,
};
use crate::client::{Call, Client, Effect, Resource, object};
use crate::error::{Code, Error};
use crate::text::{quote, to_json};
use crate::url::{push_query, push_segment};
use serde::{Deserialize, Serialize};
use ureq::http::Method;

const PATH: &str = "/api/v2/dbrps";
const NOUN: &str = "mapping";
const ID_HINT: &str = "an ID has 16 hex digits; `v1 dbrp list` shows it";

/// The resources that requests about mappings name.
const NAMED: &[Resource] = &[Resource::Mapping, Resource::Organization, Resource::Bucket];

#[derive(Debug, Deserialize)]
pub struct Mapping {
    /// A virtual mapping has the ID of its bucket.
    pub id: String,
    pub database: String,
    pub retention_policy: String,
    /// It applies if a client names no retention policy.
    pub default: bool,
    /// It is derived from the name of its bucket. Servers before 2.4 do not send this field.
    #[serde(default, rename = "virtual")]
    pub is_virtual: bool,
    #[serde(rename = "orgID")]
    pub org_id: String,
    #[serde(rename = "bucketID")]
    pub bucket_id: String,
}

/// The response about one mapping.
#[derive(Deserialize)]
struct Content {
    #[serde(deserialize_with = "object")]
    content: Mapping,
}

/// The wanted fields of a mapping. A field that is `None` may have any value.
#[derive(Clone, Default, Serialize)]
pub struct Wanted<'a> {
    #[serde(skip)]
    pub id: Option<&'a str>,
    #[serde(rename = "bucketID", skip_serializing_if = "Option::is_none")]
    pub bucket_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<bool>,
    #[serde(rename = "orgID", skip_serializing_if = "Option::is_none")]
    pub org_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention_policy: Option<&'a str>,
    #[serde(skip)]
    pub is_virtual: Option<bool>,
}

impl Mapping {
    pub fn matches(&self, wanted: &Wanted) -> bool {
        self.difference(wanted).is_none()
    }

    /// The first field that differs from `wanted`: its key, its value and the wanted value.
    fn difference<'a>(&'a self, wanted: &Wanted<'a>) -> Option<(&'static str, &'a str, &'a str)> {
        let word = |on| if on { "true" } else { "false" };
        let (policy, wanted_policy) = (&*self.retention_policy, wanted.retention_policy);
        let fields = [
            ("id", &*self.id, wanted.id),
            ("bucketID", &*self.bucket_id, wanted.bucket_id),
            ("orgID", &*self.org_id, wanted.org_id),
            ("database", &*self.database, wanted.database),
            ("default", word(self.default), wanted.default.map(word)),
            ("retention_policy", policy, wanted_policy),
            (
                "virtual",
                word(self.is_virtual),
                wanted.is_virtual.map(word),
            ),
        ];
        fields.into_iter().find_map(|(key, value, wanted)| {
            let wanted = wanted?;
            let is_same = match key {
                // InfluxDB accepts upper-case hex digits, but returns lower-case ones.
                "id" | "bucketID" | "orgID" => value.eq_ignore_ascii_case(wanted),
                _ => value == wanted,
            };
            (!is_same).then_some((key, value, wanted))
        })
    }
}

/// `mapping with ID "X"`, for messages.
pub fn describe(id: &str) -> String {
    format!("{NOUN} with ID {}", quote(id))
}

/// The mappings of an organization.
pub struct Mappings<'c> {
    client: &'c Client,
    /// The query parameter that names the organization.
    org: (&'c str, &'c str),
}

impl<'c> Mappings<'c> {
    pub fn new(client: &'c Client, org: (&'c str, &'c str)) -> Self {
        Mappings { client, org }
    }

    /// Passes each mapping of the list to `each`, until `each` returns false.
    pub fn list(
        &self,
        query: &[(&str, &str)],
        each: &mut dyn FnMut(Mapping) -> bool,
    ) -> Result<(), Error> {
        let mut path = PATH.to_string();
        push_query(&mut path, query);
        let call = Call::new(path, NAMED);
        let mut checked_ids = Ok(());
        let mut check_each = |mapping: Mapping| {
            checked_ids = check_usable_id(&mapping.id);
            checked_ids.is_ok() && each(mapping)
        };
        let has_next_page = self
            .client
            .list(&call, "content", "mappings", &mut check_each)?;
        checked_ids.and(check_complete(has_next_page))
    }

    /// The existing mapping of the wanted database and retention policy, if any. Virtual mappings
    /// do not count, because a new mapping takes precedence over them. Exit code 7 if the mapping
    /// differs from `wanted`.
    pub fn find_existing(&self, wanted: &Wanted) -> Result<Option<Mapping>, Error> {
        let names = Wanted {
            database: wanted.database,
            retention_policy: wanted.retention_policy,
            ..Wanted::default()
        };
        let query = [
            self.org,
            ("db", wanted.database.unwrap_or_default()),
            ("rp", wanted.retention_policy.unwrap_or_default()),
        ];
        let mut existing = None;
        self.list(&query, &mut |mapping| {
            if !mapping.is_virtual && mapping.matches(&names) {
                existing = Some(mapping);
            }
            true
        })
        .map_err(|error| error.context("could not list mappings"))?;
        let Some(existing) = existing else {
            return Ok(None);
        };
        let described = format!("{NOUN} with ID {}", self.client.quoted(&existing.id));
        let checked = self.check(existing, wanted).map_err(|error| {
            error
                .context(&format!("{described} already exists"))
                .append("nothing was changed")
        });
        checked.map(Some)
    }

    pub fn get(&self, id: &str) -> Result<Mapping, Error> {
        let (org_key, org) = self.org;
        let wanted = Wanted {
            id: Some(id),
            // Mappings contain the ID of their organization, but not its name.
            org_id: Some(org).filter(|_| org_key == "orgID"),
            ..Wanted::default()
        };
        let call = Call::new(self.path_of(id), NAMED);
        let found = self.client.one(&call, NOUN);
        found
            .and_then(|Content { content }| self.check(content, &wanted))
            .map_err(|error| {
                explain_id(error, id, ID_HINT).context(&format!("could not find {}", describe(id)))
            })
    }

    /// Gets a mapping again after a change. Exit code 7 if the change has not taken effect.
    pub fn get_changed(&self, id: &str, wanted: &Wanted) -> Result<Mapping, Error> {
        self.get(id)
            .and_then(|mapping| self.check(mapping, wanted))
            .map_err(|error| error.append("the server had confirmed the change"))
    }

    pub fn create(&self, wanted: &Wanted) -> Result<Mapping, Error> {
        let body = to_json(wanted);
        let call = Call {
            method: Method::POST,
            body: Some(&body),
            effect: Effect::Once,
            ..Call::new(PATH.to_string(), NAMED)
        };
        let created: Mapping = self.client.one(&call, NOUN)?;
        check_created_id(&created.id)?;
        self.check_created(created, wanted)
    }

    /// Checks a mapping that was just created. Exit code 7 if it differs from `wanted`.
    pub fn check_created(&self, created: Mapping, wanted: &Wanted) -> Result<Mapping, Error> {
        let id = created.id.clone();
        self.check(created, wanted)
            .map_err(|error| add_created_id(error, &id))
    }

    /// Changes a mapping. Exit code 7 if it differs from `wanted` afterwards.
    pub fn update(&self, id: &str, changes: &Wanted, wanted: &Wanted) -> Result<Mapping, Error> {
        let body = to_json(changes);
        let call = Call {
            method: Method::PATCH,
            body: Some(&body),
            effect: Effect::Repeatable,
            ..Call::new(self.path_of(id), NAMED)
        };
        let Content { content } = self.client.one(&call, NOUN)?;
        self.check(content, wanted)
    }

    pub fn remove(&self, id: &str) -> Result<(), Error> {
        self.client.act(&Call {
            method: Method::DELETE,
            effect: Effect::Removal,
            ..Call::new(self.path_of(id), NAMED)
        })
    }

    /// The path of a mapping. The server requires the organization in the query.
    fn path_of(&self, id: &str) -> String {
        let mut path = format!("{PATH}/");
        push_segment(&mut path, id);
        push_query(&mut path, &[self.org]);
        path
    }

    /// Returns the mapping if it matches `wanted`. Otherwise, the exit code is 7.
    fn check(&self, mapping: Mapping, wanted: &Wanted) -> Result<Mapping, Error> {
        let Some((key, actual, wanted)) = mapping.difference(wanted) else {
            return Ok(mapping);
        };
        let (actual, wanted) = (self.client.quoted(actual), self.client.quoted(wanted));
        let what = format!("the server reports {key} {actual}, not {wanted}");
        Err(Error::new(Code::Unexpected, what))
    }
}
