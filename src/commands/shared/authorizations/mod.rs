//! What is done about authorizations of either kind. A group of commands says which kind it is about,
//! and how it prints them.

pub mod columns;
pub mod delete;
pub mod list;
pub mod matching;
pub mod run;
pub mod set_status;

use crate::api::authorizations::Kind;
use crate::output::layout::Layout;

/// A group of commands about authorizations.
pub struct Group {
    /// Their kind.
    pub kind: &'static Kind,
    /// How they are printed.
    pub layout: &'static Layout,
    /// How those that were removed are printed.
    pub deleted: &'static Layout,
    /// What is said where none is named: what is required, and the flags for it.
    pub required: [&'static str; 2],
    /// What a pattern may fit.
    pub fields: &'static str,
    /// One of them may be the token in use.
    pub may_be_in_use: bool,
}
