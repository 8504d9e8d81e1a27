//! The health checks of InfluxDB.

use crate::client::{Call, Client, null_is_empty};
use crate::error::{Code, Error};
use crate::text::{cut, escape, quote};
use serde::Deserialize;
use ureq::http::StatusCode;

/// What messages call the response.
const HEALTH_REPORT: &str = "health report";

/// The response to `/health` and `/ready`.
#[derive(Debug, Deserialize)]
pub struct Health {
    #[serde(default, deserialize_with = "null_is_empty")]
    pub name: String,
    /// `/health` says `pass` if InfluxDB is up, `/ready` says `ready`.
    pub status: String,
    /// Such as `v2.9.1`.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub version: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub commit: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub message: String,
}

/// Requests `/health`. Exit code 7 if the status is not `pass`, or if the response is not from
/// InfluxDB.
pub fn health(client: &Client) -> Result<Health, Error> {
    let call = Call::new("/health".to_string(), &[]);
    let (status, health): (_, Health) = client.any_status(&call, HEALTH_REPORT)?;
    if health.status == "pass" && status.is_success() {
        return Ok(health);
    }
    Err(not_up(client, status, &health.status, &health.message))
}

/// Requests `/ready`, because `/health` of newer versions does not say whether InfluxDB accepts
/// requests yet. A server without `/ready` counts as ready.
pub fn ready(client: &Client) -> Result<(), Error> {
    let call = Call::new("/ready".to_string(), &[]);
    let (status, ready): (_, Health) = match client.any_status(&call, HEALTH_REPORT) {
        Err(error) if error.status() == Some(404) => return Ok(()),
        Ok((StatusCode::NOT_FOUND, _)) => return Ok(()),
        response => response?,
    };
    if ready.status == "ready" && status.is_success() {
        return Ok(());
    }
    Err(not_up(client, status, &ready.status, ""))
}

fn not_up(client: &Client, status: StatusCode, state: &str, message: &str) -> Error {
    let clean = |text: &str| cut(&client.redactor().clean(text));
    let mut what = format!("{status} with the status {}", quote(&clean(state)));
    if !message.is_empty() {
        what = format!("{what}: {}", escape(&clean(message)));
    }
    Error::new(Code::Unexpected, what)
}
