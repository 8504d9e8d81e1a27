//! `influx v1 dbrp`: which bucket 1.x clients use for a database and a retention policy.

mod create;
mod delete;
mod json_fields_and_columns;
mod list;
mod update;

use crate::api::mappings::{Mapping, Mappings, describe};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{BASE, Flag, Takes};
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

const DEFAULT_HINT: &str =
    "a database always has a default mapping; `v1 dbrp update --default` chooses another one";

pub const DBRP: Command = Command {
    name: "dbrp",
    aliases: &[],
    summary: "Map 1.x databases and retention policies to buckets",
    details: "A DBRP mapping determines which bucket a 1.x client uses for a database and a \
              retention policy.",
    examples: "v1 dbrp list",
    body: Body::Group(&[list::LIST, create::CREATE, update::UPDATE, delete::DELETE]),
};

/// The value of `--default`, if it was given.
fn default_from_args(args: &Args) -> Option<bool> {
    args.text(&DEFAULT).map(|_| args.is_on(&DEFAULT))
}

/// The mapping with this ID. Exit code 7 if it is virtual. InfluxDB claims to have changed or
/// deleted a virtual mapping, but then lists it unchanged.
fn get_physical(mappings: &Mappings, id: &str, doing: &str) -> Result<Mapping, Error> {
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
