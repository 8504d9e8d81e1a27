//! Runs of `influx v1 auth` with several targets, whose IDs are made from numbers.

use crate::fixtures::*;
use crate::scripted_server::exchange;

pub fn id(number: usize) -> String {
    format!("{number:016x}")
}

pub fn deactivates(number: usize) -> crate::scripted_server::Exchange {
    exchange(
        patch(&id(number), "inactive"),
        deactivated_reply(&id(number)),
    )
}

pub fn rows(numbers: &[usize]) -> String {
    let ids: Vec<_> = numbers.iter().map(|number| id(*number)).collect();
    let rows: Vec<_> = ids
        .iter()
        .map(|id| (id.as_str(), "telegraf", "inactive"))
        .collect();
    table(&rows)
}

pub fn objects(numbers: &[usize]) -> String {
    let objects: Vec<_> = numbers
        .iter()
        .map(|number| object(&id(*number), "telegraf", "inactive"))
        .collect();
    array(&objects)
}

/// Four authorizations for the pattern `old-*`. The username of the first matches, the second is
/// already inactive, the third does not match, and the description of the fourth matches.
pub fn entries() -> [String; 4] {
    [
        authorization(&id(1), "old-1", "active"),
        authorization(&id(2), "old-2", "inactive"),
        authorization(&id(3), "grafana", "active"),
        authorization(&id(4), "collector", "active").replace("a test", "old-collector"),
    ]
}
