//! An authorization as InfluxDB's answers hold it, as far as the program reads it.

use serde::{Deserialize, Deserializer};

/// A 1.x-compatible authorization. `id` and `status` must be there; another field that the server
/// leaves out, or answers with `null`, is empty.
#[derive(Debug, Default, Deserialize)]
pub struct Authorization {
    /// Sixteen hex digits.
    pub id: String,
    /// `active` or `inactive`.
    pub status: String,
    /// Free text.
    #[serde(default, deserialize_with = "or_null")]
    pub description: String,
    /// The username: the field is called so for it stands in place of a token.
    #[serde(default, deserialize_with = "or_null")]
    pub token: String,
    /// Name of the v2 user it belongs to.
    #[serde(default, deserialize_with = "or_null")]
    pub user: String,
    /// ID of the v2 user it belongs to.
    #[serde(default, rename = "userID", deserialize_with = "or_null")]
    pub user_id: String,
    /// ID of the organization it belongs to.
    #[serde(default, rename = "orgID", deserialize_with = "or_null")]
    pub org_id: String,
    /// Name of that organization.
    #[serde(default, deserialize_with = "or_null")]
    pub org: String,
    /// What it allows.
    #[serde(default, deserialize_with = "or_null")]
    pub permissions: Vec<Permission>,
}

/// One thing that an authorization allows.
#[derive(Debug, Deserialize)]
pub struct Permission {
    action: String,
    resource: Resource,
}

#[derive(Debug, Deserialize)]
struct Resource {
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    #[serde(rename = "orgID")]
    org_id: Option<String>,
}

impl Permission {
    /// `read:orgs/ORG/buckets/ID`, as `Permission.String` of the Go client has it, down to the slash
    /// in front of a type without an organization.
    pub fn text(&self) -> String {
        let resource = &self.resource;
        let mut text = [&self.action, ":"].concat();
        if let Some(org) = &resource.org_id {
            text.extend(["orgs/", org]);
        }
        text.extend(["/", &resource.kind]);
        if let Some(id) = &resource.id {
            text.extend(["/", id]);
        }
        text
    }
}

/// `null` as the empty value: Go writes an empty list so.
pub(super) fn or_null<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(json: &str) -> Option<String> {
        let permission: Permission = serde_json::from_str(json).ok()?;
        Some(permission.text())
    }

    #[test]
    fn permissions_read_like_the_go_clients() {
        let bucket =
            r#"{"action":"read","resource":{"type":"buckets","id":"c1","orgID":"a1","name":"m"}}"#;
        assert_eq!(shown(bucket), Some("read:orgs/a1/buckets/c1".into()));
        let org = r#"{"action":"write","resource":{"type":"buckets","orgID":"a1"}}"#;
        assert_eq!(shown(org), Some("write:orgs/a1/buckets".into()));
        let all = r#"{"action":"read","resource":{"type":"users","id":null}}"#;
        assert_eq!(shown(all), Some("read:/users".into()));
        let one = r#"{"action":"read","resource":{"type":"users","id":"b1"}}"#;
        assert_eq!(shown(one), Some("read:/users/b1".into()));
    }
}
