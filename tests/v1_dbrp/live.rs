//! Mappings and `ping` with a real InfluxDB 2.x. Everything that a test creates is deleted, even if
//! the test fails.
#![allow(clippy::print_stdout)]

use crate::harness::{Run, Test};
use crate::support::live_server::{Server, server, text};
use serde_json::{Value, json};

/// A new bucket. The bucket and the mappings to it are deleted when this is dropped.
struct TestBucket<'s> {
    server: &'s Server,
    org: String,
    bucket: String,
    /// The name of the bucket. The name of the database is the same with `-db` appended.
    name: String,
}

impl<'s> TestBucket<'s> {
    fn create(server: &'s Server) -> TestBucket<'s> {
        let orgs = server.json("GET", "/api/v2/orgs", None);
        let org = text(&orgs["orgs"][0]["id"]);
        let name = format!("influx-test-dbrp-{}", std::process::id());
        let bucket = json!({"name": name, "orgID": org, "retentionRules": []});
        let made = server.json("POST", "/api/v2/buckets", Some(&bucket));
        let bucket = text(&made["id"]);
        TestBucket {
            server,
            org,
            bucket,
            name,
        }
    }

    fn run(&self, args: &[&str], stdin: &str) -> Run {
        Test::new(["v1", "dbrp"])
            .args(args.to_vec())
            .args(["--org-id", &self.org])
            .stdin(stdin)
            .env("INFLUX_HOST", &self.server.url)
            .env("INFLUX_TOKEN", &self.server.token)
            .run()
    }

    /// Runs a command of `v1 dbrp`, which must exit with `code`, and returns its standard output.
    #[track_caller]
    fn expect(&self, args: &[&str], code: i32) -> String {
        let run = self.run(args, "");
        run.assert(run.code == code, &format!("exit code {code}"));
        run.assert(
            run.stderr.is_empty() == (code == 0),
            "standard error only if it fails",
        );
        run.stdout
    }

    /// Runs a command with `--json`, which must succeed, and returns the JSON.
    #[track_caller]
    fn json(&self, args: &[&str]) -> Value {
        let printed = self.expect(&[args, &["--json"]].concat(), 0);
        serde_json::from_str(&printed).unwrap()
    }
}

impl Drop for TestBucket<'_> {
    fn drop(&mut self) {
        let list = ["list", "-q", "--default=false", "--bucket-id", &self.bucket];
        for list in [&list[..], &[&list[..2], &list[3..]].concat()] {
            let left = self.run(list, "").stdout;
            self.run(&["delete", "--id", "-"], &left);
        }
        let path = format!("/api/v2/buckets/{}", self.bucket);
        let gone = self.server.ask("DELETE", &path, None);
        println!("{path} is deleted: {gone:?}");
    }
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn create_list_update_and_delete_mappings() {
    let server = server();
    let made = TestBucket::create(&server);
    let db = format!("{}-db", made.name);
    let create = |rp: &str, flags: &[&str]| {
        let args = ["create", "--db", &db, "--rp", rp, "--bucket", &made.name];
        made.json(&[&args[..], flags].concat())
    };
    let (one, two) = (create("one", &[]), create("two", &["--default"]));
    let (first, second) = (text(&one["id"]), text(&two["id"]));
    assert_eq!(
        (&one["default"], &two["default"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(one["bucketID"], made.bucket.as_str());
    let again = ["create", "--db", &db, "--rp", "one", "--bucket", &made.name];
    made.expect(&again, 7);
    made.expect(
        &["create", "--db", &db, "--rp", "x", "--bucket", "no-such"],
        6,
    );
    let unknown = ["--bucket-id", "0123456789abcdef"];
    made.expect(
        &[&["create", "--db", &db, "--rp", "x"], &unknown[..]].concat(),
        6,
    );

    // The second mapping was created with --default, so the first is no longer the default.
    let list = |flags: &[&str]| made.expect(&[&["list", "-q", "--db", &db], flags].concat(), 0);
    assert_eq!(list(&[]), format!("{first}\n{second}\n"));
    assert_eq!(list(&["--default"]), format!("{second}\n"));
    assert_eq!(list(&["--default=false"]), format!("{first}\n"));
    assert_eq!(list(&["--rp", "two"]), format!("{second}\n"));
    assert_eq!(list(&["--id", &first.to_uppercase()]), format!("{first}\n"));

    let now = made.json(&["update", "--id", &second, "--rp", "new", "--default=false"]);
    assert_eq!(
        (&now["retention_policy"], &now["default"]),
        (&json!("new"), &json!(false))
    );
    assert_eq!(list(&["--default"]), format!("{first}\n"));
    made.expect(&["update", "--id", &second, "--rp", "one"], 7);
    made.expect(&["delete", "--id", &first], 0);
    made.expect(&["delete", "--id", &first], 6);
    // The only remaining mapping is the default and stays the default.
    made.expect(&["update", "--id", &second, "--default=false"], 7);
    assert_eq!(list(&["--default"]), format!("{second}\n"));

    // The virtual mapping has the bucket's ID and cannot be changed or deleted. InfluxDB has virtual
    // mappings since 2.4.
    let has_virtual = made.json(&["list", "--id", &made.bucket]) != json!([]);
    for args in [
        &["update", "--id", &made.bucket, "--rp", "x"][..],
        &["update", "--id", &made.bucket, "--default"],
        &["delete", "--id", &made.bucket],
    ] {
        made.expect(args, if has_virtual { 7 } else { 6 });
    }
    if has_virtual {
        let virtual_mapping = made.json(&["list", "--id", &made.bucket]);
        assert_eq!(virtual_mapping[0]["virtual"], true);
        assert_eq!(virtual_mapping[0]["retention_policy"], "autogen");
    }
    made.expect(&["delete", "--id", &second], 0);
    assert_eq!(list(&[]), "");
    println!("live test passed: {}", server.url);
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn ping_exits_with_0_and_a_wrong_path_prefix_exits_with_7() {
    let server = server();
    for (prefix, code) in [("", 0), ("/no-such-prefix", 7)] {
        let run = Test::new(["ping", "--json"])
            .args(["--host", &format!("{}{prefix}", server.url)])
            .run();
        // The web interface responds to every path outside the API.
        run.assert(run.code == code, &format!("exit code {code}"));
        let said: Value = serde_json::from_str(&run.stdout).unwrap_or_default();
        assert_eq!(said["status"] == "pass", code == 0);
    }
    println!("live test passed: {}", server.url);
}
