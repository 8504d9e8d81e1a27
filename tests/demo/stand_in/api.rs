//! What the stand-in answers, as InfluxDB 2.9 does: the requests of the program about authorizations
//! of both kinds, the look-ups of organizations, buckets and users by name, and whether it is up.

use super::mappings;
use serde_json::{Value, json};

const USERNAMES: &str = "/private/legacy/authorizations";
const TOKENS: &str = "/api/v2/authorizations";
const RESOURCES: [&str; 5] = ["authorizations", "buckets", "orgs", "users", "instance"];
/// ID and name of what there is one of.
pub const ORG: (&str, &str) = ("0e1f2a3b4c5d6a01", "plant");
pub const BUCKET: (&str, &str) = ("0e1f2a3b4c5d6b01", "metrics");
const USER: (&str, &str) = ("0e1f2a3b4c5d6c01", "admin");

/// What the server holds.
#[derive(Default)]
pub struct Held {
    pub usernames: Vec<Value>,
    /// As they are shown, without the token itself.
    pub tokens: Vec<Value>,
    /// The tokens themselves, each with the ID of what it opens.
    pub secrets: Vec<(String, String)>,
    pub mappings: Vec<Value>,
}

/// A status line's end, and the body, which may be empty.
pub type Answer = (&'static str, String);

/// An authorization as InfluxDB has it.
pub fn row(id: &str, username: &str, description: &str, permissions: &Value) -> Value {
    json!({
        "id": id, "token": username, "status": "active", "description": description,
        "orgID": ORG.0, "org": ORG.1, "userID": USER.0, "user": USER.1, "permissions": permissions,
    })
}

/// The permission to read the one bucket.
pub fn read_bucket() -> Value {
    let bucket = json!({
        "type": "buckets", "id": BUCKET.0, "orgID": ORG.0, "name": BUCKET.1, "org": ORG.1,
    });
    json!([{"action": "read", "resource": bucket}])
}

/// The answer to a request without the right token.
pub fn unauthorized(message: &str) -> Answer {
    ("401 Unauthorized", failure("unauthorized", message))
}

/// What it says of itself.
pub fn health() -> Answer {
    let said = json!({
        "name": "influxdb", "message": "ready for queries and writes", "status": "pass",
        "checks": [], "version": "v2.9.1", "commit": "none",
    });
    ("200 OK", said.to_string())
}

/// Does what a request line asks for, with this token.
pub fn act(line: &str, body: &[u8], token: &str, held: &mut Held) -> Answer {
    let Some((_, own)) = held.secrets.iter().find(|(secret, _)| secret == token) else {
        return unauthorized("unauthorized access");
    };
    let mut tokens = held.tokens.iter();
    if !tokens.any(|row| row["id"] == **own && row["status"] == "active") {
        return unauthorized("token is inactive");
    }
    let mut words = line.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next());
    let target = target.unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let asked = |key: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(name, _)| *name == key)
            .map(|(_, value)| decode(value))
    };
    let of_tokens = path.starts_with(TOKENS);
    let (start, rows) = match of_tokens {
        true => (TOKENS, &mut held.tokens),
        false => (USERNAMES, &mut held.usernames),
    };
    let done = match (method, path.strip_prefix(start)) {
        ("GET", Some("")) => list(rows, start, &|key| {
            // It does not look at these where tokens are listed.
            asked(key).filter(|_| !of_tokens || !matches!(key, "id" | "token"))
        }),
        ("POST", Some("")) if of_tokens => create_token(held, &body),
        ("POST", Some("")) => create(rows, &body),
        (method, Some(rest)) if rest.starts_with('/') => {
            let (id, below) = match rest[1..].split_once('/') {
                Some((id, below)) => (id, Some(below)),
                None => (&rest[1..], None),
            };
            about(method, &decode(id), below, &body, rows)
        }
        (method, _) if path == mappings::PATH => {
            mappings::act(method, "", &asked, &body, &mut held.mappings)
        }
        (method, _) if path.starts_with("/api/v2/dbrps/") => {
            let id = decode(&path[mappings::PATH.len() + 1..]);
            mappings::act(method, &id, &asked, &body, &mut held.mappings)
        }
        ("GET", _) if path == "/api/v2/orgs" => named("orgs", ORG, asked("org"), |name| {
            not_found(&format!("organization name \"{name}\" not found"))
        }),
        ("GET", _) if path == "/api/v2/buckets" => {
            named("buckets", BUCKET, asked("name"), |name| {
                not_found(&format!("bucket \"{name}\" not found"))
            })
        }
        ("GET", _) if path == "/api/v2/users" => named("users", USER, asked("name"), |_| {
            not_found("user not found")
        }),
        ("GET", _) if path == "/api/v2/me" => Ok(("200 OK", me())),
        ("GET", _) if path == "/api/v2/resources" => Ok(("200 OK", json!(RESOURCES).to_string())),
        // The Go client asks for the user's name.
        ("GET", _) if path.starts_with("/api/v2/users/") => match path.ends_with(USER.0) {
            true => Ok(("200 OK", me())),
            false => Err(not_found("user not found")),
        },
        _ => Err(not_found("path not found")),
    };
    done.unwrap_or_else(|failure| failure)
}

fn me() -> String {
    json!({"id": USER.0, "name": USER.1, "status": "active"}).to_string()
}

