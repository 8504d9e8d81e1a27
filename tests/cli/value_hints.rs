//! Errors about wrong values say what is expected or suggest a correction.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Server, exchange, json};

#[test]
fn errors_about_hosts_name_the_source_and_the_mistake() {
    let blank = "it ends with a space";
    let quoted = "it starts with a quotation mark";
    let scheme = "http:// or https:// is missing; expected a URL such as http://localhost:8086 or https://influx.example/prefix";
    for (value, said) in [
        ("http://hunter2:8086 ", blank),
        ("http://hunter2:8086/\t", blank),
        ("http://hunter2:8086\n", "it ends with a line break"),
        ("http://hunter2:8086\r\n", "it ends with a line break"),
        (" http://hunter2:8086", "it starts with a space"),
        ("\"http://hunter2:8086\"", quoted),
        ("'http://hunter2:8086'", quoted),
        ("http://hunter2:8086\"", "it ends with a quotation mark"),
        ("hunter2:8086", scheme),
        ("hunter2", scheme),
    ] {
        println!("{value:?}");
        by_id()
            .env("INFLUX_HOST", value)
            .stderr(format!("Error: INFLUX_HOST: {said}\n"))
            .code(2);
        by_id()
            .args(["--host", value])
            .stderr(format!("Error: --host: {said}\n"))
            .code(2);
        let value = value
            .replace('"', "\\\"")
            .replace('\n', "\\n")
            .replace('\r', "\\r");
        let test = by_id().configs(format!("[a]\nurl = \"{value}\"\n"));
        let path = test
            .home()
            .join(".influxdbv2/configs")
            .display()
            .to_string();
        test.stderr(format!("Error: url of config \"a\" in {path}: {said}\n"))
            .code(3);
    }
    // The wrong host is reported, not the unknown flag after it.
    by_id()
        .args(["-host", "localhost", "-port", "8086"])
        .stderr(format!("Error: --host: {scheme}\n"))
        .code(2);
}

#[test]
fn a_duration_without_a_unit_suggests_seconds() {
    let expected = "expected a duration such as 500ms, 30s, 2m or 1h, or 0";
    for (value, meant) in [("10", "10s"), ("1", "1s"), ("030", "030s")] {
        Test::new(["ping", "--wait", value])
            .stderr(format!(
                "Error: --wait \"{value}\": {expected}\nHint: did you mean {meant}?\n"
            ))
            .code(2);
    }
    // Nothing is suggested if the value is not a number or is too large even with a unit.
    for value in ["ten", "99999999999999"] {
        Test::new(["ping", "--wait", value])
            .stderr(format!("Error: --wait \"{value}\": {expected}\n"))
            .code(2);
    }
}

#[test]
fn trailing_white_space_in_influx_token_is_ignored() {
    for end in ["\n", "\r\n", " ", "\t \n\n"] {
        let server = Server::start([deactivated()]);
        by_id()
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", format!("{TOKEN}{end}"))
            .stdout(deactivated_row())
            .code(0);
    }
    for (value, said) in [
        (" \n", "contains only white space"),
        (
            "hunter2\n\nhunter2\n",
            "contains a line break, which is not allowed in a header",
        ),
        (
            "\nhunter2",
            "contains a line break, which is not allowed in a header",
        ),
    ] {
        by_id()
            .env("INFLUX_TOKEN", value)
            .stderr(format!("Error: INFLUX_TOKEN: {said}\n"))
            .code(2);
    }
    // On the command line, white space is not ignored, because it was typed there.
    by_id()
        .args(["--token", "hunter2\n"])
        .stderr("Error: --token: contains a line break, which is not allowed in a header\n")
        .code(2);
}

/// Asserts exit code 5 and this hint, and that the token is sent unchanged.
#[track_caller]
fn unauthorized(token: &str, set: impl FnOnce(Test) -> Test, hint: &str) {
    let target = format!("/private/legacy/authorizations/{ID}");
    let credentials = format!("authorization: Token {token}\r\n");
    let request = request_as(&credentials, "PATCH", &target, "{\"status\":\"inactive\"}");
    let body = r#"{"code":"unauthorized","message":"unauthorized access"}"#;
    let server = Server::start([exchange(request, json("401 Unauthorized", body))]);
    set(by_id().env("INFLUX_HOST", server.url()))
        .stderr(format!(
            "Error: failed to update status of authorization with ID \"{ID}\": 401 Unauthorized: unauthorized access\nHint: {hint}\n"
        ))
        .code(5);
}

