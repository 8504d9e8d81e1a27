//! The one time that a token is shown: on standard output, and nowhere else.

use crate::harness::{Run, TOKEN};
use crate::scripted_server::{Reply, Server, answer, exchange, json};
use crate::support::api_token_create::{
    BUCKET, BY_ID, ID, MADE, ORG, create_request, created, made,
};
use crate::support::api_tokens::auth;
use std::fs::OpenOptions;
use std::process::Stdio;

#[test]
fn table_and_json() {
    let server = Server::start([made()]);
    let tabs = "\t".repeat(8 - "Token".len() / 8);
    auth(&server, &BY_ID)
        .stdout(format!(
            "ID\t\t\tDescription\tToken{tabs}User Name\tUser ID\t\t\tStatus\tPermissions\n\
             {ID}\ta test\t\t{MADE}\tadmin\t\t0000000000000b01\tactive\t[read:orgs/{ORG}/buckets/{BUCKET}]\n"
        ))
        .code(0);
    let server = Server::start([made()]);
    auth(&server, &[&BY_ID[..], &["--json"]].concat())
        .stdout(format!(
            "{{\n\t\"id\": \"{ID}\",\n\t\"description\": \"a test\",\n\t\"token\": \"{MADE}\",\n\t\"status\": \"active\",\n\t\"userName\": \"admin\",\n\t\"userID\": \"0000000000000b01\",\n\t\"permissions\": [\n\t\t\"read:orgs/{ORG}/buckets/{BUCKET}\"\n\t]\n}}\n"
        ))
        .code(0);
}

/// `influx auth create ... -q > token` is all that a script needs.
#[test]
fn quiet_is_the_token_alone() {
    for flags in [
        &["-q"][..],
        &["--quiet", "--json"],
        &["-q", "--hide-headers"],
    ] {
        let server = Server::start([made()]);
        auth(&server, &[&BY_ID[..], flags].concat())
            .stdout(format!("{MADE}\n"))
            .code(0);
    }
}

#[test]
fn the_exchange_is_shown_without_it() {
    let server = Server::start([made()]);
    let run = auth(&server, &[&BY_ID[..], &["-q", "--http-debug"]].concat()).run();
    run.assert(
        run.code == 0 && run.stdout == format!("{MADE}\n"),
        "the token",
    );
    run.assert(
        run.stderr
            .contains("< (the body is not shown, because it may have a secret)\n"),
        "the head of the answer alone",
    );
    run.assert(!run.stderr.contains("t0ken-made"), "no token");
}

/// An answer that cannot be used may hold the token, and is not quoted.
#[test]
fn no_message_shows_it() {
    for content in [
        format!("{{\"id\":\"{ID}\",\"token\":\"{MADE}"),
        format!("{{\"id\":\"{ID}\",\"token\":\"{MADE}\"}}"),
        format!("{{\"id\":7,\"token\" : \"{MADE}\"}}"),
        format!("[{{\"token\":\"{MADE}\"}}]"),
    ] {
        for flags in [&[][..], &["--http-debug"]] {
            let reply = answer("201 Created", "application/json", content.as_bytes());
            let server = Server::start([exchange(create_request(), Reply::Send(reply))]);
            let run = auth(&server, &[&BY_ID[..], flags].concat()).run();
            run.assert(run.code == 7 && run.stdout.is_empty(), "exit code 7");
            let status = "201 Created; the request may have been carried out\n";
            run.assert(run.stderr.contains(status), "the status alone");
            run.assert(!run.stderr.contains("t0ken-made"), "no token");
        }
    }
}

/// A gateway may answer with what the server said.
#[test]
fn no_message_of_a_failure_shows_it() {
    let body = format!("{{\"message\":\"made \\u007b {MADE}\"}}");
    for status in [
        "200 OK",
        "302 Found",
        "500 Internal Server Error",
        "504 Gateway Timeout",
    ] {
        for body in [&body, &format!("{{\"\\u0074oken\":\"{MADE}\"}}"), MADE] {
            let server = Server::start([exchange(create_request(), json(status, body))]);
            let run = auth(&server, &BY_ID).run();
            run.assert(run.code == 7 && run.stdout.is_empty(), "exit code 7");
            run.assert(!run.stderr.contains("t0ken-made"), "no token");
        }
    }
}

/// Nothing is taken out of it, whatever stands in it.
#[test]
fn it_is_whole_also_where_it_holds_another_secret() {
    let part = &MADE[..12];
    for (flag, expected) in [
        ("-q", format!("{MADE}\n")),
        ("--json", format!("\t\"token\": \"{MADE}\",\n")),
        ("--hide-headers", format!("\t{MADE}\t")),
    ] {
        let request = create_request().replace(TOKEN, part);
        let server = Server::start([exchange(request, created())]);
        let run = auth(&server, &BY_ID).args([flag, "-t", part]).run();
        run.assert(run.code == 0 && run.stdout.contains(&expected), &expected);
    }
}

/// Whoever discards the output gets what they ask for.
#[test]
fn dev_null_is_like_any_output() {
    let server = Server::start([made()]);
    let test = auth(&server, &BY_ID);
    let discarded = test.command().stdout(Stdio::null()).spawn().unwrap();
    let run = Run::of(discarded, "to /dev/null".into());
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
}

fn said(reason: &str) -> String {
    format!(
        "Error: cannot write to standard output: {reason}; the token with ID \"{ID}\" was created, and cannot be shown again\nHint: `auth delete --id` removes it\n"
    )
}

#[test]
fn a_full_disk_says_that_it_was_made() {
    for format in ["--json", "--hide-headers", "-q"] {
        let server = Server::start([made()]);
        let test = auth(&server, &BY_ID).args([format]);
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Run::of(test.command().stdout(full).spawn().unwrap(), format.into());
        run.assert(run.code == 1, "exit code 1");
        let said = said("No space left on device");
        run.assert(run.stderr == said, &said);
    }
}

/// A closed pipe too, where others end in silence.
#[test]
fn a_closed_pipe_says_that_it_was_made() {
    for format in ["--json", "--hide-headers", "-q"] {
        let server = Server::start([made()]);
        let test = auth(&server, &BY_ID).args([format]);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = Run::of(
            test.command().stdout(writer).spawn().unwrap(),
            format.into(),
        );
        run.assert(run.code == 1, "exit code 1");
        let said = said("Broken pipe");
        run.assert(run.stderr == said, &said);
    }
}
