//! `list`: its pages, filters, columns and formats.

use crate::fixtures::array;
use crate::scripted_server::{Server, json};
use crate::support::org_and_bucket_requests::{
    ORG, id, ids, listed, listed_with_next, lists, not_found, run,
};

const BUCKET: &str = "0000000000000c01";
const ALL: &str = "org=acme&limit=100&offset=0";
const NO_ORG: &str = "Error: an organization is required\nHint: set it with --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config\n";
const HEADER: &str =
    "ID\t\t\tName\tRetention\tShard group duration\tOrganization ID\t\tSchema Type\n";

/// A bucket with a retention and a shard group duration in seconds.
fn bucket(id: &str, name: &str, retention: u64, shard_group: u64) -> String {
    format!(
        "{{\"name\":\"{name}\",\"id\":\"{id}\",\"orgID\":\"{ORG}\",\"type\":\"user\",\
         \"retentionRules\":[{{\"type\":\"expire\",\"everySeconds\":{retention},\
         \"shardGroupDurationSeconds\":{shard_group}}}]}}"
    )
}

fn metrics() -> String {
    bucket(BUCKET, "metrics", 0, 604_800)
}

fn metrics_row() -> String {
    format!("{HEADER}{BUCKET}\tmetrics\tinfinite\t168h0m0s\t\t{ORG}\timplicit\n")
}

fn page(numbers: std::ops::Range<usize>) -> Vec<String> {
    let one = |number| bucket(&id(number), &format!("bucket{number}"), 0, 0);
    numbers.map(one).collect()
}

#[test]
fn reads_all_pages_on_one_connection() {
    let next = "/api/v2/buckets?descending=false\\u0026limit=100\\u0026offset=100";
    let second = "org=acme&limit=100&offset=100";
    let server = Server::start([
        lists(
            "buckets",
            ALL,
            listed_with_next("buckets", &page(0..100), next),
        ),
        lists(
            "buckets",
            second,
            listed_with_next("buckets", &page(100..200), next),
        ),
        lists(
            "buckets",
            "org=acme&limit=100&offset=200",
            listed("buckets", &page(200..250)),
        ),
    ]);
    run(&server, &["bucket", "list", "-o", "acme", "-q"])
        .stdout(ids(0..250))
        .code(0);
    assert_eq!(server.connections(), 1);
    // A full page may be the last one.
    let server = Server::start([
        lists("buckets", ALL, listed("buckets", &page(0..100))),
        lists("buckets", second, listed("buckets", &[])),
    ]);
    run(&server, &["bucket", "list", "-o", "acme", "-q"])
        .stdout(ids(0..100))
        .code(0);
    // A server may send fewer buckets than the limit, with a link to the next page.
    let server = Server::start([
        lists(
            "buckets",
            ALL,
            listed_with_next("buckets", &page(0..20), next),
        ),
        lists(
            "buckets",
            "org=acme&limit=100&offset=20",
            listed("buckets", &page(20..30)),
        ),
    ]);
    run(&server, &["bucket", "list", "-o", "acme", "-q"])
        .stdout(ids(0..30))
        .code(0);
}

#[test]
fn names_and_ids_narrow_the_list() {
    let in_org = format!("id={BUCKET}&orgID={ORG}&limit=100&offset=0");
    let alone = format!("id={BUCKET}&limit=100&offset=0");
    let by_org_id = format!("orgID={ORG}&limit=100&offset=0");
    for (flags, query) in [
        (&["--org", "acme"][..], ALL),
        (&["-o", "acme"], ALL),
        (&["--org-id", ORG], &by_org_id),
        (
            &["--org", "acme", "--name", "metrics"],
            "name=metrics&org=acme&limit=100&offset=0",
        ),
        (
            &["--org", "acme", "-n", "a&b ü"],
            "name=a%26b+%C3%BC&org=acme&limit=100&offset=0",
        ),
        (&["--id", BUCKET], &alone),
        (&["-i", BUCKET, "--org-id", ORG], &in_org),
    ] {
        let server = Server::start([lists("buckets", query, listed("buckets", &[metrics()]))]);
        run(&server, &[&["bucket", "ls"], flags].concat())
            .stdout(metrics_row())
            .code(0);
    }
    for (variable, value, query) in [
        ("INFLUX_ORG", "acme", ALL),
        ("INFLUX_ORG_ID", ORG, &by_org_id),
    ] {
        let server = Server::start([lists("buckets", query, listed("buckets", &[metrics()]))]);
        run(&server, &["bucket", "find"])
            .env(variable, value)
            .stdout(metrics_row())
            .code(0);
    }
}

