//! What `auth` and `v1 auth` have in common. Each group describes its kind of authorization.

pub mod change;
pub mod fields;
pub mod list;

use crate::api::authorizations::Kind;
use crate::output::layout::Layout;

/// A group of commands for one kind of authorization.
pub struct Group {
    pub kind: &'static Kind,
    /// How authorizations are printed.
    pub layout: &'static Layout,
    /// How deleted authorizations are printed.
    pub deleted: &'static Layout,
    /// The error if a command has no target.
    pub target_required: &'static str,
    /// The flags that name targets.
    pub target_hint: &'static str,
    /// What `--match` compares.
    pub match_fields: &'static str,
    /// One of them may be the token in use, so deactivating by `--match` needs consent.
    pub may_be_in_use: bool,
}
