//! Requests, responses and runs of `influx user`.

use crate::fixtures::request;
use crate::harness::{TOKEN, Test};
use crate::replay;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};

pub const PATH: &str = "/api/v2/users";
/// The user that the token of the tests belongs to.
pub const ADMIN: &str = "00000000000b0a01";
pub const KIM: &str = "00000000000b0a02";
pub const LEE: &str = "00000000000b0a03";

/// A run of `influx user` with the host and token of the tests.
pub fn user_command(server: &Server, words: &[&str]) -> Test {
    Test::new([&["user"], words].concat())
        .env("INFLUX_HOST", server.url())
        .env("INFLUX_TOKEN", TOKEN)
}

/// The JSON of a user as InfluxDB sends it.
pub fn user(id: &str, name: &str, status: &str) -> String {
    format!(
        "{{\"links\":{{\"self\":\"{PATH}/{id}\"}},\"id\":\"{id}\",\"name\":\"{name}\",\"status\":\"{status}\"}}"
    )
}

/// The exchange that lists users with this query.
pub fn lists(query: &str, users: &[String]) -> Exchange {
    let users = users.join(",");
    let body = format!("{{\"links\":{{\"self\":\"{PATH}\"}},\"users\":[{users}]}}");
    lists_with(query, json("200 OK", &body))
}

/// Like [`lists`], but the server replies with `reply`.
pub fn lists_with(query: &str, reply: Reply) -> Exchange {
    exchange(request("GET", &format!("{PATH}{query}"), ""), reply)
}

/// The exchange that looks up the user of the token, which is [`ADMIN`].
pub fn me() -> Exchange {
    me_with(json("200 OK", &user(ADMIN, "admin", "active")))
}

pub fn me_with(reply: Reply) -> Exchange {
    exchange(request("GET", "/api/v2/me", ""), reply)
}

/// The exchange that sets a status.
pub fn sets(id: &str, status: &str, reply: Reply) -> Exchange {
    let body = format!("{{\"status\":\"{status}\"}}");
    exchange(request("PATCH", &format!("{PATH}/{id}"), &body), reply)
}

/// The exchange that sets a status and succeeds.
pub fn sets_status(id: &str, name: &str, status: &str) -> Exchange {
    sets(id, status, json("200 OK", &user(id, name, status)))
}

/// The table of users, given by ID, name and status.
pub fn table(rows: &[(&str, &str, &str)]) -> String {
    let cells = |cell: fn(&(&str, &str, &str)) -> String| rows.iter().map(cell).collect();
    let columns = [
        ("ID", cells(|row| row.0.into())),
        ("Name", cells(|row| row.1.into())),
        ("Status", cells(|row| row.2.into())),
    ];
    replay::table(&columns, true)
}

/// The JSON object that the program prints for the user that [`user`] creates.
pub fn object(id: &str, name: &str, status: &str) -> String {
    format!(
        "{{\n\t\"id\": \"{id}\",\n\t\"links\": {{\n\t\t\"self\": \"{PATH}/{id}\"\n\t}},\n\t\"name\": \"{name}\",\n\t\"status\": \"{status}\"\n}}"
    )
}
