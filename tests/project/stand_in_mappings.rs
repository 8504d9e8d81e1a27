//! The demo's stand-in server handles requests about DBRP mappings like InfluxDB 2.9.

use crate::harness::Test;
use crate::stand_in::Server;
use crate::stand_in::store::TOKEN;
use serde_json::Value;

/// The ID of the only bucket, and of its virtual mapping.
const BUCKET: &str = "0e1f2a3b4c5d6b01";

fn dbrp(server: &Server, args: &[&str]) -> Test {
    Test::new(["v1", "dbrp"])
        .args(args.to_vec())
        .env("INFLUX_HOST", &server.url)
        .env("INFLUX_TOKEN", TOKEN)
        .env("INFLUX_ORG", "plant")
}

/// The JSON that a command prints. The command must succeed.
#[track_caller]
fn json(server: &Server, args: &[&str]) -> Value {
    let run = dbrp(server, args).args(["--json"]).run();
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    serde_json::from_str(&run.stdout).unwrap()
}

#[track_caller]
fn exits_with(server: &Server, args: &[&str], code: i32) {
    let run = dbrp(server, args).run();
    run.assert(run.code == code, &format!("exit code {code}"));
}

#[test]
fn ping_reports_that_it_is_up() {
    let server = Server::start().unwrap();
    Test::new(["ping", "--host", &server.url])
        .stdout("OK\n")
        .code(0);
    server.stop().unwrap();
}

#[test]
fn a_database_always_has_exactly_one_default() {
    let server = Server::start().unwrap();
    let create = |rp: &str, flags: &[&str]| {
        let args = [
            "create", "--db", "plant7", "--rp", rp, "--bucket", "metrics",
        ];
        let made = json(&server, &[&args[..], flags].concat());
        made["id"].as_str().unwrap().to_string()
    };
    let defaults = || {
        let list = ["list", "--db", "plant7", "--default", "-q"];
        dbrp(&server, &list).run().stdout
    };
    let first = create("one", &[]);
    assert_eq!(defaults(), format!("{first}\n"));
    let second = create("two", &["--default"]);
    assert_eq!(defaults(), format!("{second}\n"));
    exits_with(&server, &["update", "--id", &second, "--default=false"], 0);
    assert_eq!(defaults(), format!("{first}\n"));
    exits_with(&server, &["update", "--id", &second, "--rp", "one"], 7);
    exits_with(&server, &["delete", "--id", &first.to_uppercase()], 0);
    assert_eq!(defaults(), format!("{second}\n"));
    exits_with(&server, &["update", "--id", &second, "--default=false"], 7);
    exits_with(&server, &["delete", "--id", &first], 6);
    let again = [
        "create",
        "--db",
        "plant7",
        "--rp",
        "two",
        "--bucket-id",
        BUCKET,
    ];
    exits_with(&server, &again, 7);
    server.stop().unwrap();
}

#[test]
fn a_virtual_mapping_cannot_be_changed_or_deleted() {
    let server = Server::start().unwrap();
    for args in [
        &["update", "--id", BUCKET, "--rp", "x"][..],
        &["delete", "--id", BUCKET],
    ] {
        exits_with(&server, args, 7);
    }
    let listed = json(&server, &["list"]);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(
        (&listed[0]["id"], &listed[0]["virtual"]),
        (&BUCKET.into(), &true.into())
    );
    assert_eq!(listed[0]["default"], true);
    exits_with(
        &server,
        &[
            "create", "--db", "metrics", "--rp", "x", "--bucket", "metrics",
        ],
        0,
    );
    assert_eq!(
        json(&server, &["list", "--id", BUCKET])[0]["default"],
        false
    );
    server.stop().unwrap();
}

#[test]
fn unknown_or_malformed_ids_and_names_get_an_error() {
    let server = Server::start().unwrap();
    let unknown = "0e1f2a3b4c5d6fff";
    exits_with(&server, &["list", "--org", "nope"], 6);
    assert_eq!(
        json(&server, &["list", "--org-id", unknown]),
        Value::Array(vec![])
    );
    exits_with(&server, &["delete", "--id", unknown], 6);
    exits_with(&server, &["delete", "--id", "telegraf"], 7);
    let create = ["create", "--db", "a", "--rp", "b"];
    exits_with(
        &server,
        &[&create[..], &["--bucket-id", unknown]].concat(),
        6,
    );
    exits_with(&server, &[&create[..], &["--bucket", "nope"]].concat(), 6);
    server.stop().unwrap();
}
