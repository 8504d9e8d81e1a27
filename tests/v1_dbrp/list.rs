//! `list`: its request, filters and formats.

use crate::fixtures::request;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Server, exchange, json};
use crate::support::dbrp_requests::{BUCKET, ORG, dbrp, mapping, object};

/// A list request with this query, and a response with these mappings.
fn list_request(query: &str, mappings: &[String]) -> Exchange {
    exchange(
        request("GET", &format!("/api/v2/dbrps?{query}"), ""),
        json(
            "200 OK",
            &format!("{{\"content\":[{}]}}", mappings.join(",")),
        ),
    )
}

const ONE: &str = "00000000000e0001";
const TWO: &str = "00000000000e0002";

fn two_mappings() -> [String; 2] {
    [
        mapping(ONE, "mydb", "autogen", true, false),
        mapping(TWO, "mydb", "weekly", false, false),
    ]
}

#[test]
fn every_filter_is_sent_to_the_server() {
    let query = format!("bucketID={BUCKET}&db=my+db&default=true&id={ONE}&org=a%26b&rp=r%2Fp");
    let row = mapping(ONE, "my db", "r/p", true, false);
    let server = Server::start([list_request(&query, &[row])]);
    dbrp(
        &server,
        &["list", "--db", "my db", "--rp", "r/p", "--default"],
    )
    .args(["--id", ONE, "--bucket-id", BUCKET, "-o", "a&b", "-q"])
    .stdout(format!("{ONE}\n"))
    .code(0);
}

#[test]
fn filters_that_the_server_ignores_are_applied_locally() {
    let other = mapping("00000000000e0003", "other", "autogen", true, true);
    let rows = [two_mappings().to_vec(), vec![other]].concat();
    for (flags, query, found) in [
        (
            &["--id", "00000000000E0002"][..],
            "id=00000000000E0002&orgID=0000000000000A01",
            TWO,
        ),
        (
            &["--db", "other"],
            "db=other&orgID=0000000000000A01",
            "00000000000e0003",
        ),
        (&["--rp", "weekly"], "orgID=0000000000000A01&rp=weekly", TWO),
        (
            &["--default", "--db", "mydb"],
            "db=mydb&default=true&orgID=0000000000000A01",
            ONE,
        ),
        // --default=false is not sent to the server.
        (&["--default=false"], "orgID=0000000000000A01", TWO),
    ] {
        let server = Server::start([list_request(query, &rows)]);
        dbrp(
            &server,
            &["find", "--org-id", "0000000000000A01", "--quiet"],
        )
        .args(flags.to_vec())
        .stdout(format!("{found}\n"))
        .code(0);
    }
    let server = Server::start([list_request("bucketID=0000000000000c02&org=acme", &rows)]);
    dbrp(
        &server,
        &["ls", "--org", "acme", "--bucket-id", "0000000000000c02"],
    )
    .args(["--json"])
    .stdout("[]\n")
    .code(0);
}

#[test]
fn the_organization_comes_from_a_flag_variable_or_active_config() {
    let listed = || [list_request("org=of-the-file", &[])];
    let configs = |server: &Server| {
        format!(
            "[a]\nurl = \"{}\"\ntoken = \"{TOKEN}\"\norg = \"of-the-file\"\n",
            server.url()
        )
    };
    let server = Server::start(listed());
    let file = configs(&server);
    Test::new(["v1", "dbrp", "list", "--json"])
        .configs(file)
        .stdout("[]\n")
        .code(0);
    // The config is used even if the host and the token come from variables.
    let server = Server::start(listed());
    let file = configs(&server);
    dbrp(&server, &["list", "--json"])
        .configs(file)
        .stdout("[]\n")
        .code(0);
    let server = Server::start([list_request("org=of-the-variable", &[])]);
    let file = configs(&server);
    dbrp(&server, &["list", "--json"])
        .env("INFLUX_ORG", "of-the-variable")
        .configs(file)
        .stdout("[]\n")
        .code(0);
    let server = Server::start([]);
    dbrp(&server, &["list", "--org", "a", "--org-id", "b"])
        .stderr("Error: specify --org or --org-id, not both\n")
        .code(2);
}