fn list(
    rows: &[Value],
    path: &str,
    asked: &dyn Fn(&str) -> Option<String>,
) -> Result<Answer, Answer> {
    if let Some(org) = asked("org").filter(|org| org != ORG.1) {
        return Err(not_found(&format!("organization name \"{org}\" not found")));
    }
    if asked("user").is_some_and(|user| user != USER.1) {
        return Err(not_found("user not found"));
    }
    for key in ["id", "orgID", "userID"] {
        asked(key).map_or(Ok(()), |id| check_id(&id))?;
    }
    let keys = ["token", "id", "orgID", "userID"].map(|key| (key, asked(key)));
    let wanted = |row: &&Value| {
        let is = |(key, value): &(&str, Option<String>)| {
            value.as_ref().is_none_or(|value| row[*key] == **value)
        };
        keys.iter().all(is)
    };
    let found: Vec<_> = rows.iter().filter(wanted).collect();
    // An unknown organization or user is an empty list, an unknown authorization is none.
    match found.is_empty() && (asked("token").is_some() || asked("id").is_some()) {
        true => Err(not_found("authorization not found")),
        false => Ok((
            "200 OK",
            json!({"links": {"self": path}, "authorizations": found}).to_string(),
        )),
    }
}

fn create(rows: &mut Vec<Value>, body: &Value) -> Result<Answer, Answer> {
    check_id(body["orgID"].as_str().unwrap_or_default())?;
    if body["orgID"] != ORG.0 {
        return Err(invalid("unable to create token"));
    }
    let username = body["token"].as_str().unwrap_or_default();
    if rows.iter().any(|row| row["token"] == username) {
        let failure = failure("unprocessable entity", "token already exists");
        return Err(("422 Unprocessable Entity", failure));
    }
    let id = new_id();
    let description = body["description"].as_str().unwrap_or_default();
    let row = row(&id, username, description, &body["permissions"]);
    rows.push(row.clone());
    Ok(("201 Created", row.to_string()))
}

/// No ID is given twice, also where the last one was removed.
fn new_id() -> String {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0x6101);
    let next = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    format!("0e1f2a3b4c5d{next:04x}")
}

fn create_token(held: &mut Held, body: &Value) -> Result<Answer, Answer> {
    check_id(body["orgID"].as_str().unwrap_or_default())?;
    if body["permissions"].as_array().is_none_or(Vec::is_empty) {
        return Err(invalid("authorization must include permissions"));
    }
    let id = new_id();
    let secret = format!("demo-token-of-{id}");
    let description = body["description"].as_str().unwrap_or_default();
    let mut row = row(&id, "", description, &body["permissions"]);
    held.tokens.push(row.clone());
    held.secrets.push((secret.clone(), id));
    // This once.
    row["token"] = secret.into();
    Ok(("201 Created", row.to_string()))
}

/// What is asked or done about the authorization with `id`.
fn about(
    method: &str,
    id: &str,
    below: Option<&str>,
    body: &Value,
    rows: &mut Vec<Value>,
) -> Result<Answer, Answer> {
    if !matches!(
        (method, below),
        ("GET" | "PATCH" | "DELETE", None) | ("POST", Some("password"))
    ) {
        return Err(not_found("path not found"));
    }
    check_id(id)?;
    let unknown = || not_found("authorization not found");
    let is = |row: &Value| {
        row["id"]
            .as_str()
            .is_some_and(|own| own.eq_ignore_ascii_case(id))
    };
    let at = rows.iter().position(is).ok_or_else(unknown)?;
    match method {
        "DELETE" => drop(rows.remove(at)),
        "POST" => {
            let length = body["password"].as_str().unwrap_or_default().len();
            if !(8..=72).contains(&length) {
                return Err(invalid(
                    "passwords must be between 8 and 72 characters long",
                ));
            }
        }
        "PATCH" => match body["status"].as_str() {
            Some(status @ ("active" | "inactive")) => rows[at]["status"] = status.into(),
            _ => return Err(invalid("invalid status")),
        },
        _ => {}
    }
    match method {
        "DELETE" | "POST" => Ok(("204 No Content", String::new())),
        _ => Ok(("200 OK", rows[at].to_string())),
    }
}

/// The list of the one thing there is, by its name.
fn named(
    key: &str,
    (id, name): (&str, &str),
    asked: Option<String>,
    missing: impl Fn(&str) -> Answer,
) -> Result<Answer, Answer> {
    match asked {
        Some(other) if other != name => Err(missing(&other)),
        _ => {
            let list = json!({"links": {}, key: [{"id": id, "name": name}]});
            Ok(("200 OK", list.to_string()))
        }
    }
}

pub fn check_id(id: &str) -> Result<(), Answer> {
    if id.len() != 16 {
        return Err(invalid("id must have a length of 16 bytes"));
    }
    match id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        true => Ok(()),
        false => Err(invalid("invalid ID")),
    }
}

pub fn invalid(message: &str) -> Answer {
    ("400 Bad Request", failure("invalid", message))
}

pub fn not_found(message: &str) -> Answer {
    ("404 Not Found", failure("not found", message))
}

/// An error in InfluxDB's own layout.
pub fn failure(code: &str, message: &str) -> String {
    let (code, message) = (json!(code), json!(message));
    format!("{{\n\t\"code\": {code},\n\t\"message\": {message}\n}}")
}

/// A part of a URL, percent-decoded.
fn decode(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap_or(0), rest.next().unwrap_or(0)];
                let digits = String::from_utf8_lossy(&digits).into_owned();
                u8::from_str_radix(&digits, 16).unwrap_or(b'?')
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
