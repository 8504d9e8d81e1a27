//! `influx auth`: tokens of the v2 API.

mod active;
mod check;
mod create;
mod delete;
mod inactive;
mod list;
mod permissions;

use crate::api::authorizations::TOKENS;
use crate::cli::command::{Body, Command};
use crate::commands::shared::authorizations::{Group, json_fields_and_columns as fields};
use crate::commands::shared::targets::USERNAMES;

static GROUP: Group = Group {
    kind: &TOKENS,
    layout: &fields::TOKENS,
    deleted: &fields::TOKENS_DELETED,
    name_flag: &USERNAMES,
    target_required: "id required",
    target_hint: "use --id for one authorization, or --match for several",
    match_fields: "description",
    consent_to_activate: false,
    consent_to_deactivate: true,
    protects_own_user: false,
};

pub const AUTH: Command = Command {
    name: "auth",
    aliases: &["authorization"],
    summary: "Manage API tokens (v2 authorizations)",
    details: "",
    examples: "auth list\n\
               auth inactive --id 0e1f2a3b4c5d7002",
    body: Body::Group(&[
        inactive::INACTIVE,
        active::ACTIVE,
        list::LIST,
        create::CREATE,
        delete::DELETE,
        check::CHECK,
    ]),
};
