//! `active` and `inactive`: requests, and which responses confirm the change.

use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Reply, Server, http_response, json};
use crate::support::auth_requests::{
    ID, auth, object, sets, sets_status, table, token, token_from_older_server,
};

#[test]
fn every_alias_sends_one_request() {
    for (word, status) in [
        ("inactive", "inactive"),
        ("set-inactive", "inactive"),
        ("active", "active"),
        ("set-active", "active"),
    ] {
        for group in ["auth", "authorization"] {
            let server = Server::start([sets_status(ID, status)]);
            Test::new([group, word, "-i", ID])
                .env("INFLUX_HOST", server.url())
                .env("INFLUX_TOKEN", TOKEN)
                .stdout(table(&[(ID, "a test", status)]))
                .code(0);
        }
    }
}

/// This is how the program runs in an empty container.
#[test]
fn host_and_token_file_are_enough() {
    let server = Server::start([sets_status(ID, "inactive")]);
    let url = server.url();
    let flags = ["--host", &url, "--token-file", "token", "--json"];
    let test = Test::new(["auth", "inactive", "--id", ID]).args(flags);
    std::fs::write(test.home().join("token"), format!("{TOKEN}\n")).unwrap();
    test.stdout(object(ID, "a test", "inactive") + "\n").code(0);
}

#[test]
fn reads_several_ids_from_flags_or_standard_input() {
    let other = "00000000000f0002";
    let ids = [ID, other];
    let rows = || table(&ids.map(|id| (id, "a test", "inactive")));
    let server = Server::start(ids.map(|id| sets_status(id, "inactive")));
    auth(&server, &["inactive", "-i", ID, "-i", other])
        .stdout(rows())
        .code(0);
    let server = Server::start(ids.map(|id| sets_status(id, "inactive")));
    auth(&server, &["inactive", "--id", "-"])
        .stdin(format!("# old ones\n{ID}\n\n {other} \n"))
        .stdout(rows())
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn responses_that_do_not_confirm_the_change_are_errors() {
    let failed = format!("Error: failed to update status of authorization with ID \"{ID}\": ");
    let other = "00000000000f0002";
    for (reply, code, cause) in [
        (
            json("200 OK", &token(ID, "a test", "active")),
            7,
            "the server reports the status \"active\", not \"inactive\"\n".to_string(),
        ),
        (
            json("200 OK", &token(other, "a test", "inactive")),
            7,
            format!("the server returned a different authorization, \"{other}\"\n"),
        ),
        (
            json("404 Not Found", r#"{"code":"not found","message":"user not found"}"#),
            7,
            "404 Not Found: user not found; the change was probably made, but the v2 user of the authorization no longer exists\nHint: `delete --id` removes an authorization whose organization or v2 user was deleted\n".into(),
        ),
        (
            json("401 Unauthorized", r#"{"code":"unauthorized","message":"unauthorized access"}"#),
            5,
            "401 Unauthorized: unauthorized access\nHint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n".into(),
        ),
    ] {
        let server = Server::start([sets(ID, "inactive", reply)]);
        auth(&server, &["inactive", "--id", ID])
            .stderr(format!("{failed}{cause}"))
            .code(code);
    }
}

/// The hint does not mention usernames, because API tokens have none.
#[test]
fn a_malformed_id_exits_with_7_and_a_hint() {
    let wrong = r#"{"code":"invalid","message":"id must have a length of 16 bytes"}"#;
    let server = Server::start([sets("agent", "inactive", json("400 Bad Request", wrong))]);
    auth(&server, &["inactive", "--id", "agent"])
        .stderr("Error: failed to update status of authorization with ID \"agent\": 400 Bad Request: id must have a length of 16 bytes\nHint: an ID has 16 hex digits; use --match for a description, and repeat --id for several IDs\n")
        .code(7);
}

#[test]
fn tokens_in_responses_are_not_printed() {
    let body = || token_from_older_server(ID, "a test", "inactive");
    for flags in [&[][..], &["--json"], &["--http-debug"]] {
        let server = Server::start([sets(ID, "inactive", json("200 OK", &body()))]);
        let run = auth(&server, &[&["inactive", "--id", ID], flags].concat()).run();
        run.assert(run.code == 0, "success");
        let shown = run.stdout.contains("s3nt") || run.stderr.contains("s3nt");
        run.assert(!shown, "no token");
        let marked = run
            .stderr
            .contains("< (the body is not shown, because it may contain a secret)\n");
        run.assert(
            marked == (flags == ["--http-debug"]),
            "a note about the body with --http-debug",
        );
    }
    // Unusable responses are not quoted.
    let cut = body()
        .replace("\"description\"", "\"description")
        .replace(",\"status", "\",\"status");
    for content in [&cut[..80], &body()[..60]] {
        let response = http_response("200 OK", "application/json", content.as_bytes());
        let server = Server::start([sets(ID, "inactive", Reply::Send(response))]);
        let run = auth(&server, &["inactive", "--id", ID, "--http-debug"]).run();
        run.assert(run.code == 7, "exit code 7");
        run.assert(!run.stderr.contains("s3nt"), "no token");
        run.assert(run.stderr.contains("200 OK\n"), "only the status");
    }
}
