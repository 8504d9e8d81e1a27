//! `list`: its pages, filters and formats.

use crate::fixtures::array;
use crate::scripted_server::Reply;
use crate::scripted_server::{Server, http_response, json};
use crate::support::expected_failures::WRONG_ADDRESS_HINT;
use crate::support::org_and_bucket_requests::{ORG, id, ids, listed, lists, not_found, run};

const ALL: &str = "limit=100&offset=0";

fn org(id: &str, name: &str) -> String {
    format!("{{\"name\":\"{name}\",\"id\":\"{id}\"}}")
}

fn page(numbers: std::ops::Range<usize>) -> Vec<String> {
    let one = |number| org(&id(number), &format!("org{number}"));
    numbers.map(one).collect()
}

#[test]
fn reads_all_pages_on_one_connection() {
    let server = Server::start([
        lists("orgs", ALL, listed("orgs", &page(0..100))),
        lists(
            "orgs",
            "limit=100&offset=100",
            listed("orgs", &page(100..200)),
        ),
        lists(
            "orgs",
            "limit=100&offset=200",
            listed("orgs", &page(200..250)),
        ),
    ]);
    run(&server, &["org", "list", "-q"])
        .stdout(ids(0..250))
        .code(0);
    assert_eq!(server.connections(), 1);
    let server = Server::start([
        lists("orgs", ALL, listed("orgs", &page(0..100))),
        lists("orgs", "limit=100&offset=100", listed("orgs", &[])),
    ]);
    run(&server, &["org", "list", "-q"])
        .stdout(ids(0..100))
        .code(0);
    for count in [0, 20, 99] {
        let server = Server::start([lists("orgs", ALL, listed("orgs", &page(0..count)))]);
        run(&server, &["org", "list", "--quiet", "--json"])
            .stdout(ids(0..count))
            .code(0);
    }
}

#[test]
fn list_exits_with_7_if_the_server_repeats_its_first_page() {
    let first = || listed("orgs", &page(0..100));
    let server = Server::start([
        lists("orgs", ALL, first()),
        lists("orgs", "limit=100&offset=100", first()),
    ]);
    run(&server, &["org", "list", "-q"])
        .stdout(ids(0..100))
        .stderr(
            "Error: could not list orgs: the list is incomplete: the server sends a page again\n",
        )
        .code(7);
}

#[test]
fn filters_by_name_or_id_from_flags_or_variables() {
    let acme = || listed("orgs", &[org(ORG, "acme")]);
    let table = format!("ID\t\t\tName\n{ORG}\tacme\n");
    for words in [
        &["org", "list", "--name", "acme"][..],
        &["organization", "find", "-n", "acme"],
    ] {
        let server = Server::start([lists("orgs", "org=acme&limit=100&offset=0", acme())]);
        run(&server, words).stdout(&*table).code(0);
    }
    let by_id = format!("orgID={ORG}&limit=100&offset=0");
    for words in [&["org", "list", "--id", ORG][..], &["org", "ls", "-i", ORG]] {
        let server = Server::start([lists("orgs", &by_id, acme())]);
        run(&server, words).stdout(&*table).code(0);
    }
    let server = Server::start([lists("orgs", &by_id, acme())]);
    run(&server, &["org", "list"])
        .env("INFLUX_ORG_ID", ORG)
        .stdout(&*table)
        .code(0);
    // --id takes precedence over INFLUX_ORG.
    let server = Server::start([lists("orgs", &by_id, acme())]);
    run(&server, &["org", "list", "--id", ORG])
        .env("INFLUX_ORG", "other")
        .stdout(&*table)
        .code(0);
    let server = Server::start([lists(
        "orgs",
        "org=a%26b+%C3%BC&limit=100&offset=0",
        listed("orgs", &[org(ORG, "a&b ü")]),
    )]);
    run(
        &server,
        &[
            "org",
            "list",
            "--name",
            "a&b ü",
            "--columns",
            "name",
            "--hide-headers",
        ],
    )
    .stdout("a&b ü\n")
    .code(0);
}

