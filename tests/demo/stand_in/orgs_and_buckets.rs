//! Lists organizations and buckets, of which the stand-in has one each. Also splits lists into pages.

use super::http_messages::{Request, Response, check_id, invalid, not_found, ok};
use super::store::{BUCKET, ORG};
use serde_json::{Value, json};

/// The creation date of the organization and the bucket.
const CREATED: &str = "2026-01-01T00:00:00Z";

/// `GET /api/v2/orgs`
pub fn organizations(request: &Request) -> Result<Response, Response> {
    if let Some(name) = request.parameter("org").filter(|name| name != ORG.1) {
        let message = format!("organization name \"{name}\" not found");
        return Err(not_found(&message));
    }
    if let Some(id) = request.parameter("orgID") {
        check_id(&id)?;
        if !id.eq_ignore_ascii_case(ORG.0) {
            return Err(not_found("organization not found"));
        }
    }
    let organization = json!({
        "links": {
            "self": format!("/api/v2/orgs/{}", ORG.0),
            "buckets": format!("/api/v2/buckets?org={}", ORG.1),
        },
        "id": ORG.0, "name": ORG.1, "description": "", "createdAt": CREATED, "updatedAt": CREATED,
    });
    let orgs = page(request, vec![organization])?;
    Ok(ok(
        &json!({"links": {"self": "/api/v2/orgs"}, "orgs": orgs}),
    ))
}

/// `GET /api/v2/buckets`
pub fn buckets(request: &Request) -> Result<Response, Response> {
    if let Some(name) = request.parameter("org").filter(|name| name != ORG.1) {
        let message = format!("organization name \"{name}\" not found");
        return Err(not_found(&message));
    }
    let names_org = request.parameter("org").is_some() || request.parameter("orgID").is_some();
    let mut found = vec![bucket()];
    if let Some(id) = request.parameter("orgID") {
        check_id(&id)?;
        found.retain(|_| id.eq_ignore_ascii_case(ORG.0));
    }
    if let Some(id) = request.parameter("id") {
        check_id(&id)?;
        found.retain(|_| id.eq_ignore_ascii_case(BUCKET.0));
        if found.is_empty() {
            return Err(not_found("bucket not found"));
        }
    }
    if let Some(name) = request.parameter("name") {
        found.retain(|_| name == BUCKET.1);
        // Without an organization, InfluxDB returns an empty list for an unknown name.
        if found.is_empty() && names_org {
            return Err(not_found(&format!("bucket \"{name}\" not found")));
        }
    }
    let found = page(request, found)?;
    Ok(ok(
        &json!({"links": {"self": "/api/v2/buckets"}, "buckets": found}),
    ))
}

fn bucket() -> Value {
    json!({
        "id": BUCKET.0, "orgID": ORG.0, "type": "user", "name": BUCKET.1,
        "retentionRules": [
            {"type": "expire", "everySeconds": 0, "shardGroupDurationSeconds": 604_800},
        ],
        "createdAt": CREATED, "updatedAt": CREATED,
        "links": {"self": format!("/api/v2/buckets/{}", BUCKET.0)},
        "labels": [],
    })
}

/// The page of a list that `limit`, `offset` and `after` select.
pub fn page(request: &Request, mut rows: Vec<Value>) -> Result<Vec<Value>, Response> {
    let number = |name: &str| request.parameter(name).map(|value| value.parse().ok());
    let limit = match number("limit") {
        None => 20,
        Some(Some(limit @ 1..=100)) => limit,
        Some(_) => return Err(invalid("limit must be between 1 and 100")),
    };
    if let Some(id) = request.parameter("after") {
        check_id(&id).map_err(|_| invalid("decoding after: id must have a length of 16 bytes"))?;
        rows.retain(|row| row["id"].as_str().is_some_and(|own| *own > *id));
    }
    let offset = number("offset").flatten().unwrap_or(0);
    Ok(rows.into_iter().skip(offset).take(limit).collect())
}
