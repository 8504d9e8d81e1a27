//! An authorization as InfluxDB answers with it, without what the program does not read.

use super::credential::Credential;
use crate::client::null_is_empty;
use serde::Deserialize;

/// An authorization of either kind. A field that the server leaves out, or answers with `null`, is
/// empty.
#[derive(Debug, Default, Deserialize)]
pub struct Authorization {
    /// Sixteen hex digits.
    pub id: String,
    /// `active` or `inactive`.
    pub status: String,
    /// Free text.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub description: String,
    /// The username in the 1.x-compatible API, which reuses the field; else the token.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub token: String,
    /// Name of the v2 user it belongs to.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub user: String,
    /// ID of that user.
    #[serde(default, deserialize_with = "null_is_empty", rename = "userID")]
    pub user_id: String,
    /// ID of the organization it belongs to.
    #[serde(default, deserialize_with = "null_is_empty", rename = "orgID")]
    pub org_id: String,
    /// Name of that organization.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub org: String,
    /// What it allows.
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
}

/// One thing that an authorization allows.
#[derive(Debug, Deserialize)]
pub struct Permission {
    action: String,
    resource: PermittedResource,
}

/// What may be read or written: one thing with an ID, or all of a type, in one organization or all.
#[derive(Debug, Deserialize)]
struct PermittedResource {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    id: String,
    #[serde(default, deserialize_with = "null_is_empty", rename = "orgID")]
    org_id: String,
}

impl Permission {
    /// `read:orgs/ORG/buckets/ID`, as the Go client prints it: without an organization, there is still
    /// a slash in front of the type.
    pub fn text(&self) -> String {
        let PermittedResource { kind, id, org_id } = &self.resource;
        let org = if org_id.is_empty() { "" } else { "orgs/" };
        let slash = if id.is_empty() { "" } else { "/" };
        // Long lists have many of these, and format! would allocate several times for each.
        [&self.action, ":", org, org_id, "/", kind, slash, id].concat()
    }
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

    #[test]
    fn a_permission_needs_an_action_and_a_type() {
        for json in [
            "7",
            r#"{"resource":{"type":"users"}}"#,
            r#"{"action":"read"}"#,
            r#"{"action":"read","resource":{"id":"b1"}}"#,
            r#"{"action":"read","resource":"users"}"#,
        ] {
            assert_eq!(shown(json), None, "{json}");
        }
    }

    #[test]
    fn only_id_and_status_must_be_there() {
        let read = |json| serde_json::from_str::<Authorization>(json).ok();
        let bare = read(r#"{"id":"d1","status":"active","user":null,"permissions":null}"#);
        let bare = bare.unwrap();
        assert_eq!((bare.id.as_str(), bare.status.as_str()), ("d1", "active"));
        assert!(bare.token.is_empty() && bare.user.is_empty() && bare.permissions.is_empty());
        for json in [
            r#"{"id":"d1"}"#,
            r#"{"status":"active"}"#,
            r#"{"id":"d1","status":null}"#,
            r#"{"id":null,"status":"active"}"#,
            r#"{"id":"d1","status":"active","token":1}"#,
            r#"{"id":"d1","status":"active","status":"inactive"}"#,
        ] {
            assert!(read(json).is_none(), "{json}");
        }
    }
}
