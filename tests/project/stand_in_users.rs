//! The demo's stand-in server handles requests about v2 users like InfluxDB 2.9. It also accepts or
//! refuses credentials like InfluxDB 2.9.

use crate::stand_in::Server;
use crate::stand_in::store::{LAPTOP_TOKEN, PASSWORD, TOKEN, TOKENS, USERNAMES, USERS};
use crate::support::stand_in_client::{get, refusal, send};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

const UNKNOWN: &str = "0e1f2a3b4c5d6fff";

fn set_status(server: &Server, path: &str, status: &str) -> (u16, Value) {
    let authorization = format!("Token {TOKEN}");
    let body = json!({"status": status});
    send(server, &authorization, &format!("PATCH {path}"), &body)
}

fn user_path(id: &str) -> String {
    format!("/api/v2/users/{id}")
}

/// The HTTP status of a query by a 1.x client.
fn query_status(server: &Server, authorization: &str) -> u16 {
    let request = "GET /query?q=SHOW%20DATABASES";
    send(server, authorization, request, &Value::Null).0
}

fn basic_auth(name: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
}

#[test]
fn users_are_listed_in_pages() {
    let server = Server::start().unwrap();
    let names = |query: &str| -> Vec<String> {
        let (status, body) = get(&server, TOKEN, &format!("/api/v2/users{query}"));
        assert_eq!(status, 200, "{query}: {body}");
        let users = body["users"].as_array().unwrap();
        users
            .iter()
            .map(|user| user["name"].as_str().unwrap().into())
            .collect()
    };
    assert_eq!(names(""), ["admin", "kim"]);
    assert_eq!(names("?limit=1"), ["admin"]);
    assert_eq!(names(&format!("?limit=1&after={}", USERS[0].0)), ["kim"]);
    assert_eq!(names(&format!("?limit=1&after={}", USERS[1].0)), [""; 0]);
    assert_eq!(names("?offset=1"), ["kim"]);
    assert_eq!(names("?name=kim"), ["kim"]);
    assert_eq!(names(&format!("?id={}", USERS[1].0)), ["kim"]);
    for limit in ["0", "101", "x"] {
        assert_eq!(
            refusal(get(&server, TOKEN, &format!("/api/v2/users?limit={limit}"))),
            (400, "limit must be between 1 and 100".into())
        );
    }
    for query in ["name=nobody".to_string(), format!("id={UNKNOWN}")] {
        assert_eq!(
            refusal(get(&server, TOKEN, &format!("/api/v2/users?{query}"))),
            (404, "user not found".into())
        );
    }
    server.stop().unwrap();
}

#[test]
fn a_token_without_user_permissions_sees_and_changes_no_user() {
    let server = Server::start().unwrap();
    let kim = USERS[1].0;
    let (status, body) = get(&server, LAPTOP_TOKEN, "/api/v2/users?name=kim");
    assert_eq!((status, &body["users"]), (200, &json!([])));
    let authorization = format!("Token {LAPTOP_TOKEN}");
    let request = format!("PATCH {}", user_path(kim));
    assert_eq!(
        refusal(send(
            &server,
            &authorization,
            &request,
            &json!({"status": "inactive"})
        )),
        (401, format!("write:users/{kim} is unauthorized"))
    );
    assert_eq!(server.status(kim).as_deref(), Some("active"));
    server.stop().unwrap();
}

#[test]
fn invalid_statuses_and_user_ids_are_refused() {
    let server = Server::start().unwrap();
    for (id, status, refused) in [
        (
            USERS[1].0,
            "off",
            (400, "invalid status: must be active or inactive"),
        ),
        (UNKNOWN, "inactive", (404, "user not found")),
        (
            "kim",
            "inactive",
            (400, "id must have a length of 16 bytes"),
        ),
        ("0e1f2a3b4c5d6c0g", "inactive", (400, "invalid ID")),
    ] {
        let (code, message) = refusal(set_status(&server, &user_path(id), status));
        assert_eq!((code, message.as_str()), refused);
    }
    server.stop().unwrap();
}

