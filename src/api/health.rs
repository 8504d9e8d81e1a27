//! Whether InfluxDB is up.

use crate::client::{Call, Client, null_is_empty};
use crate::error::{Code, Error};
use crate::text::{cut, escape, quote};
use serde::Deserialize;

/// What InfluxDB says about itself.
#[derive(Debug, Deserialize)]
pub struct Health {
    #[serde(default, deserialize_with = "null_is_empty")]
    pub name: String,
    /// `pass` if it is up.
    pub status: String,
    /// Such as `v2.9.1`.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub version: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub commit: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub message: String,
}

/// Asks InfluxDB whether it is up, and returns its answer if that is `pass`.
///
/// Exit code 7 for any other status.
pub fn health(client: &Client) -> Result<Health, Error> {
    let call = Call::get("/health".to_string(), &[]);
    let (status, health): (_, Health) = client.any_status(&call, "state of InfluxDB")?;
    if health.status == "pass" && status.is_success() {
        return Ok(health);
    }
    let clean = |text: &str| cut(&client.redactor().clean(text));
    let state = quote(&clean(&health.status));
    let mut what = format!("{status} with the status {state}");
    if !health.message.is_empty() {
        what = format!("{what}: {}", escape(&clean(&health.message)));
    }
    Err(Error::new(Code::Unexpected, what))
}
