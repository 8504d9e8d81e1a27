//! `active` and `inactive`, and that tokens which a server sends stay off both streams.

use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Reply, Server, answer, json};
use crate::support::api_tokens::{ID, auth, done, object, older, sets, table, token};

#[test]
fn by_id_is_one_request_whatever_the_words_are() {
    for (word, status) in [
        ("inactive", "inactive"),
        ("set-inactive", "inactive"),
        ("active", "active"),
        ("set-active", "active"),
    ] {
        for group in ["auth", "authorization"] {
            let server = Server::start([done(ID, status)]);
            Test::new([group, word, "-i", ID])
                .env("INFLUX_HOST", server.url())
                .env("INFLUX_TOKEN", TOKEN)
                .stdout(table(&[(ID, "a test", status)]))
                .code(0);
        }
    }
}

/// As in a container without a home: address and token file alone.
#[test]
fn host_and_token_file_are_enough() {
    let server = Server::start([done(ID, "inactive")]);
    let url = server.url();
    let flags = ["--host", &url, "--token-file", "token", "--json"];
    let test = Test::new(["auth", "inactive", "--id", ID]).args(flags);
    std::fs::write(test.home().join("token"), format!("{TOKEN}\n")).unwrap();
    test.stdout(object(ID, "a test", "inactive") + "\n").code(0);
}

#[test]
fn several_and_standard_input() {
    let other = "00000000000f0002";
    let ids = [ID, other];
    let rows = || table(&ids.map(|id| (id, "a test", "inactive")));
    let server = Server::start(ids.map(|id| done(id, "inactive")));
    auth(&server, &["inactive", "-i", ID, "-i", other])
        .stdout(rows())
        .code(0);
    let server = Server::start(ids.map(|id| done(id, "inactive")));
    auth(&server, &["inactive", "--id", "-"])
        .stdin(format!("# old ones\n{ID}\n\n {other} \n"))
        .stdout(rows())
        .code(0);
    assert_eq!(server.connections(), 1);
}

#[test]
fn what_the_server_says_decides() {
    let failed = format!("Error: failed to update status of authorization with ID \"{ID}\": ");
    let other = "00000000000f0002";
    for (reply, code, cause) in [
        (
            json("200 OK", &token(ID, "a test", "active")),
            7,
            "the server says that the status is \"active\", not \"inactive\"\n".to_string(),
        ),
        (
            json("200 OK", &token(other, "a test", "inactive")),
            7,
            format!("the server answers with another authorization, \"{other}\"\n"),
        ),
        (
            json("404 Not Found", r#"{"code":"not found","message":"user not found"}"#),
            7,
            "404 Not Found: user not found; the change was probably made, but the v2 user of the authorization no longer exists\nHint: `delete --id` removes an authorization whose organization or v2 user was deleted\n".into(),
        ),
        (
            json("401 Unauthorized", r#"{"code":"unauthorized","message":"unauthorized access"}"#),
            5,
            "401 Unauthorized: unauthorized access\nHint: is the token the right one for this server, and may it read and write authorizations and users?\n".into(),
        ),
    ] {
        let server = Server::start([sets(ID, "inactive", reply)]);
        auth(&server, &["inactive", "--id", ID])
            .stderr(format!("{failed}{cause}"))
            .code(code);
    }
}

/// Nothing speaks of usernames, which tokens do not have.
#[test]
fn what_is_no_id() {
    let wrong = r#"{"code":"invalid","message":"id must have a length of 16 bytes"}"#;
    let server = Server::start([sets("agent", "inactive", json("400 Bad Request", wrong))]);
    auth(&server, &["inactive", "--id", "agent"])
        .stderr("Error: failed to update status of authorization with ID \"agent\": 400 Bad Request: id must have a length of 16 bytes\nHint: an ID has 16 hex digits; a description goes with --match, several IDs with several --id\n")
        .code(7);
}

#[test]
fn no_token_that_a_server_sends_is_shown() {
    let body = || older(ID, "a test", "inactive");
    for flags in [&[][..], &["--json"], &["--http-debug"]] {
        let server = Server::start([sets(ID, "inactive", json("200 OK", &body()))]);
        let run = auth(&server, &[&["inactive", "--id", ID], flags].concat()).run();
        run.assert(run.code == 0, "success");
        let shown = run.stdout.contains("s3nt") || run.stderr.contains("s3nt");
        run.assert(!shown, "no token");
        let marked = run
            .stderr
            .contains("< (the body is not shown, because it may have a secret)\n");
        run.assert(marked == (flags == ["--http-debug"]), "the exchange");
    }
    // Answers that cannot be used are not quoted.
    let cut = body()
        .replace("\"description\"", "\"description")
        .replace(",\"status", "\",\"status");
    for content in [&cut[..80], &body()[..60]] {
        let answer = answer("200 OK", "application/json", content.as_bytes());
        let server = Server::start([sets(ID, "inactive", Reply::Send(answer))]);
        let run = auth(&server, &["inactive", "--id", ID, "--http-debug"]).run();
        run.assert(run.code == 7, "an answer that is none");
        run.assert(!run.stderr.contains("s3nt"), "no token");
        run.assert(run.stderr.contains("200 OK\n"), "the status alone");
    }
}