#[test]
fn json_output_is_the_servers_json_with_sorted_keys() {
    let sent = r#"{"name":"<a&b>\u001b\u009b","links":{"z":"?a=1&b=2","a":[]},"id":"0000000000000a01","count":1.50}"#;
    let printed = "{\n\t\"count\": 1.5,\n\t\"id\": \"0000000000000a01\",\n\t\"links\": {\n\t\t\"a\": [],\n\t\t\"z\": \"?a=1&b=2\"\n\t},\n\t\"name\": \"<a&b>\\u001b\\u009b\"\n}";
    let server = Server::start([lists("orgs", ALL, listed("orgs", &[sent.into()]))]);
    run(&server, &["org", "list", "--json"])
        .stdout(array(&[printed.into()]))
        .code(0);
    let server = Server::start([lists("orgs", ALL, listed("orgs", &[]))]);
    run(&server, &["org", "list", "--json"])
        .stdout("[]\n")
        .code(0);
}

#[test]
fn control_characters_in_cells_are_escaped() {
    let server = Server::start([lists(
        "orgs",
        ALL,
        listed("orgs", &[org(ORG, "a\\tb\\n\\u001b[2J\\u202e")]),
    )]);
    run(&server, &["org", "list"])
        .stdout(format!(
            "ID\t\t\tName\n{ORG}\ta\\tb\\n\\u{{1b}}[2J\\u{{202e}}\n"
        ))
        .code(0);
}

#[test]
fn unknown_organization_exits_with_6() {
    for (flag, query, message) in [
        ("--name", "org=nope", "organization name \"nope\" not found"),
        ("--id", "orgID=nope", "organization not found"),
    ] {
        let server = Server::start([lists(
            "orgs",
            &format!("{query}&limit=100&offset=0"),
            not_found(message),
        )]);
        run(&server, &["org", "list", flag, "nope"])
            .stderr(format!(
                "Error: could not list orgs: 404 Not Found: {message}\n"
            ))
            .code(6);
        // Some servers send an empty list instead.
        for output in [&[][..], &["--json"], &["-q"]] {
            let server = Server::start([lists(
                "orgs",
                &format!("{query}&limit=100&offset=0"),
                listed("orgs", &[]),
            )]);
            run(&server, &[&["org", "list", flag, "nope"], output].concat())
                .stderr(
                    "Error: could not list orgs: the server lists no entry with this name or ID\n",
                )
                .code(6);
        }
    }
    let server = Server::start([lists("orgs", ALL, not_found("organization not found"))]);
    run(&server, &["org", "list"])
        .stderr("Error: could not list orgs: 404 Not Found: organization not found\n")
        .code(7);
}

#[test]
fn unusable_responses_exit_with_7_and_rejected_tokens_with_5() {
    for (reply, code, cause) in [
        (
            Reply::Send(http_response("200 OK", "text/html", b"<html>")),
            7,
            format!("no JSON in the response 200 OK: <html>\n{WRONG_ADDRESS_HINT}"),
        ),
        (
            json("200 OK", "{\"buckets\":[]}"),
            7,
            "no list of orgs in the response 200 OK: {\"buckets\":[]}\n".into(),
        ),
        (not_found("path not found"), 7, format!("404 Not Found: path not found\n{WRONG_ADDRESS_HINT}")),
        (
            json("401 Unauthorized", r#"{"code":"unauthorized","message":"unauthorized access"}"#),
            5,
            "401 Unauthorized: unauthorized access\nHint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n".into(),
        ),
    ] {
        let server = Server::start([lists("orgs", ALL, reply)]);
        run(&server, &["org", "list"])
            .stderr(format!("Error: could not list orgs: {cause}"))
            .code(code);
    }
}

/// Scripts wait for a server with `until influx ping && influx org list`.
#[test]
fn a_refused_connection_exits_with_4() {
    let server = Server::start([]);
    run(&server, &["org", "list", "--host", "http://127.0.0.1:1"])
        .stderr("Error: could not list orgs: cannot reach http://127.0.0.1:1: Connection refused\nHint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n")
        .code(4);
}

#[test]
fn usage_errors_exit_with_2_and_send_nothing() {
    let server = Server::start([]);
    for (args, said) in [
        (
            &["--name", "a", "--id", ORG][..],
            "specify --name or --id, not both\n",
        ),
        (&["--name", ""], "--name must not be empty\n"),
        (
            &["--columns", "nope"],
            "--columns: unknown column \"nope\"\nHint: the columns are id, name\n",
        ),
        (
            &["acme"],
            "unexpected argument \"acme\"\nHint: `influx org list` takes only flags (to turn a flag off, use --FLAG=false)\n",
        ),
    ] {
        run(&server, &[&["org", "list"], args].concat())
            .stderr(format!("Error: {said}"))
            .code(2);
    }
    assert_eq!(server.connections(), 0);
}
