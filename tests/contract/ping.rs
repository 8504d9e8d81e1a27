//! Replays the recorded cases of InfluxData's client about `ping`. The intended differences are:
//!
//! - The path prefix of the host is kept, so that another server at that path is not mistaken for
//!   InfluxDB.
//! - `/ready` is requested, too.
//! - The exit code for an unreachable server is 4.

use crate::fixtures::request_as;
use crate::harness::Test;
use crate::replay::{RECORDED, cases, list, scripted, text};
use crate::scripted_server::{Server, exchange, json};
use serde_json::Value;

#[test]
fn replays_every_recorded_case() {
    let cases = cases("ping");
    assert_eq!(cases.len(), 4, "cases are missing");
    for case in cases {
        let name = text(&case["name"]);
        println!("case {name}");
        let prefix = match name {
            "ping-not-influx" => "/nothing",
            _ => "",
        };
        let exchanges = list(&case["exchanges"]).iter();
        let ready = (name != "ping-refused").then(|| {
            let request = request_as("", "GET", &format!("{prefix}/ready"), "");
            exchange(request, json("200 OK", "{\"status\":\"ready\"}"))
        });
        let recorded = exchanges.map(|exchange| scripted(exchange, prefix));
        let server = Server::start(recorded.chain(ready));
        let here = |value: &Value| text(value).replace(RECORDED, &server.url());
        let mut test = Test::new(list(&case["argv"]).iter().map(here));
        for (variable, value) in case["env"].as_object().unwrap() {
            test = test.env(variable, here(value));
        }
        match name {
            "ping-refused" => test
                .stderr("Error: failed to ping InfluxDB: cannot reach http://127.0.0.1:1: Connection refused\nHint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n")
                .code(4),
            _ => test.stdout(text(&case["stdout"])).code(0),
        }
    }
}
