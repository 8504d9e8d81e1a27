//! A server for the measurements. It responds to every request with a long list of authorizations.

use super::store::{BUCKET, ORG, USERS};
use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};

/// Starts a server that runs until the process exits, and returns its address. The list has `count`
/// authorizations.
pub fn start(count: usize) -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let url = format!("http://{}", listener.local_addr()?);
    let body = list(count);
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Errors are ignored, because a client may close the connection early.
            _ = BufReader::new(&stream)
                .lines()
                .map_while(Result::ok)
                .find(String::is_empty);
            _ = (&stream).write_all(head.as_bytes());
            _ = (&stream).write_all(body.as_bytes());
        }
    });
    Ok(url)
}

/// The list, indented with tabs as InfluxDB writes it.
fn list(count: usize) -> String {
    let (org_id, org) = ORG;
    let (bucket_id, bucket) = BUCKET;
    let (user_id, user) = USERS[0];
    let permission = |action| {
        format!(
            "\t\t\t\t{{\n\t\t\t\t\t\"action\": \"{action}\",\n\t\t\t\t\t\"resource\": {{\n\
             \t\t\t\t\t\t\"type\": \"buckets\",\n\t\t\t\t\t\t\"id\": \"{bucket_id}\",\n\
             \t\t\t\t\t\t\"orgID\": \"{org_id}\",\n\t\t\t\t\t\t\"name\": \"{bucket}\",\n\
             \t\t\t\t\t\t\"org\": \"{org}\"\n\t\t\t\t\t}}\n\t\t\t\t}}"
        )
    };
    let permissions = [permission("read"), permission("write")].join(",\n");
    let mut text = String::from(
        "{\n\t\"links\": {\n\t\t\"self\": \"/private/legacy/authorizations\"\n\t},\n\t\"authorizations\": [",
    );
    for number in 0..count {
        let comma = if number == 0 { "" } else { "," };
        let status = if number % 2 == 0 {
            "inactive"
        } else {
            "active"
        };
        let id = 0xd0000 + number;
        // Writing to a string cannot fail.
        _ = write!(
            text,
            "{comma}\n\t\t{{\n\t\t\t\"id\": \"{id:016x}\",\n\t\t\t\"token\": \"user-{number}\",\n\
             \t\t\t\"status\": \"{status}\",\n\t\t\t\"description\": \"writer {number}\",\n\
             \t\t\t\"orgID\": \"{org_id}\",\n\t\t\t\"org\": \"{org}\",\n\t\t\t\"userID\": \"{user_id}\",\n\
             \t\t\t\"user\": \"{user}\",\n\t\t\t\"permissions\": [\n{permissions}\n\t\t\t]\n\t\t}}"
        );
    }
    text + "\n\t]\n}"
}
