//! The exit code and the message after responses about another authorization, after changes that
//! were not carried out, and after each kind of `not found`.

use crate::fixtures::*;
use crate::scripted_server::{Exchange, Reply, Server, exchange, http_response, json};
use crate::support::expected_failures::WRONG_ADDRESS_HINT;
use crate::support::v1_auth_requests::{PATH, auth, fails, looks_up};

fn not_found(message: &str) -> Reply {
    let body = format!("{{\"code\":\"not found\",\"message\":{message:?}}}");
    json("404 Not Found", &body)
}

fn removes(reply: Reply) -> Exchange {
    exchange(request("DELETE", &format!("{PATH}/{ID}"), ""), reply)
}

fn reads(reply: Reply) -> Exchange {
    exchange(request("GET", &format!("{PATH}/{ID}"), ""), reply)
}

fn sets_password(reply: Reply) -> Exchange {
    let body = "{\"password\":\"pa55word\"}";
    exchange(
        request("POST", &format!("{PATH}/{ID}/password"), body),
        reply,
    )
}

#[test]
fn a_response_about_another_authorization_exits_with_7() {
    for (word, status) in [("set-inactive", "inactive"), ("set-active", "active")] {
        let other = json(
            "200 OK",
            &authorization("00000000000d0008", "telegraf", status),
        );
        fails(
            &[word, "--id", ID],
            [exchange(patch(ID, status), other)],
            7,
            &format!(
                "failed to update status of authorization with ID \"{ID}\": the server returned a different authorization, \"00000000000d0008\"\n"
            ),
        );
        for (id, name, other) in [
            ("00000000000d0008", "telegraf", "00000000000d0008"),
            (ID, "Telegraf", "Telegraf"),
            (ID, "", ""),
        ] {
            let reply = json("200 OK", &authorization(id, name, status));
            let entry = authorization(ID, "telegraf", "active");
            fails(
                &[word, "--username", "telegraf"],
                [looks_up(&[entry]), exchange(patch(ID, status), reply)],
                7,
                &format!(
                    "failed to update status of authorization with username \"telegraf\": the server returned a different authorization, {other:?}\n"
                ),
            );
        }
    }
}

