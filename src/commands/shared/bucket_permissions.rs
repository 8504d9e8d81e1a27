//! The flags of both `create` commands: the description, and the buckets that may be read or written.

use crate::api::authorizations::Permission;
use crate::cli::args::Args;
use crate::cli::flag::{BASE, Flag, Takes};
use crate::client::Client;
use crate::commands::shared::organization::find_bucket_id;
use crate::error::Error;
use crate::url::{check_name, is_id};

pub static DESCRIPTION: Flag = Flag {
    long: "description",
    short: Some('d'),
    takes: Takes::Text("TEXT"),
    help: "Description of the new authorization. It may be empty",
    may_be_empty: true,
    ..BASE
};

pub static READ_BUCKET: Flag = Flag {
    long: "read-bucket",
    takes: Takes::Text("BUCKET"),
    help: "Bucket that may be read, by ID or name. A name is looked up in the organization. Repeatable",
    repeatable: true,
    check: Some(check_name),
    ..BASE
};

pub static WRITE_BUCKET: Flag = Flag {
    long: "write-bucket",
    help: "Bucket that may be written, by ID or name. A name is looked up in the organization. Repeatable",
    ..READ_BUCKET
};

/// Whether a flag names a bucket.
pub fn names_bucket(args: &Args) -> bool {
    let mut named = args.all(&READ_BUCKET).chain(args.all(&WRITE_BUCKET));
    named.next().is_some()
}

/// The permissions for the buckets that flags name. Each name is looked up once.
pub fn from_args(args: &Args, client: &Client, org_id: &str) -> Result<Vec<Permission>, Error> {
    let mut known: Vec<(&str, String)> = Vec::new();
    let mut permissions = Vec::new();
    for (action, flag) in [("read", &READ_BUCKET), ("write", &WRITE_BUCKET)] {
        for bucket in args.all(flag) {
            let id = match known.iter().find(|(name, _)| *name == bucket) {
                Some((_, id)) => id.clone(),
                None if is_id(bucket) => bucket.to_string(),
                None => find_bucket_id(client, org_id, bucket)?,
            };
            permissions.push(Permission::new(action, "buckets", &id, org_id));
            known.push((bucket, id));
        }
    }
    Ok(permissions)
}