#[test]
fn me_distinguishes_the_states_of_a_token() {
    let server = Server::start().unwrap();
    let me = |token: &str| get(&server, token, "/api/v2/me");
    let (status, body) = me(TOKEN);
    assert_eq!(
        (status, &body["id"], &body["name"], &body["status"]),
        (200, &json!(USERS[0].0), &json!("admin"), &json!("active"))
    );
    let kim = USERS[1].0;
    let accepted = (401, format!("read:users/{kim} is unauthorized"));
    assert_eq!(refusal(me(LAPTOP_TOKEN)), accepted);
    assert_eq!(
        refusal(me("never-issued")),
        (401, "unauthorized access".into())
    );

    let token_path = format!("/api/v2/authorizations/{}", TOKENS[2].0);
    assert_eq!(set_status(&server, &token_path, "inactive").0, 200);
    assert_eq!(refusal(me(LAPTOP_TOKEN)), (401, "token is inactive".into()));
    // With an inactive token, lists are empty.
    let (status, body) = get(&server, LAPTOP_TOKEN, "/api/v2/authorizations");
    assert_eq!((status, &body["authorizations"]), (200, &json!([])));
    assert_eq!(set_status(&server, &token_path, "active").0, 200);
    assert_eq!(refusal(me(LAPTOP_TOKEN)), accepted);

    assert_eq!(set_status(&server, &user_path(kim), "inactive").0, 200);
    assert_eq!(refusal(me(LAPTOP_TOKEN)), (403, "User is inactive".into()));
    assert_eq!(set_status(&server, &user_path(kim), "active").0, 200);
    assert_eq!(refusal(me(LAPTOP_TOKEN)), accepted);
    server.stop().unwrap();
}

#[test]
fn credentials_of_an_inactive_user_fail_until_reactivation() {
    let server = Server::start().unwrap();
    let kim = USERS[1].0;
    let credentials = [
        basic_auth("kim", PASSWORD),
        format!("Token {LAPTOP_TOKEN}"),
        basic_auth("any-name", LAPTOP_TOKEN),
    ];
    let expect = |code: u16| {
        for authorization in &credentials {
            assert_eq!(
                query_status(&server, authorization),
                code,
                "{authorization}"
            );
        }
    };
    expect(200);
    let (status, user) = set_status(&server, &user_path(kim), "inactive");
    assert_eq!(
        (status, &user["id"], &user["status"]),
        (200, &json!(kim), &json!("inactive"))
    );
    expect(401);
    // Lists still show the user's authorizations as active.
    assert_eq!(server.status(USERNAMES[3].0).as_deref(), Some("active"));
    assert_eq!(server.status(TOKENS[2].0).as_deref(), Some("active"));
    assert_eq!(set_status(&server, &user_path(kim), "active").0, 200);
    expect(200);
    server.stop().unwrap();
}

#[test]
fn a_query_needs_an_active_username_and_its_password() {
    let server = Server::start().unwrap();
    let (id, name) = USERNAMES[0];
    assert_eq!(query_status(&server, &basic_auth(name, PASSWORD)), 200);
    assert_eq!(
        query_status(&server, &basic_auth(name, "wrong-password")),
        401
    );
    assert_eq!(query_status(&server, &basic_auth("nobody", PASSWORD)), 401);
    assert_eq!(query_status(&server, "none"), 401);
    let request = format!("GET /query?q=x&u={name}&p={PASSWORD}");
    assert_eq!(send(&server, "none", &request, &Value::Null).0, 200);

    let path = format!("/private/legacy/authorizations/{id}");
    let authorization = format!("Token {TOKEN}");
    let request = format!("POST {path}/password");
    let body = json!({"password": "another-password"});
    assert_eq!(send(&server, &authorization, &request, &body).0, 204);
    assert_eq!(query_status(&server, &basic_auth(name, PASSWORD)), 401);
    assert_eq!(
        query_status(&server, &basic_auth(name, "another-password")),
        200
    );

    assert_eq!(set_status(&server, &path, "inactive").0, 200);
    assert_eq!(
        query_status(&server, &basic_auth(name, "another-password")),
        401
    );
    // The username still exists, so a token is not accepted as its password.
    assert_eq!(query_status(&server, &basic_auth(name, TOKEN)), 401);
    server.stop().unwrap();
}

#[test]
fn password_changes_are_validated() {
    let server = Server::start().unwrap();
    let set = |token: &str, id: &str, password: &str| {
        let request = format!("POST {}/password", user_path(id));
        let body = json!({"password": password});
        refusal(send(&server, &format!("Token {token}"), &request, &body))
    };
    let kim = USERS[1].0;
    assert_eq!(set(TOKEN, kim, "long-enough"), (204, String::new()));
    for password in ["short", &"x".repeat(73)] {
        let message = "passwords must be between 8 and 72 characters long";
        assert_eq!(set(TOKEN, kim, password), (400, message.into()));
    }
    assert_eq!(
        set(TOKEN, UNKNOWN, "long-enough"),
        (403, "your userID is incorrect".into())
    );
    assert_eq!(
        set(TOKEN, "kim", "long-enough"),
        (500, "invalid user ID provided in route".into())
    );
    let refused = format!("write:users/{kim} is unauthorized");
    assert_eq!(set(LAPTOP_TOKEN, kim, "long-enough"), (401, refused));
    server.stop().unwrap();
}
