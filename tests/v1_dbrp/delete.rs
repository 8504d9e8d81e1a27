//! `delete`: what is removed is what is shown.

use crate::fixtures::{array, request};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::dbrp_requests::{content, dbrp, mapping, object};

const ONE: &str = "00000000000e0001";
const TWO: &str = "00000000000e0002";
const MISSING: &str = "00000000000e0009";

fn ask(method: &str, id: &str, reply: Reply) -> Exchange {
    exchange(
        request(method, &format!("/api/v2/dbrps/{id}?org=acme"), ""),
        reply,
    )
}

fn get(id: &str, seeming: bool) -> Exchange {
    let row = mapping(id, "mydb", "a", false, seeming);
    ask("GET", id, json("200 OK", &content(&row)))
}

fn done(id: &str) -> Exchange {
    let reply = b"HTTP/1.1 204 No Content\r\n\r\n".to_vec();
    ask("DELETE", id, Reply::Send(reply))
}

fn missing(method: &str, id: &str) -> Exchange {
    let body = r#"{"code":"not found","message":"unable to find DBRP"}"#;
    ask(method, id, json("404 Not Found", body))
}

const DELETE: [&str; 4] = ["delete", "--org", "acme", "--json"];

#[test]
fn several_from_flags_and_standard_input() {
    let server = Server::start([
        get(ONE, false),
        done(ONE),
        missing("GET", MISSING),
        get(TWO, false),
        done(TWO),
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
fn a_virtual_mapping_is_left_alone() {
    let server = Server::start([get(ONE, true)]);
    dbrp(&server, &DELETE)
        .args(["-i", ONE])
        .stderr(format!("Error: could not remove mapping with ID \"{ONE}\": it is virtual, derived from the name of its bucket; nothing was changed\nHint: a mapping made with `v1 dbrp create` takes precedence over the virtual one\n"))
        .code(7);
}

#[test]
fn it_is_done_at_204() {
    for (reply, code, cause) in [
        (
            json("200 OK", "{}"),
            7,
            "the server answered 200 OK: {}; InfluxDB would have answered 204\nHint: is --host the address of InfluxDB, with its path prefix if it has one?\n",
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
        let server = Server::start([get(ONE, false), ask("DELETE", ONE, reply)]);
        dbrp(&server, &DELETE)
            .args(["--id", ONE])
            .stderr(format!(
                "Error: could not remove mapping with ID \"{ONE}\": {cause}"
            ))
            .code(code);
    }
}

#[test]
fn a_removal_whose_answer_was_lost_is_done_where_it_is_gone() {
    let server = Server::start([
        get(ONE, false),
        ask("DELETE", ONE, Reply::SendAndClose(Vec::new())),
        missing("DELETE", ONE),
    ]);
    dbrp(&server, &DELETE)
        .args(["--id", ONE])
        .stdout(object(ONE, "mydb", "a", false) + "\n")
        .code(0);
}

/// A server that no longer knows the organization or the bucket has not said that the mapping is gone.
#[test]
fn a_repeat_that_misses_something_else_proves_nothing() {
    for message in [
        "organization not found",
        "bucket not found",
        "invalid org \\\"acme\\\": organization not found",
    ] {
        let body = format!("{{\"code\":\"not found\",\"message\":\"{message}\"}}");
        let server = Server::start([
            get(ONE, false),
            ask("DELETE", ONE, Reply::SendAndClose(Vec::new())),
            ask("DELETE", ONE, json("404 Not Found", &body)),
        ]);
        let message = message.replace('\\', "");
        dbrp(&server, &DELETE)
            .args(["--id", ONE])
            .stderr(format!("Error: could not remove mapping with ID \"{ONE}\": 404 Not Found: {message}; the request may have been carried out, and repeating it is safe\n"))
            .code(6);
    }
}

#[test]
fn what_cannot_work_is_refused_before_anything_is_sent() {
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
            "line 1 of standard input is JSON, not an ID; nothing after it is tried\nHint: `list --quiet` prints the IDs alone, one per line, as --id - reads them",
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
