//! The stand-in InfluxDB of the demonstration answers about mappings as InfluxDB does.

use crate::harness::Test;
use crate::stand_in::{Server, TOKEN};
use serde_json::Value;

/// ID of the bucket there is, and of its virtual mapping.
const BUCKET: &str = "0e1f2a3b4c5d6b01";

fn dbrp(server: &Server, args: &[&str]) -> Test {
    Test::new(["v1", "dbrp"])
        .args(args.to_vec())
        .env("INFLUX_HOST", &server.url)
        .env("INFLUX_TOKEN", TOKEN)
        .env("INFLUX_ORG", "plant")
}

/// The JSON that a command prints that ends well.
#[track_caller]
fn json(server: &Server, args: &[&str]) -> Value {
    let run = dbrp(server, args).args(["--json"]).run();
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    serde_json::from_str(&run.stdout).unwrap()
}

#[track_caller]
fn ends(server: &Server, args: &[&str], code: i32) {
    let run = dbrp(server, args).run();
    run.assert(run.code == code, &format!("exit code {code}"));
}

#[test]
fn it_is_up() {
    let server = Server::start().unwrap();
    Test::new(["ping", "--host", &server.url])
        .stdout("OK\n")
        .code(0);
    server.stop().unwrap();
}

#[test]
fn a_database_has_one_default_always() {
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
    ends(&server, &["update", "--id", &second, "--default=false"], 0);
    assert_eq!(defaults(), format!("{first}\n"));
    ends(&server, &["update", "--id", &second, "--rp", "one"], 7);
    ends(&server, &["delete", "--id", &first.to_uppercase()], 0);
    assert_eq!(defaults(), format!("{second}\n"));
    ends(&server, &["update", "--id", &second, "--default=false"], 7);
    ends(&server, &["delete", "--id", &first], 6);
    let again = [
        "create",
        "--db",
        "plant7",
        "--rp",
        "two",
        "--bucket-id",
        BUCKET,
    ];
    ends(&server, &again, 7);
    server.stop().unwrap();
}

#[test]
fn the_virtual_one_stays() {
    let server = Server::start().unwrap();
    for args in [
        &["update", "--id", BUCKET, "--rp", "x"][..],
        &["delete", "--id", BUCKET],
    ] {
        ends(&server, args, 7);
    }
    let listed = json(&server, &["list"]);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(
        (&listed[0]["id"], &listed[0]["virtual"]),
        (&BUCKET.into(), &true.into())
    );
    assert_eq!(listed[0]["default"], true);
    ends(
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
fn what_there_is_not() {
    let server = Server::start().unwrap();
    let unknown = "0e1f2a3b4c5d6fff";
    ends(&server, &["list", "--org", "nope"], 6);
    assert_eq!(
        json(&server, &["list", "--org-id", unknown]),
        Value::Array(vec![])
    );
    ends(&server, &["delete", "--id", unknown], 6);
    ends(&server, &["delete", "--id", "telegraf"], 7);
    let create = ["create", "--db", "a", "--rp", "b"];
    ends(
        &server,
        &[&create[..], &["--bucket-id", unknown]].concat(),
        6,
    );
    ends(&server, &[&create[..], &["--bucket", "nope"]].concat(), 6);
    server.stop().unwrap();
}
