//! What the stand-in stores: users, usernames, tokens and mappings, in memory.

use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

pub const TOKEN: &str = "demo-token";
/// The password of every username that exists at the start.
pub const PASSWORD: &str = "demo-password";
/// ID and name of the v2 users. All but what is kim's belongs to the first.
pub const USERS: [(&str, &str); 2] = [("0e1f2a3b4c5d6c01", "admin"), ("0e1f2a3b4c5d6c02", "kim")];
/// ID and name of the usernames that exist at the start, all of them active.
pub const USERNAMES: [(&str, &str); 4] = [
    ("0e1f2a3b4c5d6001", "telegraf"),
    ("0e1f2a3b4c5d6002", "grafana"),
    ("0e1f2a3b4c5d6003", "collector"),
    ("0e1f2a3b4c5d6004", "kim"),
];
/// ID and description of the tokens that exist at the start.
pub const TOKENS: [(&str, &str); 3] = [
    ("0e1f2a3b4c5d7001", "operator"),
    ("0e1f2a3b4c5d7002", "telegraf agent"),
    ("0e1f2a3b4c5d7003", "kim's laptop"),
];
/// The second and the third of them. The first is [`TOKEN`].
pub const AGENT_TOKEN: &str = "demo-token-of-telegraf";
pub const LAPTOP_TOKEN: &str = "demo-token-of-kim";

/// ID and name of the only organization and of the only bucket.
pub const ORG: (&str, &str) = ("0e1f2a3b4c5d6a01", "plant");
pub const BUCKET: (&str, &str) = ("0e1f2a3b4c5d6b01", "metrics");

/// The kinds of things that permissions are about.
pub const RESOURCES: [&str; 5] = ["authorizations", "buckets", "orgs", "users", "instance"];

pub struct Store {
    pub users: Vec<Value>,
    pub usernames: Vec<Value>,
    /// Username's ID and password.
    pub passwords: Vec<(String, String)>,
    /// As lists show them, without the token itself.
    pub tokens: Vec<Value>,
    /// The tokens themselves, each with its ID.
    pub secrets: Vec<(String, String)>,
    pub mappings: Vec<Value>,
}

impl Store {
    pub fn at_the_start() -> Store {
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
                everything()
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

/// A new authorization of this user, active.
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

/// The permission to read the bucket.
fn read_bucket() -> Value {
    let bucket = json!({
        "type": "buckets", "id": BUCKET.0, "orgID": ORG.0, "name": BUCKET.1, "org": ORG.1,
    });
    json!([{"action": "read", "resource": bucket}])
}

/// The permissions of an operator token.
fn everything() -> Value {
    let both = |kind| {
        ["read", "write"].map(|action| json!({"action": action, "resource": {"type": kind}}))
    };
    RESOURCES.into_iter().flat_map(both).collect()
}

/// An ID that was never used, also not by something that is deleted by now.
pub fn new_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0x6101);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("0e1f2a3b4c5d{next:04x}")
}