#[test]
fn ids_are_compared_case_insensitively() {
    let typed = "00000000000D0007";
    let server = Server::start([exchange(patch(typed, "inactive"), deactivated_reply(ID))]);
    auth(&server, &["set-inactive", "--id", typed])
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn only_204_is_success() {
    let login = "<html>Sign in</html>";
    let cases = [
        ("200 OK", "text/html", login, "200 OK: <html>Sign in</html>"),
        ("202 Accepted", "application/json", "", "202 Accepted"),
        (
            "200 OK",
            "application/json",
            "{\"error\":\"no\"}",
            "200 OK: {\"error\":\"no\"}",
        ),
        (
            "201 Created",
            "application/json",
            "{\"code\":\"x\",\"message\":\"no\"}",
            "201 Created: no",
        ),
    ];
    for (status, kind, body, shown) in cases {
        let reply = || Reply::Send(http_response(status, kind, body.as_bytes()));
        let held = json("200 OK", &authorization(ID, "telegraf", "active"));
        let said = format!(
            "authorization with ID \"{ID}\": the server responded with {shown}, but InfluxDB responds with 204\n{WRONG_ADDRESS_HINT}"
        );
        fails(
            &["delete", "--id", ID],
            [reads(held), removes(reply())],
            7,
            &format!("could not remove {said}"),
        );
        fails(
            &["set-password", "--id", ID, "--password", "pa55word"],
            [sets_password(reply())],
            7,
            &format!("failed to set the password of {said}"),
        );
    }
}

#[test]
fn not_found_exits_with_6_only_if_it_is_about_the_authorization() {
    let update =
        format!("failed to update status of authorization with ID \"{ID}\": 404 Not Found: ");
    let find = "could not find authorization with username \"telegraf\": 404 Not Found: ";
    let by_id = |message: &str| exchange(patch(ID, "inactive"), not_found(message));
    let by_name = |message: &str| exchange(get("telegraf"), not_found(message));
    for (message, code, hint) in [
        ("authorization not found", 6, ""),
        ("path not found", 7, WRONG_ADDRESS_HINT),
        ("page not found", 7, WRONG_ADDRESS_HINT),
        ("bucket not found", 7, ""),
        ("organization name \\\"x\\\" not found", 7, ""),
        ("something else", 7, ""),
    ] {
        let message = message.replace('\\', "");
        let said = format!("{message}\n{hint}");
        fails(
            &["set-inactive", "--id", ID],
            [by_id(&message)],
            code,
            &format!("{update}{said}"),
        );
        let words = ["set-inactive", "--username", "telegraf"];
        fails(&words, [by_name(&message)], code, &format!("{find}{said}"));
    }
}

#[test]
fn list_exits_with_6_only_if_not_found_is_about_a_given_filter() {
    for (flags, query, message, code) in [
        (
            ["--org", "x"],
            "?org=x",
            "organization name \"x\" not found",
            6,
        ),
        (["--org", "x"], "?org=x", "organization not found", 6),
        (["--org-id", "1"], "?orgID=1", "organization not found", 6),
        (["--user", "x"], "?user=x", "user not found", 6),
        (["--user-id", "1"], "?userID=1", "user not found", 6),
        (
            ["--username", "x"],
            "?token=x",
            "authorization not found",
            6,
        ),
        (["--user", "x"], "?user=x", "authorization not found", 7),
        (["--org", "x"], "?org=x", "user not found", 7),
        (["--status", "active"], "", "organization not found", 7),
        (["--status", "active"], "", "authorization not found", 7),
    ] {
        let server = Server::start([exchange(
            request("GET", &format!("{PATH}{query}"), ""),
            not_found(message),
        )]);
        let run = auth(&server, &[&["list"], &flags[..]].concat()).run();
        run.assert(
            run.code == code,
            &format!("exit code {code} for {message} with {flags:?}"),
        );
        run.assert(run.stdout.is_empty(), "nothing on standard output");
        run.assert(
            run.stderr.contains(&format!("404 Not Found: {message}")),
            "the message",
        );
    }
}

const DELETE_HINT: &str =
    "Hint: `delete --id` removes an authorization whose organization or v2 user was deleted\n";

#[test]
fn if_the_owner_is_gone_the_error_says_that_the_change_was_probably_made() {
    for (message, owner) in [
        ("organization not found", "organization"),
        ("user not found", "v2 user"),
    ] {
        let said = format!(
            "404 Not Found: {message}; the change was probably made, but the {owner} of the authorization no longer exists\n{DELETE_HINT}"
        );
        fails(
            &["set-inactive", "--id", ID],
            [exchange(patch(ID, "inactive"), not_found(message))],
            7,
            &format!("failed to update status of authorization with ID \"{ID}\": {said}"),
        );
        let held = json("200 OK", &authorization(ID, "telegraf", "active"));
        fails(
            &["delete", "--id", ID],
            [reads(held), removes(not_found(message))],
            7,
            &format!("could not remove authorization with ID \"{ID}\": {said}"),
        );
    }
}

#[test]
fn delete_by_id_removes_an_authorization_whose_owner_is_gone() {
    let no_content = || Reply::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec());
    for message in ["organization not found", "user not found"] {
        let server = Server::start([reads(not_found(message)), removes(no_content())]);
        auth(&server, &["delete", "--id", ID, "--hide-headers"])
            .stdout(format!("{ID}\t\t\t\t\t\t[]\ttrue\n"))
            .code(0);
        let server = Server::start([reads(not_found(message)), removes(no_content())]);
        let row = format!(
            "{{\n\t\"id\": \"{ID}\",\n\t\"description\": \"\",\n\t\"token\": \"\",\n\t\"status\": \"\",\n\t\"userName\": \"\",\n\t\"userID\": \"\",\n\t\"permissions\": []\n}}\n"
        );
        auth(&server, &["delete", "--id", ID, "--json"])
            .stdout(row)
            .code(0);
    }
    // After any other kind of `not found`, no DELETE is sent.
    fails(
        &["delete", "--id", ID],
        [reads(not_found("path not found"))],
        7,
        &format!(
            "could not find authorization with ID \"{ID}\": 404 Not Found: path not found\n{WRONG_ADDRESS_HINT}"
        ),
    );
}
