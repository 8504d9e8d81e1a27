//! InfluxDB 2.0 responds to unknown paths below `/api/v2` with 200 and an index of its API. This
//! happens if the host has the path prefix `/api/v2`. No command mistakes the index for success.

use crate::harness::{TOKEN, Test};
use crate::scripted_server::{http_response, read_request};
use crate::support::expected_failures::WRONG_ADDRESS_HINT;
use crate::support::scripted_listener::serve_once;
use std::io::Write;
use std::net::TcpListener;

const INDEX: &str = r#"{
    "authorizations": "/api/v2/authorizations","backup":"/api/v2/backup","buckets":"/api/v2/buckets","dbrps":"/api/v2/dbrps","me":"/api/v2/me","orgs":"/api/v2/orgs","query":{"self":"/api/v2/query"},"users":"/api/v2/users"}"#;

/// Runs a command against a server that responds to every request with the index. Returns the
/// request lines.
fn requests_sent_by(command: &str) -> Vec<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/api/v2", listener.local_addr().unwrap());
    let server = serve_once(listener, |mut stream| {
        let mut lines = Vec::new();
        while let Some(request) = read_request(&mut stream) {
            let request = String::from_utf8(request).unwrap();
            lines.push(request.lines().next().unwrap().to_string());
            let index = http_response("200 OK", "application/json", INDEX.as_bytes());
            stream.write_all(&index).unwrap();
        }
        lines
    });
    let run = Test::new(command.split(' '))
        .env("INFLUX_HOST", url)
        .env("INFLUX_TOKEN", TOKEN)
        .env("INFLUX_ORG_ID", "0000000000000a01")
        .run();
    run.assert(run.code == 7, "exit code 7");
    run.assert(run.stderr.ends_with(WRONG_ADDRESS_HINT), "the hint");
    run.assert(run.stdout.is_empty() || run.stdout == "[]\n", "no rows");
    server.join().unwrap()
}

#[test]
fn every_command_rejects_the_api_index_with_exit_code_7() {
    for command in [
        "v1 auth list",
        "v1 auth list --json",
        "v1 auth list --username telegraf",
        "v1 auth set-inactive --id 00000000000d0007",
        "v1 auth set-inactive --match *",
        "v1 auth set-active --username telegraf",
        "v1 auth delete --id 00000000000d0007",
        "v1 auth set-password --id 00000000000d0007 --password pa55word",
        "v1 auth create --username t --no-password --read-bucket 0000000000000c01",
        "auth list",
        "auth inactive --id 00000000000d0007",
        "auth delete --id 00000000000d0007",
        "auth create --read-bucket 0000000000000c01",
        "auth create --read-bucket metrics",
        "v1 dbrp list",
        "v1 dbrp create --db d --rp r --bucket-id 0000000000000c01",
        "v1 dbrp update --id 00000000000d0007 --rp r",
        "v1 dbrp delete --id 00000000000d0007",
        "ping",
    ] {
        println!("{command}");
        let requests = requests_sent_by(command);
        assert_eq!(requests.len(), 1, "{requests:?}");
    }
}
