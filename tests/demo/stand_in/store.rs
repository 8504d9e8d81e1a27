//! The stand-in's users, usernames, tokens and mappings.

use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

pub const TOKEN: &str = "demo-token";
/// The password of the initial usernames.
pub const PASSWORD: &str = "demo-password";
/// ID and name of the v2 users. `kim` owns the usernames and tokens with "kim" in the name. `admin` owns the
/// others.
pub const USERS: [(&str, &str); 2] = [("0e1f2a3b4c5d6c01", "admin"), ("0e1f2a3b4c5d6c02", "kim")];
/// ID and name of the initial usernames. All of them are active.
pub const USERNAMES: [(&str, &str); 4] = [
    ("0e1f2a3b4c5d6001", "telegraf"),
    ("0e1f2a3b4c5d6002", "grafana"),
    ("0e1f2a3b4c5d6003", "collector"),
    ("0e1f2a3b4c5d6004", "kim"),
];
/// ID and description of the initial tokens.
pub const TOKENS: [(&str, &str); 3] = [
    ("0e1f2a3b4c5d7001", "operator"),
    ("0e1f2a3b4c5d7002", "telegraf agent"),
    ("0e1f2a3b4c5d7003", "kim's laptop"),
];
/// The second of [`TOKENS`]. [`TOKEN`] is the first.
pub const AGENT_TOKEN: &str = "demo-token-of-telegraf";
/// The third of [`TOKENS`].
pub const LAPTOP_TOKEN: &str = "demo-token-of-kim";

/// ID and name of the only organization and of the only bucket.
pub const ORG: (&str, &str) = ("0e1f2a3b4c5d6a01", "plant");
pub const BUCKET: (&str, &str) = ("0e1f2a3b4c5d6b01", "metrics");

/// The resource types that permissions can name.
pub const RESOURCES: [&str; 5] = ["authorizations", "buckets", "orgs", "users", "instance"];

pub struct Store {
    pub users: Vec<Value>,
    pub usernames: Vec<Value>,
    /// The ID of each username, and its password.
    pub passwords: Vec<(String, String)>,
    /// Without the tokens themselves, as lists show them.
    pub tokens: Vec<Value>,
    /// Each token and its ID.
    pub secrets: Vec<(String, String)>,
    pub mappings: Vec<Value>,
}

impl Store {
    pub fn initial() -> Store {
        let [admin, kim] = USERS.map(|(id, name)| user(id, name));
        let owner = |name: &str| if name.contains("kim") { &kim } else { &admin };
        let username = |(id, name): (&str, &str)| {
            let description = match name {
                "kim" => "kim's notebook".to_string(),
                name => format!("{name} of plant 7"),
            };
            authorization(id, name, &description, owner(name), &read_bucket())
        };
        let token = |(id, description): (&str, &str)| {
            let permissions = if description == "operator" {
                all_permissions()
            } else {
                read_bucket()
            };
            authorization(id, "", description, owner(description), &permissions)
        };
        let secrets = [TOKEN, AGENT_TOKEN, LAPTOP_TOKEN].into_iter().zip(TOKENS);
        Store {
            usernames: USERNAMES.map(username).to_vec(),
            passwords: USERNAMES
                .map(|(id, _)| (id.into(), PASSWORD.into()))
                .to_vec(),
            tokens: TOKENS.map(token).to_vec(),
            secrets: secrets
                .map(|(secret, (id, _))| (secret.into(), id.into()))
                .collect(),
            users: vec![admin, kim],
            mappings: Vec::new(),
        }
    }

    /// The status of the user, username or token with this ID.
    pub fn status(&self, id: &str) -> Option<String> {
        let mut all = self.usernames.iter().chain(&self.tokens).chain(&self.users);
        let row = all.find(|row| row["id"] == id)?;
        row["status"].as_str().map(String::from)
    }

    /// Whether the user who owns this authorization is active.
    pub fn has_active_user(&self, authorization: &Value) -> bool {
        let mut users = self.users.iter();
        users.any(|user| user["id"] == authorization["userID"] && user["status"] == "active")
    }
}

fn user(id: &str, name: &str) -> Value {
    json!({"links": {"self": format!("/api/v2/users/{id}")}, "id": id, "name": name, "status": "active"})
}

/// An active authorization that belongs to `user`.
pub fn authorization(
    id: &str,
    username: &str,
    description: &str,
    user: &Value,
    permissions: &Value,
) -> Value {
    json!({
        "id": id, "token": username, "status": "active", "description": description,
        "orgID": ORG.0, "org": ORG.1, "userID": user["id"], "user": user["name"],
        "permissions": permissions,
    })
}

fn read_bucket() -> Value {
    let bucket = json!({
        "type": "buckets", "id": BUCKET.0, "orgID": ORG.0, "name": BUCKET.1, "org": ORG.1,
    });
    json!([{"action": "read", "resource": bucket}])
}

/// The permissions of an operator token.
fn all_permissions() -> Value {
    let read_and_write = |kind| {
        ["read", "write"].map(|action| json!({"action": action, "resource": {"type": kind}}))
    };
    RESOURCES.into_iter().flat_map(read_and_write).collect()
}

/// A new ID. IDs are never reused, not even after a deletion.
pub fn new_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0x6101);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("0e1f2a3b4c5d{next:04x}")
}
