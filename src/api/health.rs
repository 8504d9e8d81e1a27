//! How InfluxDB says it is.

use super::look_up::reading;
use crate::client::{Client, Fields};
use crate::error::{Code, Error};
use crate::text::{cut, escape, quote};

/// What InfluxDB says of itself: `name`, `status`, `version`, `commit` and `message`.
#[derive(Debug)]
pub struct Health(pub Fields);

/// Asks how InfluxDB is, and returns what it says where that is `pass`.
///
/// # Errors
/// Exit code 4, and 7 where it says something else, or what answers is not InfluxDB.
pub fn health(client: &Client) -> Result<Health, Error> {
    let call = reading("/health".to_string(), &[]);
    let (status, said) = client.fields_of_any(&call, "no state of InfluxDB", "status")?;
    let state = said.text("status");
    if state == "pass" && status.is_success() {
        return Ok(Health(said));
    }
    let clean = |text: &str| cut(&client.redactor().clean(text));
    let mut what = format!("{status} with the status {}", quote(&clean(state)));
    let message = said.text("message");
    if !message.is_empty() {
        what.extend([": ", &escape(&clean(message))]);
    }
    Err(Error::new(Code::Unexpected, what))
}
