//! A real InfluxDB 2.x at `INFLUX_TEST_HOST`, with the operator token `INFLUX_TEST_TOKEN`, and the
//! data that tests create there. The data is removed at the end of a test, even if the test fails.
#![allow(clippy::print_stdout)]

use crate::harness::{Run, Test};
use serde_json::{Value, json};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

pub const AUTHORIZATIONS: &str = "/private/legacy/authorizations";
pub const PASSWORD: &str = "live-test-password-of-influx";

/// The server to test on.
pub fn server() -> Server {
    let [url, token] = ["INFLUX_TEST_HOST", "INFLUX_TEST_TOKEN"].map(|name| {
        let value = std::env::var(name).ok().filter(|value| !value.is_empty());
        value.unwrap_or_else(|| panic!("{name} is not set: the live tests need a server"))
    });
    Server::new(url, token)
}

/// The server at `INFLUX_TEST_HOST`.
pub struct Server {
    pub url: String,
    /// `host:port`.
    address: String,
    /// The path prefix of the API, without a trailing slash.
    prefix: String,
    pub token: String,
}

impl Server {
    fn new(url: String, token: String) -> Server {
        let rest = url.strip_prefix("http://").expect(
            "INFLUX_TEST_HOST must be an http:// URL: this test speaks plain HTTP only, no https",
        );
        let rest = rest.trim_end_matches('/');
        let (authority, prefix) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // A colon inside brackets belongs to an IPv6 address.
        let port = authority.rfind(':') > authority.rfind(']');
        let address = match port {
            true => authority.to_string(),
            false => format!("{authority}:80"),
        };
        let prefix = prefix.to_string();
        Server {
            url,
            address,
            prefix,
            token,
        }
    }

    /// Sends a request with the token.
    pub fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> io::Result<(u16, Value)> {
        let credentials = format!("Authorization: Token {}\r\n", self.token);
        let body = body.map(Value::to_string).unwrap_or_default();
        self.exchange(method, path, &credentials, &body)
    }

    /// Sends a request, and returns the status and the JSON body, or `null` if the body is not
    /// JSON.
    pub fn exchange(
        &self,
        method: &str,
        path: &str,
        credentials: &str,
        body: &str,
    ) -> io::Result<(u16, Value)> {
        let (status, _, content) = self.exchange_with_head(method, path, credentials, body)?;
        Ok((status, serde_json::from_str(&content).unwrap_or_default()))
    }

    /// Sends a request, and returns the status, the head and the body of the response.
    pub fn exchange_with_head(
        &self,
        method: &str,
        path: &str,
        credentials: &str,
        body: &str,
    ) -> io::Result<(u16, String, String)> {
        let mut stream = TcpStream::connect(&self.address)?;
        let time_limit = Some(Duration::from_secs(30));
        stream.set_read_timeout(time_limit)?;
        // With HTTP/1.0, the response ends with the connection and is never chunked.
        let request = format!(
            "{method} {}{path} HTTP/1.0\r\nHost: {}\r\n{credentials}\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.prefix,
            self.address,
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut response = String::new();
        stream.read_to_string(&mut response)?;
        let (head, content) = response.split_once("\r\n\r\n").unwrap_or_default();
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.ok_or_else(|| io::Error::other("no HTTP response"))?;
        Ok((status, head.to_string(), content.to_string()))
    }

    /// Sends a request that must succeed, and returns the body.
    #[track_caller]
    pub fn json(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let (status, content) = self.ask(method, path, body).unwrap();
        assert!(
            (200..300).contains(&status),
            "{method} {path} got {status}: {content}"
        );
        content
    }

    pub fn influx(&self, command: &str, flag: &str, target: &str) -> Run {
        Test::new(["v1", "auth", command, flag, target, "--json"])
            .env("INFLUX_HOST", &self.url)
            .env("INFLUX_TOKEN", &self.token)
            .run()
    }

    /// Runs the program, which must succeed and print this status.
    #[track_caller]
    pub fn run(&self, command: &str, flag: &str, target: &str, status: &str) {
        let run = self.influx(command, flag, target);
        run.assert(run.code == 0, "exit code 0");
        run.assert(run.stderr.is_empty(), "an empty standard error");
        let printed: Value = serde_json::from_str(&run.stdout).unwrap_or_default();
        run.assert(printed["status"] == status, &format!("status {status}"));
    }
}

/// Data that a test creates on the server. It is removed when this is dropped.
pub struct TestData<'s> {
    server: &'s Server,
    pub username: String,
    /// The ID of the authorization, or empty until it is created.
    pub id: String,
    /// The ID of the bucket, if one had to be created.
    bucket: Option<String>,
}

