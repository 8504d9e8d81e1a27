//! Whom the stand-in lets in, and who may see and change which v2 user.

use super::answers::{Answer, Credentials, Request, ok, unauthorized};
use super::store::{BUCKET, Store};
use serde_json::{Value, json};

/// What is known about a token.
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

    /// Whether a 1.x client gets in. With a name that is no username, a token counts as the password.
    fn accepts_login(&self, name: &str, password: &str) -> bool {
        let Some(row) = self.usernames.iter().find(|row| row["token"] == *name) else {
            return self.accepts(password);
        };
        let mut passwords = self.passwords.iter();
        row["status"] == "active"
            && self.has_active_user(row)
            && passwords.any(|(id, right)| row["id"] == **id && password == right)
    }
}

/// `GET /query`, the door of 1.x clients.
pub fn query(request: &Request, store: &Store) -> Answer {
    let (accepted, message) = match &request.credentials {
        Credentials::Nothing => (false, "unauthorized access"),
        Credentials::Token(token) => (store.accepts(token), "Unauthorized"),
        Credentials::Login(name, password) => (store.accepts_login(name, password), "Unauthorized"),
    };
    if !accepted {
        return unauthorized_plainly(message);
    }
    let databases = json!({"name": "databases", "columns": ["name"], "values": [[BUCKET.1]]});
    ok(&json!({"results": [{"statement_id": 0, "series": [databases]}]}))
}

/// Without the white space that other errors have.
pub fn unauthorized_plainly(message: &str) -> Answer {
    let body = json!({"code": "unauthorized", "message": message});
    ("401 Unauthorized", body.to_string())
}

pub fn user_is_inactive() -> Answer {
    let body = json!({"code": "forbidden", "message": "User is inactive"});
    ("403 Forbidden", body.to_string())
}

/// Whether a token has the permission to `read` or `write` the v2 user with this ID.
pub fn may(token: &Value, action: &str, user: &str) -> bool {
    let permissions = token["permissions"].as_array();
    permissions.into_iter().flatten().any(|permission| {
        let resource = &permission["resource"];
        permission["action"] == action
            && resource["type"] == "users"
            && (resource["id"].is_null() || resource["id"] == user)
    })
}

/// Fails as InfluxDB does without that permission.
pub fn check_may(token: &Value, action: &str, user: &str) -> Result<(), Answer> {
    if may(token, action, user) {
        return Ok(());
    }
    Err(unauthorized(&format!(
        "{action}:users/{user} is unauthorized"
    )))
}
