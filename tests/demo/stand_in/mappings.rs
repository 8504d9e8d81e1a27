//! Responses about DBRP mappings.

use super::http_messages::{
    Request, Response, check_id, failure, invalid, no_content, not_found, ok,
};
use super::store::{BUCKET, ORG};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

pub const PATH: &str = "/api/v2/dbrps";

/// Handles requests about one mapping. If `id` is empty, they are about the collection.
pub fn answer(request: &Request, id: &str, rows: &mut Vec<Value>) -> Result<Response, Response> {
    let (method, body) = (request.method.as_str(), &request.body);
    if method == "POST" && id.is_empty() {
        return create(rows, body);
    }
    let in_org = match (request.parameter("org"), request.parameter("orgID")) {
        (Some(name), _) if name != ORG.1 => {
            let message = format!("invalid org \"{name}\": organization not found");
            return Err(not_found(&message));
        }
        (None, Some(org)) => org.eq_ignore_ascii_case(ORG.0),
        (None, None) => return Err(invalid("either 'org' or 'orgID' must be provided")),
        _ => true,
    };
    let (id, unknown) = (id.to_ascii_lowercase(), || not_found("unable to find DBRP"));
    if id.is_empty() && method == "GET" {
        let found: Vec<_> = with_virtual(rows)
            .into_iter()
            .filter(|row| in_org && matches_query(row, request))
            .collect();
        return Ok(ok(&json!({"content": found})));
    }
    check_id(&id)?;
    let found = with_virtual(rows).into_iter().find(|row| row["id"] == *id);
    let mut found = found.filter(|_| in_org).ok_or_else(unknown)?;
    let at = rows.iter().position(|row| row["id"] == *id);
    match (method, at) {
        ("GET", _) => {}
        ("DELETE", at) => {
            // A virtual mapping cannot be deleted, but InfluxDB still responds with 204.
            at.map(|at| rows.remove(at));
            choose_default(rows, &found["database"], None);
            return Ok(no_content());
        }
        ("PATCH", at) => {
            for key in ["default", "retention_policy"] {
                if !body[key].is_null() {
                    found[key] = body[key].clone();
                }
            }
            // InfluxDB does not change a virtual mapping, although the response contains the new values.
            if let Some(at) = at {
                let conflicts = |row: &Value| row["id"] != *id && is_same(row, &found);
                if rows.iter().any(conflicts) {
                    return Err(conflict());
                }
                rows[at] = found.clone();
                let default = (found["default"] == true).then_some(&*id);
                choose_default(rows, &found["database"], default);
            }
        }
        _ => return Err(not_found("path not found")),
    }
    Ok(ok(&json!({"content": found})))
}

fn create(rows: &mut Vec<Value>, body: &Value) -> Result<Response, Response> {
    if body["bucketID"] != BUCKET.0 {
        return Err(not_found("bucket not found"));
    }
    // IDs are never reused, not even after a mapping is deleted.
    static NEXT: AtomicU32 = AtomicU32::new(0x8001);
    let id = format!("0e1f2a3b4c5d{:04x}", NEXT.fetch_add(1, Relaxed));
    let mut row = json!({"id": id, "default": false, "virtual": false});
    for key in ["database", "retention_policy", "orgID", "bucketID"] {
        row[key] = body[key].clone();
    }
    if rows.iter().any(|other| is_same(other, &row)) {
        return Err(conflict());
    }
    let database = row["database"].clone();
    rows.push(row);
    choose_default(rows, &database, (body["default"] == true).then_some(&*id));
    let created = rows.last().unwrap_or(&Value::Null);
    Ok(("201 Created", created.to_string()))
}

/// Makes the mapping with the ID `preferred` the default of its database. Without `preferred`, keeps the
/// current default. If there is no current default, takes the first mapping.
fn choose_default(rows: &mut [Value], database: &Value, preferred: Option<&str>) {
    let mut mappings: Vec<_> = rows
        .iter_mut()
        .filter(|row| row["database"] == *database)
        .collect();
    let default = mappings.iter().position(|row| match preferred {
        Some(id) => row["id"] == id,
        None => row["default"] == true,
    });
    for (at, row) in mappings.iter_mut().enumerate() {
        row["default"] = (at == default.unwrap_or(0)).into();
    }
}

/// All mappings, including the virtual one that InfluxDB derives from the bucket's name.
fn with_virtual(rows: &[Value]) -> Vec<Value> {
    let is_default = !rows.iter().any(|row| row["database"] == BUCKET.1);
    let virtual_mapping = json!({
        "id": BUCKET.0, "database": BUCKET.1, "retention_policy": "autogen", "default": is_default,
        "virtual": true, "orgID": ORG.0, "bucketID": BUCKET.0,
    });
    rows.iter().cloned().chain([virtual_mapping]).collect()
}

fn matches_query(row: &Value, request: &Request) -> bool {
    let keys = [
        ("id", "id"),
        ("bucketID", "bucketID"),
        ("db", "database"),
        ("rp", "retention_policy"),
    ];
    let matches = |(parameter, key): &(&str, &str)| {
        let actual = row[*key].as_str().unwrap_or_default();
        request
            .parameter(parameter)
            .is_none_or(|wanted| actual == wanted)
    };
    let default = request.parameter("default");
    keys.iter().all(matches) && default.is_none_or(|wanted| row["default"] == (wanted == "true"))
}

fn is_same(one: &Value, other: &Value) -> bool {
    ["orgID", "database", "retention_policy"]
        .iter()
        .all(|key| one[key] == other[key])
}

fn conflict() -> Response {
    let message = "another DBRP mapping with same orgID, db, and rp exists";
    ("422 Unprocessable Entity", failure("conflict", message))
}
