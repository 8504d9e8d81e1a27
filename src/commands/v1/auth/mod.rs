//! `influx v1 auth`: the usernames and passwords of 1.x clients.

mod check;
mod create;
mod delete;
mod list;
mod set_active;
mod set_inactive;
mod set_password;

use crate::api::authorizations::LEGACY;
use crate::cli::command::{Body, Command};
use crate::commands::shared::authorizations::{Group, json_fields_and_columns as fields};
use crate::commands::shared::targets::USERNAMES;

static GROUP: Group = Group {
    kind: &LEGACY,
    layout: &fields::LEGACY,
    deleted: &fields::LEGACY_DELETED,
    name_flag: &USERNAMES,
    target_required: "id or username required",
    target_hint: "use --id or --username for one authorization, or --match for several",
    match_fields: "username or description",
    consent_to_activate: false,
    consent_to_deactivate: false,
    protects_own_user: false,
};

pub const AUTH: Command = Command {
    name: "auth",
    aliases: &["authorization"],
    summary: "Manage usernames and passwords of 1.x clients (v1 authorizations)",
    details: "",
    examples: "v1 auth list\n\
               v1 auth set-inactive --username telegraf",
    body: Body::Group(&[
        set_inactive::SET_INACTIVE,
        set_active::SET_ACTIVE,
        list::LIST,
        create::CREATE,
        delete::DELETE,
        set_password::SET_PASSWORD,
        check::CHECK,
    ]),
};
