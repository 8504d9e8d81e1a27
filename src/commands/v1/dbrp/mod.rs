//! `influx v1 dbrp`: which bucket 1.x clients use for a database and a retention policy.

mod create;
mod delete;
mod fields;
mod list;
mod update;

use crate::api::mappings::{Mapping, Mappings, describe};
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
    help: "Name of the database that 1.x clients use",
    check: Some(check_name),
    ..BASE
};

static RP: Flag = Flag {
    long: "rp",
    help: "Name of the retention policy that 1.x clients use",
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

const ALWAYS_A_DEFAULT: &str = "a database always has a default: `v1 dbrp update --default` makes another of its mappings the default";

pub const DBRP: Command = Command {
    name: "dbrp",
    aliases: &[],
    summary: "Map 1.x databases and retention policies to buckets",
    details: "A DBRP mapping says which bucket a 1.x client uses if it names a database and a \
              retention policy.",
    examples: "v1 dbrp list",
    body: Body::Group(&[
        Command {
            name: "list",
            aliases: &["ls", "find"],
            summary: "List mappings",
            details: "A DBRP mapping says which bucket a 1.x client uses if it names a database and a \
                      retention policy. Each flag narrows the list. A virtual mapping is derived from \
                      the bucket's name and cannot be changed or deleted.",
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
                      first mapping of a database becomes its default, even without --default.",
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
            summary: "Change a mapping's retention policy or default",
            details: "Exit code 0 means that the server confirmed the change. A virtual mapping cannot \
                      be changed (exit code 7).",
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
            summary: "Delete mappings",
            details: "Prints what was deleted. The bucket keeps its data. A virtual mapping cannot be \
                      deleted (exit code 7).",
            examples: "v1 dbrp delete --id 0e1f2a3b4c5d7002",
            body: Body::Leaf {
                own: delete::FLAGS,
                common: &COMMON,
                run: delete::delete,
            },
        },
    ]),
};

/// The value of `--default`, if it was given.
fn default_given(args: &Args) -> Option<bool> {
    args.text(&DEFAULT).map(|_| args.is_on(&DEFAULT))
}

/// The mapping with this ID, unless it is virtual. InfluxDB says that a virtual mapping was changed or
/// deleted, and then lists it as before.
fn get_changeable(mappings: &Mappings, id: &str, doing: &str) -> Result<Mapping, Error> {
    let mapping = mappings.get(id)?;
    if !mapping.is_virtual {
        return Ok(mapping);
    }
    let what = format!(
        "{doing} {}: it is virtual, derived from the name of its bucket; nothing was changed",
        describe(id)
    );
    Err(Error::new(Code::Unexpected, what)
        .hint("a mapping made with `v1 dbrp create` takes precedence over the virtual one"))
}
