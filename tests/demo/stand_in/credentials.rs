//! Checks credentials, and the permissions of tokens on v2 users.

use super::http_messages::{Credentials, Request, Response, ok, unauthorized};
use super::store::{BUCKET, Store};
use serde_json::{Value, json};

pub enum TokenState<'a> {
    Accepted(&'a Value),
    Inactive,
    UserInactive,
    Unknown,
}

impl Store {
    pub fn token_state(&self, token: &str) -> TokenState<'_> {
        let id = self.secrets.iter().find(|(secret, _)| secret == token);
        let row = id.and_then(|(_, id)| self.tokens.iter().find(|row| row["id"] == **id));
        match row {
            None => TokenState::Unknown,
            Some(row) if !self.has_active_user(row) => TokenState::UserInactive,
            Some(row) if row["status"] != "active" => TokenState::Inactive,
            Some(row) => TokenState::Accepted(row),
        }
    }

    fn accepts(&self, token: &str) -> bool {
        matches!(self.token_state(token), TokenState::Accepted(_))
    }

    /// Whether a 1.x client may sign in. If the username does not exist, InfluxDB accepts an API token as the
    /// password.
    fn accepts_login(&self, name: &str, password: &str) -> bool {
        let Some(row) = self.usernames.iter().find(|row| row["token"] == *name) else {
            return self.accepts(password);
        };
        let mut passwords = self.passwords.iter();
        row["status"] == "active"
            && self.has_active_user(row)
            && passwords.any(|(id, stored)| row["id"] == **id && password == stored)
    }
}

/// `GET /query`, which 1.x clients use.
pub fn query(request: &Request, store: &Store) -> Response {
    let (accepted, message) = match &request.credentials {
        Credentials::Nothing => (false, "unauthorized access"),
        Credentials::Token(token) => (store.accepts(token), "Unauthorized"),
        Credentials::Login(name, password) => (store.accepts_login(name, password), "Unauthorized"),
    };
    if !accepted {
        return unauthorized_compact(message);
    }
    let databases = json!({"name": "databases", "columns": ["name"], "values": [[BUCKET.1]]});
    ok(&json!({"results": [{"statement_id": 0, "series": [databases]}]}))
}

/// InfluxDB formats this error without the white space of `failure`.
pub fn unauthorized_compact(message: &str) -> Response {
    let body = json!({"code": "unauthorized", "message": message});
    ("401 Unauthorized", body.to_string())
}

pub fn user_is_inactive() -> Response {
    let body = json!({"code": "forbidden", "message": "User is inactive"});
    ("403 Forbidden", body.to_string())
}

/// Whether a token has permission for the `action`, `read` or `write`, on the v2 user with this ID.
pub fn is_allowed(token: &Value, action: &str, user: &str) -> bool {
    let permissions = token["permissions"].as_array();
    permissions.into_iter().flatten().any(|permission| {
        let resource = &permission["resource"];
        permission["action"] == action
            && resource["type"] == "users"
            && (resource["id"].is_null() || resource["id"] == user)
    })
}

/// Fails like InfluxDB if the token does not have the permission.
pub fn check_permission(token: &Value, action: &str, user: &str) -> Result<(), Response> {
    if is_allowed(token, action, user) {
        return Ok(());
    }
    Err(unauthorized(&format!(
        "{action}:users/{user} is unauthorized"
    )))
}
