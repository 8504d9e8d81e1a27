//! The exit code for a 404. It depends on the resources that the request named.

use super::WRONG_HOST;
use super::request::{Call, Effect, Resource};
use crate::error::{Cause, Code, Error};

impl Resource {
    /// Whether InfluxDB 2.9 sends this message if the resource does not exist.
    fn is_missing(self, message: &str) -> bool {
        let is_named =
            |start: &str| message.starts_with(start) && message.ends_with("\" not found");
        match self {
            Resource::Authorization => message == "authorization not found",
            // The last form comes from the list of mappings.
            Resource::Organization => {
                message == ORGANIZATION
                    || is_named("organization name \"")
                    || message.starts_with("invalid org \"")
                        && message.ends_with("\": organization not found")
            }
            Resource::User => message == USER,
            Resource::Bucket => {
                let of_id = ["bucket not found", "bucket not found when creating auth"];
                of_id.contains(&message) || is_named("bucket \"")
            }
            Resource::Mapping => message == "unable to find DBRP",
        }
    }
}

const ORGANIZATION: &str = "organization not found";
const USER: &str = "user not found";

/// The error for a 404 with InfluxDB's `code` and `message`. InfluxDB uses the code `not found` for many
/// reasons, including a wrong path.
pub(super) fn error(call: &Call, code: &str, message: &str, summary: String) -> Error {
    if code != "not found" || matches!(message, "path not found" | "page not found") {
        return Error::new(Code::Unexpected, summary).hint(WRONG_HOST);
    }
    let mut named = call.named.iter();
    if let Some(index) = named.position(|named| named.is_missing(message)) {
        let error = Error::new(Code::NotFound, summary);
        return if index == 0 {
            error.with_cause(Cause::TargetMissing)
        } else {
            error
        };
    }
    let error = Error::new(Code::Unexpected, summary);
    if !call.named.contains(&Resource::Authorization) {
        return error;
    }
    // InfluxDB 2.9 looks up the owner of an authorization after the change.
    let owner = match message {
        ORGANIZATION => "organization",
        USER => "v2 user",
        _ => return error,
    };
    let gone = format!("the {owner} of the authorization no longer exists");
    let error = if call.effect == Effect::None {
        error.append(&gone)
    } else {
        error.append(&format!("the change was probably made, but {gone}"))
    };
    error
        .with_cause(Cause::OwnerGone)
        .hint("`delete --id` removes an authorization whose organization or v2 user was deleted")
}
