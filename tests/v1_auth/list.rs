//! `list`: it sends one request and filters the response.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Server, exchange, json};
use crate::support::v1_auth_requests::PATH;
use crate::support::v1_auth_requests::{list, lists, other_authorization, two_authorizations};

/// Runs `list` with `flags`. It must send `query`, get both entries, and print `ids`.
#[track_caller]
fn assert_listed(flags: &[&str], query: &str, ids: &[&str]) {
    let server = Server::start([lists(query, &two_authorizations())]);
    let lines = ids.iter().map(|id| format!("{id}\n")).collect::<String>();
    list(&server)
        .args(flags.to_vec())
        .args(["-q"])
        .stdout(lines)
        .code(0);
}

const OTHER: &str = "00000000000d0009";

#[test]
fn list_without_filters_sends_one_request() {
    let entries: Vec<_> = (1..=50)
        .map(|number| authorization(&format!("{number:016x}"), "telegraf", "active"))
        .collect();
    let ids: Vec<_> = (1..=50).map(|number| format!("{number:016x}")).collect();
    let rows: Vec<_> = ids
        .iter()
        .map(|id| (id.as_str(), "telegraf", "active"))
        .collect();
    for word in ["list", "ls", "find"] {
        let server = Server::start([lists("", &entries)]);
        Test::new(["v1", "auth", word])
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", TOKEN)
            .stdout(table(&rows))
            .code(0);
        assert_eq!(server.connections(), 1);
    }
}

#[test]
fn filters_that_the_server_ignores_are_applied_locally() {
    assert_listed(&["--id", OTHER], &format!("?id={OTHER}"), &[OTHER]);
    assert_listed(
        &["-i", "00000000000D0009"],
        "?id=00000000000D0009",
        &[OTHER],
    );
    assert_listed(&["--username", "grafana"], "?token=grafana", &[OTHER]);
    assert_listed(&["--user", "operator"], "?user=operator", &[OTHER]);
    assert_listed(&["-u", "nobody"], "?user=nobody", &[]);
    let user = "0000000000000B02";
    assert_listed(&["--user-id", user], &format!("?userID={user}"), &[OTHER]);
    assert_listed(&["--org", "other"], "?org=other", &[OTHER]);
    assert_listed(&["-o", "acme"], "?org=acme", &[ID]);
    let org = "0000000000000a02";
    assert_listed(&["--org-id", org], &format!("?orgID={org}"), &[OTHER]);
}

#[test]
fn all_filters_must_match_and_the_last_value_of_each_is_used() {
    assert_listed(
        &["-u", "admin", "--org", "other"],
        "?user=admin&org=other",
        &[],
    );
    assert_listed(
        &[
            "-u", "admin", "-u", "a b&c", "-u", "operator", "--id", OTHER,
        ],
        &format!("?id={OTHER}&user=operator"),
        &[OTHER],
    );
    let encoded = "?user=a+b%26c%C3%BC";
    assert_listed(&["--user", "a b&cü"], encoded, &[]);
}

#[test]
fn long_filter_values_fit_in_the_request() {
    let long = "ü".repeat(512);
    let encoded = "%C3%BC".repeat(512);
    let flags = [
        "--user",
        &long,
        "--user-id",
        &long,
        "--org",
        &long,
        "--match",
        &long,
    ];
    let query = format!("?user={encoded}&userID={encoded}&org={encoded}");
    assert_listed(&flags, &query, &[]);
    let server = Server::start([not_found(&format!("?id={encoded}"))]);
    let run = list(&server).args(["--id", &long]).run();
    run.assert(run.code == 6, "exit code 6");
}

#[test]
fn status_is_filtered_locally() {
    assert_listed(&["--status", "active"], "", &[ID]);
    assert_listed(&["--status=inactive"], "", &[OTHER]);
    let test = Test::new(["v1", "auth", "list", "--status", "Active"]);
    test.stderr("Error: --status \"Active\": expected active or inactive\n")
        .code(2);
}

#[test]
fn a_pattern_is_matched_against_usernames_and_descriptions() {
    assert_listed(&["--match", "tele*"], "", &[ID]);
    assert_listed(&["--match", "old*"], "", &[OTHER]);
    assert_listed(&["--match", "*[ae]*"], "", &[ID, OTHER]);
    assert_listed(&["--match", "GRAFANA"], "", &[]);
    assert_listed(&["--match", "graf"], "", &[]);
    assert_listed(&["--match", "[!t]*", "--status", "active"], "", &[ID]);
    assert_listed(&["--match", "[!ta]*", "--status", "active"], "", &[]);
    for (pattern, said) in [
        ("[a", "the [ is not closed; write [[] for a literal ["),
        ("[z-a]", "the range z-a runs backwards"),
    ] {
        let test = Test::new(["v1", "auth", "list", "--match", pattern]);
        test.stderr(format!("Error: --match \"{pattern}\": {said}\n"))
            .code(2);
    }
}

