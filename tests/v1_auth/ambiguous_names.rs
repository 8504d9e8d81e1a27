//! If several authorizations, organizations or buckets share a name, nothing is changed.

use crate::fixtures::*;
use crate::scripted_server::{exchange, json};
use crate::support::v1_auth_requests::{fails, looks_up};

#[test]
fn ambiguous_username_exits_with_7_and_changes_nothing() {
    let two = [
        authorization("0000000000000001", "telegraf", "active"),
        authorization("0000000000000002", "other", "active"),
        authorization("0000000000000003", "telegraf", "active"),
    ];
    for words in [
        &["set-inactive"][..],
        &["set-active"],
        &["delete"],
        &["set-password", "--password", "pa55word"],
    ] {
        let words = [words, &["--username", "telegraf"]].concat();
        fails(
            &words,
            [looks_up(&two)],
            7,
            "could not find authorization with username \"telegraf\": the server lists 2 authorizations with this name; nothing was changed\n\
             Hint: use an ID instead of the name, for example with --id or --org-id\n",
        );
    }
}

#[test]
fn ambiguous_organization_or_bucket_name_exits_with_7() {
    let two = |key: &str, name: &str| {
        let entry = |id: u8| {
            format!(
                "{{\"id\":\"000000000000000{id}\",\"orgID\":\"0000000000000a01\",\"name\":\"{name}\"}}"
            )
        };
        let body = format!("{{\"{key}\":[{},{}]}}", entry(1), entry(2));
        json("200 OK", &body)
    };
    let create = ["create", "--username", "telegraf", "--no-password"];
    let hint = "Hint: use an ID instead of the name, for example with --id or --org-id\n";
    fails(
        &[&create[..], &["--org", "acme", "--read-bucket", "metrics"]].concat(),
        [exchange(
            request("GET", "/api/v2/orgs?org=acme", ""),
            two("orgs", "acme"),
        )],
        7,
        &format!(
            "could not find the organization \"acme\": the server lists 2 orgs with this name; nothing was changed\n{hint}"
        ),
    );
    let target = "/api/v2/buckets?orgID=0000000000000a01&name=metrics";
    fails(
        &[
            &create[..],
            &["--org-id", "0000000000000a01", "--read-bucket", "metrics"],
        ]
        .concat(),
        [exchange(
            request("GET", target, ""),
            two("buckets", "metrics"),
        )],
        7,
        &format!(
            "could not find the bucket \"metrics\": the server lists 2 buckets with this name; nothing was changed\n{hint}"
        ),
    );
}
