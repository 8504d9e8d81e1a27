//! `list`: one request, and what of its answer counts.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Server, exchange, json};
use crate::support::v1_auth_requests::PATH;
use crate::support::v1_auth_requests::{asks, both, list, other};

/// The IDs that are listed under `flags`, where the server answers with both entries to `query`.
#[track_caller]
fn narrowed(flags: &[&str], query: &str, ids: &[&str]) {
    let server = Server::start([asks(query, &both())]);
    let lines = ids.iter().map(|id| format!("{id}\n")).collect::<String>();
    list(&server)
        .args(flags.to_vec())
        .args(["-q"])
        .stdout(lines)
        .code(0);
}

const OTHER: &str = "00000000000d0009";

#[test]
fn everything_is_one_request() {
    let entries: Vec<_> = (1..=50)
        .map(|number| authorization(&format!("{number:016x}"), "telegraf", "active"))
        .collect();
    let ids: Vec<_> = (1..=50).map(|number| format!("{number:016x}")).collect();
    let rows: Vec<_> = ids
        .iter()
        .map(|id| (id.as_str(), "telegraf", "active"))
        .collect();
    for word in ["list", "ls", "find"] {
        let server = Server::start([asks("", &entries)]);
        Test::new(["v1", "auth", word])
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", TOKEN)
            .stdout(table(&rows))
            .code(0);
        assert_eq!(server.connections(), 1);
    }
}

#[test]
fn what_the_server_ignores_is_filtered_here() {
    narrowed(&["--id", OTHER], &format!("?id={OTHER}"), &[OTHER]);
    narrowed(
        &["-i", "00000000000D0009"],
        "?id=00000000000D0009",
        &[OTHER],
    );
    narrowed(&["--username", "grafana"], "?token=grafana", &[OTHER]);
    narrowed(&["--user", "operator"], "?user=operator", &[OTHER]);
    narrowed(&["-u", "nobody"], "?user=nobody", &[]);
    let user = "0000000000000B02";
    narrowed(&["--user-id", user], &format!("?userID={user}"), &[OTHER]);
    narrowed(&["--org", "other"], "?org=other", &[OTHER]);
    narrowed(&["-o", "acme"], "?org=acme", &[ID]);
    let org = "0000000000000a02";
    narrowed(&["--org-id", org], &format!("?orgID={org}"), &[OTHER]);
}

#[test]
fn filters_are_all_to_hold_and_the_last_of_each_counts() {
    narrowed(
        &["-u", "admin", "--org", "other"],
        "?user=admin&org=other",
        &[],
    );
    narrowed(
        &[
            "-u", "admin", "-u", "a b&c", "-u", "operator", "--id", OTHER,
        ],
        &format!("?id={OTHER}&user=operator"),
        &[OTHER],
    );
    let encoded = "?user=a+b%26c%C3%BC";
    narrowed(&["--user", "a b&cü"], encoded, &[]);
}

#[test]
fn long_filters_have_room_in_the_request() {
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
    narrowed(&flags, &query, &[]);
    let server = Server::start([not_found(&format!("?id={encoded}"))]);
    let run = list(&server).args(["--id", &long]).run();
    run.assert(run.code == 6, "exit code 6");
}

#[test]
fn by_status() {
    narrowed(&["--status", "active"], "", &[ID]);
    narrowed(&["--status=inactive"], "", &[OTHER]);
    let test = Test::new(["v1", "auth", "list", "--status", "Active"]);
    test.stderr("Error: --status \"Active\": expected active or inactive\n")
        .code(2);
}

