//! Values that are given in place of what is meant: the message names the fix.

use crate::fixtures::*;
use crate::harness::Test;

/// `set-inactive` by ID, of which nothing is sent.
fn by_id() -> Test {
    Test::new(["v1", "auth", "set-inactive", "--id", ID])
}

#[test]
fn addresses() {
    let blank = "there is a blank at its end";
    let quoted = "there is a quotation mark in front of it";
    let scheme = "there is no http:// or https:// in front; expected a URL such as http://localhost:8086 or https://influx.example/prefix";
    for (value, said) in [
        ("http://hunter2:8086 ", blank),
        ("http://hunter2:8086/\t", blank),
        ("http://hunter2:8086\n", "there is a line break at its end"),
        (
            "http://hunter2:8086\r\n",
            "there is a line break at its end",
        ),
        (" http://hunter2:8086", "there is a blank in front of it"),
        ("\"http://hunter2:8086\"", quoted),
        ("'http://hunter2:8086'", quoted),
        (
            "http://hunter2:8086\"",
            "there is a quotation mark at its end",
        ),
        ("hunter2:8086", scheme),
        ("hunter2", scheme),
    ] {
        println!("{value:?}");
        by_id()
            .env("INFLUX_HOST", value)
            .stderr(format!("Error: INFLUX_HOST: {said}\n"))
            .code(2);
        by_id()
            .args(["--host", value])
            .stderr(format!("Error: --host: {said}\n"))
            .code(2);
        let value = value
            .replace('"', "\\\"")
            .replace('\n', "\\n")
            .replace('\r', "\\r");
        let test = by_id().configs(format!("[a]\nurl = \"{value}\"\n"));
        let path = test
            .home()
            .join(".influxdbv2/configs")
            .display()
            .to_string();
        test.stderr(format!("Error: url of config \"a\" in {path}: {said}\n"))
            .code(3);
    }
    // The port that follows is not looked at any more.
    by_id()
        .args(["-host", "localhost", "-port", "8086"])
        .stderr(format!("Error: --host: {scheme}\n"))
        .code(2);
}

#[test]
fn durations() {
    let expected = "expected a whole number and ms, s, m or h, as in 500ms or 30s, or 0";
    for (value, meant) in [("10", "10s"), ("1", "1s"), ("030", "030s")] {
        by_id()
            .args(["--timeout", value])
            .stderr(format!(
                "Error: --timeout \"{value}\": {expected}\nHint: did you mean {meant}?\n"
            ))
            .code(2);
        by_id()
            .env("INFLUX_TIMEOUT", value)
            .stderr(format!(
                "Error: INFLUX_TIMEOUT \"{value}\": {expected}\nHint: did you mean {meant}?\n"
            ))
            .code(2);
    }
    // No number, or one that is too large with a unit too: nothing is proposed.
    for (value, said) in [("ten", expected), ("99999999999999", expected)] {
        by_id()
            .args(["--timeout", value])
            .stderr(format!("Error: --timeout \"{value}\": {said}\n"))
            .code(2);
    }
}
