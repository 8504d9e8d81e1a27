//! `influx v1 auth`: the usernames and passwords of 1.x clients.

mod create;
mod delete;
mod list;
mod set_password;
mod set_status;

use crate::api::authorizations::LEGACY;
use crate::cli::command::{Body, Command};
use crate::commands::shared::authorizations::{Group, columns};
use crate::commands::shared::common::COMMON;

/// The kind of authorizations that these commands are about.
static GROUP: Group = Group {
    kind: &LEGACY,
    layout: &columns::LEGACY,
    deleted: &columns::LEGACY_DELETED,
    required: [
        "id or username required",
        "--id or --username names an authorization, --match finds several",
    ],
    fields: "username or description",
    may_be_in_use: false,
};

/// The group.
pub const AUTH: Command = Command {
    name: "auth",
    aliases: &["authorization"],
    summary: "Authorizations: the usernames and passwords of 1.x clients",
    details: "",
    examples: "v1 auth list\n\
               v1 auth set-inactive --username telegraf",
    body: Body::Group(&[
        Command {
            name: "set-inactive",
            aliases: &[],
            summary: "Deactivate authorizations",
            details: "Exit code 0 means that the server said of each authorization that it is inactive now. \
                      One that was inactive before is success. Tokens of the v2 API are not touched: `auth inactive` is for those.",
            examples: "v1 auth set-inactive --id 00xX00o0X001\n\
                       v1 auth set-inactive --match 'old-*' --dry-run",
            body: Body::Leaf {
                own: set_status::FLAGS,
                common: &COMMON,
                run: set_status::set_inactive,
            },
        },
        Command {
            name: "set-active",
            aliases: &[],
            summary: "Activate authorizations, the undo of set-inactive",
            details: "Exit code 0 means that the server said of each authorization that it is active now.",
            examples: "v1 auth set-active --id 00xX00o0X001",
            body: Body::Leaf {
                own: set_status::FLAGS,
                common: &COMMON,
                run: set_status::set_active,
            },
        },
        Command {
            name: "list",
            aliases: &["ls", "find"],
            summary: "List authorizations",
            details: "Every flag of its own narrows the list. A username, user or organization that there \
                      is not ends with exit code 6; a list that is merely empty, with 0.",
            examples: "v1 auth list --status inactive",
            body: Body::Leaf {
                own: list::FLAGS,
                common: &COMMON,
                run: list::list,
            },
        },
        Command {
            name: "create",
            aliases: &[],
            summary: "Create an authorization",
            details: "A username, an organization and a bucket are required. Where the password cannot be \
                      set, the new authorization is removed again.",
            examples: "v1 auth create --username cpu --org lab --write-bucket 00xX00o0X001",
            body: Body::Leaf {
                own: create::FLAGS,
                common: &COMMON,
                run: create::create,
            },
        },
        Command {
            name: "delete",
            aliases: &[],
            summary: "Remove authorizations for good",
            details: "Prints what was removed. There is no undo: set-inactive cuts an authorization off \
                      and keeps it.",
            examples: "v1 auth delete --id 00xX00o0X001",
            body: Body::Leaf {
                own: delete::FLAGS,
                common: &COMMON,
                run: delete::delete,
            },
        },
        Command {
            name: "set-password",
            aliases: &[],
            summary: "Set the password of an authorization",
            details: "The authorization is named by its ID or its username. Success prints nothing.",
            examples: "v1 auth set-password --username telegraf",
            body: Body::Leaf {
                own: set_password::FLAGS,
                common: &COMMON,
                run: set_password::set_password,
            },
        },
    ]),
};
