//! `influx v1 dbrp`: which bucket a 1.x client means by a database and a retention policy.

mod columns;
mod create;
mod delete;
mod list;
mod update;

use crate::api::mappings::{Mapping, Mappings};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{BASE, Flag, Takes};
use crate::commands::shared::common::COMMON;
use crate::commands::shared::targets;
use crate::error::{Code, Error};
use crate::url::check_name;

static ID: Flag = Flag {
    help: "ID of the mapping",
    ..targets::ID
};

static DB: Flag = Flag {
    long: "db",
    takes: Takes::Text("NAME"),
    help: "Database that 1.x clients name",
    check: Some(check_name),
    ..BASE
};

static RP: Flag = Flag {
    long: "rp",
    help: "Retention policy that 1.x clients name",
    ..DB
};

static BUCKET_ID: Flag = Flag {
    long: "bucket-id",
    takes: Takes::Text("ID"),
    help: "ID of the bucket",
    ..DB
};

static DEFAULT: Flag = Flag {
    long: "default",
    ..BASE
};

/// The group.
pub const DBRP: Command = Command {
    name: "dbrp",
    aliases: &[],
    summary: "Mappings: which bucket a database and retention policy of 1.x clients mean",
    details: "",
    examples: "v1 dbrp list",
    body: Body::Group(&[
        Command {
            name: "list",
            aliases: &["ls", "find"],
            summary: "List mappings",
            details: "Every flag of its own narrows the list. A mapping that is virtual comes of the \
                      bucket's name alone, and can be neither changed nor removed.",
            examples: "v1 dbrp list --db metrics",
            body: Body::Leaf {
                own: list::FLAGS,
                common: &COMMON,
                run: list::list,
            },
        },
        Command {
            name: "create",
            aliases: &[],
            summary: "Create a mapping",
            details: "A database, a retention policy, a bucket and an organization are required. The \
                      first mapping of a database is its default anyway.",
            examples: "v1 dbrp create --db metrics --rp week --bucket week --org plant",
            body: Body::Leaf {
                own: create::FLAGS,
                common: &COMMON,
                run: create::create,
            },
        },
        Command {
            name: "update",
            aliases: &[],
            summary: "Change a mapping's retention policy, or whether it is the default",
            details: "Exit code 0 means that the server said of the mapping that it is so now. A \
                      virtual one cannot be changed (exit code 7).",
            examples: "v1 dbrp update --id 0e1f2a3b4c5d7002 --rp month",
            body: Body::Leaf {
                own: update::FLAGS,
                common: &COMMON,
                run: update::update,
            },
        },
        Command {
            name: "delete",
            aliases: &[],
            summary: "Remove mappings",
            details: "Prints what was removed. The bucket and its data stay. A virtual mapping cannot \
                      be removed (exit code 7).",
            examples: "v1 dbrp delete --id 0e1f2a3b4c5d7002",
            body: Body::Leaf {
                own: delete::FLAGS,
                common: &COMMON,
                run: delete::delete,
            },
        },
    ]),
};

/// What `--default` says, if it was given.
fn default_given(args: &Args) -> Option<bool> {
    args.text(&DEFAULT).map(|_| args.is_on(&DEFAULT))
}

/// The mapping with `id`, where it is one that can be changed or removed. Of a virtual one, InfluxDB
/// says that either was done, and then lists it as before.
fn real(mappings: &Mappings, id: &str, doing: &str) -> Result<Mapping, Error> {
    let mapping = mappings.get(id)?;
    if !mapping.is_virtual {
        return Ok(mapping);
    }
    let what = [
        doing,
        " ",
        &mappings.describe(id),
        ": it is virtual, and comes of its bucket's name alone; nothing was changed",
    ];
    let error = Error::new(Code::Unexpected, what.concat());
    Err(error.hint("a mapping made with `v1 dbrp create` goes before the virtual one"))
}
