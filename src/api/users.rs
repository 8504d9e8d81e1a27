//! v2 users.

use super::collection::Collection;
use super::credential::{Credential, Kind};
use super::server_object::ServerObject;
use crate::client::Resource;
use serde::Deserialize;

/// The v2 users of a server.
pub type Users<'c> = Collection<'c, User>;

/// A v2 user with all fields that the server sent.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct User(pub ServerObject);

impl Credential for User {
    fn id(&self) -> &str {
        self.0.text("id")
    }

    fn name(&self) -> &str {
        self.0.text("name")
    }

    fn status(&self) -> &str {
        self.0.text("status")
    }

    fn from_id(id: &str) -> Self {
        let id = serde_json::Value::String(id.to_string());
        User(ServerObject([("id".to_string(), id)].into_iter().collect()))
    }
}

/// v2 users. Deactivating a user blocks everything that the user owns.
pub static USERS: Kind = Kind {
    path: "/api/v2/users",
    key: "users",
    noun: "user",
    name_noun: "name",
    name_parameter: "name",
    resource: &[Resource::User],
    has_tokens: false,
    is_paged: true,
    id_hint: "an ID has 16 hex digits; use --name for a name",
    not_shown_hint: "only an operator token sees other users",
};
