//! A secret is not printed in part if a response is cut in the middle of it, and IDs from the server
//! are redacted like any other text.

use crate::fixtures::*;
use crate::harness::{Run, TOKEN, Test, set_inactive};
use crate::scripted_server::{Server, exchange, json};
use crate::support::auth_create_requests::{BY_ID, create_request};
use crate::support::dbrp_requests::{dbrp, mapping};
use crate::support::no_secrets::{assert_no_secret, echo};

const LIST: &str = "/private/legacy/authorizations";

fn command(server: &Server, words: &[&str]) -> Test {
    Test::new(words.to_vec())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

/// Runs `v1 auth list` with a token. The body of the response has `padding`, and the token after it.
fn list_with_token_after(padding: String, flags: &[&str]) -> Run {
    let body = format!("{padding}{TOKEN}\"}}]}}");
    let server = Server::start([exchange(request("GET", LIST, ""), json("200 OK", &body))]);
    command(&server, &["v1", "auth", "list"])
        .args(flags.to_vec())
        .run()
}

#[test]
fn a_token_that_crosses_the_64_kib_limit_is_not_shown_in_part() {
    for missing in 1..TOKEN.len() {
        let body = " ".repeat(64 * 1024 + missing - TOKEN.len()) + TOKEN;
        let server = Server::start([exchange(
            patch(ID, "inactive"),
            echo("500 Internal Server Error", "", &body),
        )]);
        let run = set_inactive(&server.url()).args(["--id", ID]).run();
        run.assert(run.code == 7, "exit code 7");
        assert_no_secret(&run);
    }
}

#[test]
fn a_token_that_crosses_the_16_kib_limit_is_not_shown_in_part() {
    for missing in [1, 2, 3, 10] {
        let length = 16 * 1024 + missing - TOKEN.len();
        let run = list_with_token_after(" ".repeat(length), &[]);
        run.assert(run.code == 7, "exit code 7");
        assert_no_secret(&run);
        let start = r#"{"authorizations":[{"id":"1","token":""#;
        let padding = format!("{start}{}", "x".repeat(length - start.len()));
        assert_no_secret(&list_with_token_after(padding, &["-q", "--http-debug"]));
    }
}

#[test]
fn a_token_with_a_control_character_inside_is_not_shown() {
    let (start, end) = TOKEN.split_at(20);
    for inside in ["\u{1}", "\u{200e}"] {
        let server = Server::start([exchange(
            patch(ID, "inactive"),
            echo("502 Bad Gateway", "", &format!("{start}{inside}{end}")),
        )]);
        let run = set_inactive(&server.url()).args(["--id", ID]).run();
        run.assert(run.code == 7, "exit code 7");
        assert_no_secret(&run);
    }
}

#[test]
fn ids_from_the_server_are_redacted() {
    let list = listed(&[authorization(TOKEN, "telegraf", "active")]);
    let server = Server::start([
        exchange(request("GET", LIST, ""), json("200 OK", &list)),
        exchange(
            patch(&TOKEN.replace('=', "%3D"), "inactive"),
            json("400 Bad Request", r#"{"code":"invalid","message":"x"}"#),
        ),
    ]);
    let run = set_inactive(&server.url()).args(["--match", "tele*"]).run();
    run.assert(
        run.code == 7 && run.stderr.contains("[redacted]"),
        "the error",
    );
    assert_no_secret(&run);
    let list = format!(
        "{{\"content\":[{}]}}",
        mapping(TOKEN, "d", "r", true, false)
    );
    let query = "/api/v2/dbrps?orgID=0000000000000a01&db=d&rp=r";
    let server = Server::start([exchange(request("GET", query, ""), json("200 OK", &list))]);
    let run = dbrp(
        &server,
        &["create", "--if-not-exists", "--db", "d", "--rp", "r"],
    )
    .args([
        "--org-id",
        "0000000000000a01",
        "--bucket-id",
        "0000000000000c09",
    ])
    .run();
    run.assert(
        run.code == 7 && run.stderr.contains("[redacted]"),
        "the error",
    );
    assert_no_secret(&run);
}

#[test]
fn a_long_id_from_the_server_is_cut() {
    let body = authorization(&"x".repeat(100_000), "telegraf", "inactive");
    let server = Server::start([exchange(patch(ID, "inactive"), json("200 OK", &body))]);
    let run = set_inactive(&server.url()).args(["--id", ID]).run();
    run.assert(run.code == 7 && run.stderr.len() < 1_000, "a short error");
}

#[test]
fn the_address_of_a_redirect_is_not_shown_for_a_creation() {
    let reply = echo("302 Found", "Location: http://h/n3w-token\r\n", "");
    let server = Server::start([exchange(create_request(), reply)]);
    let run = command(&server, &[&["auth"], &BY_ID[..]].concat()).run();
    run.assert(
        run.code == 7
            && run
                .stderr
                .contains("the server redirects to another address"),
        "the error",
    );
    run.assert(!run.stderr.contains("n3w-token"), "no address");
}
