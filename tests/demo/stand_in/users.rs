//! Responses about v2 users.

use super::credentials::{check_permission, is_allowed};
use super::http_messages::{
    Request, Response, check_id, check_password, failure, forbidden, invalid, no_content,
    not_found, ok,
};
use super::orgs_and_buckets::page;
use super::store::Store;
use serde_json::{Value, json};

pub const PATH: &str = "/api/v2/users";

/// `GET /api/v2/users` returns a page of the users that the token may read.
pub fn list(request: &Request, token: &Value, store: &Store) -> Result<Response, Response> {
    let named = request.parameter("name").map(|name| ("name", name));
    let wanted = named.or_else(|| request.parameter("id").map(|id| ("id", id)));
    let mut found: Vec<_> = store.users.clone();
    if let Some((key, value)) = wanted {
        found.retain(|user| user[key] == value);
        if found.is_empty() {
            return Err(not_found("user not found"));
        }
    }
    found.retain(|user| is_allowed(token, "read", user["id"].as_str().unwrap_or_default()));
    let users = page(request, found)?;
    Ok(ok(&json!({"links": {"self": PATH}, "users": users})))
}

/// `GET /api/v2/me` returns the user who owns the token.
pub fn me(token: &Value, store: &Store) -> Result<Response, Response> {
    let id = token["userID"].as_str().unwrap_or_default();
    check_permission(token, "read", id)?;
    let user = store.users.iter().find(|user| user["id"] == id);
    user.map(ok).ok_or_else(|| not_found("user not found"))
}

/// Handles requests about one user. `subpath` is what follows the ID in the path.
pub fn one(
    request: &Request,
    id: &str,
    subpath: Option<&str>,
    token: &Value,
    store: &mut Store,
) -> Result<Response, Response> {
    let id = id.to_ascii_lowercase();
    let at = store.users.iter().position(|user| user["id"] == id);
    match (&*request.method, subpath) {
        ("GET", None) => {
            check_id(&id)?;
            check_permission(token, "read", &id)?;
            let at = at.ok_or_else(|| not_found("user not found"))?;
            Ok(ok(&store.users[at]))
        }
        ("PATCH", None) => {
            check_id(&id)?;
            check_permission(token, "write", &id)?;
            let at = at.ok_or_else(|| not_found("user not found"))?;
            match request.body["status"].as_str() {
                Some(status @ ("active" | "inactive")) => store.users[at]["status"] = status.into(),
                _ => return Err(invalid("invalid status: must be active or inactive")),
            }
            Ok(ok(&store.users[at]))
        }
        ("POST", Some("password")) => {
            if check_id(&id).is_err() {
                let body = failure("internal error", "invalid user ID provided in route");
                return Err(("500 Internal Server Error", body));
            }
            check_permission(token, "write", &id)?;
            if at.is_none() {
                return Err(forbidden("your userID is incorrect"));
            }
            check_password(&request.body)?;
            Ok(no_content())
        }
        _ => Err(not_found("path not found")),
    }
}