#[test]
fn a_rejected_token_with_a_prefix_or_quotes_gets_a_hint() {
    let begins = |what: &str| format!("the token begins with {what}, which must be removed");
    let name = begins("a variable's name");
    let usual = "is this the right token for the server, and does it have permission to read and write authorizations and users?";
    for (token, hint) in [
        ("\"hunter2hunter2\"", begins("a quotation mark")),
        ("'hunter2hunter2'", begins("a quotation mark")),
        ("Token hunter2hunter2", begins("`Token `")),
        ("token hunter2hunter2", begins("`Token `")),
        ("Bearer hunter2hunter2", begins("`Bearer `")),
        ("INFLUX_TOKEN=hunter2hunter2==", name.clone()),
        ("export INFLUX_TOKEN=hunter2hunter2", name.clone()),
        ("token = hunter2hunter2", name),
        // These are ordinary tokens.
        ("hunter2hunter2==", usual.into()),
        ("hunter2hunter2=", usual.into()),
        ("aB-_0+/hunter2==", usual.into()),
        ("Tokenhunter2", usual.into()),
    ] {
        println!("{token}");
        unauthorized(token, |test| test.env("INFLUX_TOKEN", token), &hint);
        unauthorized(token, |test| test.args(["-t", token]), &hint);
        let in_file = |test: Test| {
            std::fs::write(test.home().join("token"), format!("{token}\n")).unwrap();
            test.args(["--token-file", "token"])
        };
        unauthorized(token, in_file, &hint);
    }
}

/// Status 403 means that the server knows the token, so the quotation marks are not the problem.
#[test]
fn a_token_without_permission_gets_the_usual_hint() {
    let body = r#"{"code":"forbidden","message":"no"}"#;
    let target = format!("/private/legacy/authorizations/{ID}");
    let credentials = "authorization: Token 'hunter2hunter2'\r\n";
    let request = request_as(credentials, "PATCH", &target, "{\"status\":\"inactive\"}");
    let server = Server::start([exchange(request, json("403 Forbidden", body))]);
    by_id()
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", "'hunter2hunter2'")
        .stderr(format!(
            "Error: failed to update status of authorization with ID \"{ID}\": 403 Forbidden: no\nHint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n"
        ))
        .code(5);
}

#[test]
fn malformed_ids_are_sent_and_get_a_hint() {
    let hint = "Hint: an ID has 16 hex digits; use --username for a name, and repeat --id for several IDs\n";
    let not_16 = "400 Bad Request: id must have a length of 16 bytes";
    let body =
        "{\n\t\"code\": \"invalid\",\n\t\"message\": \"id must have a length of 16 bytes\"\n}";
    let reply = || json("400 Bad Request", body);
    let run = |leaf: &str, id: &str, server: &Server| {
        Test::new(["v1", "auth", leaf, "--id", id])
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", TOKEN)
    };
    for (id, encoded) in [
        ("telegraf", "telegraf"),
        ("a,b", "a%2Cb"),
        ("ids.txt", "ids.txt"),
        ("0e1f2a3b4c5d600g", "0e1f2a3b4c5d600g"),
    ] {
        // IDs are sent unchanged because the server validates them.
        let path = format!("/private/legacy/authorizations/{encoded}");
        let server = Server::start([exchange(patch(encoded, "inactive"), reply())]);
        run("set-inactive", id, &server)
            .stderr(format!(
                "Error: failed to update status of authorization with ID \"{id}\": {not_16}\n{hint}"
            ))
            .code(7);
        let server = Server::start([exchange(request("GET", &path, ""), reply())]);
        run("delete", id, &server)
            .stderr(format!(
                "Error: could not find authorization with ID \"{id}\": {not_16}\n{hint}"
            ))
            .code(7);
        let password = format!("{path}/password");
        let server = Server::start([exchange(
            request("POST", &password, "{\"password\":\"hunter2hunter2\"}"),
            reply(),
        )]);
        run("set-password", id, &server)
            .args(["--password", "hunter2hunter2"])
            .stderr(format!(
                "Error: failed to set the password of authorization with ID \"{id}\": {not_16}\n{hint}"
            ))
            .code(7);
        let list = format!("/private/legacy/authorizations?id={encoded}");
        let server = Server::start([exchange(request("GET", &list, ""), reply())]);
        run("list", id, &server)
            .stderr(format!(
                "Error: could not list authorizations with ID \"{id}\": {not_16}\n{hint}"
            ))
            .code(7);
    }
    // With several targets, the hint is printed once.
    let exchanges = ["a", "b"].map(|id| exchange(patch(id, "inactive"), reply()));
    let server = Server::start(exchanges);
    let failed = |id: &str| {
        format!("Error: failed to update status of authorization with ID \"{id}\": {not_16}\n")
    };
    run("set-inactive", "a", &server)
        .args(["--id", "b"])
        .stderr([&failed("a"), hint, &failed("b")].concat())
        .code(7);
    // If the ID has 16 hex digits, the server must have another reason, so there is no hint.
    let server = Server::start([exchange(patch(ID, "inactive"), reply())]);
    run("set-inactive", ID, &server).stderr(failed(ID)).code(7);
}
