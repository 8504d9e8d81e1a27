//! Requests, responses and runs of `influx auth`.

use crate::fixtures::{listed, request};
use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};

pub const PATH: &str = "/api/v2/authorizations";
pub const ID: &str = "00000000000f0001";

/// The token that older servers include in a list.
pub const LISTED_TOKEN: &str = "s3nt-by-an-older-server-0000000000000000000000==";

/// A run of `influx auth` with the host and the token of the tests.
pub fn auth(server: &Server, words: &[&str]) -> Test {
    Test::new([&["auth"], words].concat())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

/// The JSON of an authorization as InfluxDB sends it.
pub fn token(id: &str, description: &str, status: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"token\":\"\",\"status\":\"{status}\",\"description\":\"{description}\",\
         \"orgID\":\"0000000000000a01\",\"org\":\"acme\",\"userID\":\"0000000000000b01\",\"user\":\"admin\",\
         \"permissions\":[{{\"action\":\"read\",\"resource\":{{\"type\":\"buckets\",\"id\":\"0000000000000c01\",\
         \"orgID\":\"0000000000000a01\",\"name\":\"metrics\",\"org\":\"acme\"}}}}]}}"
    )
}

/// The JSON of an authorization as an older server sends it, with the token.
pub fn token_from_older_server(id: &str, description: &str, status: &str) -> String {
    token(id, description, status)
        .replace("\"token\":\"\"", &format!("\"token\": \"{LISTED_TOKEN}\""))
}

/// The exchange that sets a status.
pub fn sets(id: &str, status: &str, reply: Reply) -> Exchange {
    let body = format!("{{\"status\":\"{status}\"}}");
    exchange(request("PATCH", &format!("{PATH}/{id}"), &body), reply)
}

/// The exchange that sets a status and succeeds.
pub fn sets_status(id: &str, status: &str) -> Exchange {
    sets(id, status, json("200 OK", &token(id, "a test", status)))
}

/// The table of these authorizations. Descriptions may have at most seven characters.
pub fn table(rows: &[(&str, &str, &str)]) -> String {
    let mut text =
        String::from("ID\t\t\tDescription\tToken\tUser Name\tUser ID\t\t\tStatus\t\tPermissions\n");
    for (id, description, status) in rows {
        text += &format!(
            "{id}\t{description}\t\t\tadmin\t\t0000000000000b01\t{status}{}[read:orgs/0000000000000a01/buckets/0000000000000c01]\n",
            if status.len() < 8 { "\t\t" } else { "\t" }
        );
    }
    match rows.iter().any(|row| row.2 == "inactive") {
        true => text,
        // The column is only as wide as necessary.
        false => text
            .replace("Status\t\t", "Status\t")
            .replace("active\t\t", "active\t"),
    }
}

pub fn object(id: &str, description: &str, status: &str) -> String {
    format!(
        "{{\n\t\"id\": \"{id}\",\n\t\"description\": \"{description}\",\n\t\"token\": \"\",\n\t\"status\": \"{status}\",\n\t\"userName\": \"admin\",\n\t\"userID\": \"0000000000000b01\",\n\t\"permissions\": [\n\t\t\"read:orgs/0000000000000a01/buckets/0000000000000c01\"\n\t]\n}}"
    )
}

/// The exchange that lists authorizations with this query.
pub fn lists(query: &str, entries: &[String]) -> Exchange {
    let request = request("GET", &format!("{PATH}{query}"), "");
    exchange(request, json("200 OK", &listed(entries)))
}
