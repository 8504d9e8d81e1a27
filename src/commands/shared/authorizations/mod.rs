//! What `auth`, `v1 auth` and `user` have in common. Each group describes its kind of credential.

pub mod change;
pub mod json_fields_and_columns;
pub mod list;

use crate::api::authorizations::Kind;
use crate::cli::flag::Flag;
use crate::output::layout::Layout;

/// A group of commands for one kind of credential.
pub struct Group {
    pub kind: &'static Kind,
    /// How authorizations are printed.
    pub layout: &'static Layout,
    /// How deleted authorizations are printed.
    pub deleted: &'static Layout,
    /// The flag that names targets by username or name.
    pub name_flag: &'static Flag,
    /// The error if a command has no target.
    pub target_required: &'static str,
    /// The hint for this error: the flags that name targets.
    pub target_hint: &'static str,
    /// The word in messages for what `--match` compares.
    pub match_fields: &'static str,
    /// Activating what `--match` finds requires `--yes`.
    pub consent_to_activate: bool,
    /// Deactivating what `--match` finds requires `--yes`, because the matches may include the
    /// token in use or its owner.
    pub consent_to_deactivate: bool,
    /// The owner of the token in use is not deactivated without `--yes`.
    pub protects_own_user: bool,
}
