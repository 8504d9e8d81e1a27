//! What a new authorization is to allow, and what it is for.

use crate::cli::args::Args;
use crate::cli::flag::{BASE, Flag, Takes};
use crate::client::Client;
use crate::commands::shared::organization::bucket_id;
use crate::error::Error;
use crate::text::json_string;
use crate::url::check_name;

/// A description.
pub static DESCRIPTION: Flag = Flag {
    long: "description",
    short: Some('d'),
    takes: Takes::Text("TEXT"),
    help: "Description of the new authorization, perhaps empty",
    may_be_empty: true,
    ..BASE
};

/// Buckets that may be read.
pub static READ_BUCKET: Flag = Flag {
    long: "read-bucket",
    takes: Takes::Text("BUCKET"),
    help: "Bucket that may be read, by ID, or by name in the organization; repeatable",
    repeatable: true,
    check: Some(check_name),
    ..BASE
};

/// Buckets that may be written.
pub static WRITE_BUCKET: Flag = Flag {
    long: "write-bucket",
    help: "Bucket that may be written; likewise",
    ..READ_BUCKET
};

/// Whether a flag names a bucket.
pub fn names_bucket(args: &Args) -> bool {
    let mut named = args.all(&READ_BUCKET).chain(args.all(&WRITE_BUCKET));
    named.next().is_some()
}

/// The permissions for the buckets that flags name, in JSON. Each name is looked up once.
///
/// # Errors
/// Those of [`bucket_id`].
pub fn of_buckets(args: &Args, client: &Client, org: &str) -> Result<Vec<String>, Error> {
    let mut known: Vec<(&str, String)> = Vec::new();
    let mut permissions = Vec::new();
    for (action, flag) in [("read", &READ_BUCKET), ("write", &WRITE_BUCKET)] {
        for bucket in args.all(flag) {
            let id = match known.iter().find(|(name, _)| *name == bucket) {
                Some((_, id)) => id.clone(),
                None => bucket_id(client, org, bucket)?,
            };
            permissions.push(permission(action, "buckets", Some(&id), Some(org)));
            known.push((bucket, id));
        }
    }
    Ok(permissions)
}

/// A permission in JSON, as the Go client writes it: for the one resource with `id`, else for all of
/// the organization, else for all.
pub fn permission(action: &str, kind: &str, id: Option<&str>, org: Option<&str>) -> String {
    let mut text = ["{\"action\":\"", action, "\",\"resource\":{"].concat();
    for (key, value) in [("id", id), ("orgID", org), ("type", Some(kind))] {
        if let Some(value) = value {
            let comma = if text.ends_with('{') { "" } else { "," };
            text.extend([comma, "\"", key, "\":", &json_string(value)]);
        }
    }
    text + "}}"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permissions_are_written_as_by_the_go_client() {
        assert_eq!(
            permission("read", "buckets", Some("c1"), Some("a1")),
            r#"{"action":"read","resource":{"id":"c1","orgID":"a1","type":"buckets"}}"#
        );
        assert_eq!(
            permission("write", "a\"", None, None),
            r#"{"action":"write","resource":{"type":"a\""}}"#
        );
    }
}
