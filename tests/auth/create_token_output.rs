//! `create` prints the new token on standard output and nowhere else.

use crate::harness::{Run, TOKEN};
use crate::scripted_server::{Reply, Server, exchange, http_response, json};
use crate::support::auth_create_requests::{
    BUCKET, BY_ID, ID, NEW_TOKEN, ORG, create_request, created, creation_by_id,
};
use crate::support::auth_requests::auth;
use std::fs::OpenOptions;
use std::process::Stdio;

#[test]
fn table_and_json_contain_the_new_token() {
    let server = Server::start([creation_by_id()]);
    let tabs = "\t".repeat(8 - "Token".len() / 8);
    auth(&server, &BY_ID)
        .stdout(format!(
            "ID\t\t\tDescription\tToken{tabs}User Name\tUser ID\t\t\tStatus\tPermissions\n\
             {ID}\ta test\t\t{NEW_TOKEN}\tadmin\t\t0000000000000b01\tactive\t[read:orgs/{ORG}/buckets/{BUCKET}]\n"
        ))
        .code(0);
    let server = Server::start([creation_by_id()]);
    auth(&server, &[&BY_ID[..], &["--json"]].concat())
        .stdout(format!(
            "{{\n\t\"id\": \"{ID}\",\n\t\"description\": \"a test\",\n\t\"token\": \"{NEW_TOKEN}\",\n\t\"status\": \"active\",\n\t\"userName\": \"admin\",\n\t\"userID\": \"0000000000000b01\",\n\t\"permissions\": [\n\t\t\"read:orgs/{ORG}/buckets/{BUCKET}\"\n\t]\n}}\n"
        ))
        .code(0);
}

/// Scripts can use `influx auth create ... -q > token`.
#[test]
fn quiet_prints_only_the_token() {
    for flags in [
        &["-q"][..],
        &["--quiet", "--json"],
        &["-q", "--hide-headers"],
    ] {
        let server = Server::start([creation_by_id()]);
        auth(&server, &[&BY_ID[..], flags].concat())
            .stdout(format!("{NEW_TOKEN}\n"))
            .code(0);
    }
}

#[test]
fn http_debug_does_not_print_the_new_token() {
    let server = Server::start([creation_by_id()]);
    let run = auth(&server, &[&BY_ID[..], &["-q", "--http-debug"]].concat()).run();
    run.assert(
        run.code == 0 && run.stdout == format!("{NEW_TOKEN}\n"),
        "only the token on standard output",
    );
    run.assert(
        run.stderr
            .contains("< (the body is not shown, because it may contain a secret)\n"),
        "a response without its body",
    );
    run.assert(!run.stderr.contains("t0ken-made"), "no token");
}

/// An unusable response is not quoted, because it may contain the token.
#[test]
fn errors_about_unusable_responses_do_not_print_the_token() {
    for content in [
        format!("{{\"id\":\"{ID}\",\"token\":\"{NEW_TOKEN}"),
        format!("{{\"id\":\"{ID}\",\"token\":\"{NEW_TOKEN}\"}}"),
        format!("{{\"id\":7,\"token\" : \"{NEW_TOKEN}\"}}"),
        format!("[{{\"token\":\"{NEW_TOKEN}\"}}]"),
    ] {
        for flags in [&[][..], &["--http-debug"]] {
            let reply = http_response("201 Created", "application/json", content.as_bytes());
            let server = Server::start([exchange(create_request(), Reply::Send(reply))]);
            let run = auth(&server, &[&BY_ID[..], flags].concat()).run();
            run.assert(run.code == 7 && run.stdout.is_empty(), "exit code 7");
            let status = "201 Created; the request may have been carried out\n";
            run.assert(run.stderr.contains(status), "only the status");
            run.assert(!run.stderr.contains("t0ken-made"), "no token");
        }
    }
}

/// A gateway may include the server's response in its error message.
#[test]
fn errors_about_failed_requests_do_not_print_the_token() {
    let body = format!("{{\"message\":\"made \\u007b {NEW_TOKEN}\"}}");
    for status in [
        "200 OK",
        "302 Found",
        "500 Internal Server Error",
        "504 Gateway Timeout",
    ] {
        for body in [
            &body,
            &format!("{{\"\\u0074oken\":\"{NEW_TOKEN}\"}}"),
            NEW_TOKEN,
        ] {
            let server = Server::start([exchange(create_request(), json(status, body))]);
            let run = auth(&server, &BY_ID).run();
            run.assert(run.code == 7 && run.stdout.is_empty(), "exit code 7");
            run.assert(!run.stderr.contains("t0ken-made"), "no token");
        }
    }
}

/// Other secrets are removed from the output, but not from the new token.
#[test]
fn the_new_token_is_not_redacted_if_it_contains_a_secret() {
    let part = &NEW_TOKEN[..12];
    for (flag, expected) in [
        ("-q", format!("{NEW_TOKEN}\n")),
        ("--json", format!("\t\"token\": \"{NEW_TOKEN}\",\n")),
        ("--hide-headers", format!("\t{NEW_TOKEN}\t")),
    ] {
        let request = create_request().replace(TOKEN, part);
        let server = Server::start([exchange(request, created())]);
        let run = auth(&server, &BY_ID).args([flag, "-t", part]).run();
        run.assert(run.code == 0 && run.stdout.contains(&expected), &expected);
    }
}

/// The user asked to discard the token, so this is not an error.
#[test]
fn writing_the_token_to_dev_null_succeeds() {
    let server = Server::start([creation_by_id()]);
    let test = auth(&server, &BY_ID);
    let discarded = test.command().stdout(Stdio::null()).spawn().unwrap();
    let run = Run::of(discarded, "to /dev/null".into());
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
}

fn output_error(reason: &str) -> String {
    format!(
        "Error: cannot write to standard output: {reason}; the token with ID \"{ID}\" was created, and cannot be shown again\nHint: `auth delete --id` removes it\n"
    )
}

#[test]
fn the_error_for_a_full_disk_says_that_the_token_was_created() {
    for format in ["--json", "--hide-headers", "-q"] {
        let server = Server::start([creation_by_id()]);
        let test = auth(&server, &BY_ID).args([format]);
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Run::of(test.command().stdout(full).spawn().unwrap(), format.into());
        run.assert(run.code == 1, "exit code 1");
        let said = output_error("No space left on device");
        run.assert(run.stderr == said, &said);
    }
}

/// Other commands exit silently if the pipe is closed.
#[test]
fn the_error_for_a_closed_pipe_says_that_the_token_was_created() {
    for format in ["--json", "--hide-headers", "-q"] {
        let server = Server::start([creation_by_id()]);
        let test = auth(&server, &BY_ID).args([format]);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = Run::of(
            test.command().stdout(writer).spawn().unwrap(),
            format.into(),
        );
        run.assert(run.code == 1, "exit code 1");
        let said = output_error("Broken pipe");
        run.assert(run.stderr == said, &said);
    }
}