#[test]
fn by_pattern_on_username_and_description() {
    narrowed(&["--match", "tele*"], "", &[ID]);
    narrowed(&["--match", "old*"], "", &[OTHER]);
    narrowed(&["--match", "*[ae]*"], "", &[ID, OTHER]);
    narrowed(&["--match", "GRAFANA"], "", &[]);
    narrowed(&["--match", "graf"], "", &[]);
    narrowed(&["--match", "[!t]*", "--status", "active"], "", &[ID]);
    narrowed(&["--match", "[!ta]*", "--status", "active"], "", &[]);
    for (pattern, said) in [
        ("[a", "the [ is not closed; [[] stands for one"),
        ("[z-a]", "the range z-a runs backwards"),
    ] {
        let test = Test::new(["v1", "auth", "list", "--match", pattern]);
        test.stderr(format!("Error: --match \"{pattern}\": {said}\n"))
            .code(2);
    }
}

#[test]
fn the_organization_of_the_environment_and_not_that_of_the_config() {
    let server = Server::start([asks("?org=other", &both())]);
    list(&server)
        .env("INFLUX_ORG", "other")
        .args(["-q"])
        .stdout(format!("{OTHER}\n"))
        .code(0);
    let server = Server::start([asks("?orgID=0000000000000a01", &both())]);
    list(&server)
        .env("INFLUX_ORG_ID", "0000000000000a01")
        .args(["-q"])
        .stdout(format!("{ID}\n"))
        .code(0);
    // A flag silences both variables; the config's organization and INFLUX_USERNAME are no filters.
    let server = Server::start([asks("?org=acme", &both()), asks("", &both())]);
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
fn an_unknown_username_or_id_is_code_6() {
    let said = "Error: could not list authorizations with username \"nobody\": ";
    let server = Server::start([not_found("?token=nobody")]);
    list(&server)
        .args(["--username", "nobody", "--json"])
        .stderr(format!("{said}404 Not Found: authorization not found\n"))
        .code(6);
    // A server that lists others than the one asked for.
    let server = Server::start([asks("?token=nobody", &both())]);
    list(&server)
        .args(["--username", "nobody"])
        .stderr(format!("{said}{NOT_SHOWN}"))
        .code(5);
    // One that is there, but is not what else was asked for.
    let server = Server::start([asks("?token=grafana", &both())]);
    let filtered = ["--username", "grafana", "--status", "active", "--json"];
    list(&server).args(filtered).stdout("[]\n").code(0);
    let server = Server::start([not_found(&format!("?id={ID}"))]);
    let said = format!("Error: could not list authorizations with ID \"{ID}\": ");
    list(&server)
        .args(["--id", ID, "--json"])
        .stderr(format!("{said}404 Not Found: authorization not found\n"))
        .code(6);
    let server = Server::start([asks(&format!("?id={ID}"), &[other()])]);
    let not_shown = NOT_SHOWN.replace("this username", "this ID");
    list(&server)
        .args(["--id", ID])
        .stderr(format!("{said}{not_shown}"))
        .code(5);
    let server = Server::start([asks(&format!("?id={ID}"), &both())]);
    list(&server)
        .args(["--id", ID, "--status", "inactive", "--json"])
        .stdout("[]\n")
        .code(0);
}

#[test]
fn a_list_with_a_next_page_is_incomplete() {
    for (links, code) in [
        ("{\"next\":\"x\"}", 7),
        ("{\"next\":\"\"}", 0),
        ("{\"next\":null}", 0),
        ("null", 0),
    ] {
        let body = format!("{{\"links\":{links},\"authorizations\":[{}]}}", other());
        let answer = json("200 OK", &body);
        let server = Server::start([exchange(request("GET", PATH, ""), answer)]);
        let run = list(&server).args(["--hide-headers"]).run();
        run.assert(run.code == code, "its exit code");
        let said = "Error: could not list authorizations: the list is incomplete: the server names a next page, which this program does not read\n";
        run.assert(
            run.stderr == if code == 7 { said } else { "" },
            "its message",
        );
    }
}

#[test]
fn standard_input_is_for_others() {
    for flag in ["--id", "--username"] {
        let said = format!(
            "Error: {flag} \"-\": only commands with several targets read standard input\n"
        );
        Test::new(["v1", "auth", "list", flag, "-"])
            .stderr(said)
            .code(2);
    }
}
