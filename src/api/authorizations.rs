//! The two kinds of authorizations that InfluxDB has: usernames of the 1.x API and tokens of the v2
//! API.

use super::collection::Collection;
use super::credential::Credential;
pub use super::credential::{By, Kind, Status};
use super::lookup::{add_created_id, check_created_id};
use crate::client::{Call, Effect, Resource, null_is_empty};
use crate::error::{Code, Error};
use crate::text::to_json;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

/// The authorizations of one kind on a server.
pub type Authorizations<'c> = Collection<'c, Authorization>;

/// Usernames and passwords of the 1.x-compatible API.
pub static LEGACY: Kind = Kind {
    path: "/private/legacy/authorizations",
    key: "authorizations",
    noun: "authorization",
    name_noun: "username",
    name_parameter: "token",
    resource: &[Resource::Authorization],
    has_tokens: false,
    is_paged: false,
    id_hint: "an ID has 16 hex digits; use --username for a name, and repeat --id for several IDs",
    not_shown_hint: "only an operator token sees the authorizations of other v2 users; if the \
                     organization or v2 user of this one was deleted, only `delete --id` frees \
                     the username",
};

/// Tokens of the v2 API. They have no names.
pub static TOKENS: Kind = Kind {
    path: "/api/v2/authorizations",
    has_tokens: true,
    id_hint: "an ID has 16 hex digits; use --match for a description, and repeat --id for several IDs",
    not_shown_hint: "only an operator token sees the authorizations of other v2 users, and an inactive \
                     token sees none",
    ..LEGACY
};

/// An authorization of either kind, with the fields that the program needs. A field that the server
/// omits or sends as `null` is empty.
#[derive(Debug, Default, Deserialize)]
pub struct Authorization {
    pub id: String,
    /// `active` or `inactive`.
    pub status: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub description: String,
    /// The token, or the username: the 1.x-compatible API reuses the field.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub token: String,
    /// Name of the v2 user that it belongs to.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub user: String,
    #[serde(default, deserialize_with = "null_is_empty", rename = "userID")]
    pub user_id: String,
    /// ID of the organization that it belongs to.
    #[serde(default, deserialize_with = "null_is_empty", rename = "orgID")]
    pub org_id: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub org: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub permissions: Vec<Permission>,
}

impl Credential for Authorization {
    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.token
    }

    fn status(&self) -> &str {
        &self.status
    }

    fn forget_token(&mut self) {
        self.token.clear();
    }

    fn description(&self) -> &str {
        &self.description
    }

    fn from_id(id: &str) -> Self {
        Authorization {
            id: id.to_string(),
            ..Authorization::default()
        }
    }
}

/// An action on a resource that an authorization allows.
#[derive(Debug, Deserialize, Serialize)]
pub struct Permission {
    action: String,
    resource: PermittedResource,
}

/// A resource that may be read or written. An empty ID means all resources of this type. An empty
/// organization ID means all organizations.
#[derive(Debug, Deserialize, Serialize)]
struct PermittedResource {
    #[serde(default, deserialize_with = "null_is_empty")]
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
    #[serde(default, deserialize_with = "null_is_empty", rename = "orgID")]
    #[serde(skip_serializing_if = "String::is_empty")]
    org_id: String,
    #[serde(rename = "type")]
    kind: String,
}

impl Permission {
    /// An empty ID means all, as in [`PermittedResource`].
    pub fn new(action: &str, kind: &str, id: &str, org_id: &str) -> Self {
        Permission {
            action: action.to_string(),
            resource: PermittedResource {
                id: id.to_string(),
                org_id: org_id.to_string(),
                kind: kind.to_string(),
            },
        }
    }

    /// The text that the Go client prints: `read:orgs/ORG/buckets/ID`. Without an organization,
    /// there is still a slash before the type.
    pub fn text(&self) -> String {
        let PermittedResource { kind, id, org_id } = &self.resource;
        let org = if org_id.is_empty() { "" } else { "orgs/" };
        let slash = if id.is_empty() { "" } else { "/" };
        // Allocates only once, because the rows of long lists have several permissions each.
        [&self.action, ":", org, org_id, "/", kind, slash, id].concat()
    }
}

/// The body of a request to create an authorization.
#[derive(Serialize)]
pub struct NewAuthorization<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<&'a str>,
    #[serde(rename = "orgID")]
    pub org_id: &'a str,
    pub permissions: Vec<Permission>,
    /// The username of a 1.x authorization.
    #[serde(rename = "token", skip_serializing_if = "Option::is_none")]
    pub username: Option<&'a str>,
    /// ID of the v2 user who will own it. `None` means the user of the token in use.
    #[serde(rename = "userID", skip_serializing_if = "Option::is_none")]
    pub user_id: Option<&'a str>,
}

impl Authorizations<'_> {
    /// Creates an authorization and returns it with its token. Only this response contains the
    /// token.
    ///
    /// Exit code 7 if the response differs from `wanted`.
    pub fn create(&self, wanted: &NewAuthorization) -> Result<Authorization, Error> {
        let body = to_json(wanted);
        let call = Call {
            method: Method::POST,
            body: Some(&body),
            effect: Effect::Once,
            ..self.credentials_call(self.kind.path.to_string(), &[Resource::Bucket])
        };
        let created: Authorization = self.client.one(&call, self.kind.noun)?;
        check_created_id(&created.id)?;
        match wanted.difference(&created) {
            None => Ok(created),
            Some(what) => {
                let error = Error::new(Code::Unexpected, what);
                Err(add_created_id(error, &created.id).hint("`delete --id` removes it"))
            }
        }
    }
}

impl NewAuthorization<'_> {
    /// How the response differs from the request. The message does not quote the response, because
    /// any field may contain a token.
    fn difference(&self, created: &Authorization) -> Option<&'static str> {
        let is_other = |wanted: &str, id: &str| !wanted.eq_ignore_ascii_case(id);
        if is_other(self.org_id, &created.org_id) {
            return Some("the server created it in another organization");
        }
        if self
            .user_id
            .is_some_and(|id| is_other(id, &created.user_id))
        {
            return Some("the server created it for another user");
        }
        if self.username.is_some_and(|name| name != created.token) {
            return Some("the server created it with another username");
        }
        if created.status != Status::Active.word() {
            return Some("the server created it with another status");
        }
        let (wanted, created_with) = (texts(&self.permissions), texts(&created.permissions));
        let has_all = wanted.iter().all(|text| created_with.contains(text));
        let has_others = created_with.iter().any(|text| !wanted.contains(text));
        if !has_all || has_others {
            return Some("the server created it with other permissions");
        }
        let is_token = self.username.is_none();
        (is_token && created.token.is_empty()).then_some("the response does not contain the token")
    }

    /// How an existing authorization differs from the wanted one. It may allow more.
    pub fn difference_to_existing(&self, existing: &Authorization) -> Option<&'static str> {
        let (wanted, allowed) = (texts(&self.permissions), texts(&existing.permissions));
        if !self.org_id.eq_ignore_ascii_case(&existing.org_id) {
            Some("it belongs to another organization")
        } else if existing.status != Status::Active.word() {
            Some("it is inactive")
        } else if !wanted.iter().all(|permission| allowed.contains(permission)) {
            Some("it lacks a permission that you asked for")
        } else {
            None
        }
    }
}

/// The texts of permissions, for comparison. InfluxDB accepts upper-case hex digits, but returns
/// lower-case ones.
fn texts(permissions: &[Permission]) -> Vec<String> {
    let texts = permissions.iter().map(Permission::text);
    texts.map(|text| text.to_ascii_lowercase()).collect()
}
