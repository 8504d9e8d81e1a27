//! Responses about authorizations, which are 1.x usernames and API tokens.

use super::http_messages::{
    Request, Response, check_id, check_password, failure, invalid, no_content, not_found, ok,
};
use super::store::{ORG, Store, authorization, new_id};
use serde_json::{Value, json};

pub const USERNAMES: &str = "/private/legacy/authorizations";
pub const TOKENS: &str = "/api/v2/authorizations";

/// Lists authorizations, filtered by the query parameters. Like InfluxDB, it ignores `id` and `token` for API
/// tokens.
pub fn list(request: &Request, store: &Store) -> Result<Response, Response> {
    let is_tokens = request.path == TOKENS;
    let parameter = |key: &str| {
        let ignored = is_tokens && matches!(key, "id" | "token");
        request.parameter(key).filter(|_| !ignored)
    };
    if let Some(org) = parameter("org").filter(|org| org != ORG.1) {
        return Err(not_found(&format!("organization name \"{org}\" not found")));
    }
    if let Some(name) = parameter("user")
        && !store.users.iter().any(|user| user["name"] == name)
    {
        return Err(not_found("user not found"));
    }
    for key in ["id", "orgID", "userID"] {
        parameter(key).map_or(Ok(()), |id| check_id(&id))?;
    }
    let mut found = match is_tokens {
        true => store.tokens.clone(),
        false => store.usernames.clone(),
    };
    for key in ["token", "id", "orgID", "userID", "user"] {
        if let Some(value) = parameter(key) {
            found.retain(|row| row[key] == value);
        }
    }
    // For an unknown organization or user ID, InfluxDB returns an empty list instead of an error.
    if found.is_empty() && (parameter("token").is_some() || parameter("id").is_some()) {
        return Err(not_found("authorization not found"));
    }
    let links = json!({"self": request.path});
    Ok(ok(&json!({"links": links, "authorizations": found})))
}

/// Creates a 1.x username without a password.
pub fn create_username(
    request: &Request,
    token: &Value,
    store: &mut Store,
) -> Result<Response, Response> {
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

/// Creates an API token. Only this response contains it.
pub fn create_token(
    request: &Request,
    token: &Value,
    store: &mut Store,
) -> Result<Response, Response> {
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

/// The owner is the user in the request. The default is the owner of the token that sent the request.
fn new_row(username: &str, body: &Value, token: &Value, store: &Store) -> Value {
    let named = store.users.iter().find(|user| user["id"] == body["userID"]);
    let sender = json!({"id": token["userID"], "name": token["user"]});
    let description = body["description"].as_str().unwrap_or_default();
    let user = named.unwrap_or(&sender);
    authorization(&new_id(), username, description, user, &body["permissions"])
}

/// Handles requests about one authorization. `subpath` is what follows the ID in the path.
pub fn one(
    request: &Request,
    id: &str,
    subpath: Option<&str>,
    store: &mut Store,
) -> Result<Response, Response> {
    let is_tokens = request.path.starts_with(TOKENS);
    match (&*request.method, subpath) {
        ("GET" | "PATCH" | "DELETE", None) => {}
        ("POST", Some("password")) if !is_tokens => {}
        _ => return Err(not_found("path not found")),
    }
    check_id(id)?;
    let rows = match is_tokens {
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
            store.passwords.retain(|(other, _)| *other != id);
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