#[test]
fn organization_comes_from_the_environment_but_not_from_the_config() {
    let server = Server::start([lists("?org=other", &two_authorizations())]);
    list(&server)
        .env("INFLUX_ORG", "other")
        .args(["-q"])
        .stdout(format!("{OTHER}\n"))
        .code(0);
    let server = Server::start([lists("?orgID=0000000000000a01", &two_authorizations())]);
    list(&server)
        .env("INFLUX_ORG_ID", "0000000000000a01")
        .args(["-q"])
        .stdout(format!("{ID}\n"))
        .code(0);
    // A flag overrides both variables. The config's organization and INFLUX_USERNAME do not filter.
    let server = Server::start([
        lists("?org=acme", &two_authorizations()),
        lists("", &two_authorizations()),
    ]);
    list(&server)
        .env("INFLUX_ORG", "other")
        .env("INFLUX_ORG_ID", "0000000000000a02")
        .args(["-q", "--org", "acme"])
        .stdout(format!("{ID}\n"))
        .code(0);
    let config = format!(
        "[a]\nurl = \"{}\"\ntoken = \"{TOKEN}\"\norg = \"acme\"\n",
        server.url()
    );
    Test::new(["v1", "auth", "list", "-q"])
        .configs(config)
        .env("INFLUX_USERNAME", "grafana")
        .stdout(format!("{ID}\n{OTHER}\n"))
        .code(0);
    let test = Test::new(["v1", "auth", "list"])
        .env("INFLUX_ORG", "a")
        .env("INFLUX_ORG_ID", "b");
    test.stderr("Error: specify INFLUX_ORG or INFLUX_ORG_ID, not both\n")
        .code(2);
}

const NOT_FOUND: &str = r#"{"code":"not found","message":"authorization not found"}"#;

fn not_found(query: &str) -> Exchange {
    let request = request("GET", &format!("{PATH}{query}"), "");
    exchange(request, json("404 Not Found", NOT_FOUND))
}

#[test]
fn unknown_usernames_and_ids_exit_with_6_and_hidden_with_5() {
    let said = "Error: could not list authorizations with username \"nobody\": ";
    let server = Server::start([not_found("?token=nobody")]);
    list(&server)
        .args(["--username", "nobody", "--json"])
        .stderr(format!("{said}404 Not Found: authorization not found\n"))
        .code(6);
    // The server lists only other usernames.
    let server = Server::start([lists("?token=nobody", &two_authorizations())]);
    list(&server)
        .args(["--username", "nobody"])
        .stderr(format!("{said}{NOT_SHOWN}"))
        .code(5);
    // The username exists, but does not match the other filter.
    let server = Server::start([lists("?token=grafana", &two_authorizations())]);
    let filtered = ["--username", "grafana", "--status", "active", "--json"];
    list(&server).args(filtered).stdout("[]\n").code(0);
    let server = Server::start([not_found(&format!("?id={ID}"))]);
    let said = format!("Error: could not list authorizations with ID \"{ID}\": ");
    list(&server)
        .args(["--id", ID, "--json"])
        .stderr(format!("{said}404 Not Found: authorization not found\n"))
        .code(6);
    let server = Server::start([lists(&format!("?id={ID}"), &[other_authorization()])]);
    let not_shown = NOT_SHOWN.replace("this username", "this ID");
    list(&server)
        .args(["--id", ID])
        .stderr(format!("{said}{not_shown}"))
        .code(5);
    let server = Server::start([lists(&format!("?id={ID}"), &two_authorizations())]);
    list(&server)
        .args(["--id", ID, "--status", "inactive", "--json"])
        .stdout("[]\n")
        .code(0);
}

#[test]
fn a_list_with_a_next_page_exits_with_7() {
    for (links, code) in [
        ("{\"next\":\"x\"}", 7),
        ("{\"next\":\"\"}", 0),
        ("{\"next\":null}", 0),
        ("null", 0),
    ] {
        let body = format!(
            "{{\"links\":{links},\"authorizations\":[{}]}}",
            other_authorization()
        );
        let answer = json("200 OK", &body);
        let server = Server::start([exchange(request("GET", PATH, ""), answer)]);
        let run = list(&server).args(["--hide-headers"]).run();
        run.assert(run.code == code, "the exit code");
        let said = "Error: could not list authorizations: the list is incomplete: the server has a next page, which this program cannot read\n";
        run.assert(
            run.stderr == if code == 7 { said } else { "" },
            "the message",
        );
    }
}

#[test]
fn list_does_not_read_targets_from_standard_input() {
    for flag in ["--id", "--username"] {
        let said = format!(
            "Error: {flag} \"-\": only commands with several targets read standard input\n"
        );
        Test::new(["v1", "auth", "list", flag, "-"])
            .stderr(said)
            .code(2);
    }
}
