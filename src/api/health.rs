//! Whether InfluxDB is up.

use crate::client::{Call, Client, null_is_empty};
use crate::error::{Code, Error};
use crate::text::{cut, escape, quote};
use serde::Deserialize;
use ureq::http::StatusCode;

/// What messages call the answer.
const STATE: &str = "state of InfluxDB";

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

/// Asks InfluxDB how it is. Exit code 7 for any other status than `pass`, or if it is not InfluxDB that
/// answers.
pub fn health(client: &Client) -> Result<Health, Error> {
    let call = Call::get("/health".to_string(), &[]);
    let (status, health): (_, Health) = client.any_status(&call, STATE)?;
    if health.status == "pass" && status.is_success() {
        return Ok(health);
    }
    Err(not_up(client, status, &health.status, &health.message))
}

/// Asks whether InfluxDB is ready for requests, which newer versions do not tell at `/health`. A server
/// that does not know `/ready` is.
pub fn ready(client: &Client) -> Result<(), Error> {
    let call = Call::get("/ready".to_string(), &[]);
    let (status, ready): (_, Health) = match client.any_status(&call, STATE) {
        Err(error) if error.status() == Some(404) => return Ok(()),
        answer => answer?,
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
