//! `delete`: it deletes exactly the mapping that it prints.

use crate::fixtures::{array, request};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::dbrp_requests::{content, dbrp, mapping, object};

const ONE: &str = "00000000000e0001";
const TWO: &str = "00000000000e0002";
const MISSING: &str = "00000000000e0009";

fn mapping_request(method: &str, id: &str, reply: Reply) -> Exchange {
    exchange(
        request(method, &format!("/api/v2/dbrps/{id}?org=acme"), ""),
        reply,
    )
}

fn get(id: &str, is_virtual: bool) -> Exchange {
    let row = mapping(id, "mydb", "a", false, is_virtual);
    mapping_request("GET", id, json("200 OK", &content(&row)))
}

fn deleted(id: &str) -> Exchange {
    let reply = b"HTTP/1.1 204 No Content\r\n\r\n".to_vec();
    mapping_request("DELETE", id, Reply::Send(reply))
}

fn not_found(method: &str, id: &str) -> Exchange {
    let body = r#"{"code":"not found","message":"unable to find DBRP"}"#;
    mapping_request(method, id, json("404 Not Found", body))
}

const DELETE: [&str; 4] = ["delete", "--org", "acme", "--json"];

#[test]
fn reads_several_ids_from_flags_and_standard_input() {
    let server = Server::start([
        get(ONE, false),
        deleted(ONE),
        not_found("GET", MISSING),
        get(TWO, false),
        deleted(TWO),
    ]);
    let rows = [ONE, TWO].map(|id| object(id, "mydb", "a", false));
    dbrp(&server, &DELETE)
        .args(["--id", ONE, "--id", "-"])
        .stdin(format!("# old\n{MISSING}\n\n {TWO} \n"))
        .stdout(array(&rows))
        .stderr(format!("Error: could not find mapping with ID \"{MISSING}\": 404 Not Found: unable to find DBRP\n"))
        .code(6);
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_virtual_mapping_is_not_deleted() {
    let server = Server::start([get(ONE, true)]);
    dbrp(&server, &DELETE)
        .args(["-i", ONE])
        .stderr(format!("Error: could not remove mapping with ID \"{ONE}\": it is virtual, derived from the name of its bucket; nothing was changed\nHint: a mapping made with `v1 dbrp create` takes precedence over the virtual one\n"))
        .code(7);
}

#[test]
fn only_204_is_success() {
    for (reply, code, cause) in [
        (
            json("200 OK", "{}"),
            7,
            "the server responded with 200 OK: {}, but InfluxDB responds with 204\nHint: is --host the address of InfluxDB, with its path prefix if it has one?\n",
        ),
        (
            json(
                "404 Not Found",
                r#"{"code":"not found","message":"unable to find DBRP"}"#,
            ),
            6,
            "404 Not Found: unable to find DBRP\n",
        ),
    ] {
        let server = Server::start([get(ONE, false), mapping_request("DELETE", ONE, reply)]);
        dbrp(&server, &DELETE)
            .args(["--id", ONE])
            .stderr(format!(
                "Error: could not remove mapping with ID \"{ONE}\": {cause}"
            ))
            .code(code);
    }
}

#[test]
fn a_lost_response_is_success_if_the_repeat_finds_no_mapping() {
    let server = Server::start([
        get(ONE, false),
        mapping_request("DELETE", ONE, Reply::SendAndClose(Vec::new())),
        not_found("DELETE", ONE),
    ]);
    dbrp(&server, &DELETE)
        .args(["--id", ONE])
        .stdout(object(ONE, "mydb", "a", false) + "\n")
        .code(0);
}

/// An unknown organization or bucket does not prove that the mapping was deleted.
#[test]
fn a_repeat_that_finds_no_organization_or_bucket_is_an_error() {
    for message in [
        "organization not found",
        "bucket not found",
        "invalid org \\\"acme\\\": organization not found",
    ] {
        let body = format!("{{\"code\":\"not found\",\"message\":\"{message}\"}}");
        let server = Server::start([
            get(ONE, false),
            mapping_request("DELETE", ONE, Reply::SendAndClose(Vec::new())),
            mapping_request("DELETE", ONE, json("404 Not Found", &body)),
        ]);
        let message = message.replace('\\', "");
        dbrp(&server, &DELETE)
            .args(["--id", ONE])
            .stderr(format!("Error: could not remove mapping with ID \"{ONE}\": 404 Not Found: {message}; the request may have been carried out, and repeating it is safe\n"))
            .code(6);
    }
}

#[test]
fn usage_errors_exit_with_2_and_send_nothing() {
    for (flags, stdin, error) in [
        (&["--org", "acme"][..], "", "--id is required"),
        (
            &["--id", "-", "--org", "acme"],
            "",
            "no target on standard input\nHint: standard input has one target per line; blank lines and lines starting with # are ignored",
        ),
        (
            &["--id", "-", "--org", "acme"],
            "[{\"id\"",
            "line 1 of standard input is JSON, not an ID; the lines after it were not tried\nHint: use `list --quiet`, which prints only the IDs, one per line",
        ),
        (
            &["--org", "acme", "0123456789abcdef"],
            "",
            "unexpected argument \"0123456789abcdef\"\nHint: did you mean `--id 0123456789abcdef`?",
        ),
    ] {
        let server = Server::start([]);
        dbrp(&server, &["delete"])
            .args(flags.to_vec())
            .stdin(stdin)
            .stderr(format!("Error: {error}\n"))
            .code(2);
    }
}
