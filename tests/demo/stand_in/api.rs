//! Routes requests to the functions that handle them.

use super::authorizations::{self, TOKENS, USERNAMES};
use super::credentials::{TokenState, query, unauthorized_compact, user_is_inactive};
use super::http_messages::{Credentials, Request, Response, decode, not_found, ok, unauthorized};
use super::store::{RESOURCES, Store};
use super::{mappings, orgs_and_buckets, users};
use serde_json::json;

pub fn answer(request: &Request, store: &mut Store) -> Response {
    match (&*request.method, &*request.path) {
        ("GET", "/health") => return health(),
        ("GET", "/ready") => return ready(),
        ("GET", "/query") => return query(request, store),
        _ => {}
    }
    let token = match &request.credentials {
        Credentials::Token(token) => token.as_str(),
        _ => "",
    };
    match store.token_state(token) {
        TokenState::Unknown => unauthorized_compact("unauthorized access"),
        TokenState::UserInactive => user_is_inactive(),
        TokenState::Inactive => with_inactive_token(request),
        TokenState::Accepted(row) => {
            let row = row.clone();
            api(request, &row, store).unwrap_or_else(|failure| failure)
        }
    }
}

fn health() -> Response {
    ok(&json!({
        "name": "influxdb", "message": "ready for queries and writes", "status": "pass",
        "checks": [], "version": "v2.9.1", "commit": "none",
    }))
}

fn ready() -> Response {
    ok(&json!({"status": "ready", "started": "2026-01-01T00:00:00Z", "up": "1h0m0s"}))
}

/// With an inactive token, InfluxDB returns empty lists and refuses everything else.
fn with_inactive_token(request: &Request) -> Response {
    let key = match &*request.path {
        USERNAMES | TOKENS => "authorizations",
        users::PATH => "users",
        "/api/v2/orgs" => "orgs",
        "/api/v2/buckets" => "buckets",
        _ => return unauthorized("token is inactive"),
    };
    if request.method != "GET" {
        return unauthorized("token is inactive");
    }
    ok(&json!({"links": {"self": request.path}, key: []}))
}

/// Handles a request that was sent with `token`.
fn api(
    request: &Request,
    token: &serde_json::Value,
    store: &mut Store,
) -> Result<Response, Response> {
    match (&*request.method, &*request.path) {
        ("GET", USERNAMES | TOKENS) => return authorizations::list(request, store),
        ("POST", USERNAMES) => return authorizations::create_username(request, token, store),
        ("POST", TOKENS) => return authorizations::create_token(request, token, store),
        (_, mappings::PATH) => return mappings::answer(request, "", &mut store.mappings),
        ("GET", "/api/v2/orgs") => return orgs_and_buckets::organizations(request),
        ("GET", "/api/v2/buckets") => return orgs_and_buckets::buckets(request),
        ("GET", users::PATH) => return users::list(request, token, store),
        ("GET", "/api/v2/me") => return users::me(token, store),
        ("GET", "/api/v2/resources") => return Ok(ok(&json!(RESOURCES))),
        _ => {}
    }
    for collection in [USERNAMES, TOKENS, users::PATH, mappings::PATH] {
        let rest = request.path.strip_prefix(collection);
        let Some(rest) = rest.and_then(|rest| rest.strip_prefix('/')) else {
            continue;
        };
        let (id, subpath) = match rest.split_once('/') {
            Some((id, subpath)) => (decode(id), Some(subpath)),
            None => (decode(rest), None),
        };
        return match collection {
            users::PATH => users::one(request, &id, subpath, token, store),
            mappings::PATH => mappings::answer(request, &id, &mut store.mappings),
            _ => authorizations::one(request, &id, subpath, store),
        };
    }
    Err(not_found("path not found"))
}
