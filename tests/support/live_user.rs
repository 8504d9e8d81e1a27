//! A v2 user on a real InfluxDB with one credential of each kind. All of them are removed at the
//! end of a test, even if the test fails.
#![allow(clippy::print_stdout)]

use crate::support::live_server::{AUTHORIZATIONS, PASSWORD, Server, TestData, text};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};

const TOKENS: &str = "/api/v2/authorizations";
const USERS: &str = "/api/v2/users";

pub struct LiveUser<'s> {
    server: &'s Server,
    pub id: String,
    /// The name of the user, which is also the username of the user's 1.x authorization.
    pub name: String,
    pub token_id: String,
    pub token: String,
    bucket: String,
    /// The paths to delete at the end. The user is last.
    paths: Vec<String>,
    /// Removes the bucket if it had to be created.
    _bucket: TestData<'s>,
}

impl<'s> LiveUser<'s> {
    /// Creates a user with an API token and a 1.x username with [`PASSWORD`]. Both may read one
    /// bucket.
    pub fn new(server: &'s Server, what: &str) -> LiveUser<'s> {
        let org = text(&server.json("GET", "/api/v2/orgs", None)["orgs"][0]["id"]);
        let mut made = TestData::empty(server, what);
        let mut user = LiveUser {
            server,
            id: String::new(),
            name: made.username.clone(),
            token_id: String::new(),
            token: String::new(),
            bucket: made.bucket(&org),
            paths: Vec::new(),
            _bucket: made,
        };
        user.id = text(&user.create(USERS, &json!({"name": user.name}))["id"]);
        let resource = json!({"type": "buckets", "id": user.bucket, "orgID": org});
        let mut authorization = json!({
            "description": user.name,
            "orgID": org,
            "userID": user.id,
            "permissions": [{"action": "read", "resource": resource}],
        });
        let token = user.create(TOKENS, &authorization);
        (user.token_id, user.token) = (text(&token["id"]), text(&token["token"]));
        authorization["token"] = user.name.as_str().into();
        let username = text(&user.create(AUTHORIZATIONS, &authorization)["id"]);
        let path = format!("{AUTHORIZATIONS}/{username}/password");
        server.json("POST", &path, Some(&json!({"password": PASSWORD})));
        user
    }

    fn create(&mut self, path: &str, body: &Value) -> Value {
        let made = self.server.json("POST", path, Some(body));
        let path = format!("{path}/{}", text(&made["id"]));
        self.paths.insert(0, path);
        made
    }

    /// The HTTP status of a request with the API token.
    pub fn token_status(&self) -> u16 {
        let credentials = format!("Authorization: Token {}\r\n", self.token);
        let path = format!("/api/v2/buckets/{}", self.bucket);
        self.status("GET", &path, &credentials)
    }

    /// The HTTP status of a query by a 1.x client.
    pub fn username_status(&self) -> u16 {
        let path = "/query?q=SHOW%20DATABASES";
        self.status("GET", path, &self.basic(PASSWORD))
    }

    /// Signs in, and returns the session's cookie.
    #[track_caller]
    pub fn sign_in(&self, password: &str) -> String {
        let credentials = self.basic(password);
        let response = self
            .server
            .exchange_with_head("POST", "/api/v2/signin", &credentials, "");
        let (status, head, content) = response.unwrap();
        assert_eq!(status, 204, "sign-in: {content}");
        let cookie = head
            .lines()
            .find_map(|line| line.strip_prefix("Set-Cookie: "));
        let cookie = cookie.and_then(|cookie| cookie.split(';').next());
        cookie.expect("a cookie").to_string()
    }

    /// The HTTP status of a request with a session's cookie.
    pub fn session_status(&self, cookie: &str) -> u16 {
        self.status("GET", "/api/v2/me", &format!("Cookie: {cookie}\r\n"))
    }

    fn basic(&self, password: &str) -> String {
        let login = BASE64_STANDARD.encode(format!("{}:{password}", self.name));
        format!("Authorization: Basic {login}\r\n")
    }

    fn status(&self, method: &str, path: &str, credentials: &str) -> u16 {
        self.server
            .exchange(method, path, credentials, "")
            .unwrap()
            .0
    }
}

impl Drop for LiveUser<'_> {
    fn drop(&mut self) {
        for path in &self.paths {
            // This must not panic, because a panic during another panic would abort all tests.
            match self.server.ask("DELETE", path, None) {
                Ok((204, _)) => {}
                other => {
                    println!("{path} is left on the server: the result of DELETE was {other:?}")
                }
            }
        }
    }
}
