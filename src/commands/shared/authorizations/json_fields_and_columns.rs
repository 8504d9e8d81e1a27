//! The fields of an authorization: JSON keys in order, and table columns.

use crate::api::authorizations::{Authorization, Permission};
use crate::output::layout::{Column, Layout, Record, Value, all_but_last, column};

/// The keys are those of the Go client.
const KEYS: &[&str] = &[
    "id",
    "description",
    "token",
    "status",
    "userName",
    "userID",
    "permissions",
];

/// The Go client has no `Status` column.
const LEGACY_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("Description", "description"),
    column("Username", "token"),
    column("v2 User Name", "userName"),
    column("v2 User ID", "userID"),
    column("Status", "status"),
    column("Permissions", "permissions"),
    column("Deleted", "deleted"),
];

/// `Token` is the third column, as in the Go client. It is empty, except after a creation.
const TOKEN_COLUMNS: &[Column] = &[
    column("ID", "id"),
    column("Description", "description"),
    column("Token", "token"),
    column("User Name", "userName"),
    column("User ID", "userID"),
    column("Status", "status"),
    column("Permissions", "permissions"),
    column("Deleted", "deleted"),
];

const fn layout(columns: &'static [Column]) -> Layout {
    Layout {
        columns,
        quiet: "id",
        keys: KEYS,
        list: Some(("permissions", "permission")),
        free_text: Some("description"),
    }
}

pub static LEGACY: Layout = layout(all_but_last(LEGACY_COLUMNS));

pub static LEGACY_DELETED: Layout = layout(LEGACY_COLUMNS);

pub static TOKENS: Layout = layout(all_but_last(TOKEN_COLUMNS));

pub static TOKENS_DELETED: Layout = layout(TOKEN_COLUMNS);

/// A new token. It is shown only once.
pub static TOKEN_CREATED: Layout = Layout {
    quiet: "token",
    ..layout(all_but_last(TOKEN_COLUMNS))
};

impl Record for Authorization {
    fn value(&self, name: &str) -> Value<'_> {
        match name {
            "id" => Value::Text(&self.id),
            "description" => Value::Text(&self.description),
            "token" => Value::Text(&self.token),
            "status" => Value::Text(&self.status),
            "userName" => Value::Text(&self.user),
            "userID" => Value::Text(&self.user_id),
            "permissions" => {
                let permissions = self.permissions.iter().map(Permission::text);
                Value::List(permissions.collect())
            }
            // It is only printed after the deletion.
            "deleted" => Value::Bool(true),
            _ => Value::Text(""),
        }
    }
}
