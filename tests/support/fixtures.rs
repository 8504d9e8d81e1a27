//! The usual requests and responses, byte for byte, and the program's output for them.

use crate::harness::{TOKEN, Test};
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};

pub const ID: &str = "00000000000d0007";

/// A request with the token of the tests. `HOST` is replaced by the server's address.
pub fn request(method: &str, target: &str, body: &str) -> String {
    request_as(
        &format!("authorization: Token {TOKEN}\r\n"),
        method,
        target,
        body,
    )
}

/// A request with these header lines instead of the one for the token.
pub fn request_as(credentials: &str, method: &str, target: &str, body: &str) -> String {
    let (length, kind) = match body {
        "" => (String::new(), ""),
        body => (
            format!("content-length: {}\r\n", body.len()),
            "content-type: application/json\r\n",
        ),
    };
    let agent = concat!("user-agent: influx/", env!("CARGO_PKG_VERSION"), "\r\n");
    format!(
        "{method} {target} HTTP/1.1\r\n{length}{agent}accept: application/json\r\nhost: HOST\r\n{credentials}{kind}\r\n{body}"
    )
}

/// The PATCH that sets a status. The ID must not need encoding.
pub fn patch(id: &str, status: &str) -> String {
    let target = format!("/private/legacy/authorizations/{id}");
    request("PATCH", &target, &format!("{{\"status\":\"{status}\"}}"))
}

/// The GET that looks up a username, which must not need encoding.
pub fn get(username: &str) -> String {
    request(
        "GET",
        &format!("/private/legacy/authorizations?token={username}"),
        "",
    )
}

/// The JSON of an authorization as InfluxDB sends it.
pub fn authorization(id: &str, username: &str, status: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"token\":\"{username}\",\"status\":\"{status}\",\"description\":\"a test\",\
         \"orgID\":\"0000000000000a01\",\"org\":\"acme\",\"userID\":\"0000000000000b01\",\"user\":\"admin\",\
         \"permissions\":[{{\"action\":\"read\",\"resource\":{{\"type\":\"buckets\",\"id\":\"0000000000000c01\",\
         \"orgID\":\"0000000000000a01\",\"name\":\"metrics\",\"org\":\"acme\"}}}}],\
         \"links\":{{\"self\":\"/private/legacy/authorizations/{id}\"}}}}"
    )
}

/// The JSON of a list of authorizations as InfluxDB sends it.
pub fn listed(authorizations: &[String]) -> String {
    format!(
        "{{\"links\":{{\"self\":\"/private/legacy/authorizations\"}},\"authorizations\":[{}]}}",
        authorizations.join(",")
    )
}

/// The end of the message if the server knows a username but does not show its authorization.
pub const NOT_SHOWN: &str = "the server knows this username, but does not show its authorization to this token\n\
    Hint: only an operator token sees the authorizations of other v2 users; if the organization or v2 user of this one was deleted, only `delete --id` frees the username\n";

/// The note if the target comes from a variable instead of a flag.
pub const FROM_VARIABLE: &str = "Note: the username comes from INFLUX_USERNAME\n";

/// The exchange that deactivates [`ID`], whose username is `telegraf`.
pub fn deactivated() -> Exchange {
    exchange(patch(ID, "inactive"), deactivated_reply(ID))
}

/// The response after `id` was deactivated.
pub fn deactivated_reply(id: &str) -> Reply {
    json("200 OK", &authorization(id, "telegraf", "inactive"))
}

/// The table for authorizations that [`authorization`] created with these IDs, usernames and
/// statuses.
pub fn table(rows: &[(&str, &str, &str)]) -> String {
    let headers = ("ID", "Username", "Status");
    let stop = |cell: fn(&(&str, &str, &str)) -> usize| {
        let widths = [headers].iter().chain(rows).map(cell).max();
        widths.unwrap_or_default() / 8 + 1
    };
    let stops = (
        stop(|row| row.0.len()),
        stop(|row| row.1.len()),
        stop(|row| row.2.len()),
    );
    let tabs = |cell: &str, stop: usize| format!("{cell}{}", "\t".repeat(stop - cell.len() / 8));
    let line = |row: &(&str, &str, &str), description: &str, user: &str, permissions: &str| {
        let (id, name, status) = (
            tabs(row.0, stops.0),
            tabs(row.1, stops.1),
            tabs(row.2, stops.2),
        );
        format!("{id}{description}{name}{user}{status}{permissions}\n")
    };
    let mut text = line(
        &headers,
        "Description\t",
        "v2 User Name\tv2 User ID\t\t",
        "Permissions",
    );
    for row in rows {
        let permissions = "[read:orgs/0000000000000a01/buckets/0000000000000c01]";
        text += &line(
            row,
            "a test\t\t",
            "admin\t\t0000000000000b01\t",
            permissions,
        );
    }
    text
}

/// The table that `delete` prints, which has one more column. The permissions have 53 characters,
/// so the column is seven tab stops wide.
pub fn with_deleted_column(table: &str) -> String {
    let lines = table
        .lines()
        .map(|line| match line.ends_with("Permissions") {
            true => format!("{line}\t\t\t\t\t\tDeleted\n"),
            false => format!("{line}\ttrue\n"),
        });
    lines.collect()
}

/// The table that the program prints after [`deactivated`].
pub fn deactivated_row() -> String {
    table(&[(ID, "telegraf", "inactive")])
}

/// The JSON object that the program prints for the authorization that [`authorization`] creates.
pub fn object(id: &str, username: &str, status: &str) -> String {
    format!(
        "{{\n\t\"id\": \"{id}\",\n\t\"description\": \"a test\",\n\t\"token\": \"{username}\",\n\t\"status\": \"{status}\",\n\t\"userName\": \"admin\",\n\t\"userID\": \"0000000000000b01\",\n\t\"permissions\": [\n\t\t\"read:orgs/0000000000000a01/buckets/0000000000000c01\"\n\t]\n}}"
    )
}

/// The JSON array that the program prints for these objects.
pub fn array(objects: &[String]) -> String {
    match objects {
        [] => "[]\n".to_string(),
        objects => format!("[\n\t{}\n]\n", objects.join(",\n").replace('\n', "\n\t")),
    }
}

/// A run that deactivates [`ID`]. It has no host and no token yet.
pub fn by_id() -> Test {
    Test::new(["v1", "auth", "set-inactive", "--id", ID])
}

/// A server that expects the PATCH of [`ID`] with this token, or without a token if it is empty.
pub fn with_token(token: &str) -> Server {
    let target = format!("/private/legacy/authorizations/{ID}");
    let credentials = match token {
        "" => String::new(),
        token => format!("authorization: Token {token}\r\n"),
    };
    let request = request_as(&credentials, "PATCH", &target, "{\"status\":\"inactive\"}");
    Server::start([exchange(request, deactivated_reply(ID))])
}
