//! The columns and JSON keys of authorizations.

use crate::api::authorizations::{Authorization, Permission};
use crate::output::layout::{Column, Layout, Record, Value, all_but_last, column};

/// The keys are those of the Go client.
const KEYS: &[(&str, usize)] = &[
    ("id", 0),
    ("description", 1),
    ("token", 2),
    ("status", 3),
    ("userName", 4),
    ("userID", 5),
    ("permissions", 6),
];

/// The Go client has no `Status`.
const LEGACY_COLUMNS: &[Column] = &[
    column("ID", 0),
    column("Description", 1),
    column("Username", 2),
    column("v2 User Name", 4),
    column("v2 User ID", 5),
    column("Status", 3),
    column("Permissions", 6),
    column("Deleted", 7),
];

const TOKEN_COLUMNS: &[Column] = &[
    column("ID", 0),
    column("Description", 1),
    column("User Name", 4),
    column("User ID", 5),
    column("Status", 3),
    column("Permissions", 6),
    column("Deleted", 7),
];

const fn layout(columns: &'static [Column]) -> Layout {
    Layout {
        columns,
        quiet: 0,
        keys: KEYS,
        list: Some((6, "permission")),
        free_text: Some(1),
    }
}

pub static LEGACY: Layout = layout(all_but_last(LEGACY_COLUMNS));

pub static LEGACY_DELETED: Layout = layout(LEGACY_COLUMNS);

pub static TOKENS: Layout = layout(all_but_last(TOKEN_COLUMNS));

pub static TOKENS_DELETED: Layout = layout(TOKEN_COLUMNS);

/// The place of the token among the columns of [`TOKEN_CREATED`].
pub const TOKEN_COLUMN: usize = 2;

/// A new token. It is shown only once.
pub static TOKEN_CREATED: Layout = Layout {
    quiet: 2,
    ..layout(&[
        column("ID", 0),
        column("Description", 1),
        column("Token", 2),
        column("User Name", 4),
        column("User ID", 5),
        column("Status", 3),
        column("Permissions", 6),
    ])
};

impl Record for Authorization {
    fn values(&self) -> Vec<Value<'_>> {
        let permissions = self.permissions.iter().map(Permission::text);
        vec![
            Value::from(&self.id),
            Value::from(&self.description),
            Value::from(&self.token),
            Value::from(&self.status),
            Value::from(&self.user),
            Value::from(&self.user_id),
            Value::List(permissions.collect()),
            // Deleted
            Value::Bool(true),
        ]
    }
}