#[test]
fn a_response_without_a_list_exits_with_7() {
    for (body, error) in [
        (
            r#"{"dbrps":[]}"#,
            "no list of mappings in the response 200 OK: {\"dbrps\":[]}\n",
        ),
        (
            r#"{"content":[null]}"#,
            "no list of mappings in the response 200 OK: {\"content\":[null]}\n",
        ),
        (
            "<html>",
            "no JSON in the response 200 OK: <html>\nHint: is --host the address of InfluxDB, with its path prefix if it has one?\n",
        ),
    ] {
        let server = Server::start([exchange(
            request("GET", "/api/v2/dbrps?org=acme", ""),
            json("200 OK", body),
        )]);
        dbrp(&server, &["list", "--org", "acme"])
            .stderr(format!("Error: could not list mappings: {error}"))
            .code(7);
    }
}

#[test]
fn default_and_virtual_must_be_booleans() {
    let good = mapping(ONE, "mydb", "autogen", true, false);
    for (from, to) in [
        ("\"default\":true", "\"default\":\"true\""),
        ("\"default\":true", "\"default\":null"),
        ("\"default\":true,", ""),
        ("\"virtual\":false", "\"virtual\":0"),
    ] {
        let body = format!("{{\"content\":[{}]}}", good.replace(from, to));
        let server = Server::start([exchange(
            request("GET", "/api/v2/dbrps?org=acme", ""),
            json("200 OK", &body),
        )]);
        dbrp(&server, &["list", "--org", "acme"])
            .stderr(format!(
                "Error: could not list mappings: no list of mappings in the response 200 OK: {body}\n"
            ))
            .code(7);
    }
    // Servers before 2.4 have no virtual mappings, so the key is missing.
    let old = good.replace(",\"virtual\":false", "");
    let server = Server::start([list_request("org=acme", &[old])]);
    dbrp(&server, &["list", "--org", "acme", "--hide-headers"])
        .stdout(format!(
            "{ONE}\tmydb\t{BUCKET}\tautogen\ttrue\t{ORG}\tfalse\n"
        ))
        .code(0);
}

#[test]
fn a_mapping_without_an_id_exits_with_7() {
    let [row, _] = two_mappings();
    let nameless = mapping("", "x", "y", false, false);
    let server = Server::start([list_request("org=acme", &[row, nameless])]);
    // The array is not closed, because the list is incomplete.
    dbrp(&server, &["list", "--org", "acme", "--json"])
        .stdout(format!(
            "[\n\t{}",
            object(ONE, "mydb", "autogen", true).replace('\n', "\n\t")
        ))
        .stderr("Error: could not list mappings: the server returned a malformed ID\n")
        .code(7);
}

#[test]
fn a_rejected_token_exits_with_5() {
    let server = Server::start([exchange(
        request("GET", "/api/v2/dbrps?org=acme", ""),
        json(
            "401 Unauthorized",
            r#"{"code":"unauthorized","message":"unauthorized access"}"#,
        ),
    )]);
    dbrp(&server, &["list", "--org", "acme"])
        .stderr("Error: could not list mappings: 401 Unauthorized: unauthorized access\nHint: is this the right token for the server, and does it have permission to read and write mappings (dbrp) and their buckets?\n")
        .code(5);
}

#[test]
fn control_characters_in_cells_are_escaped() {
    let row = mapping(ONE, "a\\u001b[31m\\tb", "r\\u202e", false, true);
    let server = Server::start([list_request("org=acme", &[row])]);
    dbrp(&server, &["list", "--org", "acme", "--hide-headers"])
        .stdout(format!(
            "{ONE}\ta\\u{{1b}}[31m\\tb\t{BUCKET}\tr\\u{{202e}}\tfalse\t{ORG}\ttrue\n"
        ))
        .code(0);
}