impl<'s> TestData<'s> {
    /// Creates nothing yet, but chooses a username that is not in use.
    pub fn empty(server: &'s Server, what: &str) -> TestData<'s> {
        TestData {
            server,
            username: format!("influx-test-{what}-{}", std::process::id()),
            id: String::new(),
            bucket: None,
        }
    }

    /// Creates an authorization that may read a bucket, and sets its password.
    pub fn authorization(server: &'s Server) -> TestData<'s> {
        let mut made = TestData::empty(server, "main");
        let orgs = server.json("GET", "/api/v2/orgs", None);
        let org = text(&orgs["orgs"][0]["id"]);
        let bucket = made.bucket(&org);
        let resource = json!({"type": "buckets", "id": bucket, "orgID": org});
        let authorization = json!({
            "token": made.username,
            "description": "made by a test, can be deleted",
            "orgID": org,
            "permissions": [{"action": "read", "resource": resource}],
        });
        let response = server.json("POST", AUTHORIZATIONS, Some(&authorization));
        made.id = text(&response["id"]);
        let path = format!("{AUTHORIZATIONS}/{}/password", made.id);
        server.json("POST", &path, Some(&json!({"password": PASSWORD})));
        made
    }

    /// The ID of the first bucket that is not a system bucket. Creates a bucket if necessary.
    pub fn bucket(&mut self, org: &str) -> String {
        let path = format!("/api/v2/buckets?orgID={org}&limit=100");
        let buckets = self.server.json("GET", &path, None);
        let list = buckets["buckets"].as_array().expect("a list of buckets");
        if let Some(bucket) = list.iter().find(|bucket| bucket["type"] == "user") {
            return text(&bucket["id"]);
        }
        let bucket = json!({"name": self.username, "orgID": org, "retentionRules": []});
        let id = text(&self.server.json("POST", "/api/v2/buckets", Some(&bucket))["id"]);
        self.bucket = Some(id.clone());
        id
    }

    /// The HTTP status of a query by a 1.x client with the username and the password.
    pub fn query(&self) -> u16 {
        let (name, path) = (&self.username, "/query?q=SHOW%20DATABASES");
        let path = format!("{path}&u={name}&p={PASSWORD}");
        // The token is not sent, because the server would accept it.
        self.server.exchange("GET", &path, "", "").unwrap().0
    }
}

impl Drop for TestData<'_> {
    fn drop(&mut self) {
        let authorization = Some(&self.id).filter(|id| !id.is_empty());
        let paths = authorization
            .map(|id| format!("{AUTHORIZATIONS}/{id}"))
            .into_iter()
            .chain(self.bucket.iter().map(|id| format!("/api/v2/buckets/{id}")));
        for path in paths {
            // This must not panic, because a panic during another panic would abort all tests.
            match self.server.ask("DELETE", &path, None) {
                Ok((204, _)) => {}
                other => {
                    println!("{path} is left on the server: the result of DELETE was {other:?}")
                }
            }
        }
    }
}

pub fn text(value: &Value) -> String {
    value
        .as_str()
        .expect("a string in the response")
        .to_string()
}
