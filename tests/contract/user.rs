//! Replays the recorded cases of InfluxData's client about users. The intended differences are:
//!
//! - `list` requests pages of 100.
//! - The table has a `Status` column.
//! - `password` prints nothing.
//! - [`expected_result`] has the exit codes and messages of failures.

use crate::replay::{cases, list, replay, table, text};
use serde_json::Value;

/// Exit code and standard error of the cases that fail.
fn expected_result(case: &str) -> (i32, &'static str) {
    match case {
        "user-list-unknown" => (
            6,
            "Error: could not list users: 404 Not Found: user not found\n",
        ),
        "user-password-none" => (2, "Error: id or name required\nHint: use --id or --name\n"),
        "user-password-short" => (
            7,
            "Error: failed to set the password of user with name \"operator\": 400 Bad Request: passwords must be between 8 and 72 characters long\n",
        ),
        other => panic!("{other} fails, but has no expected result"),
    }
}

#[test]
fn replays_every_recorded_case() {
    let cases = cases("user");
    assert_eq!(cases.len(), 9, "cases are missing");
    for case in cases {
        let name = text(&case["name"]);
        println!("case {name}");
        let (code, stderr) = if case["exit"] == 0 {
            (0, "")
        } else {
            expected_result(name)
        };
        let mut exchanges = list(&case["exchanges"]).clone();
        let is_list = text(&case["argv"][1]) != "password";
        if is_list {
            let target = &mut exchanges[0]["request"]["target"];
            let separator = if text(target).contains('?') { '&' } else { '?' };
            *target = format!("{}{separator}limit=100", text(target)).into();
        }
        let stdout = if is_list && code == 0 {
            expected_output(&exchanges[0], text(&case["stdout"]))
        } else {
            String::new()
        };
        replay(&case, &exchanges, code, &stdout, stderr);
    }
}

/// What this program prints for the response. The recorded output checks the formatting of this
/// function.
fn expected_output(exchange: &Value, recorded: &str) -> String {
    if recorded.starts_with('[') {
        return recorded.to_string();
    }
    let body: Value = serde_json::from_str(text(&exchange["response"]["body"])).unwrap();
    let users = list(&body["users"]);
    let column = |key: &str| users.iter().map(|user| text(&user[key]).into()).collect();
    let mut columns = vec![("ID", column("id")), ("Name", column("name"))];
    let theirs = table(&columns, true);
    assert_eq!(theirs, recorded, "this test's own formatting is wrong");
    columns.push(("Status", column("status")));
    table(&columns, true)
}
