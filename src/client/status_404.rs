//! The exit code of a 404: it depends on what the request named.

use super::{Call, Effect, WRONG_HOST};
use crate::error::{Cause, Code, Error};

/// What a request can name, and what InfluxDB's 404 can say does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    Authorization,
    Organization,
    User,
    Bucket,
    /// A mapping of a database and retention policy.
    Mapping,
}

impl Resource {
    /// Whether this is how InfluxDB 2.9 says that there is no such thing.
    fn is_missing(self, message: &str) -> bool {
        let is_named =
            |start: &str| message.starts_with(start) && message.ends_with("\" not found");
        match self {
            Resource::Authorization => message == "authorization not found",
            // The last is what the list of mappings says.
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

/// The error for a 404 with InfluxDB's `code` and `message`. InfluxDB says `not found` about many
/// things, a wrong path among them.
pub(super) fn error(call: &Call, code: &str, message: &str, answer: String) -> Error {
    if code != "not found" || matches!(message, "path not found" | "page not found") {
        return Error::new(Code::Unexpected, answer).hint(WRONG_HOST);
    }
    let mut named = call.named.iter();
    if let Some(place) = named.position(|named| named.is_missing(message)) {
        let error = Error::new(Code::NotFound, answer);
        return if place == 0 {
            error.with_cause(Cause::TargetMissing)
        } else {
            error
        };
    }
    let error = Error::new(Code::Unexpected, answer);
    if !call.named.contains(&Resource::Authorization) {
        return error;
    }
    // InfluxDB 2.9 looks for the owners of an authorization after it has changed it.
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
