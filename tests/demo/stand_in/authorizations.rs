//! What the stand-in answers about authorizations of both kinds: 1.x usernames and API tokens.

use super::answers::{
    Answer, Request, check_id, check_password, failure, invalid, no_content, not_found, ok,
};
use super::store::{ORG, Store, authorization, new_id};
use serde_json::{Value, json};

pub const USERNAMES: &str = "/private/legacy/authorizations";
pub const TOKENS: &str = "/api/v2/authorizations";

/// A list, narrowed by the parameters that the server knows. It ignores two of them for tokens.
pub fn list(request: &Request, store: &Store) -> Result<Answer, Answer> {
    let of_tokens = request.path == TOKENS;
    let asked = |key: &str| {
        let ignored = of_tokens && matches!(key, "id" | "token");
        request.parameter(key).filter(|_| !ignored)
    };
    if let Some(org) = asked("org").filter(|org| org != ORG.1) {
        return Err(not_found(&format!("organization name \"{org}\" not found")));
    }
    if let Some(name) = asked("user")
        && !store.users.iter().any(|user| user["name"] == name)
    {
        return Err(not_found("user not found"));
    }
    for key in ["id", "orgID", "userID"] {
        asked(key).map_or(Ok(()), |id| check_id(&id))?;
    }
    let mut found = match of_tokens {
        true => store.tokens.clone(),
        false => store.usernames.clone(),
    };
    for key in ["token", "id", "orgID", "userID", "user"] {
        if let Some(value) = asked(key) {
            found.retain(|row| row[key] == value);
        }
    }
    // An unknown organization or user ID gives an empty list, but an unknown authorization is an error.
    if found.is_empty() && (asked("token").is_some() || asked("id").is_some()) {
        return Err(not_found("authorization not found"));
    }
    let links = json!({"self": request.path});
    Ok(ok(&json!({"links": links, "authorizations": found})))
}

/// Creates a 1.x username, which has no password yet.
pub fn create_username(
    request: &Request,
    token: &Value,
    store: &mut Store,
) -> Result<Answer, Answer> {
    let body = &request.body;
    check_id(body["orgID"].as_str().unwrap_or_default())?;
    if body["orgID"] != ORG.0 {
        return Err(invalid("unable to create token"));
    }
    let username = body["token"].as_str().unwrap_or_default();
    if store.usernames.iter().any(|row| row["token"] == username) {
        let body = failure("unprocessable entity", "token already exists");
        return Err(("422 Unprocessable Entity", body));
    }
    let row = new_row(username, body, token, store);
    store.usernames.push(row.clone());
    Ok(("201 Created", row.to_string()))
}

/// Creates an API token. Only this answer shows it.
pub fn create_token(request: &Request, token: &Value, store: &mut Store) -> Result<Answer, Answer> {
    let body = &request.body;
    check_id(body["orgID"].as_str().unwrap_or_default())?;
    if body["permissions"].as_array().is_none_or(Vec::is_empty) {
        return Err(invalid("authorization must include permissions"));
    }
    let mut row = new_row("", body, token, store);
    let id = row["id"].as_str().unwrap_or_default().to_string();
    let secret = format!("demo-token-of-{id}");
    store.tokens.push(row.clone());
    store.secrets.push((secret.clone(), id));
    row["token"] = secret.into();
    Ok(("201 Created", row.to_string()))
}

/// It belongs to the user in the request, or else to the one who sends it.
fn new_row(username: &str, body: &Value, token: &Value, store: &Store) -> Value {
    let named = store.users.iter().find(|user| user["id"] == body["userID"]);
    let sender = json!({"id": token["userID"], "name": token["user"]});
    let description = body["description"].as_str().unwrap_or_default();
    let user = named.unwrap_or(&sender);
    authorization(&new_id(), username, description, user, &body["permissions"])
}

/// Requests about one authorization. `below` is what follows the ID in the path.
pub fn one(
    request: &Request,
    id: &str,
    below: Option<&str>,
    store: &mut Store,
) -> Result<Answer, Answer> {
    let of_tokens = request.path.starts_with(TOKENS);
    match (&*request.method, below) {
        ("GET" | "PATCH" | "DELETE", None) => {}
        ("POST", Some("password")) if !of_tokens => {}
        _ => return Err(not_found("path not found")),
    }
    check_id(id)?;
    let rows = match of_tokens {
        true => &mut store.tokens,
        false => &mut store.usernames,
    };
    let id = id.to_ascii_lowercase();
    let at = rows.iter().position(|row| row["id"] == id);
    let at = at.ok_or_else(|| not_found("authorization not found"))?;
    match &*request.method {
        "DELETE" => {
            rows.remove(at);
            Ok(no_content())
        }
        "POST" => {
            check_password(&request.body)?;
            store.passwords.retain(|(of, _)| *of != id);
            let password = request.body["password"].as_str().unwrap_or_default();
            store.passwords.push((id, password.into()));
            Ok(no_content())
        }
        "PATCH" => {
            match request.body["status"].as_str() {
                Some(status @ ("active" | "inactive")) => rows[at]["status"] = status.into(),
                _ => return Err(invalid("invalid status")),
            }
            Ok(ok(&rows[at]))
        }
        _ => Ok(ok(&rows[at])),
    }
}