#[test]
fn durations_and_schema_types_match_influxdatas_client() {
    let explicit = bucket("0000000000000c07", "g", 0, 0)
        .replace("\"type\":\"user\"", "\"schemaType\":\"explicit\"");
    let no_rules = format!(
        "{{\"id\":\"0000000000000c08\",\"name\":\"h\",\"orgID\":\"{ORG}\",\"retentionRules\":[]}}"
    );
    let buckets = [
        bucket("0000000000000c01", "a", 604_800, 86_400),
        bucket("0000000000000c02", "b", 3_600, 3_600),
        bucket("0000000000000c03", "c", 90, 61),
        bucket("0000000000000c04", "d", 59, 1),
        bucket("0000000000000c05", "e", 360_000_001, 5_400),
        bucket("0000000000000c06", "f", 0, 0),
        explicit,
        no_rules,
    ];
    let server = Server::start([lists("buckets", ALL, listed("buckets", &buckets))]);
    let columns = "name,retention,shard-group-duration,schema-type";
    run(
        &server,
        &[
            "bucket",
            "list",
            "--org",
            "acme",
            "--hide-headers",
            "--columns",
            columns,
        ],
    )
    .stdout(
        "a\t168h0m0s\t24h0m0s\timplicit\n\
             b\t1h0m0s\t1h0m0s\timplicit\n\
             c\t1m30s\t1m1s\timplicit\n\
             d\t59s\t1s\timplicit\n\
             e\t100000h0m1s\t1h30m0s\timplicit\n\
             f\tinfinite\tn/a\timplicit\n\
             g\tinfinite\tn/a\texplicit\n\
             h\tinfinite\tn/a\timplicit\n",
    )
    .code(0);
}

#[test]
fn json_output_is_the_servers_json_with_sorted_keys() {
    let sent = bucket(BUCKET, "<a&b>\\u001b\\u007f", 0, 0);
    let printed = format!(
        "{{\n\t\"id\": \"{BUCKET}\",\n\t\"name\": \"<a&b>\\u001b\\u007f\",\n\t\"orgID\": \"{ORG}\",\n\t\"retentionRules\": [\n\t\t{{\n\t\t\t\"everySeconds\": 0,\n\t\t\t\"shardGroupDurationSeconds\": 0,\n\t\t\t\"type\": \"expire\"\n\t\t}}\n\t],\n\t\"type\": \"user\"\n}}"
    );
    let server = Server::start([lists("buckets", ALL, listed("buckets", &[sent]))]);
    run(&server, &["bucket", "list", "--org", "acme", "--json"])
        .stdout(array(&[printed]))
        .code(0);
    let server = Server::start([lists("buckets", ALL, listed("buckets", &[]))]);
    run(&server, &["bucket", "list", "--org", "acme", "--json"])
        .stdout("[]\n")
        .code(0);
}

#[test]
fn unknown_bucket_or_organization_exits_with_6() {
    let named = "name=nope&org=acme&limit=100&offset=0";
    let by_id = "id=0123456789abcdef&limit=100&offset=0";
    for (flags, query, message) in [
        (
            &["--org", "acme", "--name", "nope"][..],
            named,
            "bucket \"nope\" not found",
        ),
        (&["--id", "0123456789abcdef"], by_id, "bucket not found"),
        (
            &["--org", "acme"],
            ALL,
            "organization name \"acme\" not found",
        ),
    ] {
        let server = Server::start([lists("buckets", query, not_found(message))]);
        run(&server, &[&["bucket", "list"], flags].concat())
            .stderr(format!(
                "Error: could not list buckets: 404 Not Found: {message}\n"
            ))
            .code(6);
    }
    for (flags, query) in [
        (&["--org", "acme", "--name", "nope"][..], named),
        (&["--id", "0123456789abcdef"], by_id),
    ] {
        let server = Server::start([lists("buckets", query, listed("buckets", &[]))]);
        run(&server, &[&["bucket", "list"], flags].concat())
            .stderr(
                "Error: could not list buckets: the server lists no entry with this name or ID\n",
            )
            .code(6);
    }
}

#[test]
fn usage_errors_exit_with_2_and_send_nothing() {
    let server = Server::start([]);
    for (args, error) in [
        (&[][..], NO_ORG),
        (&["--name", "metrics"], NO_ORG),
        (
            &["--org", "acme", "--org-id", ORG],
            "Error: specify --org or --org-id, not both\n",
        ),
        (&["--org", ""], "Error: --org must not be empty\n"),
    ] {
        run(&server, &[&["bucket", "list"], args].concat())
            .stderr(error)
            .code(2);
    }
    assert_eq!(server.connections(), 0);
}

/// No page is requested after the failed page.
#[test]
fn a_failed_later_page_exits_with_7_after_the_rows() {
    let server = Server::start([
        lists("buckets", ALL, listed("buckets", &page(0..100))),
        lists(
            "buckets",
            "org=acme&limit=100&offset=100",
            json(
                "500 Internal Server Error",
                r#"{"code":"internal error","message":"no"}"#,
            ),
        ),
    ]);
    run(&server, &["bucket", "list", "--org", "acme", "-q"])
        .stdout(ids(0..100))
        .stderr("Error: could not list buckets: 500 Internal Server Error: no\n")
        .code(7);
}
