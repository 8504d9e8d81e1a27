//! An authorization as InfluxDB's answers hold it, as far as the program reads it.

use crate::client::{Field, Fields, FromField};

/// A 1.x-compatible authorization. `id` and `status` must be there; another field that the server
/// leaves out, or answers with `null`, is empty.
#[derive(Debug, Default)]
pub struct Authorization {
    /// Sixteen hex digits.
    pub id: String,
    /// `active` or `inactive`.
    pub status: String,
    /// Free text.
    pub description: String,
    /// The username: the field is called so for it stands in place of a token.
    pub token: String,
    /// Name of the v2 user it belongs to.
    pub user: String,
    /// ID of the v2 user it belongs to.
    pub user_id: String,
    /// ID of the organization it belongs to.
    pub org_id: String,
    /// Name of that organization.
    pub org: String,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// One thing that an authorization allows: an object with an `action`, and a `resource` that has a
/// `type`.
#[derive(Debug)]
pub struct Permission(Field);

impl Permission {
    fn is_whole(&self) -> bool {
        let Field::Fields(fields) = &self.0 else {
            return false;
        };
        let resource = fields.object("resource");
        !fields.text("action").is_empty() && resource.is_some_and(|of| !of.text("type").is_empty())
    }

    /// `read:orgs/ORG/buckets/ID`, as `Permission.String` of the Go client has it, down to the slash
    /// in front of a type without an organization.
    pub fn text(&self) -> String {
        let Field::Fields(fields) = &self.0 else {
            return String::new();
        };
        let resource = fields.object("resource");
        let of = |key| resource.map_or("", |resource| resource.text(key));
        let mut text = [fields.text("action"), ":"].concat();
        let (org, id) = (of("orgID"), of("id"));
        if !org.is_empty() {
            text.extend(["orgs/", org]);
        }
        text.extend(["/", of("type")]);
        if !id.is_empty() {
            text.extend(["/", id]);
        }
        text
    }
}

impl FromField for Authorization {
    fn from_field(field: Field) -> Option<Authorization> {
        let mut fields = Fields::from_field(field)?;
        let permissions = match fields.take("permissions") {
            Field::Null => Vec::new(),
            Field::List(list) => list.into_iter().map(Permission).collect(),
            _ => return None,
        };
        if !permissions.iter().all(Permission::is_whole) {
            return None;
        }
        let (id, status) = (fields.take_text("id")?, fields.take_text("status")?);
        let mut text = |key| fields.take_text(key).unwrap_or_default();
        Some(Authorization {
            id,
            status,
            description: text("description"),
            token: text("token"),
            user: text("user"),
            user_id: text("userID"),
            org_id: text("orgID"),
            org: text("org"),
            permissions,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(json: &str) -> Option<String> {
        let permission = Permission(serde_json::from_str(json).ok()?);
        permission.is_whole().then(|| permission.text())
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
