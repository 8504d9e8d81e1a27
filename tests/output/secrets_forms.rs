//! Parts and other spellings of a secret stay off both streams too: what stands behind a scheme, in
//! a cookie, in quotes, between white space or in front of padding.

use super::secrets::echo;
use crate::fixtures::*;
use crate::harness::{Run, TOKEN, Test, set_inactive};
use crate::server::{Reply, Server, exchange};
use crate::v1_auth::create::sets_password;
use crate::v1_auth::set_password::set_password;

const KIND: &str = "content-type: application/json\r\n";

/// The PATCH with these lines for credentials, and these behind all others.
fn sent(credentials: &str, own: &str) -> String {
    let target = format!("/private/legacy/authorizations/{ID}");
    let request = request_as(credentials, "PATCH", &target, r#"{"status":"inactive"}"#);
    request.replace(KIND, &format!("{KIND}{own}"))
}

/// Answers of success and failure that hold `said` wherever something is shown, and their codes.
fn answers(said: &str) -> [(Reply, i32); 3] {
    let json = said.replace('\\', "\\\\").replace('"', "\\\"");
    let headers = format!("Location: http://h/{said}\r\nX-Request-Id: {said}\r\n");
    let described = authorization(ID, "telegraf", "inactive").replace("a test", &json);
    [
        (echo("200 OK", &headers, &described), 0),
        (
            echo("400 Bad Request", &headers, &format!("<p>{said}</p>")),
            7,
        ),
        (echo("307 Temporary Redirect", &headers, ""), 7),
    ]
}

#[track_caller]
fn assert_none(run: &Run, code: i32, parts: &[&str]) {
    run.assert(run.code == code, &format!("exit code {code}"));
    for part in parts {
        let shown = run.stdout.contains(part) || run.stderr.contains(part);
        run.assert(!shown, &format!("nothing that contains {part}"));
    }
}

/// A run by ID that sends `request` and is answered `said`, with the exchange shown, shows none of
/// `parts`.
#[track_caller]
fn hides(request: &str, said: &str, parts: &[&str], given: &dyn Fn(Test) -> Test) {
    for (reply, code) in answers(said) {
        let server = Server::start([exchange(request, reply)]);
        let test = Test::new(["v1", "auth", "set-inactive", "--id", ID, "--http-debug"])
            .env("INFLUX_HOST", server.url());
        assert_none(&given(test).run(), code, parts);
    }
}

/// Whatever the server makes of the `==` behind it.
#[test]
fn a_token_without_its_padding() {
    let body = TOKEN.trim_end_matches('=');
    let request = sent(&format!("authorization: Token {TOKEN}\r\n"), "");
    for padding in ["", "=", "&#x3D;&#x3D;", "&#61;", "%253D%253D", "\\u003d"] {
        let said = format!("{body}{padding}");
        let hides = |given: &dyn Fn(Test) -> Test| {
            hides(&request, &said, &["t0ken-of", "tests-00"], given);
        };
        hides(&|test| test.args(["--token", TOKEN]));
        hides(&|test| test.env("INFLUX_TOKEN", TOKEN));
        hides(&|test| test.configs(format!("[a]\ntoken = \"{TOKEN}\"\n")));
    }
}

/// One mark stands for it, with its padding or without.
#[test]
fn a_token_is_removed_with_its_padding() {
    let body = TOKEN.trim_end_matches('=');
    let message = format!(r#"{{"message":"{TOKEN}, {body}, {body}%3D%3D, {body}&#61;"}}"#);
    let server = Server::start([exchange(
        patch(ID, "inactive"),
        echo("400 Bad Request", "", &message),
    )]);
    let run = set_inactive(&server.url()).args(["--id", ID]).run();
    let shown = "400 Bad Request: [redacted], [redacted], [redacted], [redacted]&#61;\n";
    run.assert(run.stderr.ends_with(shown), shown);
}

/// An extra header, what is said of it, and what may be shown nowhere.
const HEADERS: [(&str, &str, &[&str]); 8] = [
    (
        "Authorization: Bearer b3arer-of-the-tests==",
        "b3arer-of-the-tests&#61;",
        &["b3arer"],
    ),
    (
        "authorization: Token  us3r:pa55word-of-it",
        "us3r:pa55word-of-it pa55word-of-it",
        &["pa55w"],
    ),
    (
        "X-Auth: bearer b3arer-of-the-tests",
        "b3arer-of-the-tests",
        &["b3arer"],
    ),
    (
        "Proxy-Authorization: Own b3arer-of-the-tests",
        "b3arer-of-the-tests",
        &["b3arer"],
    ),
    // `admin:pa55word-of-it`, and without the padding that some leave out.
    (
        "Authorization: Basic YWRtaW46cGE1NXdvcmQtb2YtaXQ=",
        "admin:pa55word-of-it pa55word-of-it",
        &["pa55w"],
    ),
    (
        "Authorization: basic YWRtaW46cGE1NXdvcmQtb2YtaXQ",
        "pa55word-of-it YWRtaW46cGE1NXdvcmQtb2YtaXQ=",
        &["pa55w", "YWRta"],
    ),
    (
        "Cookie: a=v4lue-of-one; b=\"v4lue-of-two==\";c = v4lue=three",
        "v4lue-of-one v4lue-of-two v4lue=three",
        &["v4lue"],
    ),
    (
        "Cookie: v4lue-without-a-name",
        "v4lue-without-a-name",
        &["v4lue"],
    ),
];

#[test]
fn what_an_extra_header_holds() {
    let token = format!("authorization: Token {TOKEN}\r\n");
    for (header, said, parts) in HEADERS {
        let (name, value) = header.split_once(": ").unwrap();
        let name = name.to_ascii_lowercase();
        let own = format!("{name}: {value}\r\n");
        let token = if name == "authorization" { "" } else { &token };
        hides(&sent(token, &own), said, parts, &|test| {
            test.env("INFLUX_TOKEN", TOKEN)
                .args(["--extra-http-header", header])
        });
        let among = format!("x-a: 1\r\n{own}x-b: 2\r\n");
        hides(&sent(token, &among), said, parts, &|test| {
            test.env("INFLUX_TOKEN", TOKEN).env(
                "INFLUX_EXTRA_HTTP_HEADER",
                format!("X-A: 1,{header},X-B: 2"),
            )
        });
    }
}

/// Where the run ends before anything is sent.
#[test]
fn what_an_extra_header_holds_is_known_to_the_errors_of_the_command_line() {
    for (header, said, parts) in HEADERS {
        let test = || Test::new(["v1", "auth", "set-inactive", "--id", ID]);
        for word in [said, &format!("--json={said}")] {
            let flag = test().args(["--extra-http-header", header, word]);
            assert_none(&flag.run(), 2, parts);
            let mistyped = test().args([word, "--extra-htp-header", header]);
            assert_none(&mistyped.run(), 2, parts);
            let variable = test().env("INFLUX_EXTRA_HTTP_HEADER", format!("A:1,{header}"));
            assert_none(&variable.args([word]).run(), 2, parts);
        }
    }
}

/// A token with white space in front is sent as it is: the file may be right.
#[test]
fn a_token_file_with_white_space_around() {
    let request = sent(&format!("authorization: Token  \t{TOKEN}\r\n"), "");
    for said in [TOKEN, TOKEN.trim_end_matches('=')] {
        hides(&request, said, &["t0ken-of"], &|test| {
            test.keep().file("token", format!(" \t{TOKEN} \n"));
            test.args(["--token-file", "token"])
        });
    }
}

#[test]
fn a_password_with_white_space_around() {
    let password = " \"pa55word of the tests\" ";
    let escaped = password.replace('"', "\\\"");
    for said in [password, password.trim(), "pa55word of the tests"] {
        let page = echo("400 Bad Request", "", &format!("<p>{said}</p>"));
        let server = Server::start([sets_password(&escaped, page)]);
        let test = set_password(&server, &["--id", ID, "--password-file", "secret"]);
        test.keep().file("secret", format!("{password}\r\n"));
        let run = test.args(["--http-debug"]).run();
        assert_none(&run, 7, &["pa55word", "of the tests"]);
    }
}

/// A name is sent in small letters.
#[test]
fn a_header_name_that_is_a_secret() {
    let token = "T0ken-Of-The-Tests";
    let lower = token.to_ascii_lowercase();
    let credentials = format!("authorization: Token {token}==\r\n");
    let request = sent(&credentials, &format!("{lower}: x\r\n"));
    let given: [&dyn Fn(Test) -> Test; 2] = [
        &|test| test.args(["--extra-http-header", &format!("{token}: x")]),
        &|test| test.env("INFLUX_EXTRA_HTTP_HEADER", format!("{token}: x")),
    ];
    for given in given {
        let reply = echo("400 Bad Request", &format!("{lower}: x\r\n"), "no");
        let server = Server::start([exchange(&*request, reply)]);
        let test = Test::new(["v1", "auth", "set-inactive", "--id", ID, "--http-debug"])
            .env("INFLUX_HOST", server.url())
            .env("INFLUX_TOKEN", format!("{token}=="));
        let run = given(test).run();
        assert_none(&run, 7, &[token, &lower]);
        for mark in ["> ", "< "] {
            let line = format!("\n{mark}[redacted]: [redacted]\n");
            run.assert(run.stderr.contains(&line), &line);
        }
    }
}
