//! `list`: its pages, its filters and its forms.

use crate::fixtures::array;
use crate::scripted_server::Reply;
use crate::scripted_server::{Server, answer, json};
use crate::support::expected_failures::INFLUXDB;
use crate::support::objects::{ORG, asks, id, ids, listed, not_found, run};

const ALL: &str = "limit=100&offset=0";

fn org(id: &str, name: &str) -> String {
    format!("{{\"name\":\"{name}\",\"id\":\"{id}\"}}")
}

fn page(numbers: std::ops::Range<usize>) -> Vec<String> {
    let one = |number| org(&id(number), &format!("org{number}"));
    numbers.map(one).collect()
}

#[test]
fn all_pages_on_one_connection() {
    let server = Server::start([
        asks("orgs", ALL, listed("orgs", &page(0..100))),
        asks(
            "orgs",
            "limit=100&offset=100",
            listed("orgs", &page(100..200)),
        ),
        asks(
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
        asks("orgs", ALL, listed("orgs", &page(0..100))),
        asks("orgs", "limit=100&offset=100", listed("orgs", &[])),
    ]);
    run(&server, &["org", "list", "-q"])
        .stdout(ids(0..100))
        .code(0);
    for count in [0, 20, 99] {
        let server = Server::start([asks("orgs", ALL, listed("orgs", &page(0..count)))]);
        run(&server, &["org", "list", "--quiet", "--json"])
            .stdout(ids(0..count))
            .code(0);
    }
}

#[test]
fn a_server_that_repeats_its_first_page_is_code_7() {
    let first = || listed("orgs", &page(0..100));
    let server = Server::start([
        asks("orgs", ALL, first()),
        asks("orgs", "limit=100&offset=100", first()),
    ]);
    run(&server, &["org", "list", "-q"])
        .stdout(ids(0..100))
        .stderr("Error: could not list orgs: the list is incomplete: the server sends its first page again\n")
        .code(7);
}

#[test]
fn by_name_or_id_from_flags_and_variables() {
    let acme = || listed("orgs", &[org(ORG, "acme")]);
    let table = format!("ID\t\t\tName\n{ORG}\tacme\n");
    for words in [
        &["org", "list", "--name", "acme"][..],
        &["organization", "find", "-n", "acme"],
    ] {
        let server = Server::start([asks("orgs", "org=acme&limit=100&offset=0", acme())]);
        run(&server, words).stdout(&*table).code(0);
    }
    let by_id = format!("orgID={ORG}&limit=100&offset=0");
    for words in [&["org", "list", "--id", ORG][..], &["org", "ls", "-i", ORG]] {
        let server = Server::start([asks("orgs", &by_id, acme())]);
        run(&server, words).stdout(&*table).code(0);
    }
    let server = Server::start([asks("orgs", &by_id, acme())]);
    run(&server, &["org", "list"])
        .env("INFLUX_ORG_ID", ORG)
        .stdout(&*table)
        .code(0);
    // A flag silences the variable of the other.
    let server = Server::start([asks("orgs", &by_id, acme())]);
    run(&server, &["org", "list", "--id", ORG])
        .env("INFLUX_ORG", "other")
        .stdout(&*table)
        .code(0);
    let server = Server::start([asks(
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

/// JSON is what the server sent, with keys sorted.
#[test]
fn json_is_the_servers() {
    let sent = r#"{"name":"<a&b>\u001b\u009b","links":{"z":"?a=1&b=2","a":[]},"id":"0000000000000a01","count":1.50}"#;
    let printed = "{\n\t\"count\": 1.5,\n\t\"id\": \"0000000000000a01\",\n\t\"links\": {\n\t\t\"a\": [],\n\t\t\"z\": \"?a=1&b=2\"\n\t},\n\t\"name\": \"<a&b>\\u001b\\u009b\"\n}";
    let server = Server::start([asks("orgs", ALL, listed("orgs", &[sent.into()]))]);
    run(&server, &["org", "list", "--json"])
        .stdout(array(&[printed.into()]))
        .code(0);
    let server = Server::start([asks("orgs", ALL, listed("orgs", &[]))]);
    run(&server, &["org", "list", "--json"])
        .stdout("[]\n")
        .code(0);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let server = Server::start([asks(
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
fn what_does_not_exist_is_code_6() {
    for (flag, query, message) in [
        ("--name", "org=nope", "organization name \"nope\" not found"),
        ("--id", "orgID=nope", "organization not found"),
    ] {
        let server = Server::start([asks(
            "orgs",
            &format!("{query}&limit=100&offset=0"),
            not_found(message),
        )]);
        run(&server, &["org", "list", flag, "nope"])
            .stderr(format!(
                "Error: could not list orgs: 404 Not Found: {message}\n"
            ))
            .code(6);
        // A server that answers with an empty list instead.
        for output in [&[][..], &["--json"], &["-q"]] {
            let server = Server::start([asks(
                "orgs",
                &format!("{query}&limit=100&offset=0"),
                listed("orgs", &[]),
            )]);
            run(&server, &[&["org", "list", flag, "nope"], output].concat())
                .stderr("Error: could not list orgs: the server lists none of that name or ID\n")
                .code(6);
        }
    }
    let server = Server::start([asks("orgs", ALL, not_found("organization not found"))]);
    run(&server, &["org", "list"])
        .stderr("Error: could not list orgs: 404 Not Found: organization not found\n")
        .code(7);
}

#[test]
fn other_answers_are_code_7_or_5() {
    for (reply, code, cause) in [
        (
            Reply::Send(answer("200 OK", "text/html", b"<html>")),
            7,
            format!("no JSON in the response 200 OK: <html>\n{INFLUXDB}"),
        ),
        (
            json("200 OK", "{\"buckets\":[]}"),
            7,
            "no list of orgs in the response 200 OK: {\"buckets\":[]}\n".into(),
        ),
        (not_found("path not found"), 7, format!("404 Not Found: path not found\n{INFLUXDB}")),
        (
            json("401 Unauthorized", r#"{"code":"unauthorized","message":"unauthorized access"}"#),
            5,
            "401 Unauthorized: unauthorized access\nHint: is the token the right one for this server, and may it read and write authorizations and users?\n".into(),
        ),
    ] {
        let server = Server::start([asks("orgs", ALL, reply)]);
        run(&server, &["org", "list"])
            .stderr(format!("Error: could not list orgs: {cause}"))
            .code(code);
    }
}

/// `until influx ping && influx org list` in a script waits for this.
#[test]
fn no_server_is_code_4() {
    let server = Server::start([]);
    run(&server, &["org", "list", "--host", "http://127.0.0.1:1"])
        .stderr("Error: could not list orgs: cannot reach http://127.0.0.1:1: Connection refused\nHint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n")
        .code(4);
}

#[test]
fn mistakes_are_code_2_and_nothing_is_sent() {
    let server = Server::start([]);
    for (args, said) in [
        (
            &["--name", "a", "--id", ORG][..],
            "specify --name or --id, not both\n",
        ),
        (&["--name", ""], "--name must not be empty\n"),
        (
            &["--columns", "nope"],
            "--columns: there is no column \"nope\"\nHint: the columns are id, name\n",
        ),
        (
            &["acme"],
            "unexpected argument \"acme\"\nHint: `influx org list` takes only flags (to turn one off, use --FLAG=false)\n",
        ),
    ] {
        run(&server, &[&["org", "list"], args].concat())
            .stderr(format!("Error: {said}"))
            .code(2);
    }
    assert_eq!(server.connections(), 0);
}
